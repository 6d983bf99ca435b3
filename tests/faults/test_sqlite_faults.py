"""What can go wrong with a SQLite file: each has its words, and nothing is lost or overwritten."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.document import make_documents, unread
from indexer.engines.sqlite import SQLiteEngine, records
from indexer.engines.sqlite import engine as sqlite_engine
from indexer.engines.sqlite.schema import SCHEMA_VERSION
from indexer.errors import EngineError, EngineRejected, EngineUnavailable, IndexMismatch
from scripts import import_profiles
from scripts.import_profiles import main
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

pytestmark = pytest.mark.usefixtures("few_job_titles")

ENCODER = KeywordEncoder("nurse")
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ANN = '{"id": "ann", "name": "Ann", "title": "Nurse", "open_to_chats": "yes"}\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


@pytest.fixture
def engine(path: Path) -> Iterator[SQLiteEngine]:
    with closing(SQLiteEngine(path)) as engine:
        yield engine


def write(engine: SQLiteEngine, *ids: str) -> None:
    engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
    engine.upsert(make_documents([make_profile(id_) for id_ in ids], ENCODER, NOW, unread))


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program is writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


OTHER_PROGRAMS = {
    "nothing": (),
    "tables of its own": ("CREATE TABLE songs (title TEXT)", "INSERT INTO songs VALUES ('Fever')"),
    "a table called meta": ("CREATE TABLE meta (value TEXT)", "INSERT INTO meta VALUES ('Fever')"),
    "a meta of our shape": ("CREATE TABLE meta (key TEXT, value TEXT)", "INSERT INTO meta VALUES ('a', 'b')"),
}


class TestAnotherFile:
    @pytest.mark.parametrize("content", [b"I am a letter, and no database. " * 40, b"\x00" * 4096])
    def test_a_file_that_is_no_database_is_refused_and_kept(
        self, engine: SQLiteEngine, path: Path, content: bytes
    ) -> None:
        path.write_bytes(content)

        with pytest.raises(EngineRejected, match=r"is not a(n| whole) index"):
            write(engine, "ann")
        assert path.read_bytes() == content

    @pytest.mark.parametrize("statements", OTHER_PROGRAMS.values(), ids=OTHER_PROGRAMS)
    def test_a_database_of_another_program_is_refused_and_kept(
        self, engine: SQLiteEngine, path: Path, statements: tuple[str, ...]
    ) -> None:
        execute(path, "PRAGMA user_version = 7", *statements)
        before = path.read_bytes()

        for use in (lambda: write(engine, "ann"), lambda: engine.revisions(["ann"]), engine.status):
            with pytest.raises(EngineRejected, match=r"is not an index of Mentor Search\. Choose another file"):
                use()
        assert path.read_bytes() == before

    def test_a_file_cut_in_half_is_refused(self, engine: SQLiteEngine, path: Path) -> None:
        write(engine, *(f"p{n}" for n in range(60)))
        engine.close()
        execute(path, "PRAGMA wal_checkpoint(TRUNCATE)")
        os.truncate(path, path.stat().st_size // 2)

        with closing(SQLiteEngine(path)) as again, pytest.raises(EngineError, match="index"):
            again.get([f"p{n}" for n in range(60)])

    def test_another_schema_version_is_refused_in_words(self, engine: SQLiteEngine, path: Path) -> None:
        write(engine, "ann")
        execute(path, "UPDATE meta SET value = '99' WHERE key = 'schema_version'")

        for use in (lambda: write(engine, "bob"), lambda: engine.get(["ann"]), lambda: engine.delete("ann", NOW)):
            with pytest.raises(IndexMismatch, match=r"has schema version 99, and this program reads \w+ \d+\."):
                use()
        execute(path, f"UPDATE meta SET value = '{SCHEMA_VERSION}' WHERE key = 'schema_version'")
        assert set(engine.get(["ann", "bob"])) == {"ann"}


class TestPlaces:
    """Root may write anywhere, so these places are refused to everybody."""

    def test_a_folder_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("kept")
        with closing(SQLiteEngine(tmp_path / "file" / "index.db")) as engine:
            assert engine.revisions(["ann"]) == {}
            with pytest.raises(EngineUnavailable, match=r"file/index\.db cannot be used: (File exists|Not a dir)"):
                write(engine, "ann")
            with pytest.raises(EngineError, match=r"Not a directory|There is no index"):
                engine.get(["ann"])
        assert (tmp_path / "file").read_text() == "kept"

    def test_a_file_that_is_a_folder(self, engine: SQLiteEngine, path: Path) -> None:
        path.mkdir()

        with pytest.raises(EngineUnavailable, match="cannot be used now: unable to open database file"):
            write(engine, "ann")

    @pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a folder that nobody can write to")
    def test_a_folder_that_nobody_can_write_to(self) -> None:
        with (
            closing(SQLiteEngine(Path("/proc/index.db"))) as engine,
            pytest.raises(EngineUnavailable, match="/proc"),
        ):
            write(engine, "ann")

    def test_a_name_with_signs_of_a_uri_is_a_name(self, tmp_path: Path) -> None:
        path = tmp_path / "100% ?mode=memory#1 é.db"
        with closing(SQLiteEngine(path)) as engine:
            write(engine, "ann")

            assert path.exists()
            assert set(engine.get(["ann"])) == {"ann"}


class TestLocks:
    @pytest.fixture(autouse=True)
    def _impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sqlite_engine, "_BUSY_SECONDS", 0.05)

    def test_while_another_program_writes_searches_and_reads_go_on(self, engine: SQLiteEngine, path: Path) -> None:
        write(engine, "ann")

        with locked(path):
            assert set(engine.get(["ann"])) == {"ann"}
            assert engine.status().people == 1

    def test_a_writer_that_waits_too_long_says_so_and_can_write_later(
        self, engine: SQLiteEngine, path: Path
    ) -> None:
        write(engine, "ann")

        with locked(path), pytest.raises(EngineUnavailable, match="cannot be used now: database is locked"):
            write(engine, "bob")

        write(engine, "bob")
        assert set(engine.get(["ann", "bob"])) == {"ann", "bob"}

    def test_a_writer_waits_for_one_that_is_soon_done(
        self, engine: SQLiteEngine, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_engine, "_BUSY_SECONDS", 60)
        write(engine, "ann")
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        done = threading.Timer(0.2, other.rollback)
        done.start()

        write(engine, "bob")

        done.join()
        other.close()
        assert set(engine.get(["bob"])) == {"bob"}

    @pytest.mark.parametrize("rolled_back_by_sqlite", [False, True])
    def test_a_batch_that_fails_half_way_leaves_nothing_behind(
        self, engine: SQLiteEngine, monkeypatch: pytest.MonkeyPatch, rolled_back_by_sqlite: bool
    ) -> None:
        write(engine, "ann")

        def full(connection: sqlite3.Connection) -> None:
            if rolled_back_by_sqlite:
                connection.execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")

        with monkeypatch.context() as patched:
            patched.setattr(records, "forget_unused_titles", full)
            with pytest.raises(EngineUnavailable, match="disk is full"):
                write(engine, "bob", "cem")

        assert set(engine.get(["ann", "bob", "cem"])) == {"ann"}
        write(engine, "bob")
        assert set(engine.get(["ann", "bob"])) == {"ann", "bob"}


class TestImport:
    @pytest.fixture
    def file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr(import_profiles, "open_encoder", lambda _: ENCODER)
        path = tmp_path / "people.jsonl"
        path.write_text(ANN)
        return str(path)

    @pytest.mark.parametrize("arguments", [(), ("--dry-run",)])
    def test_it_ends_with_words_where_the_index_is_another_file(
        self, file: str, path: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        execute(path, *OTHER_PROGRAMS["a table called meta"])

        assert main([file, "--engine", f"sqlite:///{path}", *arguments]) == 2
        assert "error: The SQLite file is not an index of Mentor Search" in capsys.readouterr().err

    def test_it_ends_with_words_where_the_place_cannot_be_used(
        self, file: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([file, "--engine", f"sqlite:///{file}/index.db"]) == 2
        assert "people.jsonl/index.db cannot be used: " in capsys.readouterr().err
        assert Path(file).read_text() == ANN

    def test_it_ends_with_words_where_another_program_writes(
        self,
        file: str,
        engine: SQLiteEngine,
        path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(sqlite_engine, "_BUSY_SECONDS", 0.05)
        write(engine, "bob")

        with locked(path):
            assert main([file, "--engine", f"sqlite:///{path}"]) == 2

        said = capsys.readouterr()
        assert "cannot be used now: database is locked" in said.err
        assert "1 were read and not imported." in said.out
        assert set(engine.get(["ann", "bob"])) == {"bob"}
