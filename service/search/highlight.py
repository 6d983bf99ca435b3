"""Which words of a text match a query. Pure."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from indexer.text import tokens
from indexer.titles.stems import stem

# Between white space, without the punctuation around it; "C++", "node.js" and "set-designer" are one word each.
_WORD = re.compile(r"[^\W_](?:[^\s,;:()“”\"/]*[^\W_])?[+#]*")


def matched_words(texts: Iterable[str], query: Collection[str]) -> list[str]:
    """Return the words in `texts`, as they are written, that share a stem with one of the tokens `query`."""
    wanted = {stem(token) for token in query}
    words = dict.fromkeys(word for text in texts for word in _WORD.findall(text))
    return [word for word in words if not wanted.isdisjoint(_stems(word))]


@lru_cache(
    maxsize=50_000
)  # the same words stand in many profiles, and taking one apart costs more than all the rest
def _stems(word: str) -> frozenset[str]:
    return frozenset(map(stem, tokens(word)))
