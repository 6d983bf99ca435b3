"""The last imports are remembered and can be undone, on SQLite and on a real Elasticsearch."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.document import unread
from indexer.engines import Engine, EngineQuery, open_engine
from indexer.engines.contract import KEPT_DAYS, KEPT_IMPORTS, LISTED_IMPORTS
from indexer.errors import CannotUndo
from indexer.indexing import ImportReport, import_profiles, import_rows
from indexer.readers import Row
from indexer.undoing import Undone, undo_import
from tests.factories import make_profile, profile_record
from tests.fakes import KeywordEncoder

ENCODER = KeywordEncoder("nurse", "vet", dimensions=8)
CONTACT = {"email": "ann@mail.example"}


def bring(engine: Engine, *records: dict[str, Any], file: str = "people.csv") -> ImportReport:
    report = ImportReport()
    rows = [Row(number, record) for number, record in enumerate(records, start=2)]
    import_rows(rows, engine, lambda: ENCODER, unread, report, file=file)
    return report


def undo(engine: Engine, import_id: str = "") -> Undone:
    undone = Undone()
    last = import_id or engine.imports.recent(1)[0].id
    undo_import(engine, last, lambda: ENCODER, unread, undone, progress=lambda *_: None)
    return undone


def put(engine: Engine, id_: str, **changes: Any) -> None:
    import_profiles([make_profile(id_, **changes)], engine, lambda: ENCODER, unread, ImportReport())


def person(id_: str, **changes: Any) -> dict[str, Any]:
    return profile_record(id_, **changes)


def bios(engine: Engine, ids: Sequence[str] = ("ann", "bob", "cat")) -> dict[str, str]:
    return {id_: profile.bio for id_, profile in engine.get(ids).items()}


def found(engine: Engine, word: str) -> set[str]:
    query = EngineQuery((word,), None, ENCODER.fingerprint, date.today(), pool=100)
    return {candidate.id for candidate in engine.search(query).candidates}


class TestHistory:
    def test_before_the_first_import_there_is_none(self, engine: Engine) -> None:
        assert engine.imports.recent(5) == []
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        assert engine.imports.recent(5) == []

    def test_the_newest_comes_first_with_its_file_and_its_counts(self, engine: Engine) -> None:
        bring(engine, person("ann"), person("bob"), file="first.csv")
        bring(engine, person("ann"), person("bob", bio="Nurse."), {"id": "cat"}, file="second.csv")

        second, first = engine.imports.recent(5)

        assert (first.file, second.file) == ("first.csv", "second.csv")
        assert (first.counts["new"], first.counts["read"]) == (2, 2)
        counts = {name: count for name, count in second.counts.items() if count}
        assert counts == {"read": 3, "changed": 1, "unchanged": 1, "rejected": 1}
        assert first.at < second.at
        assert (second.undone_at, second.undoable) == (None, True)
        assert [one.id for one in engine.imports.recent(1)] == [second.id]

    def test_an_import_that_changes_nothing_is_none(self, engine: Engine) -> None:
        bring(engine, person("ann"))
        bring(engine, person("ann"))
        put(engine, "ann", bio="Put by the API.")

        assert len(engine.imports.recent(5)) == 1

    def test_what_was_changed_is_kept_of_the_last_ones_only(self, engine: Engine) -> None:
        for number in range(KEPT_IMPORTS + 1):
            bring(engine, person("ann", bio=f"Bio {number}."))

        *kept, oldest = engine.imports.recent(LISTED_IMPORTS)

        assert all(one.undoable for one in kept)
        assert len(kept) == KEPT_IMPORTS
        assert not oldest.undoable
        assert engine.imports.remaining(oldest.id) == 0
        with pytest.raises(CannotUndo, match="too old"):
            undo(engine, oldest.id)

    def test_what_was_changed_is_forgotten_after_some_days(self, engine: Engine) -> None:
        bring(engine, person("ann", contact=CONTACT))
        (past,) = engine.imports.recent(1)

        engine.imports.begin("later.csv", past.at + timedelta(days=KEPT_DAYS, seconds=1))

        assert engine.imports.remaining(past.id) == 0
        assert not engine.imports.recent(2)[1].undoable

    def test_who_is_deleted_leaves_the_history(self, engine: Engine) -> None:
        bring(engine, person("ann", contact=CONTACT), person("bob"))
        bring(engine, person("ann", bio="Nurse."), person("bob", bio="Vet."))
        last, first = engine.imports.recent(2)

        engine.delete("ann", datetime.now(UTC))

        assert [change.id for change in engine.imports.changes(last.id, 10)] == ["bob"]
        assert [change.id for change in engine.imports.changes(first.id, 10)] == ["bob"]


class TestUndoing:
    def test_everybody_stands_as_before_with_words_and_contact(self, engine: Engine) -> None:
        bring(engine, person("ann", bio="Knows lathes.", contact=CONTACT), person("bob", bio="A vet."))
        before = engine.stored(["ann", "bob"])
        bring(engine, person("ann", bio="A welder."), person("bob", bio="A vet."), person("cat", bio="A welder."))
        assert found(engine, "welder") == {"ann", "cat"}

        undone = undo(engine)

        assert (undone.restored, undone.removed, undone.left_alone) == (1, 1, 0)
        assert bios(engine) == {"ann": "Knows lathes.", "bob": "A vet."}
        assert {id_: one.profile for id_, one in engine.stored(["ann", "bob"]).items()} == {
            id_: one.profile for id_, one in before.items()
        }
        assert found(engine, "welder") == set()
        assert found(engine, "lathes") == {"ann"}
        (last, _) = engine.imports.recent(2)
        assert last.undone_at is not None
        assert not last.undoable

    @pytest.mark.parametrize("dated", [{}, {"updated_at": "2026-01-05T00:00:00Z"}])
    def test_the_corrected_file_can_be_imported_afterwards(self, engine: Engine, dated: dict[str, str]) -> None:
        bring(engine, person("ann", bio="Right.", updated_at="2026-01-01T00:00:00Z"))
        bring(engine, person("ann", bio="Wrong.", **dated), person("bob", bio="Wrong.", **dated))
        undo(engine)

        report = bring(engine, person("ann", bio="Corrected.", **dated), person("bob", bio="Corrected.", **dated))

        assert (report.changed, report.new) == (1, 1)
        assert bios(engine) == {"ann": "Corrected.", "bob": "Corrected."}

    def test_imports_are_undone_one_after_the_other(self, engine: Engine) -> None:
        bring(engine, person("ann", bio="First."))
        bring(engine, person("ann", bio="Second."))
        bring(engine, person("ann", bio="Third."))
        for import_id, bio in zip(
            [one.id for one in engine.imports.recent(3)], ["Second.", "First.", ""], strict=True
        ):
            undo(engine, import_id)
            assert bios(engine).get("ann", "") == bio

    def test_who_was_changed_or_deleted_since_is_left_alone(self, engine: Engine) -> None:
        bring(engine, person("ann"), person("bob"), person("cat"))
        bring(engine, *(person(id_, bio="Imported.") for id_ in ("ann", "bob", "cat")))
        put(engine, "ann", bio="Changed since.")
        engine.delete("bob", datetime.now(UTC))

        undone = undo(engine)

        assert (undone.restored, undone.removed, undone.left_alone) == (1, 0, 1)
        assert bios(engine) == {"ann": "Changed since.", "cat": make_profile("cat").bio}

    def test_a_deleted_person_whom_the_import_brought_back_is_deleted_again(self, engine: Engine) -> None:
        bring(engine, person("ann", updated_at="2026-01-01T00:00:00Z"))
        engine.delete("ann", datetime.now(UTC) - timedelta(days=2))
        bring(engine, person("ann", updated_at=datetime.now(UTC).isoformat()))
        assert bios(engine)

        undone = undo(engine)

        assert undone.removed == 1
        assert engine.revisions(["ann"])["ann"].deleted
        assert bring(engine, person("ann", updated_at="2026-01-01T00:00:00Z")).deleted == 1

    @pytest.mark.parametrize(
        ("before", "imported", "after"),
        [("yes", "no", "no"), ("yes", "not_said", "yes"), ("no", "yes", "no"), ("not_said", "yes", "not_said")],
    )
    def test_it_never_turns_a_no_into_a_yes(self, engine: Engine, before: str, imported: str, after: str) -> None:
        bring(engine, person("ann", open_to_chats=before))
        bring(engine, person("ann", open_to_chats=imported, bio="Imported."))

        undo(engine)

        profile = engine.get(["ann"])["ann"]
        assert (profile.open_to_chats, profile.bio) == (after, make_profile("ann").bio)

    def test_a_pause_stays(self, engine: Engine) -> None:
        bring(engine, person("ann"))
        bring(engine, person("ann", paused_until="2099-01-01"))

        undo(engine)

        assert engine.get(["ann"])["ann"].paused_until == date(2099, 1, 1)

    def test_twice_is_refused_and_so_is_an_unknown_one(self, engine: Engine) -> None:
        bring(engine, person("ann"))
        (past,) = engine.imports.recent(1)
        undo(engine)
        for import_id, reason in ((past.id, "undone already"), ("nonsense", "no import “nonsense”")):
            with pytest.raises(CannotUndo, match=reason):
                undo(engine, import_id)

    def test_an_import_that_was_killed_can_be_undone(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bring(engine, person("ann", bio="Before."))
        write = engine.upsert

        def killed(documents: Any) -> Any:
            write(documents)
            raise KeyboardInterrupt

        monkeypatch.setattr(engine, "upsert", killed)
        with pytest.raises(KeyboardInterrupt):
            bring(engine, person("ann", bio="After."), person("bob"))
        monkeypatch.undo()

        undone = undo(engine)

        assert (undone.restored, undone.removed) == (1, 1)
        assert bios(engine) == {"ann": "Before."}

    def test_an_undo_that_was_killed_goes_on(
        self, engine: Engine, another: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bring(engine, person("ann", bio="Before."))
        bring(engine, person("ann", bio="After."), person("bob"))

        def killed(import_id: str, ids: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(engine.imports, "forget", killed)
        with pytest.raises(KeyboardInterrupt):
            undo(engine)
        assert engine.imports.recent(1)[0].undoable
        undo(another())

        assert bios(engine) == {"ann": "Before."}
        assert not engine.imports.recent(1)[0].undoable


@dataclass
class Model:
    """What an index with a history is, as plain as can be: everybody's bio, and for each import those before."""

    people: dict[str, str] = field(default_factory=dict)
    imports: list[dict[str, tuple[str | None, str]]] = field(default_factory=list)

    def bring(self, rows: dict[str, str]) -> None:
        changed = {id_: (self.people.get(id_), bio) for id_, bio in rows.items() if self.people.get(id_) != bio}
        if changed:
            self.imports.append(changed)
        self.people |= rows

    def undo(self) -> None:
        for id_, (before, written) in self.imports.pop().items():
            if self.people.get(id_) == written:
                if before is None:
                    del self.people[id_]
                else:
                    self.people[id_] = before


ids, texts = st.sampled_from(["ann", "bob", "cat"]), st.sampled_from(["One.", "Two.", "Three."])
steps = st.one_of(
    st.tuples(st.just("import"), st.dictionaries(ids, texts, min_size=1)),
    st.tuples(st.just("put"), st.tuples(ids, texts)),
    st.tuples(st.just("undo"), st.none()),
)


# Each example is an index of its own; on a server that takes a second.
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(steps, max_size=8))
def test_whatever_is_imported_put_and_undone_the_people_are_those_of_a_plain_model(
    tmp_path_factory: pytest.TempPathFactory, walk: list[tuple[str, Any]]
) -> None:
    model = Model()
    with closing(open_engine(f"sqlite:///{tmp_path_factory.mktemp('walk')}/index.db")) as engine:
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        for step, told in walk:
            if step == "import":
                model.bring(told)
                bring(engine, *(person(id_, bio=bio) for id_, bio in told.items()))
            elif step == "put":
                model.people[told[0]] = told[1]
                put(engine, told[0], bio=told[1])
            elif model.imports:
                model.undo()
                undo(engine, next(one.id for one in engine.imports.recent(10) if one.undoable))
            assert bios(engine) == model.people
