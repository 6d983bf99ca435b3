"""The counts of searches in a SQLite file: one table beside the profiles."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date

from indexer.engines.demand import KEPT_FOR, SearchCounts

_TABLE = """
    CREATE TABLE IF NOT EXISTS demand (
        day TEXT NOT NULL,
        occupation TEXT NOT NULL,
        searches INTEGER NOT NULL,
        in_vain INTEGER NOT NULL,
        PRIMARY KEY (day, occupation)
    ) WITHOUT ROWID
"""


class SQLiteDemand:
    """The counts in one file, whose table is made when it is missing; see DemandStore."""

    def __init__(self, transaction: Callable[[str], AbstractContextManager[sqlite3.Connection]]) -> None:
        """`transaction` begins one by the statement it is given, and raises our errors for those of SQLite."""
        self._transaction = transaction

    def add(self, day: date, counts: Mapping[str, SearchCounts]) -> None:
        """Add `counts` in one transaction; see DemandStore.add."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            connection.execute(_TABLE)
            connection.executemany(
                "INSERT INTO demand VALUES (?, ?, ?, ?) ON CONFLICT (day, occupation) DO UPDATE SET "
                "searches = searches + excluded.searches, in_vain = in_vain + excluded.in_vain",
                [(day.isoformat(), code, *count) for code, count in counts.items()],
            )
            connection.execute("DELETE FROM demand WHERE day < ?", ((day - KEPT_FOR).isoformat(),))

    def since(self, day: date) -> dict[str, SearchCounts]:
        """Return the totals from `day` on; see DemandStore.since."""
        with self._transaction("BEGIN") as connection:
            if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'demand'").fetchone():
                return {}
            rows = connection.execute(
                "SELECT occupation, sum(searches), sum(in_vain) FROM demand WHERE day >= ? GROUP BY occupation",
                (day.isoformat(),),
            ).fetchall()
        return {code: SearchCounts(searches, in_vain) for code, searches, in_vain in rows}
