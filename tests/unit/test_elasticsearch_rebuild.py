"""What a rebuild on a real Elasticsearch does with rivals, late writers and what was left behind."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer.document import make_documents, unread
from indexer.engines import EngineQuery, Outcome, open_engine
from indexer.engines.elasticsearch import ElasticsearchEngine
from indexer.engines.elasticsearch import rebuild as elasticsearch_rebuild
from indexer.engines.elasticsearch.mapping import is_index_name
from indexer.engines.elasticsearch.rebuild import ElasticsearchRebuild
from indexer.errors import EngineRejected, EngineUnavailable, IndexMismatch
from indexer.rebuilding import rebuild_index
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

pytestmark = pytest.mark.elasticsearch

OLD = KeywordEncoder("nurse", "vet", dimensions=8)
NEW = KeywordEncoder("vet", "nurse", dimensions=12)
# Its vectors fit into the old index, so the server itself would not refuse them.
SAME_LENGTH = KeywordEncoder("vet", "pilot", dimensions=8)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def another(url: str) -> Iterator[Callable[[], ElasticsearchEngine]]:
    engines: list[ElasticsearchEngine] = []

    def opened() -> ElasticsearchEngine:
        engine = open_engine(url)
        assert isinstance(engine, ElasticsearchEngine)
        engines.append(engine)
        return engine

    yield opened
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(another: Callable[[], ElasticsearchEngine]) -> ElasticsearchEngine:
    """An index of three people of the old encoder."""
    engine = another()
    engine.create(OLD.fingerprint, OLD.short_dimensions)
    write(engine, "p0", "p1", "p2")
    return engine


def write(engine: ElasticsearchEngine, *ids: str, encoder: KeywordEncoder = OLD) -> dict[str, Outcome]:
    return engine.upsert(make_documents([make_profile(id_) for id_ in ids], encoder, NOW, unread))


def rebuild(engine: ElasticsearchEngine, encoder: KeywordEncoder = NEW) -> int | None:
    return rebuild_index(engine, encoder, lambda *_: None)


def ask(engine: ElasticsearchEngine, encoder: KeywordEncoder) -> set[str]:
    vector = encoder.encode(["nurse"])[0]
    query = EngineQuery(("nurse",), vector, encoder.fingerprint, NOW.date(), pool=50)
    return {candidate.id for candidate in engine.search(query).candidates}


def indices_of(server: Elasticsearch, prefix: str) -> dict[str, set[str]]:
    """Return the indices of people with their aliases."""
    found = server.indices.get_alias(index=f"{prefix}-*")
    return {name: set(index["aliases"]) for name, index in found.items() if is_index_name(prefix, name)}


def is_blocked(server: Elasticsearch, prefix: str) -> bool:
    (settings,) = server.indices.get_settings(index=f"{prefix}-live", flat_settings=True).values()
    return settings["settings"].get("index.blocks.write") == "true"


def at_the_switch(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Do `act` once, while the new index is being verified."""
    verify = ElasticsearchRebuild._check_canaries

    def acted(rebuild: ElasticsearchRebuild) -> None:
        monkeypatch.setattr(ElasticsearchRebuild, "_check_canaries", verify)
        act()
        verify(rebuild)

    monkeypatch.setattr(ElasticsearchRebuild, "_check_canaries", acted)


class TestSwitch:
    def test_the_old_index_is_gone_with_it_and_the_new_one_is_the_only_one(
        self, engine: ElasticsearchEngine, server: Elasticsearch, prefix: str
    ) -> None:
        (old,) = indices_of(server, prefix)

        rebuild(engine)

        ((new, aliases),) = indices_of(server, prefix).items()
        assert new > old
        assert aliases == {f"{prefix}-live", f"{new}-writes"}

    def test_writes_at_that_moment_are_refused_in_words_and_work_a_moment_later(
        self,
        engine: ElasticsearchEngine,
        another: Callable[[], ElasticsearchEngine],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        other = another()

        def refused() -> None:
            for use in (lambda: write(other, "p0"), lambda: other.delete("p1", NOW)):
                with pytest.raises(
                    EngineUnavailable, match=r"takes no writes now, .* end of a rebuild\. Try again"
                ):
                    use()
            assert ask(other, OLD) == {"p0", "p1", "p2"}

        at_the_switch(monkeypatch, refused)

        assert rebuild(engine) == 3

        assert write(other, "p3", encoder=NEW) == {"p3": Outcome.WRITTEN}
        assert other.delete("p1", NOW)
        assert ask(other, NEW) == {"p0", "p2", "p3"}

    @pytest.mark.parametrize("encoder", [NEW, SAME_LENGTH])
    def test_a_writer_who_is_late_cannot_put_old_vectors_into_the_new_index(
        self,
        engine: ElasticsearchEngine,
        another: Callable[[], ElasticsearchEngine],
        monkeypatch: pytest.MonkeyPatch,
        encoder: KeywordEncoder,
    ) -> None:
        late = another()
        deleted = late._deleted

        def slowly(ids: list[str]) -> dict[str, int]:
            rebuild(engine, encoder)
            return deleted(ids)

        monkeypatch.setattr(late, "_deleted", slowly)

        with pytest.raises(IndexMismatch, match="made with the encoder keywords:vet"):
            write(late, "p3")

        assert ask(engine, encoder) == {"p0", "p1", "p2"}

    @pytest.mark.parametrize("encoder", [NEW, SAME_LENGTH])
    @pytest.mark.parametrize("round_trip", [1, 2])
    def test_a_search_on_its_way_never_compares_vectors_of_two_encoders(
        self,
        engine: ElasticsearchEngine,
        another: Callable[[], ElasticsearchEngine],
        monkeypatch: pytest.MonkeyPatch,
        encoder: KeywordEncoder,
        round_trip: int,
    ) -> None:
        seeker = another()
        assert ask(seeker, OLD) == {"p0", "p1", "p2"}
        search, trips = seeker._search_all, iter((1, 2))

        def overtaken(searches: Any) -> list[dict[str, Any]]:
            if next(trips) == round_trip:
                rebuild(engine, encoder)
            return search(searches)

        monkeypatch.setattr(seeker, "_search_all", overtaken)

        with pytest.raises(IndexMismatch, match="made with the encoder keywords:vet"):
            ask(seeker, OLD)

    def test_an_index_that_does_not_find_people_is_not_switched_to(
        self, engine: ElasticsearchEngine, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(elasticsearch_rebuild, "_SAME", 1.1)
            with pytest.raises(EngineRejected, match=r"does not find a person by their own vector\. The old one"):
                rebuild(engine)

        assert ask(engine, OLD) == {"p0", "p1", "p2"}
        assert not is_blocked(server, prefix)
        assert write(engine, "p3") == {"p3": Outcome.WRITTEN}


class TestWhatWasLeftBehind:
    @pytest.mark.parametrize("encoder", [OLD, NEW])
    def test_a_block_that_a_killed_rebuild_left_is_lifted_by_the_next_one(
        self, engine: ElasticsearchEngine, server: Elasticsearch, prefix: str, encoder: KeywordEncoder
    ) -> None:
        assert engine.rebuild(NEW.fingerprint, NEW.short_dimensions)
        (live,) = server.indices.get_alias(name=f"{prefix}-live")
        server.indices.add_block(index=live, block="write")
        with pytest.raises(EngineUnavailable, match=r"one was killed: run scripts/rebuild_index\.py again"):
            write(engine, "p3")

        rebuild(engine, encoder)

        assert write(engine, "p3", encoder=encoder) == {"p3": Outcome.WRITTEN}
        assert len(indices_of(server, prefix)) == 1

    def test_only_indices_of_ours_that_are_not_in_use_are_deleted(
        self, engine: ElasticsearchEngine, server: Elasticsearch, prefix: str, url: str
    ) -> None:
        with closing(open_engine(f"{url}-20")) as neighbour:
            neighbour.create(OLD.fingerprint, OLD.short_dimensions)
            other = f"{prefix}-20260101t000000000000z"
            server.indices.create(index=other, aliases={f"{prefix}-kept": {}})
            server.indices.create(index=f"{prefix}-notes")

            rebuild(engine)

            assert neighbour.status().fingerprint == OLD.fingerprint
        assert set(server.indices.get(index=f"{prefix}-*")) > {other, f"{prefix}-notes", f"{prefix}-tombstones"}

    def test_an_unfinished_copy_of_an_index_that_is_gone_is_not_gone_on_with(
        self, engine: ElasticsearchEngine, server: Elasticsearch, prefix: str
    ) -> None:
        unfinished = engine.rebuild(NEW.fingerprint, NEW.short_dimensions)
        assert unfinished is not None
        unfinished.write(make_documents([p.profile for p in unfinished.pending(9)], NEW, NOW, unread))
        (live,) = server.indices.get_alias(name=f"{prefix}-live")
        server.indices.delete(index=live)
        engine.create(OLD.fingerprint, OLD.short_dimensions)
        write(engine, "p9")

        assert rebuild(engine) == 1

        assert ask(engine, NEW) == {"p9"}
        assert len(indices_of(server, prefix)) == 1


def test_of_two_rebuilds_at_once_the_later_one_takes_over(
    engine: ElasticsearchEngine,
    another: Callable[[], ElasticsearchEngine],
    server: Elasticsearch,
    prefix: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later: list[ElasticsearchRebuild | None] = []
    at_the_switch(monkeypatch, lambda: later.append(another().rebuild(NEW.fingerprint, NEW.short_dimensions)))

    with pytest.raises(EngineUnavailable, match=r"Another run of scripts/rebuild_index\.py has taken the place"):
        rebuild(engine)

    assert ask(engine, OLD) == {"p0", "p1", "p2"}
    (second,) = later
    assert second is not None
    assert second.finish()
    assert ask(engine, NEW) == {"p0", "p1", "p2"}
    assert len(indices_of(server, prefix)) == 1
