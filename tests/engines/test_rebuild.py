"""What every engine promises of a rebuild (indexer/engines/contract.py): nobody lost, nobody back, no gap."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.document import make_documents, unread
from indexer.engines import Engine, EngineQuery, Outcome, Rebuild, StoredProfile
from indexer.errors import EngineUnavailable, IndexMismatch, IndexMissing
from indexer.profile import Profile, content_hash
from indexer.rebuilding import rebuild_index
from indexer.text import query_tokens
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

# Other axes and another length: a vector of one is of no use to the other.
OLD = KeywordEncoder("nurse", "vet", dimensions=8)
NEW = KeywordEncoder("pilot", "vet", "nurse", dimensions=12)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()


def index(
    engine: Engine, *profiles: Profile, encoder: KeywordEncoder = OLD, now: datetime = NOW
) -> dict[str, Outcome]:
    engine.create(encoder.fingerprint, encoder.short_dimensions)
    return engine.upsert(make_documents(profiles, encoder, now, unread))


def ask(engine: Engine, text: str, encoder: KeywordEncoder = NEW, today: date = TODAY) -> dict[str, float]:
    """Return who is found, with the similarity of their best position."""
    query = EngineQuery(tuple(query_tokens(text)), encoder.encode([text])[0], encoder.fingerprint, today, pool=100)
    return {c.id: round(max(p.similarity for p in c.positions), 3) for c in engine.search(query).candidates}


def begin(engine: Engine, encoder: KeywordEncoder = NEW) -> Rebuild:
    rebuild = engine.rebuild(encoder.fingerprint, encoder.short_dimensions)
    assert rebuild is not None
    return rebuild


def embed(rebuild: Rebuild, people: list[StoredProfile], encoder: KeywordEncoder = NEW) -> None:
    documents = make_documents([person.profile for person in people], encoder, NOW, unread)
    rebuild.write([replace(d, version=p.revision.version) for d, p in zip(documents, people, strict=True)])


def catch_up(rebuild: Rebuild, encoder: KeywordEncoder = NEW) -> None:
    while people := rebuild.pending(256):
        embed(rebuild, people, encoder)


def complete(engine: Engine, encoder: KeywordEncoder = NEW) -> int | None:
    return rebuild_index(engine, encoder, lambda *_: None)


class TestSwitch:
    def test_everybody_is_found_by_the_new_encoder_and_nothing_else_has_changed(self, engine: Engine) -> None:
        ann = make_profile("ann", "Nurse", bio="A pilot once.", contact={"email": "a@b.org"}, country="GB")
        others = make_profile("no", open_to_chats="no"), make_profile("mute", open_to_chats=None)
        index(engine, ann, make_profile("bob", "Pilot"), *others)
        before = engine.get(["ann", "no"]), engine.revisions(["ann", "no"]), engine.status()

        assert complete(engine) == 4

        assert ask(engine, "pilot") == {"ann": 0, "bob": 1}
        after = engine.status()
        assert (engine.get(["ann", "no"]), engine.revisions(["ann", "no"])) == before[:2]
        assert after == replace(before[2], fingerprint=NEW.fingerprint)
        assert engine.revisions(["ann"])["ann"].content_hash == content_hash(ann)

    def test_who_is_imported_again_afterwards_has_not_changed_and_a_no_holds(self, engine: Engine) -> None:
        index(engine, make_profile("ann"), make_profile("bob"))
        complete(engine)

        index(engine, make_profile("bob", open_to_chats="no"), encoder=NEW, now=NOW + timedelta(hours=1))

        assert index(engine, make_profile("bob"), encoder=NEW) == {"bob": Outcome.STALE}
        assert set(ask(engine, "nurse")) == {"ann"}

    def test_the_old_vectors_serve_until_the_switch_and_the_new_ones_from_then_on(
        self, engine: Engine, another: Callable[[], Engine]
    ) -> None:
        index(engine, make_profile("ann", "Vet"), make_profile("bob", "Pilot"))
        older, younger = another(), another()
        rebuild = begin(engine)
        catch_up(rebuild)

        assert ask(older, "vet", OLD) == {"ann": 1, "bob": 0}
        with pytest.raises(IndexMismatch, match=r"scripts/rebuild_index\.py"):
            ask(younger, "vet", NEW)

        assert rebuild.finish()

        assert ask(younger, "vet", NEW) == {"ann": 1, "bob": 0}
        for _ in range(2):
            with pytest.raises(IndexMismatch, match=f"made with the encoder {NEW.fingerprint}"):
                ask(older, "vet", OLD)
        assert set(older.get(["ann", "bob"])) == {"ann", "bob"}

    @pytest.mark.parametrize("dimensions", [OLD.dimensions, NEW.dimensions])
    def test_a_writer_with_the_old_encoder_is_refused_afterwards_in_words(
        self, engine: Engine, another: Callable[[], Engine], dimensions: int
    ) -> None:
        new = KeywordEncoder("pilot", dimensions=dimensions)
        older = another()
        index(older, make_profile("ann"))
        complete(engine, new)

        with pytest.raises(IndexMismatch):
            older.upsert(make_documents([make_profile("bob")], OLD, NOW, unread))
        with pytest.raises(IndexMismatch):
            ask(older, "nurse", OLD)

        assert set(ask(engine, "nurse", new)) == {"ann"}

    def test_the_way_back_is_a_rebuild_with_the_old_encoder(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Vet"), make_profile("bob", "Pilot"))
        before = ask(engine, "vet", OLD)

        complete(engine, NEW)
        engine.delete("bob", NOW)
        complete(engine, OLD)

        assert ask(engine, "vet", OLD) == {"ann": before["ann"]}

    def test_an_empty_index_switches_too(self, engine: Engine) -> None:
        index(engine)

        assert complete(engine) == 0

        assert engine.status().fingerprint == NEW.fingerprint
        index(engine, make_profile("ann"), encoder=NEW)
        assert set(ask(engine, "nurse")) == {"ann"}

    def test_a_switch_is_refused_while_somebody_has_no_new_vectors(self, engine: Engine) -> None:
        index(engine, *(make_profile(f"p{n}") for n in range(3)))
        rebuild = begin(engine)
        embed(rebuild, rebuild.pending(2))

        assert not rebuild.finish()

        assert engine.status().fingerprint == OLD.fingerprint
        assert set(ask(engine, "nurse", OLD)) == {"p0", "p1", "p2"}
        assert len(rebuild.pending(9)) == 1

    def test_vectors_of_another_encoder_are_refused(self, engine: Engine) -> None:
        index(engine, make_profile("ann"))
        rebuild = begin(engine)
        people = rebuild.pending(1)

        with pytest.raises(IndexMismatch):
            embed(rebuild, people, OLD)

        assert not rebuild.finish()


class TestPending:
    def test_it_tells_people_whole_with_their_contact_and_revision(self, engine: Engine) -> None:
        ann = make_profile("ann", bio="Zoë’s", contact={"email": "a@b.org", "other": "x"}, consent_at="2026-01-02")
        index(engine, ann, make_profile("bob"))

        people = {person.profile.id: person for person in begin(engine).pending(9)}

        assert people["ann"].profile == ann
        assert {id_: person.revision for id_, person in people.items()} == engine.revisions(["ann", "bob"])

    def test_it_gives_everybody_once_in_batches_and_remaining_counts_them(self, engine: Engine) -> None:
        index(engine, *(make_profile(f"p{n}", "Nurse" if n % 2 else f"Vet {n}") for n in range(10)))
        rebuild = begin(engine)
        seen: list[str] = []

        assert rebuild.remaining() == 10
        while people := rebuild.pending(4):
            assert len(people) <= 4
            seen += [person.profile.id for person in people]
            embed(rebuild, people)

        assert sorted(seen) == sorted(f"p{n}" for n in range(10))
        assert rebuild.remaining() == 0


class TestWritesMeanwhile:
    def test_new_changed_and_deleted_people_are_so_afterwards(
        self, engine: Engine, another: Callable[[], Engine]
    ) -> None:
        importing = another()
        index(engine, *(make_profile(id_, "Vet") for id_ in ("same", "changed", "deleted", "no", "same-version")))
        rebuild = begin(engine)
        catch_up(rebuild)

        later = NOW + timedelta(minutes=1)
        index(importing, make_profile("changed", "Pilot"), make_profile("new", "Pilot"), now=later)
        index(importing, make_profile("no", "Vet", open_to_chats="no"), now=later)
        index(importing, make_profile("same-version", "Pilot"))
        assert importing.delete("deleted", later)
        assert complete(engine) == 4

        assert ask(engine, "pilot") == {"same": 0, "changed": 1, "new": 1, "same-version": 1}
        assert engine.get(["deleted"]) == {}
        assert engine.get(["no"])["no"].open_to_chats == "no"
        assert engine.status().people == 5

    def test_what_happens_between_reading_and_writing_is_not_lost(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Vet"), make_profile("bob", "Vet"), make_profile("cem", "Vet"))
        rebuild = begin(engine)
        people = rebuild.pending(9)
        engine.delete("ann", NOW)
        index(engine, make_profile("bob", "Pilot"))
        embed(rebuild, people)

        assert not rebuild.finish()
        while not rebuild.finish():
            catch_up(rebuild)

        assert ask(engine, "pilot") == {"bob": 1, "cem": 0}
        assert engine.get(["ann"]) == {}

    def test_who_is_deleted_and_comes_back_by_a_newer_version_is_there_as_the_newer_one(
        self, engine: Engine
    ) -> None:
        index(engine, make_profile("ann", "Vet"))
        rebuild = begin(engine)
        catch_up(rebuild)

        engine.delete("ann", NOW)
        index(engine, make_profile("ann", "Pilot"), now=NOW + timedelta(milliseconds=1))
        while not rebuild.finish():
            catch_up(rebuild)

        assert ask(engine, "pilot") == {"ann": 1}

    def test_a_title_that_was_forgotten_and_came_back_has_its_vector(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Pilot"))
        rebuild = begin(engine)
        catch_up(rebuild)

        index(engine, make_profile("ann", "Vet"))
        index(engine, make_profile("ann", "Pilot"))
        while not rebuild.finish():
            catch_up(rebuild)

        assert ask(engine, "pilot") == {"ann": 1}

    def test_deleted_people_stay_deleted_after_it(self, engine: Engine) -> None:
        index(engine, make_profile("ann"), make_profile("bob"))
        engine.delete("ann", NOW)

        complete(engine)

        assert index(engine, make_profile("ann"), encoder=NEW) == {"ann": Outcome.DELETED}
        assert set(ask(engine, "nurse")) == {"bob"}


class TestUnfinished:
    def test_the_next_one_goes_on_where_it_stopped(self, engine: Engine, another: Callable[[], Engine]) -> None:
        index(engine, *(make_profile(f"p{n}") for n in range(6)))
        rebuild = begin(engine)
        embed(rebuild, rebuild.pending(4))

        later = another()
        assert begin(later).remaining() == 2
        assert complete(later) == 2

        assert set(ask(engine, "nurse")) == {f"p{n}" for n in range(6)}

    def test_what_changed_since_it_stopped_is_embedded_again_and_who_was_deleted_stays_away(
        self, engine: Engine
    ) -> None:
        index(engine, *(make_profile(f"p{n}", "Vet") for n in range(5)))
        rebuild = begin(engine)
        catch_up(rebuild)

        engine.delete("p0", NOW)
        index(engine, make_profile("p1", "Pilot"))
        index(engine, make_profile("p2", "Vet", open_to_chats="no"), now=NOW + timedelta(seconds=1))
        assert complete(engine) == 2

        assert ask(engine, "pilot") == {"p1": 1, "p3": 0, "p4": 0}
        assert engine.get(["p0"]) == {}

    def test_one_for_another_encoder_is_discarded(self, engine: Engine) -> None:
        third = KeywordEncoder("vet", "pilot", dimensions=5)
        index(engine, *(make_profile(f"p{n}", "Pilot") for n in range(4)))
        rebuild = begin(engine, third)
        embed(rebuild, rebuild.pending(4), third)

        assert complete(engine) == 4

        assert ask(engine, "pilot") == {f"p{n}": 1 for n in range(4)}
        with pytest.raises(EngineUnavailable, match=r"Another run of scripts/rebuild_index\.py"):
            rebuild.finish()

    def test_it_can_be_given_up_with_the_encoder_that_the_index_has(self, engine: Engine) -> None:
        index(engine, make_profile("ann"))
        rebuild = begin(engine)
        people = rebuild.pending(9)

        assert complete(engine, OLD) is None

        with pytest.raises(EngineUnavailable, match=r"Another run of scripts/rebuild_index\.py"):
            embed(rebuild, people)
        assert begin(engine).remaining() == 1
        assert set(ask(engine, "nurse", OLD)) == {"ann"}

    def test_with_the_encoder_of_the_index_there_is_nothing_to_do(self, engine: Engine) -> None:
        index(engine, make_profile("ann"))
        complete(engine)

        assert complete(engine) is None
        assert engine.rebuild(NEW.fingerprint, NEW.short_dimensions) is None

    def test_before_the_first_import_there_is_nothing_to_rebuild(self, engine: Engine) -> None:
        with pytest.raises(IndexMissing, match="import profiles first"):
            complete(engine)


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 2), st.sampled_from(["Vet", "Pilot", "Nurse"])),
        st.tuples(st.just("opt out"), st.integers(0, 2), st.just("Vet")),
        st.tuples(st.just("delete"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("embed"), st.integers(1, 3), st.just("")),
        st.tuples(st.just("begin again"), st.just(0), st.just("")),
    ),
    max_size=12,
)


@pytest.fixture
def rounds(engine: Engine) -> Iterator[tuple[datetime, KeywordEncoder, KeywordEncoder]]:
    """A later day for each example, all on one index, and the encoders to go from and to."""
    index(engine)
    return ((NOW + timedelta(days=n), *((NEW, OLD) if n % 2 else (OLD, NEW))) for n in count())


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_whatever_happens_meanwhile_the_index_is_as_if_the_new_encoder_had_made_it(
    engine: Engine,
    rounds: Iterator[tuple[datetime, KeywordEncoder, KeywordEncoder]],
    actions: list[tuple[str, int, str]],
) -> None:
    now, old, new = next(rounds)
    for number in range(3):
        engine.delete(f"p{number}", now)
    expected: dict[str, float] = {}
    rebuild = begin(engine, new)
    for action, number, title in actions:
        now += timedelta(minutes=1)
        if action == "begin again":
            rebuild = begin(engine, new)
        elif action == "embed":
            embed(rebuild, rebuild.pending(number), new)
        else:
            expected.pop(f"p{number}", None)
            if action == "delete":
                engine.delete(f"p{number}", now)
            elif action == "opt out":
                index(engine, make_profile(f"p{number}", title, open_to_chats="no"), encoder=old, now=now)
            else:
                index(engine, make_profile(f"p{number}", title), encoder=old, now=now)
                expected[f"p{number}"] = float(title == "Vet")

    while not rebuild.finish():
        catch_up(rebuild, new)

    assert ask(engine, "vet", new) == expected
