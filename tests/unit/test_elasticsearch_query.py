"""Documents and queries as Elasticsearch gets them, read as data."""

import json
from base64 import b64decode
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from indexer.document import Document, make_documents
from indexer.engines import EngineQuery, Filters, Ground
from indexer.engines.elasticsearch.mapping import mapping
from indexer.engines.elasticsearch.query import (
    eligibility,
    group_counts,
    lexical,
    occupation_counts,
    retrieval,
    signals,
    source,
    title_counts,
)
from indexer.facts import Years, from_texts
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PAUSED = {"range": {"paused_until": {"gt": "2026-11-24"}}}
SAID_YES, HAS_ROOM = {"term": {"open_to_chats": "yes"}}, {"term": {"has_room": True}}
OPEN = [{"bool": {"filter": [SAID_YES, HAS_ROOM], "must_not": [PAUSED]}}]


def document(**changes: Any) -> Document:
    encoder = KeywordEncoder("nurse", dimensions=3)
    (made,) = make_documents([make_profile("ann", **changes)], encoder, NOW, read)
    return made


def read(titles: Sequence[str]) -> list[str]:
    return ["29-1131.00" if "Vet" in title else "" for title in titles]


def query(**changes: Any) -> EngineQuery:
    values: dict[str, Any] = {
        "tokens": ("vet", "nurse"),
        "vector": np.array([0, 1, 0], np.float32),
        "fingerprint": "f",
        "today": TODAY,
        "pool": 7,
    }
    return EngineQuery(**(values | changes))


class TestSource:
    def test_every_field_of_a_document_is_in_the_mapping(self) -> None:
        career = [
            {"title": "Nurse", "industry": "Health Care", "end": "2019-04"},
            {"title": "Vet", "company": "The Walt Disney Co."},
        ]
        body = source(
            document(positions=career, paused_until="2026-12-01", last_active_at="2026-11-01", chat_minutes=[15])
        )

        properties = mapping("f", 3)["properties"]
        assert set(body) == set(properties)
        assert body["positions"] == [
            {"person": "ann", "ordinal": 0, "title_vector": [0, 1, 0], "occupation": ""},
            {"person": "ann", "ordinal": 1, "title_vector": [1, 0, 0], "occupation": "29-1131.00"},
        ]
        assert body["industries"] == ["health care"]
        assert body["companies"] == ["walt disney"]
        (facts,) = from_texts([b64decode(body["facts"]).decode()])
        assert facts.years == [Years(None, 2019), Years(None, None)]
        assert body["paused_until"] == "2026-12-01"

    def test_a_person_bears_each_title_and_code_once_and_no_code_is_none(self) -> None:
        career = [{"title": title} for title in ("Vet", "Clerk", "VET", "Head Vet")]

        body = source(document(positions=career))

        assert body["folded_titles"] == ["vet", "clerk", "head vet"]
        assert body["occupations"] == ["29-1131.00"]

    @pytest.mark.parametrize("said", ["no", "not_said"])
    def test_who_did_not_say_yes_has_no_words_in_the_index(self, said: str) -> None:
        assert {"titles", "about"} <= set(source(document()))
        assert not {"titles", "about"} & set(source(document(open_to_chats=said)))

    def test_the_contact_is_in_its_own_field_which_is_not_indexed(self) -> None:
        body = source(document(contact={"email": "secret@example.org"}))

        assert body.pop("contact") == {"email": "secret@example.org"}
        assert "secret" not in json.dumps(body)
        assert mapping("f", 3)["properties"]["contact"] == {"type": "object", "enabled": False}


class TestEligibility:
    def test_a_person_said_yes_has_room_and_is_not_paused(self) -> None:
        assert eligibility(Filters(), TODAY) == OPEN

    def test_every_filter_is_one_more_condition(self) -> None:
        filters = Filters(
            chat_minutes=(15, 30),
            languages=("en",),
            countries=("GB",),
            industries=("Film",),
            companies=("Pixar Inc.",),
            schools=("Leeds",),
            occupations=("29-1131.00",),
        )

        assert eligibility(filters, TODAY)[1:] == [
            {"terms": {"chat_minutes": [15, 30]}},
            {"terms": {"languages": ["en"]}},
            {"terms": {"country": ["GB"]}},
            {"terms": {"industries": ["film"]}},
            {"terms": {"companies": ["pixar"]}},
            {"terms": {"schools": ["leeds"]}},
            {"terms": {"occupations": ["29-1131.00"]}},
        ]

    def test_who_is_booked_is_left_out_unless_asked_for(self) -> None:
        assert eligibility(Filters(booked=True), TODAY) == [{"bool": {"filter": [SAID_YES], "must_not": [PAUSED]}}]


class TestRetrieval:
    def test_it_counts_and_then_searches_words_positions_and_profiles(self) -> None:
        searches = retrieval(query())

        assert list(searches) == ["eligible", "words", "positions", "profiles"]
        counted, words, positions, profiles = searches.values()

        assert counted == {"size": 0, "track_total_hits": True, "query": {"bool": {"filter": OPEN}}}
        assert words["query"] == {"bool": {"must": lexical(("vet", "nurse")), "filter": OPEN}}
        for search, field in ((positions, "positions.title_vector"), (profiles, "profile_vector")):
            assert search["knn"] == {
                "field": field,
                "query_vector": [0, 1, 0],
                "k": 7,
                "num_candidates": 21,
                "filter": OPEN,
            }
        assert [search["size"] for search in (words, positions, profiles)] == [7, 7, 7]

    def test_without_a_vector_there_is_no_knn_and_without_words_no_bm25(self) -> None:
        assert list(retrieval(query(vector=None))) == ["eligible", "words"]
        assert list(retrieval(query(tokens=()))) == ["eligible", "positions", "profiles"]
        assert list(retrieval(query(tokens=(), vector=None))) == ["eligible"]

    def test_the_best_bm25_is_that_of_all_who_can_be_asked_whatever_the_filters(self) -> None:
        filters = Filters(languages=("cy",), occupations=("29-1131.00",))

        best = retrieval(query(filters=filters))["best"]

        assert best["query"] == {"bool": {"must": lexical(("vet", "nurse")), "filter": OPEN}}
        assert best["size"] == 1
        # Without filters it is the best of those who are found by words.
        assert "best" not in retrieval(query(filters=Filters(booked=True)))
        assert "best" not in retrieval(query(tokens=(), filters=filters))

    def test_shared_ground_is_one_more_side(self) -> None:
        nearest = retrieval(query(ground=Ground(schools=("Leeds",), communities=("The PyLadies",))))["ground"]

        assert nearest["knn"]["filter"][:-1] == OPEN
        assert nearest["knn"]["filter"][-1]["bool"]["should"] == [
            {"terms": {"schools": ["leeds"]}},
            {"terms": {"companies": []}},
            {"terms": {"communities": ["pyladies"]}},
        ]

    def test_profiles_are_those_of_the_occupations_where_some_were_read(self) -> None:
        ours = [*OPEN, {"terms": {"occupations": ["29-1131.00", "29-2056.00"]}}]
        occupations = ("29-1131.00", "29-2056.00")

        nearest = retrieval(query(occupations=occupations))["profiles"]
        any_of_them = retrieval(query(occupations=occupations, vector=None))["profiles"]

        assert nearest["knn"] == {
            "field": "profile_vector",
            "query_vector": [0, 1, 0],
            "k": 7,
            "num_candidates": 21,
            "filter": ours,
        }
        assert any_of_them["query"] == {"bool": {"filter": ours}}
        assert (nearest["size"], any_of_them["size"]) == (7, 7)

    def test_words_match_in_any_field_and_a_title_weighs_three_times(self) -> None:
        assert lexical(("vet", "nurse")) == {
            "combined_fields": {"query": "vet nurse", "fields": ["titles^3.0", "about"], "operator": "or"}
        }


class TestSignals:
    def test_each_asks_for_exactly_these_people(self) -> None:
        people, positions = signals(query(), ["ann", "bob"])

        only = {"ids": {"values": ["ann", "bob"]}}
        assert (people["size"], positions["size"]) == (2, 0)
        assert positions["query"] == only
        # Who has none of the words is found too, with a score of 0.
        assert people["query"] == {"bool": {"filter": only, "should": [lexical(("vet", "nurse"))]}}
        assert people["docvalue_fields"] == ["id", "facts"]

    @pytest.mark.parametrize(("vector", "sent"), [(np.array([0, 1, 0], np.float32), [0, 1, 0]), (None, [])])
    def test_positions_come_as_rows_of_a_script_that_stays_the_same(self, vector: Any, sent: list[int]) -> None:
        def rows(asked: EngineQuery) -> dict[str, Any]:
            aggregation: dict[str, Any] = signals(asked, ["ann"])[1]["aggs"]["positions"]
            assert aggregation["nested"] == {"path": "positions"}
            return dict(aggregation["aggs"]["rows"]["scripted_metric"])

        first, second = rows(query(vector=vector)), rows(query(vector=np.array([1, 0, 0], np.float32)))

        # The server compiles a script once for each source: what changes goes into the parameters.
        assert first.pop("params") == {"vector": sent}
        assert second.pop("params") == {"vector": [1, 0, 0]}
        assert first == second

    def test_without_vector_there_is_no_cosine_of_profiles_and_without_words_no_bm25(self) -> None:
        people, rows = signals(query(vector=None, tokens=()), ["ann"])

        assert list(rows["aggs"]) == ["positions"]
        assert list(signals(query(), ["ann"])[1]["aggs"]) == ["positions", "profiles"]
        assert people["query"]["bool"]["should"] == []

    def test_nothing_is_read_of_the_stored_source(self) -> None:
        searches = [*retrieval(query()).values(), *signals(query(), ["ann"])]

        assert all(search.get("stored_fields") == "_none_" for search in searches if search["size"])


class TestCounts:
    @pytest.mark.parametrize(
        "search", [occupation_counts(TODAY), title_counts({"vet"}, TODAY), group_counts({"care": ["VET"]}, TODAY)]
    )
    def test_only_people_who_can_be_asked_are_counted(self, search: dict[str, Any]) -> None:
        assert search["query"] == {"bool": {"filter": OPEN}}
        assert search["size"] == 0

    def test_titles_are_counted_by_name(self) -> None:
        terms = title_counts({"vet", "pilot"}, TODAY)["aggs"]["people"]["terms"]

        assert terms == {"field": "folded_titles", "include": ["pilot", "vet"], "size": 2}
