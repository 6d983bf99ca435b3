"""What is kept in memory to compare a text with every occupation: the words and the vectors that describe them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.titles.catalogue import KnownOccupation
from indexer.titles.stems import stem, stems

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

    @cached_property
    def words(self) -> dict[str, int]:
        """Every word that titles and descriptions use, and how often."""
        counts: Counter[str] = Counter()
        for occupation in self.known:
            counts.update(occupation.words)
        return dict(counts)

    def shared_words(self, one: str, other: str) -> float:
        """Return how much of their words two titles share, 0 to 1: Dice's coefficient, rare words counting more."""
        left, right = set(stems(one)), set(stems(other))
        total = sum(map(self._weight, left)) + sum(map(self._weight, right))
        return 2 * sum(map(self._weight, left & right)) / total if total else 0.0

    def _weight(self, stem_: str) -> float:
        posting = self._postings.get(stem_)
        return self._unknown_weight if posting is None else posting[2] / (_K1 + 1)


_Posting = tuple[NDArray[np.intp], NDArray[np.float64], float]


def _postings(known: Sequence[KnownOccupation]) -> dict[str, _Posting]:
    """Return by stem: the rows of the occupations that have it, what it adds to each, and the most it can add."""
    documents = [_stemmed(occupation.words) for occupation in known]
    lengths = np.array([sum(document.values()) for document in documents], np.float64)
    norms = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1.0))
    counts: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, document in enumerate(documents):
        for word, count in document.items():
            counts[word].append((row, count))
    postings = {}
    for word, pairs in counts.items():
        rows, frequency = np.array(pairs, np.intp).T
        idf = np.log(1 + (len(known) - len(rows) + 0.5) / (len(rows) + 0.5))
        postings[word] = rows, idf * frequency * (_K1 + 1) / (frequency + norms[rows]), float(idf * (_K1 + 1))
    return postings


def _stemmed(words: Mapping[str, int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, count in words.items():
        counts[stem(word)] += count
    return counts
