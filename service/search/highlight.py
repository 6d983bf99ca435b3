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
    return [word for word in words if not wanted.isdisjoint(stems_of(word))]


# The same words, skills and topics stand in many profiles; taking them apart costs more than all the rest here.
@lru_cache(maxsize=50_000)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of all words in `text`."""
    return frozenset(map(stem, tokens(text)))
