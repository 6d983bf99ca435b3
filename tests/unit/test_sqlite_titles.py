"""What is SQLite's alone in the job-title index: one transaction beside readers, and vectors in memory."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indexer.document import make_documents, unread
from indexer.engines import EngineQuery, TitleQuery, TitlesStatus
from indexer.engines.nearest import nearest, similarities
from indexer.engines.sqlite import SQLiteEngine
from indexer.engines.sqlite import engine as sqlite_engine
from indexer.engines.sqlite import titles as sqlite_titles
from indexer.engines.titles import SIMILARITY_DECIMALS
from indexer.errors import EngineUnavailable, TitlesMissing
from tests.factories import make_catalogue, make_profile
from tests.fakes import KeywordEncoder

ENCODER = KeywordEncoder("nurse", "vet", dimensions=8)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
VETS = make_catalogue(ENCODER, {"Vet": "1", "Horse Vet": "1"})
NURSES = make_catalogue(ENCODER, {"Nurse": "2"}, version="2")
VET = TitleQuery((), ENCODER.encode(["vet"])[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


@pytest.fixture
def engine(path: Path) -> Iterator[SQLiteEngine]:
    with closing(SQLiteEngine(path)) as engine:
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        engine.titles.replace(VETS)
        yield engine


def suggested(engine: SQLiteEngine) -> list[str]:
    return [title.title for title in engine.titles.suggest([], 10)]


class TestReplacing:
    def test_who_reads_meanwhile_sees_the_old_one_whole(self, engine: SQLiteEngine, path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            before = reader.execute("SELECT title FROM job_titles").fetchall()

            engine.titles.replace(NURSES)

            assert (
                reader.execute("SELECT title FROM job_titles").fetchall() == before == [("Vet",), ("Horse Vet",)]
            )
            found = reader.execute(
                "SELECT rowid FROM job_titles_fts WHERE job_titles_fts MATCH 'hors*'"
            ).fetchall()
            assert found == [(1,)]
        assert suggested(engine) == ["Nurse"]

    def test_one_that_fails_half_way_leaves_the_old_one(
        self, engine: SQLiteEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: object) -> Iterator[tuple[str, str, bytes]]:
            raise sqlite3.OperationalError("database or disk is full")

        with monkeypatch.context() as patched:
            patched.setattr(sqlite_titles, "_occupation_rows", full)
            with pytest.raises(EngineUnavailable, match="disk is full"):
                engine.titles.replace(NURSES)

        assert suggested(engine) == ["Vet", "Horse Vet"]
        assert engine.titles.match([VET], 1)[0][0].title.title == "Vet"
        engine.titles.replace(NURSES)
        assert suggested(engine) == ["Nurse"]

    def test_people_need_not_be_loaded_anew(self, engine: SQLiteEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        query = EngineQuery(("vet",), None, "", date(2026, 11, 24), pool=10)
        engine.upsert(make_documents([make_profile("ann", "Vet")], ENCODER, NOW, unread))
        assert len(engine.search(query).candidates) == 1
        monkeypatch.setattr(sqlite_engine, "load_snapshot", pytest.fail)

        engine.titles.replace(NURSES)

        assert len(engine.search(query).candidates) == 1

    def test_people_are_still_forgotten_in_the_file_afterwards(self, engine: SQLiteEngine) -> None:
        engine.titles.replace(NURSES)

        with engine._reading() as connection:
            assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)

    def test_an_index_of_another_layout_counts_as_none_and_can_be_replaced(
        self, engine: SQLiteEngine, path: Path
    ) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("UPDATE meta SET value = '{\"schema_version\": 0}' WHERE key = 'titles'")
            other.execute("ALTER TABLE job_titles RENAME COLUMN title TO name")

        assert engine.titles.status() is None
        with pytest.raises(TitlesMissing):
            engine.titles.suggest(["v"], 5)

        engine.titles.replace(NURSES)

        assert engine.titles.status() == TitlesStatus("Made-up 1.0", "2", ENCODER.fingerprint, 1, 1)
        assert suggested(engine) == ["Nurse"]


class TestVectors:
    @pytest.fixture
    def loads(self, monkeypatch: pytest.MonkeyPatch) -> list[object]:
        loads: list[object] = []
        load: Callable[..., object] = sqlite_titles._load_vectors

        def counted(*arguments: object) -> object:
            loads.append(arguments)
            return load(*arguments)

        monkeypatch.setattr(sqlite_titles, "_load_vectors", counted)
        return loads

    def test_they_are_loaded_once_a_version_and_only_when_needed(
        self, engine: SQLiteEngine, loads: list[object]
    ) -> None:
        engine.titles.match([TitleQuery(("vet",), None)], 5)
        engine.titles.suggest(["v"], 5)
        assert len(loads) == 0
        for _ in range(3):
            engine.titles.match([VET], 1)
        assert len(loads) == 1
        engine.titles.replace(NURSES)
        for _ in range(3):
            engine.titles.match([VET], 1)
        assert len(loads) == 2

    def test_more_titles_than_share_a_row_come_back_in_their_order(self, engine: SQLiteEngine) -> None:
        random = np.random.default_rng(3).normal(size=(2345, 8)).astype(np.float32)
        vectors = random / np.linalg.norm(random, axis=1, keepdims=True)
        many = make_catalogue(ENCODER, {f"Job {n}": "1" for n in range(2345)}, version="3")
        engine.titles.replace(replace(many, vectors=vectors))

        found = engine.titles.match([TitleQuery((), vector) for vector in vectors], 1)

        assert [matches[0].title.title for matches in found] == [f"Job {n}" for n in range(2345)]


COSINES = st.integers(-4, 4).map(lambda quarter: quarter / 4)


@given(arrays.arrays(np.float32, st.integers(0, 30), elements=COSINES), st.integers(0, 35))
def test_the_nearest_are_the_first_of_all_sorted(cosines: np.ndarray, count: int) -> None:
    everything = sorted(range(len(cosines)), key=lambda n: (-cosines[n], n))

    assert nearest(cosines, count) == everything[:count]


def test_what_differs_by_rounding_alone_counts_as_equal() -> None:
    tiny = 10.0**-SIMILARITY_DECIMALS / 10

    assert nearest(np.array([0.5, 0.5 + tiny, 0.25, 0.5 + 2 * tiny], np.float32), 2) == [0, 1]


def test_cosines_come_one_query_after_the_other_however_many() -> None:
    matrix = np.eye(4, dtype=np.float32)
    queries = [matrix[n % 4] for n in range(150)]

    assert [int(cosines.argmax()) for cosines in similarities(matrix, queries)] == [n % 4 for n in range(150)]
    assert list(similarities(matrix, [])) == []
