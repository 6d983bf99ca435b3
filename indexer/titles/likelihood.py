"""How likely somebody means a title, before anything is known of them: the order of suggestions."""

from collections import Counter
from collections.abc import Collection, Mapping
from math import log2

from indexer.text import tokens
from indexer.titles.naming import Naming


def likeliest_first(named: Mapping[str, Naming], rest: Collection[str]) -> list[str]:
    """Return the keys of `named`, the likeliest title first; `rest` are the codes of rest classes.

    What speaks for a title: that many others end in it ("project manager", "nurse"), that many sources name it,
    for whichever occupations, that it is official, and that it has few words. Each doubling of a number counts as
    much as being official or as one word less. docs/job-titles.md has the measurement.
    """
    words = {key: tokens(naming.spelling) for key, naming in named.items()}
    endings = Counter(tuple(row[start:]) for row in words.values() for start in range(1, len(row)))

    def order(key: str) -> tuple[float, int, str]:
        spelling = named[key].spelling
        is_official = not named[key].official <= frozenset(rest)
        fame = log2(1 + endings[tuple(words[key])]) + log2(1 + _sources(named, key))
        return len(words[key]) - is_official - fame, len(spelling), spelling

    return sorted(named, key=order)


def _sources(named: Mapping[str, Naming], key: str) -> int:
    """Return how many sources name a title. What stands for others is as well known as the best known of them."""
    own = sum(named[key].sources.values()) + bool(named[key].official)
    return max([own, *(_sources(named, other) for other in named[key].stands_for)])
