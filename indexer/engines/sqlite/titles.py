"""The job-title index of a SQLite file: tables of its own beside the profiles."""

import json
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.contract import TitleMatch, TitleQuery, TitlesStatus
from indexer.engines.sqlite.titles_schema import DROP, SCHEMA_VERSION, TABLES, begin_words
from indexer.engines.titles import in_order, known_occupation, look_up, occupation_record, titles_missing
from indexer.errors import IndexMissing
from indexer.text import tokens
from indexer.titles import JobTitle, KnownOccupation, TitleCatalogue
from indexer.titles.keys import title_key

# Titles whose vectors share a row: few rows to read, and no copy of the whole matrix while it is read.
_TITLES_A_ROW = 1000

Transaction = Callable[[str], AbstractContextManager[sqlite3.Connection]]


class SQLiteTitles:
    """The job-title index of one file; see TitleStore. Safe under threads.

    The vectors are held in memory from the first look-up by vector on, and read again when the file has another
    version of them.
    """

    def __init__(self, label: str, transaction: Transaction) -> None:
        """`transaction` begins one by the statement it is given, and raises our errors for those of SQLite."""
        self._label = label
        self._transaction = transaction
        self._loading = threading.Lock()
        self._vectors: tuple[str, NDArray[np.float32]] | None = None

    def replace(self, catalogue: TitleCatalogue) -> None:
        """Write `catalogue` in one transaction; see TitleStore.replace."""
        rows = list(_title_rows(catalogue))  # before the transaction: it takes longer than to write them
        with self._transaction("BEGIN IMMEDIATE") as connection:
            with _without_overwriting(connection):
                for statement in (*DROP, *TABLES):
                    connection.execute(statement)
            connection.executemany(
                "INSERT INTO job_titles (rowid, title, codes, key) VALUES (?, ?, ?, ?)",
                [row[:-1] for row in rows],
            )
            connection.executemany(
                "INSERT INTO job_titles_fts (rowid, words) VALUES (?, ?)", [(row[0], row[-1]) for row in rows]
            )
            connection.execute("INSERT INTO job_titles_fts (job_titles_fts) VALUES ('optimize')")
            connection.executemany("INSERT INTO job_title_vectors VALUES (?, ?)", _vector_rows(catalogue.vectors))
            connection.executemany("INSERT INTO occupations VALUES (?, ?, ?)", _occupation_rows(catalogue))
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('titles', ?)", (json.dumps(_meta(catalogue)),))

    def status(self) -> TitlesStatus | None:
        """Return the state of the job-title index; see TitleStore.status."""
        try:
            with self._transaction("BEGIN") as connection:
                meta = _known_meta(connection)
        except IndexMissing:
            return None
        if meta is None:
            return None
        return TitlesStatus(
            meta["source"], meta["version"], meta["fingerprint"], meta["titles"], meta["occupations"]
        )

    def occupations(self) -> tuple[KnownOccupation, ...]:
        """Return every occupation; see TitleStore.occupations."""
        with self._reading() as (connection, _):
            rows = connection.execute("SELECT code, record, vector FROM occupations ORDER BY code").fetchall()
        return tuple(known_occupation(code, json.loads(record), vector) for code, record, vector in rows)

    def match(self, queries: Sequence[TitleQuery], count: int) -> list[list[TitleMatch]]:
        """Return the titles that match each query; see TitleStore.match."""
        with self._reading() as (connection, meta):
            by_key = _places_by_key(connection, {key for query in queries for key in query.keys})
            has_vector = any(query.vector is not None for query in queries)
            vectors = self._current_vectors(connection, meta) if has_vector else None
            found = look_up(queries, count, by_key, vectors)
            titles = _titles(connection, {place for _, places in found for place in places})
        return [in_order(keyed, places, titles) for keyed, places in found]

    def suggest(self, beginnings: Sequence[str], count: int) -> list[JobTitle]:
        """Return the likeliest titles with words of these beginnings; see TitleStore.suggest."""
        with self._reading() as (connection, _):
            if not beginnings:
                rows = connection.execute("SELECT title, codes FROM job_titles ORDER BY rowid LIMIT ?", (count,))
            else:
                # CROSS: words first. They come in the order of rowid, so the search ends at the last one wanted.
                rows = connection.execute(
                    "SELECT title, codes FROM job_titles_fts CROSS JOIN job_titles "
                    "ON job_titles.rowid = job_titles_fts.rowid WHERE job_titles_fts MATCH ? "
                    "ORDER BY job_titles_fts.rowid LIMIT ?",
                    (begin_words(beginnings), count),
                )
            return [JobTitle(title, tuple(json.loads(codes))) for title, codes in rows]

    @contextmanager
    def _reading(self) -> Iterator[tuple[sqlite3.Connection, dict[str, Any]]]:
        try:
            with self._transaction("BEGIN") as connection:
                meta = _known_meta(connection)
                if meta is None:
                    raise titles_missing(self._label)
                yield connection, meta
        except IndexMissing as error:
            raise titles_missing(self._label) from error

    def _current_vectors(self, connection: sqlite3.Connection, meta: dict[str, Any]) -> NDArray[np.float32]:
        with self._loading:
            if self._vectors is None or self._vectors[0] != meta["version"]:
                self._vectors = None  # two at once would double the memory
                self._vectors = (meta["version"], _load_vectors(connection, meta))
            return self._vectors[1]


@contextmanager
def _without_overwriting(connection: sqlite3.Connection) -> Iterator[None]:
    """Free pages without zeros on them: titles are nobody's data, and zeros would double what is written."""
    (before,) = connection.execute("PRAGMA secure_delete").fetchone()
    connection.execute("PRAGMA secure_delete = OFF")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA secure_delete = {before}")


def _meta(catalogue: TitleCatalogue) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "source": catalogue.source,
        "version": catalogue.version,
        "fingerprint": catalogue.fingerprint,
        "titles": len(catalogue.titles),
        "dimensions": catalogue.vectors.shape[1],
        "occupations": len(catalogue.occupations),
    }


def _known_meta(connection: sqlite3.Connection) -> dict[str, Any] | None:
    """Return what is kept about the job-title index, None if there is none of our layout."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'titles'").fetchone()
    meta: dict[str, Any] = json.loads(row[0]) if row else {}
    return meta if meta.get("schema_version") == SCHEMA_VERSION else None


def _title_rows(catalogue: TitleCatalogue) -> Iterator[tuple[int, str, str, str, str]]:
    for place, title in enumerate(catalogue.titles):
        yield place, title.title, json.dumps(title.codes), title_key(title.title), " ".join(tokens(title.title))


def _vector_rows(vectors: NDArray[np.float32]) -> Iterator[tuple[int, bytes]]:
    for first in range(0, len(vectors), _TITLES_A_ROW):
        yield first, vectors[first : first + _TITLES_A_ROW].astype(np.float32).tobytes()


def _occupation_rows(catalogue: TitleCatalogue) -> Iterator[tuple[str, str, bytes]]:
    for occupation in catalogue.occupations:
        record = json.dumps(occupation_record(occupation), ensure_ascii=False)
        yield occupation.code, record, occupation.vector.astype(np.float32).tobytes()


def _load_vectors(connection: sqlite3.Connection, meta: dict[str, Any]) -> NDArray[np.float32]:
    vectors = np.empty((meta["titles"], meta["dimensions"]), np.float32)
    for first, blob in connection.execute("SELECT first, vectors FROM job_title_vectors"):
        some = np.frombuffer(blob, np.float32).reshape(-1, meta["dimensions"])
        vectors[first : first + len(some)] = some
    return vectors


def _places_by_key(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for key, place in connection.execute(
        "SELECT key, rowid FROM job_titles WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    ):
        places.setdefault(key, []).append(place)
    return places


def _titles(connection: sqlite3.Connection, places: Collection[int]) -> dict[int, JobTitle]:
    rows = connection.execute(
        "SELECT rowid, title, codes FROM job_titles WHERE rowid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(places)),),
    )
    return {place: JobTitle(title, tuple(json.loads(codes))) for place, title, codes in rows}
