"""The stems of a text's words: what "engineering" and "engineers" share."""

from functools import lru_cache

from snowballstemmer import stemmer

from indexer.text import query_tokens


def stems(text: str) -> list[str]:
    """Return the distinct stems of `text` in the order of its words, without the words that a wish is made of."""
    return list(dict.fromkeys(_stem(token) for token in query_tokens(text)))


@lru_cache(maxsize=100_000)  # a taxonomy has 25,000 distinct words, and its titles and tasks 500,000 in all
def _stem(token: str) -> str:
    # A stemmer of its own for each word: it keeps the word that it works on, and threads would share it.
    return str(stemmer("english").stemWord(token))
