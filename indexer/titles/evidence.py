"""What speaks for each occupation when one wording of a job is read, as numbers. Pure."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.engines.contract import TitleMatch
from indexer.text import tokens
from indexer.titles.keys import title_key
from indexer.titles.occupations import Occupations, WordSignals
from indexer.titles.stems import stem, stems

# How fast a title counts less the further it is from the text: .05 less of cosine is a factor of e.
# Of .02 to .08, .03 to .05 gave the best likelihood on held-out titles of the development split.
_NEARNESS = 0.05
# From so many telling words on a text is read as a sentence, not as a title, and between by degrees.
_SENTENCE = 8
# What ends the part of a title that says what somebody is: "Director of Sales", "Reporter, Sports".
_REST = re.compile(r"\s*(?:[,(]|\s(?:of|for|to|in)\s|\s[-\u2013]\s)", re.IGNORECASE)

# The columns of Evidence.signals, in this order.
SIGNALS = (
    "near titles",
    "near titles of its head word",
    "shared words",
    "likelihood of the words",
    "meaning",
    "head word",
    "rest class",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to write a job: `forms` as titles, the fullest first; `text` is what is compared by meaning."""

    forms: tuple[str, ...]
    text: str
    is_corrected: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """All that is known of one wording: the titles found, and how near each occupation is.

    `by_vector` has the shape (occupations,); without an encoder it is None.
    """

    wording: Wording
    matches: Sequence[TitleMatch]
    by_words: WordSignals
    by_vector: NDArray[np.float64] | None
    occupations: Occupations

    @cached_property
    def sentence(self) -> float:
        """How far the text is a sentence rather than a title: 0 to 1."""
        return min(1.0, len(stems(self.wording.text)) / _SENTENCE)

    @cached_property
    def named(self) -> TitleMatch | None:
        """The title that the fullest form is equal to, None where no form is a title."""
        by_key: dict[str, TitleMatch] = {}
        for match in self.matches:
            if match.has_key:
                by_key.setdefault(title_key(match.title.title), match)
        return next((by_key[key] for form in self.wording.forms if (key := title_key(form)) in by_key), None)

    @cached_property
    def signals(self) -> NDArray[np.float64]:
        """One row an occupation, one column for each of SIGNALS."""
        head = head_word(self.wording.text)
        nothing = np.zeros(len(self.occupations.known))
        near, near_of_head, meaning = nothing, nothing, nothing
        if self.by_vector is not None:
            near = self._nearness(self.matches)
            near_of_head = self._nearness([m for m in self.matches if head_word(m.title.title) == head])
            meaning = self.by_vector
        columns = (
            near,
            near_of_head,
            self.by_words.relative,
            self.by_words.likelihood,
            meaning,
            self.occupations.by_head_word(head),
            self.occupations.is_rest_class,
        )
        return np.stack(columns, axis=1)

    def _nearness(self, matches: Sequence[TitleMatch]) -> NDArray[np.float64]:
        """Return for each occupation the logarithm of the sum over `matches` of exp((cosine - 1) / _NEARNESS)."""
        sums = np.zeros(len(self.occupations.known))
        for match in matches:
            vote = math.exp((match.similarity - 1) / _NEARNESS)
            for code in match.title.codes:
                sums[self.occupations.row[code]] += vote
        # Whoever has no title among the nearest is taken to have one that is as far as the furthest of them.
        furthest = min((match.similarity for match in self.matches if not match.has_key), default=0.0)
        return np.asarray(np.log(sums + np.exp((furthest - 1) / _NEARNESS)))


@lru_cache(maxsize=100_000)  # the titles of a taxonomy, which are met again and again
def head_word(text: str) -> str:
    """Return the stem of the word that says what somebody is: "direct" for "Director of Sales", "" without one."""
    words = tokens(_REST.split(text, maxsplit=1)[0]) or tokens(text)
    return stem(words[-1]) if words else ""
