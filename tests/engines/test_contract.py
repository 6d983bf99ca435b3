"""What every engine promises (indexer/engines/contract.py), on SQLite and on a real Elasticsearch."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from indexer.document import make_documents, unread
from indexer.engines import (
    Candidate,
    Engine,
    EngineQuery,
    Filters,
    Ground,
    Inactive,
    LastSeen,
    Outcome,
    Retrieved,
)
from indexer.errors import IndexMismatch, IndexMissing
from indexer.facts import facts_of, from_texts, to_text
from indexer.profile import Availability, Profile, availability
from indexer.text import query_tokens
from tests.bm25 import combined_bm25
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

ENCODER = KeywordEncoder("nurse", "vet", "pilot", "cplusplus", "csharp", "dotnet", "c")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()


def index(engine: Engine, *profiles: Profile, now: datetime = NOW) -> dict[str, Outcome]:
    engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
    return engine.upsert(make_documents(profiles, ENCODER, now, unread))


def ask(text: str, *, today: date = TODAY, pool: int = 50, **filters: Any) -> EngineQuery:
    return EngineQuery(
        tokens=tuple(query_tokens(text)),
        vector=ENCODER.encode([text])[0],
        fingerprint=ENCODER.fingerprint,
        today=today,
        pool=pool,
        filters=Filters(**filters),
    )


def found(retrieved: Retrieved) -> set[str]:
    return {candidate.id for candidate in retrieved.candidates}


def candidate(retrieved: Retrieved, id_: str) -> Candidate:
    (only,) = [c for c in retrieved.candidates if c.id == id_]
    return only


class TestWriting:
    def test_what_was_written_can_be_read_back_without_the_contact(self, engine: Engine) -> None:
        profile = make_profile(
            "ann",
            bio="Zoë’s bio — «日本» 🎬\nsecond line",
            positions=[
                {"title": "C++ dev", "company": "X", "start": "2019-04"},
                {"title": "Nurse", "end": "2018"},
            ],
            schools=[{"school": "Leeds", "year": 2010}],
            links=[{"url": "https://example.org", "public": True}],
            chat_minutes=[15, 30],
            consent_at="2026-01-02",
            updated_at="2026-01-03T04:05:06Z",
            contact={"email": "ann@example.org"},
        )

        index(engine, profile)

        assert engine.get(["ann", "nobody"]) == {"ann": replace(profile, contact=type(profile.contact)())}

    def test_a_second_write_replaces_the_first(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Nurse"))

        index(engine, make_profile("ann", "Pilot"))

        assert engine.get(["ann"])["ann"].positions[0].title == "Pilot"
        assert candidate(engine.search(ask("nurse pilot")), "ann").positions[0].similarity == pytest.approx(
            0.7071, abs=1e-3
        )
        assert candidate(engine.search(ask("nurse")), "ann").bm25 == 0
        assert engine.status().people == 1

    def test_an_older_version_never_replaces_a_newer_one(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Pilot"))

        outcomes = index(engine, make_profile("ann", "Nurse"), now=NOW - timedelta(seconds=1))

        assert outcomes == {"ann": Outcome.STALE}
        assert engine.get(["ann"])["ann"].positions[0].title == "Pilot"

    def test_one_stale_person_does_not_stop_the_others(self, engine: Engine) -> None:
        index(engine, make_profile("ann"))

        outcomes = index(engine, make_profile("ann"), make_profile("bob"), now=NOW - timedelta(seconds=1))

        assert outcomes == {"ann": Outcome.STALE, "bob": Outcome.WRITTEN}

    def test_nothing_to_write_is_fine(self, engine: Engine) -> None:
        assert index(engine) == {}

    def test_revisions_tell_hash_version_and_deletion(self, engine: Engine) -> None:
        index(engine, make_profile("ann"), make_profile("bob"))
        engine.delete("bob", NOW)

        revisions = engine.revisions(["ann", "bob", "nobody"])

        assert set(revisions) == {"ann", "bob"}
        assert revisions["ann"].version == int(NOW.timestamp() * 1000)
        assert len(revisions["ann"].content_hash) == 64
        assert revisions["bob"].deleted

    def test_creating_again_keeps_what_is_there(self, engine: Engine) -> None:
        index(engine, make_profile("ann"))

        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)

        assert engine.status().people == 1


class TestDeleting:
    def test_a_deleted_person_is_gone(self, engine: Engine) -> None:
        index(engine, make_profile("ann"), make_profile("bob"))

        assert engine.delete("ann", NOW)

        assert engine.get(["ann"]) == {}
        assert found(engine.search(ask("nurse"))) == {"bob"}
        assert engine.status().people == 1

    def test_an_old_file_does_not_bring_them_back_and_a_newer_version_does(self, engine: Engine) -> None:
        index(engine, make_profile("ann"))
        engine.delete("ann", NOW + timedelta(hours=1))

        assert index(engine, make_profile("ann")) == {"ann": Outcome.DELETED}
        assert engine.get(["ann"]) == {}
        assert index(engine, make_profile("ann"), now=NOW + timedelta(hours=2)) == {"ann": Outcome.WRITTEN}
        assert found(engine.search(ask("nurse"))) == {"ann"}
        assert not engine.revisions(["ann"])["ann"].deleted

    def test_a_person_dated_in_the_future_stays_deleted_too(self, engine: Engine) -> None:
        future = NOW + timedelta(days=400)
        index(engine, make_profile("ann"), now=future)

        assert engine.delete("ann", NOW)

        assert index(engine, make_profile("ann"), now=future) == {"ann": Outcome.DELETED}

    def test_deleting_nobody_says_so_and_keeps_them_out(self, engine: Engine) -> None:
        index(engine)

        assert not engine.delete("ghost", NOW)
        assert not engine.delete("ghost", NOW)

        assert index(engine, make_profile("ghost")) == {"ghost": Outcome.DELETED}

    def test_an_earlier_deletion_does_not_weaken_a_later_one(self, engine: Engine) -> None:
        index(engine)
        engine.delete("ann", NOW + timedelta(hours=2))
        engine.delete("ann", NOW)

        assert index(engine, make_profile("ann"), now=NOW + timedelta(hours=1)) == {"ann": Outcome.DELETED}


class TestSignals:
    def test_every_candidate_has_every_signal_whichever_side_found_it(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("word", "Clerk", bio="I once wrote about a nurse shortage"),
            make_profile("title", "Nurse"),
            make_profile("other", "Pilot"),
        )

        everyone = engine.search(ask("nurse", pool=50))

        assert found(everyone) == {"word", "title", "other"}
        assert candidate(everyone, "title").positions[0].similarity == pytest.approx(1, abs=1e-5)
        assert candidate(everyone, "word").positions[0].similarity == pytest.approx(0, abs=1e-5)
        assert candidate(everyone, "word").profile_similarity == pytest.approx(1, abs=1e-5)
        assert candidate(everyone, "other").profile_similarity == pytest.approx(0, abs=1e-5)
        assert candidate(everyone, "title").bm25 > candidate(everyone, "word").bm25 > 0
        assert candidate(everyone, "other").bm25 == 0

    def test_bm25_is_that_of_titles_and_the_rest_as_one_text_and_the_same_on_every_engine(
        self, engine: Engine
    ) -> None:
        bios = {f"p{n}": " ".join(["nurse"] * n + ["word"] * 17 * n) for n in range(1, 7)}
        people = [make_profile(id_, "Clerk", bio=bio) for id_, bio in bios.items()]
        people += [make_profile("title", "Nurse nurse pilot"), make_profile("none", "Pilot", bio="word")]
        documents = make_documents(people, ENCODER, NOW, unread)
        texts = [(one.title_tokens, one.about_tokens) for one in documents]
        expected = {
            one.profile.id: score for one, score in zip(documents, combined_bm25("nurse", texts), strict=True)
        }
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        engine.upsert(documents)

        nurses = engine.search(ask("nurse", pool=50))

        assert {one.id: one.bm25 for one in nurses.candidates} == pytest.approx(expected, rel=1e-4)
        assert nurses.best_bm25 == pytest.approx(max(expected.values()), rel=1e-4)

    def test_signals_of_a_small_pool_equal_those_of_a_large_one(self, engine: Engine) -> None:
        index(
            engine, *(make_profile(f"p{n}", title) for n, title in enumerate(["Nurse", "Nurse pilot", "Vet"] * 5))
        )
        large = {c.id: c for c in engine.search(ask("nurse vet", pool=50)).candidates}

        small = engine.search(ask("nurse vet", pool=2)).candidates

        assert 2 <= len(small) <= 6
        for one in small:
            assert one.bm25 == pytest.approx(large[one.id].bm25, rel=1e-4)
            assert one.profile_similarity == pytest.approx(large[one.id].profile_similarity, abs=1e-5)

    def test_positions_come_in_the_order_of_the_profile(self, engine: Engine) -> None:
        career = [{"title": "Pilot"}, {"title": "Vet", "end": "2020-05"}, {"title": "Nurse", "end": "2011"}]
        index(engine, make_profile("ann", positions=career))

        ann = candidate(engine.search(ask("vet")), "ann")

        assert [round(p.similarity, 3) for p in ann.positions] == [0, 1, 0]
        assert [years.end for years in ann.facts.years] == [None, 2020, 2011]

    def test_all_positions_that_a_profile_can_have_come_back(self, engine: Engine) -> None:
        career = [{"title": "Vet" if year % 2 else "Pilot", "end": str(year)} for year in range(2020, 1990, -1)]
        index(engine, make_profile("ann", positions=career), make_profile("bob", "Vet"))

        ann = candidate(engine.search(ask("vet")), "ann")

        assert [years.end for years in ann.facts.years] == [*range(2020, 1990, -1)]
        assert [round(p.similarity, 3) for p in ann.positions] == [0, 1] * 15

    def test_every_candidate_has_all_facts(self, engine: Engine) -> None:
        whole = make_profile(
            "whole",
            positions=[
                {"title": "Vet", "company": "Zoë & Söhne «日本»", "industry": "Animals", "start": "2019-04"},
                {"title": "Nurse", "start": "2001", "end": "2018-12-31"},
            ],
            schools=[{"school": "Leeds"}, {"school": "Leeds"}],
            communities=["Women in Film"],
            location="Leeds, UK",
            country="GB",
            languages=["en", "cy"],
            chat_minutes=[30, 15],
            monthly_capacity=4,
            chats_this_month=1,
            last_active_at="2026-10-01",
            consent_at="2026-10-02",
        )
        index(engine, whole, make_profile("bare", "Pilot"))

        everyone = engine.search(ask("vet")).candidates

        for one, profile in ((whole, "whole"), (make_profile("bare", "Pilot"), "bare")):
            (facts,) = [each.facts for each in everyone if each.id == profile]
            assert facts == from_texts([to_text(facts_of(one))])[0]

    def test_the_best_bm25_is_that_of_all_who_can_be_asked_whatever_the_filters(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("best", "Nurse nurse", country="FR"),
            make_profile("good", "Nurse and much else", country="GB"),
            make_profile("no", "Nurse nurse nurse", open_to_chats="no"),
        )

        everybody, british = engine.search(ask("nurse")), engine.search(ask("nurse", countries=("GB",)))

        assert everybody.best_bm25 == pytest.approx(candidate(everybody, "best").bm25, rel=1e-4)
        assert british.best_bm25 == pytest.approx(everybody.best_bm25, rel=1e-4)
        assert found(british) == {"good"}

    def test_who_shares_ground_is_found_past_the_pool(self, engine: Engine) -> None:
        index(
            engine,
            *(make_profile(f"near{n}", "Vet") for n in range(5)),
            make_profile("school", "Vet pilot", schools=[{"school": "University of Leeds"}]),
            make_profile("company", positions=[{"title": "Vet pilot", "company": "The Mill Ltd"}]),
            make_profile("community", "Vet pilot", communities=["PyLadies"]),
            make_profile("closed", "Vet pilot", communities=["PyLadies"], open_to_chats="no"),
        )

        def with_ground(**ground: tuple[str, ...]) -> set[str]:
            asked = replace(ask("vet", pool=2), ground=Ground(**ground))
            return {id_ for id_ in found(engine.search(asked)) if not id_.startswith("near")}

        assert with_ground() == set()
        assert with_ground(schools=("university of LEEDS",)) == {"school"}
        assert with_ground(companies=("Mill", "Pixar")) == {"company"}
        assert with_ground(companies=("Mill",), communities=("pyladies",)) == {"company", "community"}
        unheard = replace(
            ask("vet", pool=2), ground=Ground(communities=("pyladies",)), vector=None, fingerprint=""
        )
        assert "community" in found(engine.search(unheard))

    def test_the_pool_takes_the_best_of_each_side(self, engine: Engine) -> None:
        index(
            engine,
            *(make_profile(f"pilot{n}", "Pilot") for n in range(5)),
            make_profile("past", positions=[{"title": "Pilot"}, {"title": "Vet", "end": "2019"}]),
        )

        assert "past" in found(engine.search(ask("vet", pool=1)))

    def test_without_a_vector_only_words_match(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Nurse"), make_profile("bob", "Pilot"))

        retrieved = engine.search(replace(ask("nurse"), vector=None, fingerprint=""))

        assert found(retrieved) == {"ann"}
        assert candidate(retrieved, "ann").bm25 > 0
        assert candidate(retrieved, "ann").positions[0].similarity == 0
        assert candidate(retrieved, "ann").profile_similarity == 0

    def test_without_words_only_vectors_match(self, engine: Engine) -> None:
        index(engine, make_profile("ann", "Nurse"))

        retrieved = engine.search(replace(ask("nurse"), tokens=()))

        assert candidate(retrieved, "ann").bm25 == 0
        assert candidate(retrieved, "ann").positions[0].similarity == pytest.approx(1, abs=1e-5)

    def test_without_both_nobody_is_found_and_all_are_counted(self, engine: Engine) -> None:
        index(engine, make_profile("ann"))

        assert engine.search(replace(ask("x"), tokens=(), vector=None)) == Retrieved([], eligible=1, best_bm25=0.0)

    def test_a_word_in_a_title_weighs_more_than_one_in_a_bio(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("bio", "Clerk of works", bio="A pilot lives next door"),
            make_profile("title", "Pilot of works", bio="A clerk lives next door"),
        )

        retrieved = engine.search(ask("pilot"))

        assert candidate(retrieved, "title").bm25 > candidate(retrieved, "bio").bm25 > 0


class TestConsentAndFilters:
    def test_only_people_who_said_yes_are_found(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("yes"),
            make_profile("no", open_to_chats="no"),
            make_profile("not-said", open_to_chats="not_said"),
        )

        retrieved = engine.search(ask("nurse"))

        assert found(retrieved) == {"yes"}
        assert retrieved.eligible == 1
        assert engine.status().open_to_chats == {"yes": 1, "no": 1, "not_said": 1}

    def test_who_takes_their_consent_back_is_not_found_any_more(self, engine: Engine) -> None:
        index(engine, make_profile("ann"), make_profile("bob"))

        index(engine, make_profile("ann", open_to_chats="no"))

        assert found(engine.search(ask("nurse"))) == {"bob"}

    def test_a_pause_ends_by_itself_on_its_day(self, engine: Engine) -> None:
        index(engine, make_profile("ann", paused_until="2026-12-01"), make_profile("bob"))

        assert found(engine.search(ask("nurse", today=date(2026, 11, 30)))) == {"bob"}
        assert found(engine.search(ask("nurse", today=date(2026, 12, 1)))) == {"ann", "bob"}

    def test_a_full_month_hides_a_person(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("full", monthly_capacity=2, chats_this_month=2),
            make_profile("room", monthly_capacity=2, chats_this_month=1),
            make_profile("none", monthly_capacity=0),
            make_profile("unlimited", chats_this_month=9),
        )

        assert found(engine.search(ask("nurse"))) == {"room", "unlimited"}

    def test_who_is_booked_is_found_when_asked_for_and_nobody_else_is(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("full", monthly_capacity=2, chats_this_month=2),
            make_profile("room"),
            make_profile("paused", paused_until="2026-12-01"),
            make_profile("no", open_to_chats="no"),
            make_profile("not-said", open_to_chats="not_said"),
        )

        retrieved = engine.search(ask("nurse", booked=True))

        assert found(retrieved) == {"full", "room"}
        assert retrieved.eligible == 2

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ({"chat_minutes": (15,)}, {"ann"}),
            ({"chat_minutes": (15, 45)}, {"ann", "bob"}),
            ({"chat_minutes": (20,)}, set()),
            ({"languages": ("en",)}, {"ann", "cem"}),
            ({"languages": ("fr", "tr")}, {"ann", "bob", "cem"}),
            ({"countries": ("FR",)}, {"bob"}),
            ({"industries": ("health care",)}, {"ann"}),
            ({"industries": ("FILM",)}, {"ann", "cem"}),
            ({"companies": ("the mill ltd",)}, {"bob"}),
            ({"companies": ("Mill", "nowhere")}, {"bob"}),
            ({"schools": ("university of leeds",)}, {"cem"}),
            ({"schools": ("Leeds",)}, set()),
            ({"companies": ("–",)}, set()),
            ({"languages": ("en",), "industries": ("Film",), "countries": ("TR",)}, {"cem"}),
            ({"languages": ("en",), "countries": ("FR",)}, set()),
        ],
    )
    def test_filters_mean_any_value_within_and_all_fields_together(
        self, engine: Engine, filters: dict[str, Any], expected: set[str]
    ) -> None:
        career = [{"title": "Nurse", "industry": "Health care"}, {"title": "Pilot", "industry": "Film"}]
        index(
            engine,
            make_profile("ann", positions=career, languages=["en", "fr"], chat_minutes=[15, 30], country="GB"),
            make_profile(
                "bob",
                positions=[{"title": "Nurse", "company": "The Mill"}],
                languages=["fr"],
                chat_minutes=[45],
                country="FR",
            ),
            make_profile(
                "cem",
                positions=[{"title": "Nurse", "industry": "Film"}],
                languages=["tr", "en"],
                country="TR",
                schools=[{"school": "University of Leeds"}],
            ),
        )

        retrieved = engine.search(ask("nurse", **filters))

        assert found(retrieved) == expected
        assert retrieved.eligible == len(expected)

    def test_filters_work_inside_knn_not_after_it(self, engine: Engine) -> None:
        index(
            engine,
            *(make_profile(f"near{n}", "Vet", country="DE") for n in range(10)),
            make_profile("far", "Vet pilot", country="FR"),
        )

        assert found(engine.search(ask("vet", pool=1, countries=("FR",)))) == {"far"}


class TestAvailabilityCounts:
    def test_everybody_counts_once_by_the_rule_of_their_profile(self, engine: Engine) -> None:
        people = [
            make_profile("open"),
            make_profile("also-open", paused_until=TODAY.isoformat(), monthly_capacity=2, chats_this_month=1),
            make_profile("paused", paused_until=(TODAY + timedelta(days=1)).isoformat()),
            make_profile("paused-and-booked", paused_until="2027-01-01", monthly_capacity=0),
            make_profile("booked", monthly_capacity=1, chats_this_month=3),
            make_profile("closed", open_to_chats="no", paused_until="2027-01-01"),
            make_profile("dormant", open_to_chats="not_said", monthly_capacity=0),
            make_profile("gone"),
        ]
        index(engine, *people)
        engine.delete("gone", NOW)

        assert engine.availability_counts(TODAY) == Counter(availability(one, TODAY) for one in people[:-1])

    def test_nobody_is_nobody_of_each(self, engine: Engine) -> None:
        index(engine)

        assert engine.availability_counts(TODAY) == dict.fromkeys(Availability, 0)


class TestInactive:
    def test_the_longest_inactive_come_first_and_all_are_counted(self, engine: Engine) -> None:
        index(
            engine,
            make_profile("b", last_active_at="2025-01-01"),
            make_profile("a", last_active_at="2025-01-01"),
            make_profile("longest", consent_at="2024-01-01"),
            make_profile("confirmed", last_active_at="2024-01-01", consent_at="2026-11-01"),
            make_profile("unknown"),
            make_profile("no", last_active_at="2024-01-01", open_to_chats="no"),
            make_profile("on the day", id="on-the-day", last_active_at="2025-11-24"),
        )

        inactive = engine.inactive(date(2025, 11, 24), 2)

        assert inactive.total == 3
        assert inactive.people == [
            LastSeen("longest", "Person longest", date(2024, 1, 1)),
            LastSeen("a", "Person a", date(2025, 1, 1)),
        ]

    def test_with_nobody_inactive_there_is_nobody(self, engine: Engine) -> None:
        index(engine, make_profile("ann"))

        assert engine.inactive(TODAY, 10) == Inactive(0, [])


class TestWords:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("C++", {"cpp"}),
            ("c++ developer", {"cpp"}),
            ("C#", {"csharp"}),
            (".NET", {"dotnet", "asp"}),
            ("C", {"c"}),
            ("node.js", {"node"}),
            ("Node JS", {"node"}),
            ("zookeepers", {"zoo"}),
            ("CAFÉ", {"cafe"}),
            ("日本語", {"ja"}),
            ('"', set()),
            ("' OR 1=1 --", set()),
            ("titles:zookeeper NEAR(x) *", {"zoo"}),
            ("AND OR NOT", set()),
            ("zoo* ^2 ~ (keeper", set()),
        ],
    )
    def test_words_are_found_as_people_write_them(self, engine: Engine, query: str, expected: set[str]) -> None:
        index(
            engine,
            make_profile("cpp", "C++ programmer"),
            make_profile("csharp", "C# programmer"),
            make_profile("dotnet", ".NET programmer"),
            make_profile("asp", "ASP.NET programmer"),
            make_profile("c", "C programmer"),
            make_profile("node", "Node.js programmer"),
            make_profile("zoo", "Zookeeper"),
            make_profile("cafe", "Cafe owner"),
            make_profile("ja", "教師", bio="日本語 teacher"),
        )

        retrieved = engine.search(replace(ask(query), vector=None))

        assert found(retrieved) == expected


class TestIndex:
    def test_before_the_first_import_there_is_no_index(self, engine: Engine) -> None:
        for use in (lambda: engine.search(ask("nurse")), lambda: engine.get(["ann"]), engine.status):
            with pytest.raises(IndexMissing, match="import profiles"):
                use()
        assert engine.revisions(["ann"]) == {}

    def test_an_empty_index_answers(self, engine: Engine) -> None:
        index(engine)

        assert engine.search(ask("nurse")) == Retrieved([], eligible=0, best_bm25=0.0)
        assert engine.get(["ann"]) == {}
        assert engine.status().people == 0

    def test_another_encoder_is_refused_in_words_and_nothing_is_lost(self, engine: Engine) -> None:
        index(engine, make_profile("ann"))
        other = KeywordEncoder("something", "else")

        with pytest.raises(
            IndexMismatch, match=r"made with the encoder keywords:nurse.*Run scripts/rebuild_index\.py"
        ):
            engine.create(other.fingerprint, other.short_dimensions)
        with pytest.raises(IndexMismatch):
            engine.upsert(make_documents([make_profile("bob")], other, NOW, unread))
        with pytest.raises(IndexMismatch):
            engine.search(replace(ask("nurse"), fingerprint=other.fingerprint))
        assert found(engine.search(ask("nurse"))) == {"ann"}

    def test_another_instance_sees_what_was_written(self, engine: Engine, another: Callable[[], Engine]) -> None:
        second = another()
        index(engine, make_profile("ann"))
        assert found(second.search(ask("nurse"))) == {"ann"}

        index(engine, make_profile("bob"))

        assert found(second.search(ask("nurse"))) == {"ann", "bob"}

    def test_its_label_carries_no_password(self, engine: Engine) -> None:
        assert "@" not in engine.label
