"""The facts of people who were candidates lately: the same ones come up again and again."""

import sqlite3
import threading
from collections.abc import Sequence
from itertools import islice

from indexer.engines.sqlite import records
from indexer.facts import Facts

# People whose facts are kept, at 2 kB each 40 MB. To read those of the 230 candidates of a search took 2 of its
# 15 ms, most of it to parse them (docs/benchmarks.md, "Search").
_MOST_KEPT = 20_000


class KnownFacts:
    """The facts of a snapshot's people, by rowid, each read once while there is room. Safe under threads."""

    def __init__(self) -> None:
        self._kept: dict[int, Facts] = {}
        self._lock = threading.Lock()

    def of(self, connection: sqlite3.Connection, rowids: Sequence[int]) -> dict[int, Facts]:
        """Return the facts of those in `rowids` who are there, by rowid."""
        with self._lock:
            known = {rowid: self._kept[rowid] for rowid in rowids if rowid in self._kept}
        if len(known) == len(rowids):
            return known
        read = records.facts(connection, [rowid for rowid in rowids if rowid not in known])
        with self._lock:
            self._kept |= read
            # Those read longest ago go first.
            for rowid in [*islice(self._kept, max(0, len(self._kept) - _MOST_KEPT))]:
                del self._kept[rowid]
        return known | read
