"""What speaks for each occupation when one wording of a job is read, as numbers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engines.contract import TitleMatch
from indexer.titles.keys import title_key
from indexer.titles.occupations import Occupations
from indexer.titles.stems import stems

# How fast a title counts less the further it is from the text: .05 less of cosine is a factor of e.
# Of .02 to .08, .03 to .05 gave the best likelihood on held-out titles of the development split.
_NEARNESS = 0.05
# From so many telling words on a text is read as a sentence, not as a title, and between by degrees.
_SENTENCE = 8

# The columns of Evidence.signals, in this order.
SIGNALS = ("votes", "title words", "words", "centre")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to write a job: `forms` as titles, the fullest first; `text` is what is compared by meaning."""

    forms: tuple[str, ...]
    text: str
    is_corrected: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """All that is known of one wording: the titles found, and how near each occupation is.

    `by_words` and `by_vector` have the shape (occupations,); without an encoder `by_vector` is None.
    """

    wording: Wording
    matches: Sequence[TitleMatch]
    by_words: NDArray[np.float64]
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
        count = len(self.occupations.known)
        shared = np.zeros(count)
        votes = np.zeros(count)
        furthest = min((match.similarity for match in self.matches if not match.has_key), default=0.0)
        for match in self.matches:
            vote = np.exp((match.similarity - 1) / _NEARNESS)
            words = self.occupations.shared_words(self.wording.text, match.title.title)
            for code in match.title.codes:
                row = self.occupations.row[code]
                votes[row] += vote
                shared[row] = max(shared[row], words)
        # Whoever has no title among the nearest is taken to have one that is as far as the furthest of them.
        votes = np.log(votes + np.exp((furthest - 1) / _NEARNESS))
        best = self.by_words.max(initial=0.0)
        relative = self.by_words / best if best else self.by_words
        centre = np.zeros(count) if self.by_vector is None else self.by_vector
        return np.stack([votes, shared, relative, centre], axis=1)
