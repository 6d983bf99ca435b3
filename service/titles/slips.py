"""Corrects the beginnings of words, as they stand in a box while somebody types. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import accumulate
from string import ascii_lowercase

# Shorter beginnings are near to too many words.
_SHORTEST = 4
# Corrections of one word: each that is tried costs a look-up of titles.
_MOST = 3


class Beginnings:
    """The beginnings of known words; nothing changes after it is made.

    indexer/titles/spelling.py corrects whole words; to it "enginr" is near to none.
    """

    def __init__(self, words: Mapping[str, int]) -> None:
        """`words` are known words, as tokens, each with how often it is used."""
        self._words = sorted(words)
        self._uses = [0, *accumulate(words[word] for word in self._words)]

    def uses(self, beginning: str) -> int:
        """Return how often the words are used that start with `beginning`."""
        first = bisect_left(self._words, beginning)
        # No letter comes after the last code point.
        return self._uses[bisect_left(self._words, f"{beginning}\U0010ffff", lo=first)] - self._uses[first]

    def corrected(self, typed: str) -> list[str]:
        """Return the known beginnings that are one slip away from `typed`, the most used first, at most three.

        A slip is a letter too many, too few or wrong, or two that changed places. What begins a word already, and
        what is short, has no corrections.
        """
        if len(typed) < _SHORTEST or self.uses(typed):
            return []
        uses = {one: self.uses(one) for one in _one_slip_away(typed)}
        # Without its last letter a beginning only says less: that comes last, however many words it begins.
        return sorted(filter(uses.get, uses), key=lambda one: (one == typed[:-1], -uses[one], -len(one)))[:_MOST]


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield what a slip could have turned into `word` (https://norvig.com/spell-correct.html)."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
