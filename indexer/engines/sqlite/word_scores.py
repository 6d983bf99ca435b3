"""BM25 of everybody in a snapshot, word by word, so that a frequent word is computed once, not in each search."""

import sqlite3
import threading
from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.sqlite.bm25 import Lengths, Scorer
from indexer.engines.sqlite.schema import COLUMNS_OF_WORDS, match_expression

# People kept in all, over all words: at 12 bytes each 48 MB, about 300 words that one in eight of 100,000 people
# uses. Of such a word FTS5 takes 10 ms to compute the scores and as long again to hand them over
# (docs/benchmarks.md, "Search").
_MOST_KEPT = 4_000_000
# FTS5's BM25 of 1 in the whole numbers that are read. Of a word that more than half of all people use it gives
# some 1e-6, from which the number of occurrences must still be told.
_PARTS = 1e12


class _Scores(NamedTuple):
    """Who of a snapshot uses a word, ascending, and the BM25 that it earns them; both have the shape (people,)."""

    places: NDArray[np.int32]
    bm25: NDArray[np.float64]


class WordScores:
    """The BM25 scores of the words that were searched lately among the people of one snapshot. Safe under threads.

    A document's BM25 for several words is the sum of what it has for each, so words can be kept apart.
    """

    def __init__(self, rowids: NDArray[np.int64], lengths: Lengths) -> None:
        """`rowids` (n,) ascend; a person's place is the index of their rowid, in `lengths` too."""
        self._rowids = rowids
        self._scorer = Scorer(lengths)
        self._kept: OrderedDict[str, _Scores] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def total(self, connection: sqlite3.Connection, tokens: tuple[str, ...]) -> NDArray[np.float64]:
        """Return the BM25 of everybody (n,) for `tokens`, 0 where none matches."""
        total = np.zeros(len(self._rowids))
        for token in tokens:
            scores = self._of(connection, token)
            total[scores.places] += scores.bm25
        return total

    def _of(self, connection: sqlite3.Connection, token: str) -> _Scores:
        with self._lock:
            known = self._kept.get(token)
            if known is not None:
                self._kept.move_to_end(token)
                return known
        scores = self._read(connection, token)
        with self._lock:
            # Another thread may have read the same meanwhile.
            if token not in self._kept:
                self._kept[token] = scores
                self._size += len(scores.places)
            while self._size > _MOST_KEPT:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.places)
        return scores

    def _read(self, connection: sqlite3.Connection, token: str) -> _Scores:
        match = match_expression(token)
        # Whole columns as two texts: thousands of rows one by one take half as long again. FTS5 gives the negative
        # of BM25.
        row = connection.execute(
            f"SELECT group_concat(rowid), group_concat(CAST(rank * -{_PARTS:.0f} AS INTEGER)) "
            "FROM profiles_fts WHERE profiles_fts MATCH ?",
            (match,),
        ).fetchone()
        rowids, parts = (np.fromstring(column or "", np.int64, sep=",") for column in row)
        places = np.searchsorted(self._rowids, rowids)
        # The snapshot may be a moment older than the text index: skip whom it does not hold.
        known = np.append(self._rowids, -1)[places] == rowids
        places = places[known]
        in_columns = [_count(connection, f"{column} : {match}") for column in COLUMNS_OF_WORDS]
        scores = self._scorer.score(parts[known] / _PARTS, places, matching=len(rowids), in_field=max(in_columns))
        return _Scores(places.astype(np.int32), scores)


def _count(connection: sqlite3.Connection, match: str) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM profiles_fts WHERE profiles_fts MATCH ?", (match,)
    ).fetchone()
    return int(count)
