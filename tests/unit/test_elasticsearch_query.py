"""Documents and queries as Elasticsearch gets them, read as data."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from indexer.document import Document, make_documents
from indexer.engines import EngineQuery, Filters
from indexer.engines.elasticsearch.mapping import mapping
from indexer.engines.elasticsearch.query import (
    eligibility,
    lexical,
    occupation_counts,
    retrieval,
    signals,
    source,
    title_counts,
)
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)
OPEN = [
    {"term": {"open_to_chats": "yes"}},
    {"term": {"has_room": True}},
    {"bool": {"must_not": {"range": {"paused_until": {"gt": "2026-11-24"}}}}},
]


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
        career = [{"title": "Nurse", "industry": "Health Care", "end": "2019-04"}, {"title": "Vet"}]
        body = source(document(positions=career, paused_until="2026-12-01", country="GB", chat_minutes=[15]))

        properties = mapping("f", 3)["properties"]
        assert set(body) == set(properties)
        assert body["positions"] == [
            {"person": "ann", "ordinal": 0, "title_vector": [0, 1, 0], "occupation": "", "end_year": 2019},
            {"person": "ann", "ordinal": 1, "title_vector": [1, 0, 0], "occupation": "29-1131.00"},
        ]
        assert body["industries"] == ["health care", ""]
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
            occupations=("29-1131.00",),
        )

        assert eligibility(filters, TODAY)[3:] == [
            {"terms": {"chat_minutes": [15, 30]}},
            {"terms": {"languages": ["en"]}},
            {"terms": {"country": ["GB"]}},
            {"terms": {"industries": ["film"]}},
            {"terms": {"occupations": ["29-1131.00"]}},
        ]


class TestRetrieval:
    def test_it_counts_and_then_searches_words_positions_and_profiles(self) -> None:
        counted, words, positions, profiles = retrieval(query())

        assert counted == {"size": 0, "track_total_hits": True, "query": {"bool": {"filter": OPEN}}}
        assert words["query"] == {"bool": {"must": lexical(("vet", "nurse")), "filter": OPEN}}
        for search, field in ((positions, "positions.title_vector"), (profiles, "profile_vector")):
            assert search["knn"] == {
                "field": field,
                "query_vector": [0, 1, 0],
                "k": 7,
                "num_candidates": 7,
                "filter": OPEN,
            }
        assert [search["size"] for search in (words, positions, profiles)] == [7, 7, 7]

    def test_without_a_vector_there_is_no_knn_and_without_words_no_bm25(self) -> None:
        assert ["knn" in search for search in retrieval(query(vector=None))] == [False, False]
        assert ["knn" in search for search in retrieval(query(tokens=()))] == [False, True, True]
        assert len(retrieval(query(tokens=(), vector=None))) == 1

    def test_occupations_are_one_more_side_by_profile_if_there_is_a_vector(self) -> None:
        ours = [*OPEN, {"terms": {"occupations": ["29-1131.00", "29-2056.00"]}}]
        occupations = ("29-1131.00", "29-2056.00")

        *_, nearest = retrieval(query(occupations=occupations))
        *_, any_of_them = retrieval(query(occupations=occupations, vector=None))

        assert nearest["knn"] == {
            "field": "profile_vector",
            "query_vector": [0, 1, 0],
            "k": 7,
            "num_candidates": 7,
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
        searches = signals(query(), ["ann", "bob"])

        only = {"ids": {"values": ["ann", "bob"]}}
        assert [search["size"] for search in searches.values()] == [0, 2, 2]
        assert searches["positions"]["query"] == only
        assert searches["profile"]["query"]["script_score"]["query"] == only
        assert searches["bm25"]["query"] == {"bool": {"filter": only, "must": lexical(("vet", "nurse"))}}

    def test_a_score_by_cosine_is_never_negative(self) -> None:
        scored = signals(query(), ["ann"])["profile"]["query"]["script_score"]

        assert scored["script"] == {
            "source": "cosineSimilarity(params.vector, 'profile_vector') + 1.0",
            "params": {"vector": [0, 1, 0]},
        }

    @pytest.mark.parametrize(("vector", "sent"), [(np.array([0, 1, 0], np.float32), [0, 1, 0]), (None, [])])
    def test_positions_come_as_rows_of_a_script_that_stays_the_same(self, vector: Any, sent: list[int]) -> None:
        def rows(asked: EngineQuery) -> dict[str, Any]:
            aggregation: dict[str, Any] = signals(asked, ["ann"])["positions"]["aggs"]["positions"]
            assert aggregation["nested"] == {"path": "positions"}
            return dict(aggregation["aggs"]["rows"]["scripted_metric"])

        first, second = rows(query(vector=vector)), rows(query(vector=np.array([1, 0, 0], np.float32)))

        # The server compiles a script once for each source: what changes goes into the parameters.
        assert first.pop("params") == {"vector": sent}
        assert second.pop("params") == {"vector": [1, 0, 0]}
        assert first == second

    def test_without_vector_and_words_positions_alone_are_asked_for(self) -> None:
        assert list(signals(query(vector=None, tokens=()), ["ann"])) == ["positions"]


class TestCounts:
    @pytest.mark.parametrize("search", [occupation_counts(TODAY), title_counts({"vet"}, TODAY)])
    def test_only_people_who_can_be_asked_are_counted(self, search: dict[str, Any]) -> None:
        assert search["query"] == {"bool": {"filter": OPEN}}
        assert search["size"] == 0

    def test_titles_are_counted_by_name(self) -> None:
        terms = title_counts({"vet", "pilot"}, TODAY)["aggs"]["people"]["terms"]

        assert terms == {"field": "folded_titles", "include": ["pilot", "vet"], "size": 2}
