"""How a rebuild goes through the people of an index."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.document import make_documents, unread
from indexer.engines.sqlite import SQLiteEngine
from indexer.errors import EncoderError
from indexer.indexing import BATCH
from indexer.rebuilding import rebuild_index
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

OLD = KeywordEncoder("nurse", dimensions=8)
NEW = KeywordEncoder("vet", "nurse", dimensions=12)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SQLiteEngine]:
    with closing(SQLiteEngine(tmp_path / "index.db")) as engine:
        engine.create(OLD.fingerprint, OLD.short_dimensions)
        yield engine


def write(engine: SQLiteEngine, *ids: str, now: datetime = NOW) -> None:
    engine.upsert(make_documents([make_profile(id_) for id_ in ids], OLD, now, unread))


def people(count: int) -> list[str]:
    return [f"p{n}" for n in range(count)]


class Steps:
    """Notes each step of the progress, and does something at one of them."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, int]] = []

    def __call__(self, embedded: int, total: int) -> None:
        self.seen.append((embedded, total))


class Failing(KeywordEncoder):
    """Fails on its second batch."""

    batches = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.batches += 1
        if self.batches == 2:
            raise EncoderError("It broke.")
        return super().encode(texts)


def test_it_goes_in_batches_and_tells_how_far_it_is(engine: SQLiteEngine) -> None:
    write(engine, *people(BATCH + 3))
    steps = Steps()

    assert rebuild_index(engine, NEW, steps) == BATCH + 3

    assert steps.seen == [(0, BATCH + 3), (BATCH, BATCH + 3), (BATCH + 3, BATCH + 3)]
    assert engine.status().fingerprint == NEW.fingerprint


def test_versions_and_hashes_stay_though_the_clock_has_gone_on(engine: SQLiteEngine) -> None:
    write(engine, "dated")
    before = engine.revisions(["dated"])

    rebuild_index(engine, NEW, Steps())

    assert engine.revisions(["dated"]) == before


def test_who_comes_while_it_runs_is_embedded_too_and_counted(engine: SQLiteEngine) -> None:
    write(engine, *people(2))

    class Meanwhile(Steps):
        def __call__(self, embedded: int, total: int) -> None:
            super().__call__(embedded, total)
            if len(self.seen) == 2:
                write(engine, "p1", "new", now=NOW + timedelta(hours=1))
                engine.upsert(make_documents([make_profile("p0", "Vet")], OLD, NOW + timedelta(hours=1), unread))

    steps = Meanwhile()

    assert rebuild_index(engine, NEW, steps) == 4  # p1 says the same as before: its vectors are good

    assert steps.seen[:2] == [(0, 2), (2, 2)]
    assert steps.seen[-1] == (4, 4)


def test_an_encoder_that_fails_leaves_the_index_as_it_was_and_the_next_run_goes_on(engine: SQLiteEngine) -> None:
    write(engine, *people(BATCH + 3))

    with pytest.raises(EncoderError, match="It broke"):
        rebuild_index(engine, Failing(*NEW.keywords, dimensions=12), Steps())
    assert engine.status().fingerprint == OLD.fingerprint

    steps = Steps()
    assert rebuild_index(engine, NEW, steps) == 3
    assert steps.seen == [(0, 3), (3, 3)]
    assert engine.status().fingerprint == NEW.fingerprint


def test_an_index_of_the_same_encoder_is_left_alone(engine: SQLiteEngine) -> None:
    write(engine, "ann")
    steps = Steps()

    assert rebuild_index(engine, OLD, steps) is None

    assert steps.seen == []
