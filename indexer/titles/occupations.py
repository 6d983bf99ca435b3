"""What is kept in memory to compare a text with every occupation: the words and the vectors that describe them."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.titles.catalogue import KnownOccupation
from indexer.titles.stems import stems

# The usual constants of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
_K1, _B = 1.2, 0.75


class Occupations:
    """The occupations of one catalogue, each a row; nothing changes after it is made."""

    def __init__(self, known: Sequence[KnownOccupation]) -> None:
        self.known = tuple(known)
        self.row = {occupation.code: row for row, occupation in enumerate(self.known)}
        self._vectors = np.stack([occupation.vector for occupation in self.known])
        self._postings = _postings(self.known)
        # What a word that no occupation has would weigh: the rarest say as much.
        self._unknown_weight = float(np.log(1 + 2 * (len(self.known) + 1)))

    @property
    def dimensions(self) -> int:
        """The length of the vectors."""
        return int(self._vectors.shape[1])

    def by_words(self, text: str) -> NDArray[np.float64]:
        """Return how well the words of `text` fit each occupation: BM25 as a share of the most it could be, 0 to 1."""
        scores, most = np.zeros(len(self.known)), 0.0
        for stem in stems(text):
            posting = self._postings.get(stem)
            if posting is None:
                most += self._unknown_weight * (_K1 + 1)
            else:
                rows, weights, highest = posting
                scores[rows] += weights
                most += highest
        return scores / most if most else scores

    def by_vector(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the cosine of `vector`, of unit length, with each occupation."""
        return (self._vectors @ vector).astype(np.float64)
