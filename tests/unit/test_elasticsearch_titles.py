"""The documents and queries of Elasticsearch's job-title index, read as data."""

import json
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indexer.engines.elasticsearch.title_documents import (
    beginning,
    documents,
    mapping,
    occupation,
    settings,
    title,
    vector,
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

        assert first | {"vector": ""} == {
            "place": 0,
            "title": "C++ Vet",
            "codes": ["2", "1"],
            "key": title_key("C++ Vet"),
            "words": ["cplusplus", "vet"],
            "vector": "",
        }
        assert second["place"] == 1

    def test_it_says_whose_it_is_and_what_of(self) -> None:
        assert mapping(VETS, "mentors")["_meta"] == {
            "schema_version": 2,
            "titles_of": "mentors",
            "source": "Made-up 1.0",
            "version": "1",
            "fingerprint": ENCODER.fingerprint,
            "titles": 2,
            "occupations": 2,
        }

    @given(arrays.arrays(np.float32, (1, 128), elements=st.floats(-1, 1, width=32)))
    def test_a_title_comes_back_bit_by_bit(self, vectors: np.ndarray) -> None:
        catalogue = make_catalogue(ENCODER, {"Zoë’s «日本»": ["2", "1"]})

        body, *_ = documents(replace(catalogue, vectors=vectors))
        back = json.loads(json.dumps(body))

        np.testing.assert_array_equal(vector(back), vectors[0])
        assert title(back) == catalogue.titles[0]

    @given(arrays.arrays(np.float32, 384, elements=st.floats(-1, 1, width=32)))
    def test_an_occupation_comes_back_bit_by_bit(self, mean: np.ndarray) -> None:
        known = make_occupation(ENCODER, "29-1131.00", "Zoë’s «日本»", related={"1": "Supplemental"})

        (body,) = documents(replace(make_catalogue(ENCODER, {}), occupations=(replace(known, vector=mean),)))
        back = occupation(json.loads(json.dumps(body)))

        np.testing.assert_array_equal(back.vector, mean)
        assert (back.code, back.title, back.job_zone) == (known.code, known.title, None)
        assert (back.related, back.words) == ({"1": "Supplemental"}, {})

    def test_one_answer_has_room_for_all_occupations(self) -> None:
        many = make_catalogue(ENCODER, {f"Job {n}": str(n) for n in range(10_001)})

        assert settings(many)["max_result_window"] == 10_001
        assert settings(VETS)["max_result_window"] == 10_000


class TestQueries:
    def test_each_beginning_is_a_condition_and_the_likeliest_come_first(self) -> None:
        search = beginning(["c", "vet"], 8)

        conditions = [{"prefix": {"words": {"value": word}}} for word in ("c", "vet")]
        assert search["query"] == {"bool": {"filter": conditions}}
        assert (search["sort"], search["size"]) == (["place"], 8)
