"""The stems of a text's words: what "engineering" and "engineers" share."""

from functools import lru_cache

from snowballstemmer import stemmer

from indexer.text import query_tokens
from indexer.titles.keys import word_key


def stems(text: str) -> list[str]:
    """Return the distinct stems of `text` in the order of its words, without the words that a wish is made of."""
    return list(dict.fromkeys(stem(token) for token in query_tokens(text)))


@lru_cache(maxsize=100_000)  # a taxonomy has 25,000 distinct words, and its titles and tasks 500,000 in all
def stem(token: str) -> str:
    """Return the stem of one token, the same for both genders and both spellings of English."""
    # A stemmer of its own for each word: it keeps the word that it works on, and threads would share it.
    return str(stemmer("english").stemWord(word_key(token)))
