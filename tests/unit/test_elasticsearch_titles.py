"""The documents and queries of Elasticsearch's job-title index, read as data."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indexer.engines import TitleQuery
from indexer.engines.elasticsearch.title_documents import (
    beginning,
    documents,
    mapping,
    nearest,
    occupation,
    placed_match,
    settings,
    with_key,
)
from indexer.titles.keys import title_key
from tests.factories import make_catalogue, make_occupation
from tests.fakes import KeywordEncoder

ENCODER = KeywordEncoder("vet", dimensions=3)
VETS = make_catalogue(ENCODER, {"C++ Vet": ["2", "1"], "Clerk": "1"}, job_zone=4, words={"vet": 2})


class TestDocuments:
    def test_every_field_is_in_the_mapping(self) -> None:
        properties = mapping(VETS, "mentors")["properties"]

        assert set().union(*documents(VETS)) == set(properties)

    def test_a_title_has_its_place_its_key_and_its_words(self) -> None:
        first, second, *_ = documents(VETS)

        assert first == {
            "place": 0,
            "title": "C++ Vet",
            "codes": ["2", "1"],
            "key": title_key("C++ Vet"),
            "words": ["cplusplus", "vet"],
            "vector": [0, 1, 0],
        }
        assert second["place"] == 1

    def test_it_says_whose_it_is_and_what_of(self) -> None:
        assert mapping(VETS, "mentors")["_meta"] == {
            "schema_version": 1,
            "titles_of": "mentors",
            "source": "Made-up 1.0",
            "version": "1",
            "fingerprint": ENCODER.fingerprint,
            "titles": 2,
            "occupations": 2,
        }

    @given(arrays.arrays(np.float32, 384, elements=st.floats(-1, 1, width=32)))
    def test_an_occupation_comes_back_bit_by_bit(self, vector: np.ndarray) -> None:
        known = make_occupation(ENCODER, "29-1131.00", "Zoë’s «日本»", related={"1": "Supplemental"})

        (body,) = documents(replace(make_catalogue(ENCODER, {}), occupations=(replace(known, vector=vector),)))
        back = occupation(json.loads(json.dumps(body)))

        np.testing.assert_array_equal(back.vector, vector)
        assert (back.code, back.title, back.job_zone) == (known.code, known.title, None)
        assert (back.related, back.words) == ({"1": "Supplemental"}, {})

    def test_one_answer_has_room_for_all_occupations(self) -> None:
        many = make_catalogue(ENCODER, {f"Job {n}": str(n) for n in range(10_001)})

        assert settings(many)["max_result_window"] == 10_001
        assert settings(VETS)["max_result_window"] == 10_000


class TestQueries:
    @pytest.mark.parametrize("search", [with_key, lambda query: nearest(query, 7)])
    def test_both_look_ups_score_by_the_same_field(self, search: Callable[[TitleQuery], dict[str, Any]]) -> None:
        query = TitleQuery(("vet",), np.array([0, 1, 0], np.float32))

        knn = search(query)["knn"]

        assert (knn["field"], knn["query_vector"]) == ("vector", [0, 1, 0])
        assert knn["k"] == knn["num_candidates"]

    def test_a_key_is_a_filter_and_without_a_vector_the_whole_query(self) -> None:
        keys = {"terms": {"key": ["nurse", "vet"]}}

        assert with_key(TitleQuery(("nurse", "vet"), np.ones(3, np.float32)))["knn"]["filter"] == keys
        assert with_key(TitleQuery(("nurse", "vet"), None))["query"] == {"bool": {"filter": keys}}

    def test_each_beginning_is_a_condition_and_the_likeliest_come_first(self) -> None:
        search = beginning(["c", "vet"], 8)

        conditions = [{"prefix": {"words": {"value": word}}} for word in ("c", "vet")]
        assert search["query"] == {"bool": {"filter": conditions}}
        assert (search["sort"], search["size"]) == (["place"], 8)

    def test_a_score_of_knn_is_read_as_a_cosine(self) -> None:
        hit = {"_score": 0.75, "_source": {"title": "Vets", "codes": ["1"], "place": 3}}

        place, match = placed_match(hit, TitleQuery(("vet",), np.ones(3, np.float32)))

        assert (place, match.has_key, match.similarity) == (3, True, 0.5)
