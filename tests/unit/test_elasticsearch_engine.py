"""What the Elasticsearch engine does with faults and rivals, on a real server."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from threading import Barrier

import pytest
from elasticsearch import Elasticsearch

from indexer.document import make_documents, unread
from indexer.engines import Engine, Outcome, open_engine
from indexer.errors import EngineRejected, EngineUnavailable, IndexMismatch, IndexMissing
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

pytestmark = pytest.mark.elasticsearch

ENCODER = KeywordEncoder("nurse")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANN = make_documents([make_profile("ann")], ENCODER, NOW, unread)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    with closing(open_engine(url)) as engine:
        yield engine


@pytest.fixture
def make_unreadable(server: Elasticsearch, prefix: str) -> Callable[[str], None]:
    """Put an index in the place of the named one that no machine may hold: it is there, its shard is not."""

    def make(name: str) -> None:
        ((old, layout),) = server.indices.get(index=f"{prefix}-{name}").items()
        server.indices.delete(index=old)
        server.indices.create(
            index=f"{prefix}-unreadable",
            mappings={"_meta": layout["mappings"].get("_meta", {})},
            settings={"index.routing.allocation.require._name": "nobody"},
            aliases={f"{prefix}-{name}": {}},
            wait_for_active_shards=0,
        )

    return make


def test_whoever_was_deleted_stays_out_while_the_tombstones_cannot_be_read(
    engine: Engine, make_unreadable: Callable[[str], None]
) -> None:
    engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
    engine.upsert(ANN)
    engine.delete("ann", NOW)
    make_unreadable("tombstones")

    with pytest.raises(EngineUnavailable, match="not ready: no_shard_available"):
        engine.upsert(ANN)
    with pytest.raises(EngineUnavailable, match="not ready: no_shard_available"):
        engine.revisions(["ann"])
    assert engine.get(["ann"]) == {}


def test_a_profile_that_cannot_be_read_is_not_taken_for_missing(
    engine: Engine, make_unreadable: Callable[[str], None]
) -> None:
    engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
    make_unreadable("live")

    with pytest.raises(EngineUnavailable, match="not ready: no_shard_available"):
        engine.get(["ann"])


def test_nobody_can_be_read_before_there_is_an_index(engine: Engine) -> None:
    for ids in ([], ["ann"]):
        with pytest.raises(IndexMissing):
            engine.get(ids)


def test_several_that_create_the_index_at_once_share_one(url: str, prefix: str, server: Elasticsearch) -> None:
    rivals = 8
    together = Barrier(rivals)

    def create_and_write(number: int) -> dict[str, Outcome]:
        with closing(open_engine(url)) as engine:
            together.wait()
            engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
            return engine.upsert(make_documents([make_profile(f"p{number}")], ENCODER, NOW, unread))

    with ThreadPoolExecutor(rivals) as threads:
        outcomes = list(threads.map(create_and_write, range(rivals)))

    assert outcomes == [{f"p{number}": Outcome.WRITTEN} for number in range(rivals)]
    assert len(server.indices.get_alias(name=f"{prefix}-live")) == 1
    assert len(server.indices.get(index=f"{prefix}-*")) == 2  # and the tombstones
    with closing(open_engine(url)) as engine:
        assert engine.status().people == rivals


def test_of_two_encoders_that_create_the_index_at_once_one_is_refused(url: str) -> None:
    encoders = ["first", "second"]
    together = Barrier(len(encoders))

    def create(fingerprint: str) -> str:
        with closing(open_engine(url)) as engine:
            together.wait()
            try:
                engine.create(fingerprint, 3)
            except IndexMismatch:
                return "refused"
            return engine.status().fingerprint

    with ThreadPoolExecutor(len(encoders)) as threads:
        results = dict(zip(encoders, threads.map(create, encoders), strict=True))

    assert results in ({"first": "first", "second": "refused"}, {"first": "refused", "second": "second"})


def test_an_alias_of_several_indices_is_refused_with_what_to_do(
    engine: Engine, prefix: str, server: Elasticsearch
) -> None:
    engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
    (made,) = server.indices.get_alias(name=f"{prefix}-live")
    server.indices.create(index=f"{prefix}-second", aliases={f"{prefix}-live": {}})

    for call in (engine.status, lambda: engine.get(["ann"]), lambda: engine.upsert(ANN)):
        with pytest.raises(
            EngineRejected, match=f"{made}, {prefix}-second. Delete all of them but one, and import"
        ):
            call()
