"""The history of imports in a SQLite file: tables of its own, made by the first import that is noted."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from indexer.engines.contract import KEPT_IMPORTS, LISTED_IMPORTS, Change, PastImport
from indexer.engines.imports import stored_profile, stored_record, too_old
from indexer.errors import IndexMissing

_TABLES = (
    """CREATE TABLE IF NOT EXISTS imports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        file TEXT NOT NULL,
        counts TEXT NOT NULL,
        undone_at TEXT,
        forgotten INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE IF NOT EXISTS import_changes (
        import_id INTEGER NOT NULL REFERENCES imports ON DELETE CASCADE,
        profile_id TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        was_deleted INTEGER NOT NULL,
        before TEXT,
        PRIMARY KEY (import_id, profile_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS import_changes_profile ON import_changes (profile_id)",
)

Transaction = Callable[[str], AbstractContextManager[sqlite3.Connection]]


def forget_person(connection: sqlite3.Connection, profile_id: str) -> None:
    """Take a person out of the history; what was kept of them is overwritten in the file."""
    if _is_there(connection):
        connection.execute("DELETE FROM import_changes WHERE profile_id = ?", (profile_id,))


class SQLiteImports:
    """The history of one file; see ImportHistory. Safe under threads."""

    def __init__(self, transaction: Transaction) -> None:
        """`transaction` begins one by the statement it is given, and raises our errors for those of SQLite."""
        self._transaction = transaction

    def begin(self, file: str, at: datetime) -> str:
        """Note that an import begins; see ImportHistory.begin."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            for statement in _TABLES:
                connection.execute(statement)
            (number,) = connection.execute(
                "INSERT INTO imports (at, file, counts) VALUES (?, ?, '{}') RETURNING id", (at.isoformat(), file)
            ).fetchone()
            connection.execute(
                "UPDATE imports SET forgotten = 1 WHERE id <= ? OR at < ?",
                (number - KEPT_IMPORTS, too_old(at).isoformat()),
            )
            connection.execute(
                "DELETE FROM import_changes WHERE import_id IN (SELECT id FROM imports WHERE forgotten)"
            )
            connection.execute("DELETE FROM imports WHERE id <= ?", (number - LISTED_IMPORTS,))
        return str(number)

    def keep(self, import_id: str, changes: Sequence[Change]) -> None:
        """Keep what is about to change; see ImportHistory.keep."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO import_changes VALUES (?, ?, ?, ?, ?)", _rows(import_id, changes)
            )

    def forget(self, import_id: str, ids: Collection[str]) -> None:
        """Forget some changes; see ImportHistory.forget."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            connection.execute(
                "DELETE FROM import_changes "
                "WHERE import_id = ? AND profile_id IN (SELECT value FROM json_each(?))",
                (import_id, json.dumps(list(ids))),
            )

    def count(self, import_id: str, counts: Mapping[str, int]) -> None:
        """Note what became of the rows so far; see ImportHistory.count."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            connection.execute("UPDATE imports SET counts = ? WHERE id = ?", (json.dumps(dict(counts)), import_id))

    def changes(self, import_id: str, count: int) -> list[Change]:
        """Return some of the changes that are kept; see ImportHistory.changes."""
        with self._transaction("BEGIN") as connection:
            if not _is_there(connection):
                return []
            rows = connection.execute(
                "SELECT profile_id, content_hash, was_deleted, before FROM import_changes "
                "WHERE import_id = ? LIMIT ?",
                (import_id, count),
            ).fetchall()
        return [
            Change(id_, content_hash, stored_profile(**json.loads(before)) if before else None, bool(was_deleted))
            for id_, content_hash, was_deleted, before in rows
        ]

    def remaining(self, import_id: str) -> int:
        """Return how many changes are kept; see ImportHistory.remaining."""
        with self._transaction("BEGIN") as connection:
            if not _is_there(connection):
                return 0
            (count,) = connection.execute(
                "SELECT count(*) FROM import_changes WHERE import_id = ?", (import_id,)
            ).fetchone()
        return int(count)

    def end(self, import_id: str, undone_at: datetime) -> None:
        """Note that the import was undone; see ImportHistory.end."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            connection.execute("UPDATE imports SET undone_at = ? WHERE id = ?", (undone_at.isoformat(), import_id))

    def recent(self, count: int) -> list[PastImport]:
        """Return the last imports; see ImportHistory.recent."""
        try:
            with self._transaction("BEGIN") as connection:
                if not _is_there(connection):
                    return []
                rows = connection.execute(
                    "SELECT id, at, file, counts, undone_at, forgotten FROM imports ORDER BY id DESC LIMIT ?",
                    (count,),
                ).fetchall()
        except IndexMissing:
            return []
        return [
            PastImport(
                id=str(number),
                at=datetime.fromisoformat(at),
                file=file,
                counts=json.loads(counts),
                undone_at=datetime.fromisoformat(undone_at) if undone_at else None,
                undoable=not (undone_at or forgotten),
            )
            for number, at, file, counts, undone_at, forgotten in rows
        ]


def _rows(import_id: str, changes: Sequence[Change]) -> Iterator[tuple[str, str, str, bool, str | None]]:
    for change in changes:
        before = json.dumps(stored_record(change.before), ensure_ascii=False) if change.before else None
        yield import_id, change.id, change.content_hash, change.was_deleted, before


def _is_there(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'import_changes'").fetchone() is not None
