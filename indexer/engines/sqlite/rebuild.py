"""A rebuild on SQLite: new vectors in tables of their own, put in the place of the old ones in one transaction."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from indexer.document import Document
from indexer.engines.contract import StoredProfile
from indexer.engines.imports import stored_profile
from indexer.engines.mismatch import check_encoder
from indexer.engines.sqlite.records import forget_unused_titles
from indexer.errors import EngineUnavailable

Transaction = AbstractContextManager[sqlite3.Connection]

# The encoder that the tables below are for; without it in `meta` there are none.
_KEY = "rebuild_fingerprint"
# Who is deleted leaves them at once. Vectors depend on the content alone, so its hash tells whether they are good.
_TABLES = (
    """CREATE TABLE rebuilt_profiles (
        profile_rowid INTEGER PRIMARY KEY REFERENCES profiles ON DELETE CASCADE,
        content_hash TEXT NOT NULL,
        vector BLOB NOT NULL
    )""",
    """CREATE TABLE rebuilt_titles (
        title_rowid INTEGER PRIMARY KEY REFERENCES titles ON DELETE CASCADE,
        vector BLOB NOT NULL
    )""",
)
# A title can lose its vector while its holder's is good: it was forgotten and came back.
_IS_PENDING = """(
    NOT EXISTS (
        SELECT 1 FROM rebuilt_profiles AS rebuilt
        WHERE rebuilt.profile_rowid = profiles.rowid AND rebuilt.content_hash = profiles.content_hash
    ) OR EXISTS (
        SELECT 1 FROM positions
        WHERE profile_rowid = profiles.rowid AND NOT EXISTS (
            SELECT 1 FROM rebuilt_titles AS rebuilt WHERE rebuilt.title_rowid = positions.title_rowid
        )
    )
)"""


def prepare(connection: sqlite3.Connection, current: str, fingerprint: str) -> bool:
    """Make the tables for vectors of `fingerprint`, unless that is `current`; return whether there are some now.

    What was made for another encoder is discarded.
    """
    unfinished = _unfinished(connection)
    if unfinished not in ("", fingerprint):
        _discard(connection)
    if fingerprint == current:
        return False
    if unfinished != fingerprint:
        for table in _TABLES:
            connection.execute(table)
        connection.execute("INSERT INTO meta VALUES (?, ?)", (_KEY, fingerprint))
    return True


class SQLiteRebuild:
    """The new vectors of one index; see Rebuild.

    `beside` opens a transaction, by BEGIN or BEGIN IMMEDIATE, that searches take no notice of; `switching` opens
    one to write in after which they load the index anew; `shrink` gives room back that is not needed any more.
    """

    def __init__(
        self,
        fingerprint: str,
        dimensions: int,
        beside: Callable[[str], Transaction],
        switching: Callable[[], Transaction],
        shrink: Callable[[], None],
    ) -> None:
        self._fingerprint = fingerprint
        self._dimensions = dimensions
        self._beside = beside
        self._switching = switching
        self._shrink = shrink
        # Where the last people of `pending` stand, so that not each call walks past all who are done.
        self._last_rowid = 0

    def remaining(self) -> int:
        """Return how many people are to be embedded; see Rebuild.remaining."""
        with self._beside("BEGIN") as connection:
            self._check(connection)
            (count,) = connection.execute(f"SELECT count(*) FROM profiles WHERE {_IS_PENDING}").fetchone()
        return int(count)

    def pending(self, count: int) -> list[StoredProfile]:
        """Return up to `count` people to embed; see Rebuild.pending."""
        with self._beside("BEGIN") as connection:
            self._check(connection)
            rows = _pending(connection, self._last_rowid, count) or _pending(connection, 0, count)
        self._last_rowid = rows[-1][0] if rows else 0
        return [
            stored_profile(json.loads(record), json.loads(contact), version, content_hash)
            for _, version, content_hash, record, contact in rows
        ]

    def write(self, documents: Sequence[Document]) -> None:
        """Keep the vectors of `documents` in one transaction; see Rebuild.write."""
        with self._beside("BEGIN IMMEDIATE") as connection:
            self._check(connection)
            for document in documents:
                check_encoder(self._fingerprint, document.fingerprint)
                _write(connection, document)

    def finish(self) -> bool:
        """Switch in one transaction; see Rebuild.finish."""
        with self._switching() as connection:
            self._check(connection)
            if _pending(connection, 0, 1):
                return False
            forget_unused_titles(connection)
            connection.execute(
                "UPDATE profiles SET profile_vector = rebuilt.vector FROM rebuilt_profiles AS rebuilt "
                "WHERE rebuilt.profile_rowid = profiles.rowid"
            )
            connection.execute(
                "UPDATE titles SET vector = rebuilt.vector FROM rebuilt_titles AS rebuilt "
                "WHERE rebuilt.title_rowid = titles.rowid"
            )
            meta = {"fingerprint": self._fingerprint, "dimensions": str(self._dimensions)}
            connection.executemany("UPDATE meta SET value = ? WHERE key = ?", [(v, k) for k, v in meta.items()])
            _discard(connection)
        self._shrink()
        return True

    def _check(self, connection: sqlite3.Connection) -> None:
        if _unfinished(connection) != self._fingerprint:
            raise EngineUnavailable(
                "Another run of scripts/rebuild_index.py has finished this rebuild, or taken its place."
            )


def _unfinished(connection: sqlite3.Connection) -> str:
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    return str(found[0]) if found else ""


def _discard(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE rebuilt_profiles")
    connection.execute("DROP TABLE rebuilt_titles")
    connection.execute("DELETE FROM meta WHERE key = ?", (_KEY,))


def _pending(connection: sqlite3.Connection, after: int, count: int) -> list[tuple[int, int, str, str, str]]:
    """Return rowid, version, content hash, record and contact of `count` people who come after a rowid."""
    return connection.execute(
        "SELECT profiles.rowid, version, content_hash, record, ifnull(contact, '{}') "
        "FROM profiles LEFT JOIN contacts ON contacts.profile_rowid = profiles.rowid "
        f"WHERE profiles.rowid > ? AND {_IS_PENDING} ORDER BY profiles.rowid LIMIT ?",
        (after, count),
    ).fetchall()


def _write(connection: sqlite3.Connection, document: Document) -> None:
    """Keep one person's vectors; whoever changed since stays pending by their hash, and who is gone stays gone."""
    profile = document.profile
    connection.execute(
        "INSERT OR REPLACE INTO rebuilt_profiles SELECT rowid, ?, ? FROM profiles WHERE id = ?",
        (document.content_hash, document.profile_vector.tobytes(), profile.id),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO rebuilt_titles SELECT rowid, ? FROM titles WHERE title = ?",
        [(v.tobytes(), p.title) for p, v in zip(profile.positions, document.title_vectors, strict=True)],
    )
