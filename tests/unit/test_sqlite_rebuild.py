"""What is SQLite's alone in a rebuild: the file, its room, and the arrays in memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.document import make_documents, unread
from indexer.engines import EngineQuery, Rebuild
from indexer.engines.sqlite import SQLiteEngine
from indexer.engines.sqlite import engine as sqlite_engine
from indexer.rebuilding import rebuild_index
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

OLD = KeywordEncoder("nurse", dimensions=384)
NEW = KeywordEncoder("vet", "nurse", dimensions=128)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


@pytest.fixture
def engine(path: Path) -> Iterator[SQLiteEngine]:
    with closing(SQLiteEngine(path)) as engine:
        engine.create(OLD.fingerprint, OLD.short_dimensions)
        write(engine, *(f"p{n}" for n in range(200)))
        yield engine


def write(engine: SQLiteEngine, *ids: str) -> None:
    engine.upsert(make_documents([make_profile(id_, f"Nurse {id_}") for id_ in ids], OLD, NOW, unread))


def found(engine: SQLiteEngine, encoder: KeywordEncoder) -> int:
    vector = encoder.encode(["nurse"])[0]
    query = EngineQuery(("nurse",), vector, encoder.fingerprint, NOW.date(), pool=1000)
    return len(engine.search(query).candidates)


def embed_all(engine: SQLiteEngine) -> Rebuild:
    rebuild = engine.rebuild(NEW.fingerprint, NEW.short_dimensions)
    assert rebuild is not None
    while people := rebuild.pending(50):
        rebuild.write(make_documents([person.profile for person in people], NEW, NOW, unread))
    return rebuild


def rebuild(engine: SQLiteEngine) -> None:
    rebuild_index(engine, NEW, lambda *_: None)


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_it_leaves_no_tables_behind_and_shorter_vectors_a_smaller_file(engine: SQLiteEngine, path: Path) -> None:
    engine._empty_log()
    before, size = tables(path), path.stat().st_size

    rebuild(engine)

    assert tables(path) == before
    # 200 people with a title each lose 256 float32 twice: 400 kB.
    assert path.stat().st_size < size - 300_000
    assert path.with_name("index.db-wal").stat().st_size == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


class FullDisk:
    """A connection to a file that lies on a disk without room for a second copy of it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if statement == "VACUUM":
            raise sqlite3.OperationalError("database or disk is full")
        return self._connection.execute(statement, *values)


def test_without_room_for_a_smaller_file_it_has_switched_all_the_same(
    engine: SQLiteEngine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine._empty_log()
    size = path.stat().st_size
    connection = FullDisk(engine._connection())
    monkeypatch.setattr(engine, "_connection", lambda: connection)

    rebuild(engine)

    assert path.stat().st_size > size
    assert found(engine, NEW) == 200


def test_searches_do_not_load_the_vectors_again_before_the_switch(
    engine: SQLiteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(engine, OLD) == 200
    loaded: list[str] = []
    load = sqlite_engine.load_snapshot

    def noted(connection: sqlite3.Connection, meta: dict[str, str]) -> sqlite_engine.Snapshot:
        loaded.append(meta["fingerprint"])
        return load(connection, meta)

    monkeypatch.setattr(sqlite_engine, "load_snapshot", noted)

    embedded = embed_all(engine)
    assert found(engine, OLD) == 200
    assert loaded == []

    embedded.finish()
    assert found(engine, NEW) == 200
    assert loaded == [NEW.fingerprint]


def test_who_is_deleted_leaves_the_new_vectors_of_an_unfinished_rebuild_at_once(
    engine: SQLiteEngine, path: Path
) -> None:
    embed_all(engine)

    engine.delete("p7", NOW)

    with closing(sqlite3.connect(path)) as connection:
        for table in ("rebuilt_profiles", "rebuilt_titles"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (199,)


def test_a_search_that_began_before_the_switch_ends_on_the_old_vectors(engine: SQLiteEngine, path: Path) -> None:
    embedded = embed_all(engine)
    with closing(SQLiteEngine(path)) as reading, reading._reading() as connection:
        meta = sqlite_engine._meta(connection)

        assert embedded.finish()

        snapshot = sqlite_engine.load_snapshot(connection, meta)
    assert snapshot.profile_vectors.shape == (200, OLD.dimensions)


def test_who_changes_after_their_turn_has_another_before_the_switch_is_tried(engine: SQLiteEngine) -> None:
    rebuild = engine.rebuild(NEW.fingerprint, NEW.short_dimensions)
    assert rebuild is not None
    first = rebuild.pending(150)
    rebuild.write(make_documents([person.profile for person in first], NEW, NOW, unread))
    engine.upsert(make_documents([make_profile("p0", "Vet")], OLD, NOW, unread))

    rest = rebuild.pending(150)
    rebuild.write(make_documents([person.profile for person in rest], NEW, NOW, unread))

    assert [person.profile.id for person in rebuild.pending(150)] == ["p0"]
