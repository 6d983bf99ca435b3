"""BM25 as Elasticsearch computes it over combined fields, from what FTS5 tells. Pure.

FTS5 has a BM25 of its own, with another rarity of words and another length of documents. The same people would
score a little differently on each engine, and whoever is at the edge of those who take turns would be shown on one
and not on the other.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.contract import TITLE_WEIGHT

# What both FTS5 (fts5_aux.c) and Lucene (BM25Similarity) take: how soon more occurrences add nothing, and how
# much a document's length counts.
_K1, _B = 1.2, 0.75
# FTS5's rarity of a word that more than half of all documents have.
_COMMON = 1e-6
# The least part of what a word can earn that its occurrences leave: after 100,000 of them they say no more.
_LEAST = 1e-5

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """How many words n documents have in their titles and in the rest, each of shape (n,)."""

    titles: Counts
    about: Counts

    def kept(self) -> Counts:
        """Return each document's length (n,) as Lucene keeps it, a word of a title counted TITLE_WEIGHT times.

        CombinedFieldQuery adds up the lengths of the fields as they are kept, and keeps the sum likewise.
        """
        return _in_a_byte(
            np.rint(TITLE_WEIGHT * _in_a_byte(self.titles) + _in_a_byte(self.about)).astype(np.int64)
        )


class Scorer:
    """Turns what FTS5 says of a word into BM25 over combined fields, for the documents of one moment."""

    def __init__(self, lengths: Lengths) -> None:
        count = len(lengths.titles)
        words = lengths.titles + lengths.about
        weighted = int(TITLE_WEIGHT * lengths.titles.sum()) + int(lengths.about.sum())
        # Documents of the field that most have.
        self._documents = max(int(np.count_nonzero(lengths.titles)), int(np.count_nonzero(lengths.about)))
        self._count = count
        self._fts5_norms = _norms(words, float(words.sum()) / max(count, 1))
        self._norms = _norms(lengths.kept(), weighted / max(self._documents, 1))

    def score(self, rank: Floats, places: Counts, *, matching: int, in_field: int) -> Floats:
        """Return the BM25 of the documents at `places`, both of shape (m,), for one word.

        `rank` is FTS5's bm25() of it there, positive, with TITLE_WEIGHT for the first column. `matching` documents
        have the word, and `in_field` have it in that field where more of them have it. Scores are near, not exact,
        where those numbers are of a moment later than the lengths: an import goes on.
        """
        matching, in_field = min(matching, self._count), min(in_field, self._documents)
        rarity = math.log((self._count - matching + 0.5) / (matching + 0.5))
        saturation = rank / ((_K1 + 1) * (rarity if rarity > 0 else _COMMON))
        # From bm25 = rarity · (k1 + 1) · f / (f + norm): how often the word occurs, in a title TITLE_WEIGHT times.
        occurrences = np.rint(self._fts5_norms[places] / np.maximum(1 / saturation - 1, _LEAST))
        rarity = math.log(1 + (self._documents - in_field + 0.5) / (in_field + 0.5))
        scores: Floats = rarity * (_K1 + 1) * occurrences / (occurrences + self._norms[places])
        return scores


def _norms(lengths: Counts, average: float) -> Floats:
    # Without any document there is no average, and nothing to divide it by.
    return np.asarray(_K1 * (1 - _B + _B * lengths / (average or 1.0)), np.float64)


def _in_a_byte(lengths: Counts) -> Counts:
    """Return `lengths` as Lucene reads them back from the byte it keeps each in (SmallFloat.intToByte4).

    Those below 24 are exact; of what is above, the four highest binary digits are kept.
    """
    above = np.maximum(lengths - 24, 0)
    dropped = np.maximum(np.frexp(above.astype(np.float64))[1] - 4, 0)
    return np.where(lengths < 24, lengths, 24 + (above >> dropped << dropped))
