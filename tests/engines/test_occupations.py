"""What every engine does with the occupations of people's positions, on SQLite and on a real Elasticsearch."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from indexer.document import make_documents
from indexer.engines import Candidate, Engine, EngineQuery, Filters, Outcome
from indexer.errors import IndexMissing
from indexer.profile import Profile
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

ENCODER = KeywordEncoder("nurse", "vet", "pilot", dimensions=8)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()
CAREER = [{"title": "Pilot"}, {"title": "Vet", "end": "2020"}, {"title": "Owner", "end": "2010"}]


def read(titles: Sequence[str]) -> list[str]:
    """Read each title as the occupation of its own name."""
    return [title.upper() if title != "Owner" else "" for title in titles]


def index(engine: Engine, *profiles: Profile, now: datetime = NOW) -> dict[str, Outcome]:
    engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
    return engine.upsert(make_documents(profiles, ENCODER, now, read))


def search(engine: Engine, text: str = "pilot", **changes: Any) -> dict[str, Candidate]:
    query = EngineQuery((), ENCODER.encode([text])[0], ENCODER.fingerprint, TODAY, pool=50)
    return {candidate.id: candidate for candidate in engine.search(replace(query, **changes)).candidates}


def codes(engine: Engine, id_: str = "ann") -> list[str]:
    return [position.occupation for position in search(engine)[id_].positions]


class TestSearching:
    def test_every_position_of_a_candidate_has_its_occupation(self, engine: Engine) -> None:
        index(engine, make_profile("ann", positions=CAREER), make_profile("bob", "Owner"))

        assert codes(engine) == ["PILOT", "VET", ""]
        assert codes(engine, "bob") == [""]

    @pytest.mark.parametrize(
        ("occupations", "expected"),
        [
            (("VET",), {"ann", "bob"}),
            (("PILOT", "NURSE"), {"ann", "cem"}),
            (("OWNER",), set()),
            (("",), set()),
        ],
    )
    def test_a_filter_takes_positions_of_now_and_then(
        self, engine: Engine, occupations: tuple[str, ...], expected: set[str]
    ) -> None:
        index(
            engine,
            make_profile("ann", positions=CAREER),
            make_profile("bob", "Vet"),
            make_profile("cem", "Nurse"),
        )

        assert set(search(engine, filters=Filters(occupations=occupations))) == expected

    def test_one_more_side_takes_the_nearest_profiles_of_the_occupations(self, engine: Engine) -> None:
        index(
            engine,
            *(make_profile(f"pilot{n}", "Pilot") for n in range(3)),
            make_profile("vet", "Vet"),
            make_profile("flying-vet", "Vet", bio="Pilot."),
            make_profile("paused", "Vet", bio="Pilot.", paused_until="2027-01-01"),
        )

        without, with_occupations = search(engine, pool=1), search(engine, pool=1, occupations=("VET", "NURSE"))

        assert with_occupations.keys() - without.keys() == {"flying-vet"}
        assert with_occupations["flying-vet"].positions[0].occupation == "VET"

    @pytest.mark.parametrize("pool", [1, 50])
    def test_they_are_found_without_words_and_vector_too(self, engine: Engine, pool: int) -> None:
        index(engine, make_profile("ann", "Vet"), make_profile("bob", "Vet"), make_profile("cem", "Pilot"))

        found = search(engine, vector=None, occupations=("VET",), pool=pool)

        assert len(found) == min(pool, 2)
        assert set(found) <= {"ann", "bob"}


class TestCounting:
    def test_people_count_once_for_each_occupation_and_title(self, engine: Engine) -> None:
        twice = [{"title": "Vet"}, {"title": "VET", "end": "2020"}, {"title": "Pilot", "end": "2010"}]
        index(
            engine, make_profile("ann", positions=twice), make_profile("bob", "vet"), make_profile("cem", "Owner")
        )

        assert engine.occupation_counts(TODAY) == {"VET": 2, "PILOT": 1}
        assert engine.title_counts(["Vet", "vet", "pilot", "Owner", "Nurse", "Vet's"], TODAY) == {
            "Vet": 2,
            "vet": 2,
            "pilot": 1,
            "Owner": 1,
            "Nurse": 0,
            "Vet's": 0,
        }

    def test_people_count_once_for_each_group_of_occupations(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("ann", positions=[{"title": "Vet"}, {"title": "Pilot"}, {"title": "Nurse"}]),
            make_profile("bob", "Vet"),
        )
        groups = {"care": ["VET", "NURSE", "UNKNOWN"], "air": ["PILOT"], "sea": ["SAILOR"]}

        assert engine.group_counts(groups, TODAY) == {"care": 2, "air": 1, "sea": 0}

    def test_case_is_put_aside_in_all_alphabets_and_nothing_else_is(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "STRAßE ÉTAT"), make_profile("bob", "C++ Dev"))

        assert engine.title_counts(["strasse état", "strasse etat", "C# Dev", "c++ dev"], TODAY) == {
            "strasse état": 1,
            "strasse etat": 0,
            "C# Dev": 0,
            "c++ dev": 1,
        }

    def test_only_who_can_be_asked_today_counts(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("yes", "Vet"),
            make_profile("no", "Vet", open_to_chats="no"),
            make_profile("not-said", "Pilot", open_to_chats="not_said"),
            make_profile("full", "Vet", monthly_capacity=1, chats_this_month=1),
            make_profile("paused", "Vet", paused_until="2026-12-01"),
        )

        assert engine.occupation_counts(TODAY) == {"VET": 1}
        assert engine.group_counts({"care": ["VET", "PILOT"]}, TODAY) == {"care": 1}
        assert engine.occupation_counts(date(2026, 12, 1)) == {"VET": 2}
        assert engine.title_counts(["Vet", "Pilot"], TODAY) == {"Vet": 1, "Pilot": 0}
        assert engine.title_counts(["Vet"], date(2026, 12, 1)) == {"Vet": 2}

    def test_a_change_counts_at_once(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Vet"), make_profile("bob", "Vet"))
        index(engine, make_profile("ann", "Pilot"))
        engine.delete("bob", NOW)

        assert engine.occupation_counts(TODAY) == {"PILOT": 1}
        assert engine.title_counts(["Vet", "Pilot"], TODAY) == {"Vet": 0, "Pilot": 1}

    def test_nobody_and_nothing_can_be_counted(self, engine: Engine) -> None:
        index(engine)

        assert engine.occupation_counts(TODAY) == {}
        assert engine.group_counts({}, TODAY) == {}
        assert engine.group_counts({"care": ["VET"], "none": []}, TODAY) == {"care": 0, "none": 0}
        assert engine.title_counts([], TODAY) == {}
        assert engine.title_counts(["Vet"], TODAY) == {"Vet": 0}

    def test_before_the_first_import_there_is_no_index(self, engine: Engine) -> None:
        for use in (
            lambda: engine.occupation_counts(TODAY),
            lambda: engine.title_counts(["Vet"], TODAY),
            lambda: engine.title_counts([], TODAY),
            lambda: engine.recode(read),
        ):
            with pytest.raises(IndexMissing, match="import profiles"):
                use()


class TestReadingAnew:
    def test_everybody_has_the_new_codes_and_who_changed_is_counted(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("ann", positions=CAREER),
            make_profile("bob", "Vet", open_to_chats="no"),
            make_profile("cem", "Nurse"),
            make_profile("dee", "Nurse"),
        )

        changed = engine.recode(lambda titles: [code.replace("VET", "DOCTOR") for code in read(titles)])

        assert changed == 2
        assert codes(engine) == ["PILOT", "DOCTOR", ""]
        assert engine.occupation_counts(TODAY) == {"PILOT": 1, "DOCTOR": 1, "NURSE": 2}
        assert set(search(engine, filters=Filters(occupations=("DOCTOR", "VET")))) == {"ann"}
        index(engine, make_profile("bob", "Pilot"))
        assert engine.occupation_counts(TODAY) == {"PILOT": 2, "DOCTOR": 1, "NURSE": 2}

    def test_every_title_is_read_once(self, engine: Engine) -> None:
        index(engine, *(make_profile(f"p{n}", title) for n, title in enumerate(["Vet", "Pilot", "Nurse"] * 9)))
        asked: list[str] = []

        def counting(titles: Sequence[str]) -> list[str]:
            asked.extend(titles)
            return read(titles)

        assert engine.recode(counting) == 0
        assert sorted(asked) == ["Nurse", "Pilot", "Vet"]

    def test_everything_else_stays_as_it_was(self, engine: Engine) -> None:
        index(engine, make_profile("ann", positions=CAREER, bio="A pilot."))
        before, revisions, profiles = search(engine), engine.revisions(["ann"]), engine.get(["ann"])

        assert engine.recode(lambda titles: ["X"] * len(titles)) == 1

        assert engine.revisions(["ann"]) == revisions
        assert engine.get(["ann"]) == profiles
        (was,), (now,) = before.values(), search(engine).values()
        assert now.profile_similarity == pytest.approx(was.profile_similarity)
        assert [position.similarity for position in now.positions] == pytest.approx(
            [position.similarity for position in was.positions]
        )

    def test_versions_mean_afterwards_what_they_meant_before(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Vet"), make_profile("bob", "Vet"))
        for code in ("X", "Y", "Z"):
            assert engine.recode(lambda titles, code=code: [code] * len(titles)) == 2

        moment = timedelta(milliseconds=1)
        assert index(engine, make_profile("ann", "Nurse"), now=NOW - moment) == {"ann": Outcome.STALE}
        assert codes(engine) == ["Z"]
        assert index(engine, make_profile("ann", "Pilot"), now=NOW) == {"ann": Outcome.WRITTEN}
        assert codes(engine) == ["PILOT"]
        assert index(engine, make_profile("ann", "Vet"), now=NOW + moment) == {"ann": Outcome.WRITTEN}
        assert engine.delete("bob", NOW)
        assert index(engine, make_profile("bob", "Vet"), now=NOW) == {"bob": Outcome.DELETED}
        assert index(engine, make_profile("bob", "Vet"), now=NOW + moment) == {"bob": Outcome.WRITTEN}

    @pytest.mark.parametrize("now", [NOW, NOW + timedelta(seconds=1)])
    def test_who_is_written_meanwhile_keeps_what_was_written(
        self, engine: Engine, another: Callable[[], Engine], now: datetime
    ) -> None:
        other = another()
        index(engine, make_profile("ann", "Vet"), make_profile("bob", "Vet"))

        def beside_a_writer(titles: Sequence[str]) -> list[str]:
            if "Vet" in titles:
                index(other, make_profile("ann", "Pilot", bio="New."), now=now)
            return [f"NEW {code}" for code in read(titles)]

        changed = engine.recode(beside_a_writer)

        assert engine.get(["ann"])["ann"].bio == "New."
        assert search(engine)["ann"].positions[0].similarity == pytest.approx(1, abs=1e-3)
        assert codes(engine, "bob") == ["NEW VET"]
        assert codes(engine) in (["PILOT"], ["NEW PILOT"])
        assert changed in (1, 2)

    def test_who_is_deleted_meanwhile_does_not_come_back(
        self, engine: Engine, another: Callable[[], Engine]
    ) -> None:
        other = another()
        index(engine, make_profile("ann", "Vet"), make_profile("bob", "Vet"))

        def beside_a_deletion(titles: Sequence[str]) -> list[str]:
            other.delete("ann", NOW - timedelta(days=1))
            return ["NEW"] * len(titles)

        assert engine.recode(beside_a_deletion) == 1

        assert set(engine.get(["ann", "bob"])) == {"bob"}
        assert set(search(engine)) == {"bob"}
        assert codes(engine, "bob") == ["NEW"]

    def test_what_reads_titles_may_read_from_the_same_engine(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Vet"))

        assert engine.recode(lambda titles: [str(engine.status().people)] * len(titles)) == 1

        assert codes(engine) == ["1"]
