"""What is kept in memory to compare a text with every occupation: the words and the vectors that describe them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.titles.catalogue import KnownOccupation
from indexer.titles.stems import stem, stems

# The usual constants of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
_K1, _B = 1.2, 0.75
# How many words the language at large counts against an occupation's own, which are 300 in the median.
_PRIOR = 300.0
# The same for the head word alone, and what a word counts that an occupation never uses.
_HEAD_PRIOR, _HEAD_UNSEEN = 100.0, 0.5


@dataclass(frozen=True, slots=True, eq=False)
class WordSignals:
    """How well the words of a text fit each occupation; both arrays have the shape (occupations,).

    `relative` is BM25 as a share of the best occupation's; `likelihood` is the mean over the words of the
    log-likelihood ratio of the occupation's words and all words. `known` is the share of the text's weight that
    the best occupation explains, 0 to 1.
    """

    relative: NDArray[np.float64]
    likelihood: NDArray[np.float64]
    known: float


@dataclass(frozen=True, slots=True, eq=False)
class _Posting:
    """One word: the rows of the occupations that use it, and per row its count, BM25 and log-likelihood ratio."""

    rows: NDArray[np.intp]
    counts: NDArray[np.float64]
    bm25: NDArray[np.float64]
    ratio: NDArray[np.float64]
    weight: float


class Occupations:
    """The occupations of one catalogue, each a row; nothing changes after it is made."""

    def __init__(self, known: Sequence[KnownOccupation]) -> None:
        self.known = tuple(known)
        self.row = {occupation.code: row for row, occupation in enumerate(self.known)}
        self.is_rest_class = np.array([occupation.is_rest_class for occupation in self.known], np.float64)
        self._vectors = np.stack([occupation.vector for occupation in self.known])
        stemmed = [_stemmed(occupation.words) for occupation in self.known]
        self._lengths = np.array([sum(counts.values()) for counts in stemmed], np.float64)
        self._postings = _postings(stemmed, self._lengths)
        # A word that no occupation uses weighs as much as one that a single one does.
        self._unknown_weight = float(np.log(1 + (len(self.known) + 0.5) / 0.5))

    @cached_property
    def words(self) -> dict[str, int]:
        """Every word that titles and descriptions use, and how often."""
        counts: Counter[str] = Counter()
        for occupation in self.known:
            counts.update(occupation.words)
        return dict(counts)

    def by_words(self, text: str) -> WordSignals:
        """Return how well the words of `text` fit each occupation."""
        bm25, likelihood, weight = np.zeros(len(self.known)), np.zeros(len(self.known)), 0.0
        words = stems(text)
        for word in words:
            posting = self._postings.get(word)
            if posting is None:
                weight += self._unknown_weight
            else:
                bm25[posting.rows] += posting.bm25
                likelihood[posting.rows] += posting.ratio
                weight += posting.weight
        best = float(bm25.max(initial=0.0))
        return WordSignals(
            relative=bm25 / best if best else bm25,
            likelihood=likelihood / max(len(words), 1) - np.log1p(self._lengths / _PRIOR),
            known=best / (weight * (_K1 + 1)) if weight else 0.0,
        )

    def by_head_word(self, word: str) -> NDArray[np.float64]:
        """Return the logarithm of how often each occupation uses the stem `word`, shape (occupations,)."""
        counts = np.full(len(self.known), _HEAD_UNSEEN)
        if posting := self._postings.get(word):
            counts[posting.rows] += posting.counts
        return np.asarray(np.log(counts / (self._lengths + _HEAD_PRIOR)))

    def by_vector(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the cosine of `vector`, of unit length, with each occupation, shape (occupations,)."""
        return (self._vectors @ vector).astype(np.float64)

    def shared_words(self, one: str, other: str) -> float:
        """Return how much of their words two titles share, 0 to 1: Dice's coefficient, by weight."""
        left, right = set(stems(one)), set(stems(other))
        total = sum(map(self._weight, left)) + sum(map(self._weight, right))
        return 2 * sum(map(self._weight, left & right)) / total if total else 0.0

    def _weight(self, word: str) -> float:
        posting = self._postings.get(word)
        return self._unknown_weight if posting is None else posting.weight


def _postings(stemmed: Sequence[Mapping[str, int]], lengths: NDArray[np.float64]) -> dict[str, _Posting]:
    norms = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1.0))
    using: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, counts in enumerate(stemmed):
        for word, count in counts.items():
            using[word].append((row, count))
    postings = {}
    for word, pairs in using.items():
        rows, counted = np.array(pairs, np.intp).T
        weight = float(np.log(1 + (len(stemmed) - len(rows) + 0.5) / (len(rows) + 0.5)))
        expected = _PRIOR * counted.sum() / lengths.sum()
        postings[word] = _Posting(
            rows=rows,
            counts=counted.astype(np.float64),
            bm25=weight * counted * (_K1 + 1) / (counted + norms[rows]),
            ratio=np.log1p(counted / expected),
            weight=weight,
        )
    return postings


def _stemmed(words: Mapping[str, int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, count in words.items():
        counts[stem(word)] += count
    return counts
