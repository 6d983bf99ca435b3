from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.engines import Candidate, Engine, open_engine
from indexer.profile import Position, Profile
from scripts.relevance.dream_job import (
    TODAY,
    Found,
    by_ranking,
    by_ranks,
    by_title,
    by_words,
    evaluate,
    fill,
    find,
    grades_by_code,
)
from scripts.relevance.people import Person
from scripts.relevance.queries import Kind, Query
from service.search import SearchRequest, Seeker
from tests.candidates import candidate, retrieved
from tests.factories import make_catalogue, make_searcher
from tests.fakes import KeywordEncoder
from tests.relevance.occupations import make_occupation

ENCODER = KeywordEncoder("nurse", "midwife", "vet")
NURSE = make_occupation("29-1141.00", related={"29-1161.00": "Primary-Short", "29-1131.00": "Supplemental"})


def person(id_: str, *careers: tuple[str, str]) -> Person:
    positions = tuple(Position(title=title) for title, _ in careers)
    profile = Profile(id=id_, name=id_, positions=positions, open_to_chats="yes")
    return Person(profile, tuple(code for _, code in careers))


TITLES = make_catalogue(ENCODER, {"Nurse": "29-1141.00", "Vet": "29-1131.00"})
PEOPLE = [
    person("nurse", ("Nurse", "29-1141.00")),
    person("midwife", ("Midwife", "29-1161.00")),
    person("vet", ("Vet", "29-1131.00")),
    person("pilot", ("Pilot", "53-2011.00")),
    person("changed", ("Pilot", "53-2011.00"), ("Midwife", "29-1161.00"), ("Nurse", "29-1141.00")),
]


def asked(*candidates: Candidate) -> Found:
    return Found(Query(Kind.TITLE, "29-1141.00", "nurse"), {}, retrieved([]), retrieved(candidates))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(open_engine(f"sqlite:///{tmp_path}/index.db")) as engine:
        fill(engine, PEOPLE, ENCODER, TITLES)
        yield engine


def test_a_person_is_worth_their_best_position_past_or_not() -> None:
    assert grades_by_code([NURSE], PEOPLE) == {"29-1141.00": {"nurse": 3, "changed": 3, "midwife": 2, "vet": 1}}


def test_the_order_measured_is_the_one_that_seekers_see(engine: Engine) -> None:
    query = "nurse"

    (found,) = find(engine, ENCODER, [Query(Kind.TITLE, "29-1141.00", query)], {})

    seeker = Seeker(token=query)
    seen = make_searcher(engine, lambda: ENCODER).search(SearchRequest(query, seeker=seeker), TODAY)
    assert by_ranking(found) == [result.profile.id for result in seen.results]
    assert len(seen.results) >= 2


def test_metrics_of_right_people_at_ranks_2_and_3() -> None:
    query = Query(Kind.TITLE, "29-1141.00", "nurse")
    found = Found(query, {"nurse": 3, "midwife": 2}, retrieved([]), retrieved([]))

    (score,) = evaluate([found], lambda _: ["pilot", "midwife", "nurse"])

    assert score.values == {"nDCG@10": pytest.approx(0.6064, abs=1e-4), "recall@50": 1.0, "MRR": 1 / 3}
    assert (score.kind, score.group) == ("title", "29")


def test_a_query_for_which_the_engine_finds_nobody_right_counts_0() -> None:
    found = Found(Query(Kind.TITLE, "29-1141.00", "nurse"), {"nurse": 3}, retrieved([]), retrieved([]))

    (score,) = evaluate([found], lambda _: ["pilot"])

    assert set(score.values.values()) == {0.0}


def test_words_alone_find_only_those_who_share_one() -> None:
    found = asked(candidate("a", 0.0, bm25=1), candidate("b", 0.0, bm25=2), candidate("c", 0.9))

    assert by_words(found) == ["b", "a"]
    assert by_title(found) == ["c", "a", "b"]


def test_fusion_adds_up_the_reciprocal_ranks_of_all_three_sides() -> None:
    found = asked(
        candidate("a", 0.1, bm25=9, profile=0.1),  # 1/61 + 1/63 + 1/63
        candidate("b", 0.9, profile=0.2),  # 1/61 + 1/62
        candidate("c", 0.2, bm25=1, profile=0.9),  # 1/62 + 1/62 + 1/61
    )

    assert by_ranks(found) == ["c", "a", "b"]
