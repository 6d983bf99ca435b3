"""What is SQLite's alone: one file that many make at once, what stays in it, and the arrays in memory."""

import multiprocessing
import sqlite3
import threading
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from indexer.document import make_documents, unread
from indexer.engines import EngineQuery
from indexer.engines.sqlite import SQLiteEngine, records
from indexer.engines.sqlite import engine as sqlite_engine
from indexer.profile import Profile
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

ENCODER = KeywordEncoder("nurse", "vet", dimensions=8)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SECRETS = ("zebraword", "zebra@mail.example", "Zebrina")
ANN = make_profile("ann", name="Zebrina", bio="A zebraword.", contact={"email": "zebra@mail.example"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


@pytest.fixture
def engine(path: Path) -> Iterator[SQLiteEngine]:
    with closing(SQLiteEngine(path)) as engine:
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        yield engine


def write(engine: SQLiteEngine, *profiles: Profile, encoder: KeywordEncoder = ENCODER) -> None:
    engine.upsert(make_documents(profiles, encoder, NOW, unread))


def found(engine: SQLiteEngine) -> set[str]:
    query = EngineQuery(("nurse",), None, ENCODER.fingerprint, date(2026, 11, 24), pool=100)
    return {candidate.id for candidate in engine.search(query).candidates}


def start_in_threads(paths: list[Path], name: str) -> None:
    """Start 8 services on each path at once, each of which makes the index and writes one person."""
    barrier = threading.Barrier(8)

    def start(path: Path, number: int) -> None:
        with closing(SQLiteEngine(path)) as engine:
            barrier.wait()
            engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
            write(engine, make_profile(f"{name}-{number}"))

    with ThreadPoolExecutor(8) as pool:
        for path in paths:
            list(pool.map(start, [path] * 8, range(8)))


class TestFirstStart:
    def test_many_that_start_at_once_make_one_whole_index(self, tmp_path: Path) -> None:
        paths = [tmp_path / f"{n}.db" for n in range(10)]
        context = multiprocessing.get_context("spawn")
        others = [context.Process(target=start_in_threads, args=(paths, f"process{n}")) for n in range(2)]
        for other in others:
            other.start()
        start_in_threads([tmp_path / f"before-{n}.db" for n in range(10)] + paths, "here")
        for other in others:
            other.join()

        assert [other.exitcode for other in others] == [0, 0]
        for path in paths:
            with closing(SQLiteEngine(path)) as engine, closing(sqlite3.connect(path)) as connection:
                assert engine.status().people == len(found(engine)) == 3 * 8
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    def test_it_leaves_the_index_alone_in_its_folder_with_the_usual_rights(self, path: Path) -> None:
        with closing(SQLiteEngine(path)) as engine:
            engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        (usual := path.with_name("usual")).touch()

        assert {file.name for file in path.parent.iterdir()} == {"index.db", "usual"}
        assert path.stat().st_mode == usual.stat().st_mode

    def test_every_commit_reaches_the_disk_before_it_is_acknowledged(self, engine: SQLiteEngine) -> None:
        write(engine, ANN)

        with engine._reading() as connection:
            assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def on_disk(path: Path) -> set[str]:
    """Return which of SECRETS the files of the index hold, in capitals or not."""
    content = b"".join(file.read_bytes() for file in path.parent.iterdir()).lower()
    return {secret for secret in SECRETS if secret.lower().encode() in content}


class TestForgetting:
    @pytest.fixture(autouse=True)
    def _ann_among_others(self, engine: SQLiteEngine, path: Path) -> None:
        write(engine, *(make_profile(f"p{n}", bio=f"filler{n}") for n in range(50)))
        write(engine, ANN)
        assert on_disk(path) == set(SECRETS)

    def test_a_deleted_person_is_gone_from_the_files_at_once(self, engine: SQLiteEngine, path: Path) -> None:
        engine.delete("ann", NOW)

        assert on_disk(path) == set()
        assert len(found(engine)) == 50

    def test_so_is_all_that_was_ever_said_of_them(self, engine: SQLiteEngine, path: Path) -> None:
        write(engine, make_profile("ann", bio="Something else."))
        write(engine, make_profile("bob"))
        engine.delete("ann", NOW)

        assert on_disk(path) == set()

    def test_who_takes_consent_back_with_their_words_leaves_none(self, engine: SQLiteEngine, path: Path) -> None:
        write(engine, make_profile("bob"), make_profile("ann", open_to_chats="no"))

        assert on_disk(path) == set()

    def test_a_reader_in_the_way_puts_it_off_until_the_next_write(
        self, engine: SQLiteEngine, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_engine, "_LOG_SECONDS", 0.01)
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM profiles").fetchone()
            assert engine.delete("ann", NOW)
            assert engine.get(["ann"]) == {}
            assert on_disk(path)
            reader.execute("COMMIT")

            write(engine, make_profile("bob"))

            assert on_disk(path) == set()

    def test_only_deletions_and_withdrawals_pay_for_it(
        self, engine: SQLiteEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        paid: list[sqlite3.Connection] = []
        monkeypatch.setattr(records, "forget_unused_words", paid.append)

        write(engine, *(make_profile(f"p{n}", bio="Changed.") for n in range(50)))
        assert len(paid) == 0
        write(engine, *(make_profile(f"p{n}", open_to_chats="no") for n in range(40)))
        assert len(paid) == 1
        engine.delete("p49", NOW)
        assert len(paid) == 2
        engine.delete("p0", NOW)
        engine.delete("nobody", NOW)
        assert len(paid) == 2


class SlowLoading:
    """Loads a snapshot when it is told to go on."""

    def __init__(self) -> None:
        self.began, self.go_on, self.times = threading.Event(), threading.Event(), 0
        self._load = sqlite_engine.load_snapshot

    def __call__(self, connection: sqlite3.Connection, meta: dict[str, str]) -> sqlite_engine.Snapshot:
        self.times += 1
        self.began.set()
        assert self.go_on.wait(timeout=30)
        return self._load(connection, meta)


class TestSnapshot:
    @pytest.fixture
    def slow(self, engine: SQLiteEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowLoading]:
        write(engine, ANN)
        assert found(engine) == {"ann"}
        slow = SlowLoading()
        monkeypatch.setattr(sqlite_engine, "load_snapshot", slow)
        yield slow
        slow.go_on.set()

    def test_who_wrote_here_is_found_here_even_while_another_thread_loads(
        self, engine: SQLiteEngine, slow: SlowLoading
    ) -> None:
        write(engine, make_profile("ann", open_to_chats="no"), make_profile("bob"))

        with ThreadPoolExecutor() as pool:
            other = pool.submit(found, engine)
            slow.began.wait()
            threading.Timer(0.2, slow.go_on.set).start()

            assert found(engine) == {"bob"}
            assert other.result() == {"bob"}
        assert slow.times == 1

    def test_a_write_of_another_process_stops_no_search_here(
        self, engine: SQLiteEngine, path: Path, slow: SlowLoading
    ) -> None:
        with closing(SQLiteEngine(path)) as importing:
            write(importing, make_profile("bob"))

        with ThreadPoolExecutor() as pool:
            other = pool.submit(found, engine)
            slow.began.wait()

            assert found(engine) == {"ann"}

            slow.go_on.set()
            assert other.result() == {"ann", "bob"}
        assert found(engine) == {"ann", "bob"}

    def test_loading_takes_the_memory_of_the_vectors_once(self, path: Path) -> None:
        encoder = KeywordEncoder("nurse", dimensions=4096)
        with closing(SQLiteEngine(path)) as engine:
            engine.create(encoder.fingerprint, encoder.short_dimensions)
            write(engine, *(make_profile(f"p{n}") for n in range(300)), encoder=encoder)

            tracemalloc.start()
            assert len(found(engine)) == 100
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()

        assert peak < 1.3 * 300 * 4096 * np.float32().nbytes
