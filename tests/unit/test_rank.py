"""service/search/rank.py: one score and one order from raw signals."""

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.engines import Candidate, PositionSignal
from service.search.rank import FLOOR, OCCUPATION, PAST, WEIGHTS, rank
from service.search.wanted import Wanted

CODES = (NURSE, MIDWIFE, VET) = "29-1141.00", "29-1161.00", "29-1131.00"
# float32 rounding takes the cosine of two unit vectors a little beyond 1.
cosines = st.floats(-1.0001, 1.0001)
positions = st.builds(
    lambda similarity, end_year, code: PositionSignal(similarity, end_year is None, end_year, code),
    cosines,
    st.none() | st.integers(1900, 2100),
    st.sampled_from(["", *CODES]),
)
candidates = st.builds(
    Candidate,
    id=st.text("abc", min_size=1, max_size=4),
    bm25=st.floats(0, 50),
    positions=st.lists(positions, min_size=1, max_size=4).map(tuple),
    profile_similarity=cosines,
)
wishes = st.builds(Wanted, st.floats(0, 1), st.dictionaries(st.sampled_from(CODES), st.floats(0, 1)))
pools = st.lists(candidates, max_size=12, unique_by=lambda candidate: candidate.id)


def person(id_: str, *similarities: float, bm25: float = 0.0, profile: float = 0.0) -> Candidate:
    held = tuple(PositionSignal(similarity, current=True, end_year=None) for similarity in similarities)
    return Candidate(id_, bm25, held, profile)


@given(pools, wishes, st.booleans())
def test_the_order_is_by_score_then_by_id(pool: list[Candidate], wanted: Wanted, words_alone: bool) -> None:
    ranked = rank(pool, wanted, words_alone=words_alone)

    assert ranked == sorted(ranked, key=lambda one: (-one.score, one.id))


@given(pools, wishes, st.booleans())
def test_scores_are_the_sum_of_their_signals_between_the_floor_and_1(
    pool: list[Candidate], wanted: Wanted, words_alone: bool
) -> None:
    for one in rank(pool, wanted, words_alone=words_alone):
        assert FLOOR <= one.score <= 1
        assert all(signal >= 0 for signal in one.signals.values())
        assert sum(one.signals.values()) == pytest.approx(one.score, abs=1e-9)


@given(pools, st.booleans(), st.integers(0, 9))
def test_the_order_of_the_candidates_changes_nothing(pool: list[Candidate], words_alone: bool, seed: int) -> None:
    shuffled = Random(seed).sample(pool, len(pool))

    assert rank(shuffled, words_alone=words_alone) == rank(pool, words_alone=words_alone)


@given(pools, st.booleans())
def test_nobody_is_invented_or_shown_twice(pool: list[Candidate], words_alone: bool) -> None:
    shown = [one.id for one in rank(pool, words_alone=words_alone)]

    assert len(shown) == len(set(shown))
    assert set(shown) <= {candidate.id for candidate in pool}


@given(pools)
def test_the_best_position_is_the_one_that_counts_most(pool: list[Candidate]) -> None:
    held = {candidate.id: candidate.positions for candidate in pool}
    for one in rank(pool):
        values = [min(1.0, max(0.0, p.similarity)) * (1.0 if p.current else PAST) for p in held[one.id]]
        assert values[one.position] == max(values)


@given(candidates, st.floats(0.001, 1))
def test_a_nearer_title_never_lowers_a_score(candidate: Candidate, nearer: float) -> None:
    (first, *others) = candidate.positions
    assume(first.similarity + nearer <= 1)
    raised = first._replace(similarity=first.similarity + nearer)

    before = rank([candidate])
    after = rank([Candidate(candidate.id, candidate.bm25, (raised, *others), candidate.profile_similarity)])

    assert [one.score for one in after] >= [one.score for one in before]


def test_the_weights_sum_to_1() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_cosines_that_float32_rounds_beyond_1_count_as_1() -> None:
    (only,) = rank([person("ann", 1.0001, bm25=2, profile=1.0001)])

    assert only.score == pytest.approx(sum(only.signals.values()), abs=1e-9)
    assert only.signals == pytest.approx({**WEIGHTS, "occupation": 0.0})


def test_a_score_can_be_worked_out_by_hand() -> None:
    pool = [person("ann", 0.2, 0.9, bm25=3, profile=0.5), person("bob", 0.8, bm25=6, profile=0.1)]

    ranked = rank(pool, weights={"title": 0.6, "profile": 0.2, "lexical": 0.2})

    assert [(one.id, one.position) for one in ranked] == [("ann", 1), ("bob", 0)]
    assert ranked[0].signals == pytest.approx({"title": 0.54, "occupation": 0.0, "profile": 0.1, "lexical": 0.1})
    assert [one.score for one in ranked] == pytest.approx([0.74, 0.7])


def test_a_past_position_counts_a_little_less_than_a_current_one() -> None:
    def held(id_: str, end_year: int | None) -> Candidate:
        return Candidate(id_, 1.0, (PositionSignal(0.9, end_year is None, end_year),), 0.5)

    past, current = held("a-past", 2020), held("z-now", None)

    assert [one.id for one in rank([past, current])] == ["z-now", "a-past"]


def test_of_two_equal_positions_the_first_is_named() -> None:
    assert rank([person("ann", 0.9, 0.9)])[0].position == 0


def test_whoever_is_below_the_floor_is_left_out_and_whoever_is_on_it_stays() -> None:
    weights = {"title": 0.5, "profile": 0.25, "lexical": 0.25}

    ranked = rank([person("on", 0.75), person("below", 0.749)], weights=weights, floor=0.375)

    assert [one.id for one in ranked] == ["on"]


def test_without_vectors_words_alone_decide() -> None:
    pool = [person("few", 0.0, bm25=2), person("many", 0.0, bm25=4), person("none", 0.0)]

    ranked = rank(pool, words_alone=True)

    assert [(one.id, one.score) for one in ranked] == [("many", 1.0), ("few", 0.5)]
    assert ranked[1].signals == {"title": 0.0, "occupation": 0.0, "profile": 0.0, "lexical": 0.5}


def of(id_: str, code: str, similarity: float = 0.5) -> Candidate:
    return Candidate(id_, 0.0, (PositionSignal(similarity, True, None, code),), similarity)


def test_the_occupation_that_is_meant_comes_before_a_related_one_and_that_before_a_stranger() -> None:
    meant = Wanted(0.9, {NURSE: 1.0, MIDWIFE: 0.5})

    ranked = rank([of("c-nurse", NURSE), of("b-midwife", MIDWIFE), of("a-vet", VET)], meant, floor=0)

    assert [one.id for one in ranked] == ["c-nurse", "b-midwife", "a-vet"]
    assert ranked[0].signals["occupation"] == pytest.approx(OCCUPATION * 0.9)


@given(pools, st.sampled_from([0.0, 0.3, 1.0]))
def test_an_occupation_counts_as_much_as_the_reading_is_sure(pool: list[Candidate], certainty: float) -> None:
    for one in rank(pool, Wanted(certainty, {NURSE: 1.0}), floor=0):
        assert one.signals["occupation"] <= OCCUPATION * certainty + 1e-9


def test_a_job_that_the_seeker_dropped_counts_for_nothing() -> None:
    meant = Wanted(1.0, {VET: 1.0}, dropped=frozenset({NURSE}))

    (vet, nurse) = rank([of("nurse", NURSE, 1.0), of("vet", VET, 0.4)], meant, floor=0)

    assert (vet.id, nurse.id) == ("vet", "nurse")
    assert nurse.signals["title"] == nurse.signals["occupation"] == 0.0


def test_nobody_to_rank_is_fine() -> None:
    assert rank([]) == rank([], words_alone=True) == []
