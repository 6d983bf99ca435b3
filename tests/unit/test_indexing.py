"""What becomes of every row of an import."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.document import Document, unread
from indexer.encoder import Encoder
from indexer.engines import Engine, Outcome, Revision
from indexer.engines.sqlite import SQLiteEngine
from indexer.errors import EngineUnavailable, IndexMismatch
from indexer.indexing import BATCH, ImportReport, Rejection, import_rows
from indexer.readers import Row
from tests.factories import profile_record
from tests.fakes import KeywordEncoder

ENCODER = KeywordEncoder("nurse", "vet")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SQLiteEngine]:
    with closing(SQLiteEngine(tmp_path / "index.db")) as engine:
        yield engine


def person(id_: str, **changes: Any) -> Row:
    return Row(2, profile_record(id_, **changes))


def people(count: int, **changes: Any) -> list[Row]:
    return [person(f"p{n}", **changes) for n in range(count)]


def bring(
    rows: Iterable[Row],
    engine: Engine,
    open_encoder: Callable[[], Encoder] | None = lambda: ENCODER,
    report: ImportReport | None = None,
) -> ImportReport:
    report = report or ImportReport()
    import_rows(rows, engine, open_encoder, unread, report, file="people.csv")
    return report


def stored(engine: Engine, count: int = 1000) -> set[str]:
    return set(engine.get([f"p{n}" for n in range(count)]))


class TestCounts:
    @pytest.mark.parametrize("updated_at", [None, "2026-01-01"])
    def test_the_first_import_is_all_new_and_the_second_all_unchanged(
        self, engine: Engine, updated_at: str | None
    ) -> None:
        rows = people(BATCH + 3, updated_at=updated_at)

        assert bring(rows, engine) == ImportReport(read=259, new=259)
        assert bring(rows, engine) == ImportReport(read=259, unchanged=259)
        assert len(stored(engine)) == 259

    def test_only_who_changed_is_written_again(self, engine: Engine) -> None:
        bring(people(3), engine)

        report = bring([*people(2), person("p2", headline="Now a vet"), person("p3")], engine)

        assert report == ImportReport(read=4, new=1, changed=1, unchanged=2)
        assert engine.get(["p2"])["p2"].headline == "Now a vet"

    def test_a_new_contact_alone_is_a_change(self, engine: Engine) -> None:
        bring(people(1), engine)

        assert bring([person("p0", contact={"phone": "1"})], engine).changed == 1

    def test_an_older_row_is_stale_and_changes_nothing(self, engine: Engine) -> None:
        bring([person("p0", headline="New", updated_at="2026-02-01")], engine)

        report = bring([person("p0", headline="Old", updated_at="2026-01-01")], engine)

        assert report == ImportReport(read=1, stale=1)
        assert engine.get(["p0"])["p0"].headline == "New"

    @pytest.mark.parametrize("confirmed", ["2026-03-01", None])
    def test_a_yes_from_before_a_confirmed_no_does_not_come_back(
        self, engine: Engine, confirmed: str | None
    ) -> None:
        bring([person("p0", open_to_chats="no", updated_at="2026-01-01")], engine)
        bring([person("p0", open_to_chats="no", updated_at=confirmed)], engine)

        report = bring([person("p0", open_to_chats="yes", updated_at="2026-02-01")], engine)

        assert report == ImportReport(read=1, stale=1)
        assert engine.get(["p0"])["p0"].open_to_chats == "no"

    def test_who_has_not_said_yes_or_no_is_dormant_each_time(self, engine: Engine) -> None:
        rows = [person("p0"), person("p1", open_to_chats="no"), person("p2", open_to_chats="not_said")]

        assert bring(rows, engine).dormant == 1
        assert bring(rows, engine).dormant == 1

    def test_a_bad_row_is_named_and_stops_no_other(self, engine: Engine) -> None:
        rows = [
            Row(2, profile_record("p0")),
            Row(3, problem="has 1 cells; the header has 2."),
            Row(4, profile_record("p4", name="", country="Narnia")),
            Row(5, profile_record("p5")),
        ]

        report = bring(rows, engine)

        assert (report.read, report.new, report.rejected) == (4, 2, 2)
        assert [(r.row, r.field) for r in report.rejections] == [(3, "row"), (4, "name"), (4, "country")]
        assert stored(engine) == {"p0", "p5"}

    def test_the_second_row_of_an_id_is_rejected_and_names_the_first(self, engine: Engine) -> None:
        rows = [Row(2, profile_record("p0", "Vet")), Row(9, profile_record("p0", "Nurse"))]

        report = bring(rows, engine)

        assert report.rejections == [Rejection(9, "id", "“p0” is the id of row 2 already.")]
        assert engine.get(["p0"])["p0"].positions[0].title == "Vet"

    def test_an_id_whose_first_row_was_rejected_is_free(self, engine: Engine) -> None:
        report = bring([person("p0", name=""), person("p0")], engine)

        assert (report.rejected, report.new) == (1, 1)


class TestDeletedPeople:
    def test_an_old_file_does_not_bring_them_back(self, engine: Engine) -> None:
        rows = [person("p0"), person("p1", updated_at="2026-01-01")]
        bring(rows, engine)
        for id_ in ("p0", "p1"):
            engine.delete(id_, datetime.now(UTC))

        assert bring(rows, engine, None) == ImportReport(read=2, deleted=2)
        assert bring(rows, engine) == ImportReport(read=2, deleted=2)
        assert stored(engine) == set()

    def test_a_row_that_is_dated_after_it_does(self, engine: Engine) -> None:
        bring(people(1), engine)
        engine.delete("p0", datetime.now(UTC))
        later = datetime.now(UTC) + timedelta(seconds=1)

        assert bring([person("p0", updated_at=later.isoformat())], engine) == ImportReport(read=1, new=1)
        assert stored(engine) == {"p0"}


class TestDryRun:
    def test_everything_is_compared_and_nothing_written(self, engine: Engine) -> None:
        bring(people(2), engine)

        report = bring([person("p0"), person("p1", headline="Vet"), person("p2")], engine, None)

        assert report == ImportReport(read=3, new=1, changed=1, unchanged=1)
        assert stored(engine) == {"p0", "p1"}
        assert engine.get(["p1"])["p1"].headline == ""

    def test_without_an_index_none_is_made(self, engine: Engine, tmp_path: Path) -> None:
        assert bring(people(2), engine, None).new == 2
        assert list(tmp_path.iterdir()) == []


class TestEncoder:
    def test_it_is_opened_once_and_only_when_something_is_to_be_written(self, engine: Engine) -> None:
        opened: list[Encoder] = []

        def open_encoder() -> Encoder:
            opened.append(ENCODER)
            return ENCODER

        bring(people(2 * BATCH), engine, open_encoder)
        bring(people(2 * BATCH), engine, open_encoder)

        assert opened == [ENCODER]

    def test_one_that_does_not_match_the_index_is_refused_and_nothing_is_lost(self, engine: Engine) -> None:
        bring(people(1), engine)
        report = ImportReport()

        with pytest.raises(IndexMismatch, match="made with the encoder keywords:nurse,vet"):
            bring([person("p1")], engine, lambda: KeywordEncoder("other"), report)

        assert (report.new, report.unfinished) == (0, 1)
        assert stored(engine) == {"p0"}


class Failing:
    """An engine that does what `fault` does at the second batch it is to write."""

    def __init__(self, engine: Engine, fault: Callable[[], None]) -> None:
        self._engine, self._fault, self.batches = engine, fault, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def upsert(self, documents: list[Document]) -> dict[str, Outcome]:
        self.batches += 1
        if self.batches == 2:
            self._fault()
        return self._engine.upsert(documents)


class TestInterruptions:
    @pytest.mark.parametrize("interruption", [KeyboardInterrupt(), EngineUnavailable("gone")])
    def test_what_is_counted_is_what_was_written(self, engine: Engine, interruption: BaseException) -> None:
        report = ImportReport()

        def stop() -> None:
            raise interruption

        with pytest.raises(type(interruption)):
            bring([person("bad", name=""), *people(3 * BATCH)], Failing(engine, stop), report=report)

        assert (report.new, report.rejected, report.unfinished) == (BATCH, 1, BATCH)
        assert len(stored(engine)) == BATCH

    def test_the_same_import_goes_on_where_it_stopped(self, engine: Engine) -> None:
        bring(people(BATCH), engine)

        assert bring(people(2 * BATCH), engine) == ImportReport(read=512, new=BATCH, unchanged=BATCH)

    def test_who_loses_a_race_with_another_writer_is_counted_as_such(self, engine: Engine) -> None:
        bring(people(1, updated_at="2026-01-01"), engine)

        class Raced(Failing):
            """Another writer comes between our comparison and our first write."""

            def revisions(self, ids: list[str]) -> dict[str, Revision]:
                known = self._engine.revisions(ids)
                bring([person("p0", headline="Theirs", updated_at="2026-03-01")], self._engine)
                self._engine.delete("p1", datetime(2026, 3, 1, tzinfo=UTC))
                return known

        mine = [person(id_, headline="Mine", updated_at="2026-02-01") for id_ in ("p0", "p1", "p2")]
        report = bring(mine, Raced(engine, lambda: None))

        assert report == ImportReport(read=3, stale=1, deleted=1, new=1)
        assert engine.get(["p0"])["p0"].headline == "Theirs"


ROWS = st.lists(
    st.one_of(
        st.builds(lambda problem: Row(2, problem=problem), st.just("is not JSON.")),
        st.builds(lambda record: Row(2, record), st.none() | st.just({"id": "p0"})),
        st.builds(
            lambda n, headline, month, said: person(
                f"p{n}", headline=headline, updated_at=month and f"2026-{month:02}-01", open_to_chats=said
            ),
            st.integers(0, 6),
            st.sampled_from(["", "Vet", "x" * 201]),
            st.none() | st.integers(1, 12),
            st.sampled_from(["yes", "no", "not_said", "maybe"]),
        ),
    ),
    max_size=12,
)


DATED = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from(["yes", "no"]), st.sampled_from(["", "Vet"])), min_size=1
)


@settings(max_examples=25)
@given(DATED)
def test_the_newest_record_wins_whatever_the_order_of_the_files(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[int, str, str]]
) -> None:
    with closing(SQLiteEngine(tmp_path_factory.mktemp("index") / "index.db")) as engine:
        for month, said, headline in records:
            dated = f"2025-{month:02}-01"
            bring([person("p0", open_to_chats=said, headline=headline, updated_at=dated)], engine)

        newest = max(month for month, _, _ in records)
        (*_, last) = [(said, headline) for month, said, headline in records if month == newest]
        kept = engine.get(["p0"])["p0"]
        assert (kept.open_to_chats, kept.headline) == last


@settings(max_examples=25)
@given(ROWS, ROWS, st.sets(st.integers(0, 6)))
def test_the_counts_of_any_rows_add_up_to_the_rows_read(
    tmp_path_factory: pytest.TempPathFactory, before: list[Row], rows: list[Row], deleted: set[int]
) -> None:
    with closing(SQLiteEngine(tmp_path_factory.mktemp("index") / "index.db")) as engine:
        bring([*before, person("always")], engine)
        for number in deleted:
            engine.delete(f"p{number}", datetime(2026, 6, 1, tzinfo=UTC))

        report = bring(rows, engine)

        assert report.read == len(rows)
        assert report.unfinished == 0
        assert (report.rejected > 0) == bool(report.rejections)
        assert bring(rows, engine).new == 0
