"""Corrects the spelling of words by those that titles and descriptions of jobs are written in. Pure."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from indexer.text import WISH_WORDS, tokens
from indexer.titles.keys import word_key
from indexer.titles.stems import stem

# Shorter words are near to too many others, and names and abbreviations are short.
_SHORTEST = 4
# From this many letters on two slips are forgiven, before one.
_LONG = 7
# A slip more must be made up for by a word that is this many times as frequent (e^6 = 400).
_SLIP = 6.0
# A wrong letter is a rarer slip than one left out, one too many, or two in the wrong order: "lawer" is a lawyer,
# and no layer.
_WRONG_LETTER = 2.0
# Words that are used no more often may be slips of titles themselves: "product manger".
_RARE = 2
_SHORTEST_PART = 3
# Parts of two words run together are frequent ones; rare short words would cut any name in two.
_FREQUENT = 10
_NEAREST = 20
# Known although descriptions of jobs lack them, or their words are counted without them. Among them are verbs of
# wishing in other languages that would become English trades: "werden" (to become) is no warden.
_EVERYDAY = WISH_WORDS | frozenset(
    "senior junior trainee apprentice freelance remote retired aspiring hello".split()
    + "werden wollen sein arbeiten worden faire quero fazer".split()
)


class Vocabulary:
    """The known words and how often each is used; nothing changes after it is made."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._count = dict(words)
        self._keys = frozenset(map(word_key, (*self._count, *_EVERYDAY)))
        by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._count:
            if len(word) >= _SHORTEST and word.isalpha():
                by_letter[word[0]].append(word)
        self._by_letter = dict(by_letter)

    def __contains__(self, token: str) -> bool:
        """Return whether `token` is known, be it in another number, gender or spelling of English."""
        return word_key(token) in self._keys

    def may_mean(self, token: str) -> bool:
        """Return whether `token` is a known word, or one misspelt."""
        return token in self or self._corrected_word(token) != token

    def corrected(self, text: str) -> str:
        """Return `text` with its unknown words corrected.

        Words of digits, and such as C++ and Node.js whose token is another than what is written, stay as they are.
        """
        return " ".join(self._corrected_word(word) for word in text.split())

    def joined(self, text: str) -> Iterable[str]:
        """Yield `text` with two words written as one where that is known: "bar tender" as "bartender"."""
        words = text.split()
        for i in range(len(words) - 1):
            if (pair := (words[i] + words[i + 1]).casefold()) in self._count:
                yield " ".join([*words[:i], pair, *words[i + 2 :]])

    def _corrected_word(self, word: str) -> str:
        token = word.strip(".,:;!?()\"'").casefold()
        if not self._is_doubtful(token):
            return word
        best = self._split(token) or self._nearest(token)
        return word if best is None else _cased(best, word)

    def _is_doubtful(self, token: str) -> bool:
        if len(token) < _SHORTEST or not token.isalpha() or tokens(token) != [token]:
            return False
        return token not in self or 0 < self._count.get(token, _RARE + 1) <= _RARE

    def _nearest(self, token: str) -> str | None:
        """Return the likeliest word within a slip of `token`, two if it is long; the first letter is right."""
        most = 2 if len(token) >= _LONG else 1
        near = extract(
            token, self._by_letter.get(token[0], ()), scorer=OSA.distance, score_cutoff=most, limit=_NEAREST
        )
        likely = [(_unlikely(token, word, slips) - math.log(self._count[word]), word) for word, slips, _ in near]
        if not likely:
            return None
        best = min(likely)[1]
        return None if best == token or _differ_in_ending(best, token) else best

    def _split(self, token: str) -> str | None:
        """Return two frequent words that were run together as `token`."""
        cuts = range(_SHORTEST_PART, len(token) - _SHORTEST_PART + 1)
        pairs = [(token[:i], token[i:]) for i in cuts]
        rated = [
            (min(counts), f"{left} {right}")
            for left, right in pairs
            if min(counts := (self._count.get(left, 0), self._count.get(right, 0))) >= _FREQUENT
        ]
        return max(rated)[1] if rated else None


def _differ_in_ending(one: str, other: str) -> bool:
    """Return whether they are two forms of a word, which are compared by their stem anyway; not "enginer"."""
    return stem(one) == stem(other) and (one.startswith(other) or other.startswith(one))


def _unlikely(written: str, word: str, slips: int) -> float:
    """Return how unlikely it is to write `word` as `written`, which is so many `slips` away."""
    has_wrong_letter = slips > 0 and len(word) == len(written) and sorted(word) != sorted(written)
    return _SLIP * slips + _WRONG_LETTER * has_wrong_letter


def _cased(correct: str, written: str) -> str:
    return correct.capitalize() if written[:1].isupper() and not written.isupper() else correct
