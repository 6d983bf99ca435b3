"""service/search/rank.py: one score from raw signals."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.engines import Candidate, Retrieved
from indexer.facts import Years
from service.search.rank import (
    AVAILABILITY,
    FLOOR,
    INACTIVE_AFTER_DAYS,
    OCCUPATION,
    PAST,
    SHARED,
    WEIGHTS,
    availability,
    held_worth,
    rank,
)
from service.search.seeker import Seeker
from service.search.wanted import Wanted
from tests.candidates import (
    CODES,
    MIDWIFE,
    NURSE,
    TODAY,
    VET,
    candidate,
    candidates,
    days,
    of,
    pools,
    retrieved,
)

ANYBODY = Wanted()
wishes = st.builds(Wanted, st.floats(0, 1), st.dictionaries(st.sampled_from(CODES), st.floats(0, 1)))
seekers = st.builds(
    Seeker,
    schools=st.sampled_from([(), ("LEEDS",)]),
    companies=st.sampled_from([(), ("Pixar", "The Mill")]),
    communities=st.sampled_from([(), ("pyladies",)]),
    location=st.sampled_from(["", "Leeds"]),
    languages=st.sampled_from([(), ("cy", "en")]),
)
RELEVANCE = ("title", "occupation", "profile", "lexical")


@given(pools(), wishes, seekers, st.booleans())
def test_the_order_is_by_score_then_by_id(
    pool: Retrieved, wanted: Wanted, seeker: Seeker, words_alone: bool
) -> None:
    ranked = rank(pool, wanted, TODAY, seeker=seeker, words_alone=words_alone)

    assert ranked == sorted(ranked, key=lambda one: (-one.score, one.id))


@given(pools(), wishes, seekers, st.booleans())
def test_a_score_is_the_sum_of_its_signals_between_0_and_1(
    pool: Retrieved, wanted: Wanted, seeker: Seeker, words_alone: bool
) -> None:
    for one in rank(pool, wanted, TODAY, seeker=seeker, words_alone=words_alone):
        assert 0 <= one.score <= 1
        assert all(signal >= 0 for signal in one.signals.values())
        assert sum(one.signals.values()) == pytest.approx(one.score, abs=1e-9)


@given(pools(), wishes, seekers, st.booleans())
def test_shared_ground_and_availability_decide_on_nobody(
    pool: Retrieved, wanted: Wanted, seeker: Seeker, words_alone: bool
) -> None:
    bare = [replace(one, facts=one.facts._replace(room=None, active_on="")) for one in pool.candidates]

    shown = rank(pool, wanted, TODAY, seeker=seeker, words_alone=words_alone)
    plain = rank(replace(pool, candidates=bare), wanted, TODAY, words_alone=words_alone)

    assert {one.id for one in shown} == {one.id for one in plain}
    for one in shown:
        rest = 1 - AVAILABILITY - (SHARED if seeker.tells else 0)
        assert sum(one.signals[name] for name in RELEVANCE) / rest >= FLOOR - 1e-6


@given(pools(), st.booleans(), st.integers(0, 9))
def test_the_order_of_the_candidates_changes_nothing(pool: Retrieved, words_alone: bool, seed: int) -> None:
    shuffled = replace(pool, candidates=Random(seed).sample(pool.candidates, len(pool.candidates)))

    assert rank(shuffled, ANYBODY, TODAY, words_alone=words_alone) == rank(
        pool, ANYBODY, TODAY, words_alone=words_alone
    )


@given(pools(), st.booleans())
def test_who_else_meets_the_filters_changes_no_score(pool: Retrieved, words_alone: bool) -> None:
    together = {one.id: one.score for one in rank(pool, ANYBODY, TODAY, words_alone=words_alone)}

    for alone in pool.candidates:
        (*scores,) = rank(replace(pool, candidates=[alone]), ANYBODY, TODAY, words_alone=words_alone)
        assert [one.score for one in scores] == ([together[alone.id]] if alone.id in together else [])


@given(pools(), st.booleans())
def test_nobody_is_invented_or_shown_twice(pool: Retrieved, words_alone: bool) -> None:
    shown = [one.id for one in rank(pool, ANYBODY, TODAY, words_alone=words_alone)]

    assert len(shown) == len(set(shown))
    assert set(shown) <= {candidate.id for candidate in pool.candidates}


@given(pools())
def test_the_best_position_is_the_one_that_counts_most(pool: Retrieved) -> None:
    for one in rank(pool, ANYBODY, TODAY):
        values = [
            min(1.0, max(0.0, position.similarity)) * held_worth(years, PAST, TODAY.year)
            for position, years in zip(one.candidate.positions, one.candidate.facts.years, strict=True)
        ]
        assert values[one.position] == max(values)


@given(candidates(), st.floats(0.001, 1))
def test_a_nearer_title_never_lowers_a_score(one: Candidate, nearer: float) -> None:
    (first, *others) = one.positions
    assume(first.similarity + nearer <= 1)
    raised = replace(one, positions=(first._replace(similarity=first.similarity + nearer), *others))

    before, after = (rank(retrieved([each]), ANYBODY, TODAY, floor=0)[0].score for each in (one, raised))

    assert after >= before - 1e-9


@given(candidates(), seekers)
def test_who_shares_something_never_comes_after_who_shares_nothing(one: Candidate, seeker: Seeker) -> None:
    assume(seeker.tells)
    nothing = one.facts._replace(schools=[], communities=[], location="", languages=[])
    nothing = nothing._replace(companies=["" for _ in nothing.companies])
    stranger = replace(one, id="stranger", facts=nothing)

    scores = {each.id: each.score for each in rank(retrieved([one, stranger]), ANYBODY, TODAY, seeker=seeker)}

    assert not scores or scores[one.id] >= scores["stranger"]


@given(candidates(), st.integers(0, 10), days)
def test_more_room_and_a_later_day_never_lower_a_score(one: Candidate, more: int, later: str) -> None:
    assume(one.facts.room is not None)
    better = one.facts._replace(
        room=(one.facts.room or 0) + more,
        active_on=max(later, one.facts.active_on) if one.facts.active_on else "",
    )

    assert availability(better, TODAY) >= availability(one.facts, TODAY)


def test_who_is_booked_or_has_not_been_active_for_long_sinks() -> None:
    def active(days_ago: int) -> str:
        return (TODAY - timedelta(days=days_ago)).isoformat()

    people = {
        "fresh": {"active_on": active(3)},
        "nothing known": {},
        "long ago": {"active_on": active(INACTIVE_AFTER_DAYS)},
        "booked": {"active_on": active(0), "room": 0},
    }

    ranked = rank(retrieved([candidate(id_, 0.9, **facts) for id_, facts in people.items()]), ANYBODY, TODAY)

    assert [one.id for one in ranked] == ["fresh", "nothing known", "long ago", "booked"]
    assert ranked[-1].signals["availability"] == 0.0


@given(st.integers(1950, 2026), st.integers(1950, 2026), st.integers(0, 5))
def test_a_position_never_counts_more_the_longer_it_is_past(one: int, other: int, stayed: int) -> None:
    earlier, later = (Years(end - stayed, end) for end in sorted((one, other)))

    assert held_worth(earlier, PAST, TODAY.year) <= held_worth(later, PAST, TODAY.year) <= PAST


@given(st.integers(1980, 2026), st.integers(0, 40), st.integers(0, 40))
def test_a_position_never_counts_less_the_longer_it_was_held(end: int, stayed: int, longer: int) -> None:
    for until in (end, None):
        short, long = (Years(end - stay, until) for stay in (stayed, stayed + longer))
        assert held_worth(long, PAST, 2026) >= held_worth(short, PAST, 2026)


@given(st.none() | st.integers(1950, 2026), st.integers(1950, 2026), st.floats(0, 1))
def test_a_past_position_never_counts_more_than_the_same_one_that_goes_on(
    start: int | None, end: int, past: float
) -> None:
    assert held_worth(Years(start, end), past, 2026) <= held_worth(Years(start, None), past, 2026)


@given(candidates(), seekers, st.sampled_from(["schools", "communities", "languages", "location"]))
def test_more_shared_ground_never_lowers_a_score(one: Candidate, seeker: Seeker, kind: str) -> None:
    told = replace(seeker, schools=(*seeker.schools, "Ridge"), communities=("Ridge",), location="Ridge")
    told = replace(told, languages=(*seeker.languages, "de"))
    held = getattr(one.facts, kind)
    more = "Ridge" if kind == "location" else [*held, "de" if kind == "languages" else "Ridge"]
    sharing = replace(one, facts=one.facts._replace(**{kind: more}))

    before, after = (
        rank(retrieved([each]), ANYBODY, TODAY, seeker=told, floor=0)[0].score for each in (one, sharing)
    )

    assert after >= before - 1e-9


def test_a_position_counts_by_when_and_how_long_it_was_held() -> None:
    counts = {
        Years(None, None): 1.0,
        Years(2020, None): 1.0,
        Years(2026, None): 0.95,
        Years(2025, None): 0.975,
        Years(2010, 2026): 0.9,
        Years(2010, 2016): 0.85,
        Years(1970, 1980): 0.8,
        Years(2016, 2016): 0.85 * 0.95,
    }

    assert {held: held_worth(held, 0.9, 2026) for held in counts} == pytest.approx(counts)


def test_the_weights_sum_to_1() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_cosines_that_float32_rounds_beyond_1_count_as_1() -> None:
    (only,) = rank(retrieved([candidate("ann", 1.0001, bm25=2, profile=1.0001)]), ANYBODY, TODAY)

    shares = {name: weight * (1 - AVAILABILITY) for name, weight in WEIGHTS.items()}
    assert {name: only.signals[name] for name in WEIGHTS} == pytest.approx(shares)


def test_a_score_can_be_worked_out_by_hand() -> None:
    seeker = Seeker(schools=("University of Leeds",))
    ann = candidate("ann", 0.2, 0.9, bm25=3, profile=0.5, schools=["University of Leeds"], room=3)

    (only,) = rank(
        retrieved([ann], above=3),
        ANYBODY,
        TODAY,
        seeker=seeker,
        weights={"title": 0.6, "profile": 0.2, "lexical": 0.2},
    )

    assert only.position == 1
    assert only.signals == pytest.approx(
        {
            "title": 0.7 * 0.6 * 0.9,
            "occupation": 0.0,
            "profile": 0.7 * 0.2 * 0.5,
            "lexical": 0.7 * 0.2 * 0.5,
            "shared": 0.2 * 0.6,
            "availability": 0.1 * (0.7 * 0.5 + 0.3),
        }
    )
    assert only.score == pytest.approx(0.7 * 0.74 + 0.12 + 0.065)


def test_a_past_position_counts_a_little_less_than_a_current_one() -> None:
    past = candidate("a-past", 0.9, years=[Years(None, 2020)])
    current = candidate("z-now", 0.9)

    assert [one.id for one in rank(retrieved([past, current]), ANYBODY, TODAY)] == ["z-now", "a-past"]


def test_of_two_equal_positions_the_first_is_named() -> None:
    assert rank(retrieved([candidate("ann", 0.9, 0.9)]), ANYBODY, TODAY)[0].position == 0


def test_whoever_is_below_the_floor_is_left_out_and_whoever_is_on_it_stays() -> None:
    weights = {"title": 0.5, "profile": 0.25, "lexical": 0.25}
    pool = retrieved([candidate("on", 0.75), candidate("below", 0.749)])

    assert [one.id for one in rank(pool, ANYBODY, TODAY, weights=weights, floor=0.375)] == ["on"]


def test_without_vectors_words_alone_decide() -> None:
    pool = [candidate("few", 0.0, bm25=2), candidate("many", 0.0, bm25=4), candidate("none", 0.0)]

    ranked = rank(retrieved(pool), ANYBODY, TODAY, words_alone=True)

    assert [one.id for one in ranked] == ["many", "few"]
    of_words = [{name: one.signals[name] for name in RELEVANCE} for one in ranked]
    nothing = {"title": 0.0, "occupation": 0.0, "profile": 0.0}
    assert of_words == [nothing | {"lexical": 0.9}, nothing | {"lexical": 0.45}]


def test_the_occupation_that_is_meant_comes_before_a_related_one_and_that_before_a_stranger() -> None:
    meant = Wanted(0.9, {NURSE: 1.0, MIDWIFE: 0.5})
    pool = retrieved([of("c-nurse", NURSE), of("b-midwife", MIDWIFE), of("a-vet", VET)])

    ranked = rank(pool, meant, TODAY, floor=0)

    assert [one.id for one in ranked] == ["c-nurse", "b-midwife", "a-vet"]
    assert ranked[0].signals["occupation"] == pytest.approx((1 - AVAILABILITY) * OCCUPATION * 0.9)


@given(pools(), st.sampled_from([0.0, 0.3, 1.0]))
def test_an_occupation_counts_as_much_as_the_reading_is_sure(pool: Retrieved, certainty: float) -> None:
    for one in rank(pool, Wanted(certainty, {NURSE: 1.0}), TODAY, floor=0):
        assert one.signals["occupation"] <= OCCUPATION * certainty + 1e-9


def test_a_job_that_the_seeker_dropped_counts_for_nothing() -> None:
    meant = Wanted(1.0, {VET: 1.0}, dropped=frozenset({NURSE}))

    (vet, nurse) = rank(retrieved([of("nurse", NURSE, 1.0), of("vet", VET, 0.4)]), meant, TODAY, floor=0)

    assert (vet.id, nurse.id) == ("vet", "nurse")
    assert nurse.signals["title"] == nurse.signals["occupation"] == 0.0


def test_somebody_whose_positions_were_rewritten_a_moment_ago_is_ranked_by_those_that_are_known() -> None:
    (only,) = rank(retrieved([candidate("ann", 0.2, 0.9, years=[Years(None, None)])]), ANYBODY, TODAY, floor=0)

    assert only.position == 0


def test_nobody_to_rank_is_fine() -> None:
    nobody = retrieved([])
    assert rank(nobody, ANYBODY, TODAY) == rank(nobody, ANYBODY, TODAY, words_alone=True) == []
