"""service/search/order.py: near-equal people take turns, companies are mixed, and seekers choose another order."""

from collections import Counter
from datetime import date, timedelta
from statistics import mean

from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import Retrieved
from indexer.text import name_key
from service.search.order import MOST_COLLEAGUES, NEAR, SAME_COMPANY, Sort, by_relevance, ordered
from service.search.rank import Ranked, rank
from service.search.wanted import Wanted
from tests.candidates import TODAY, candidate, pools

tokens = st.sampled_from(["", "a", "b"])


def person(id_: str, score: float, company: str = "") -> Ranked:
    return Ranked(candidate(id_, score, companies=[company]), 0, score, {})


def ids(people: list[Ranked]) -> list[str]:
    return [one.id for one in people]


def ranked(pool: Retrieved) -> list[Ranked]:
    return rank(pool, Wanted(), TODAY, floor=0)


@given(pools(), tokens, st.sampled_from(Sort))
def test_everybody_is_listed_once(pool: Retrieved, token: str, sort: Sort) -> None:
    assert sorted(ids(ordered(ranked(pool), sort, TODAY, token))) == sorted(one.id for one in pool.candidates)


@given(pools(), tokens, st.randoms(use_true_random=False))
def test_the_list_is_the_same_for_one_seeker_and_day(pool: Retrieved, token: str, random: object) -> None:
    people = ranked(pool)
    shuffled = random.sample(people, len(people))  # type: ignore[attr-defined]

    assert ids(by_relevance(shuffled, TODAY, token)) == ids(by_relevance(people, TODAY, token))


@given(pools(), tokens)
def test_nobody_is_overtaken_by_somebody_who_is_clearly_worse(pool: Retrieved, token: str) -> None:
    people = by_relevance(ranked(pool), TODAY, token)

    for place, one in enumerate(people):
        for later in people[place + 1 :]:
            assert later.score - one.score <= NEAR * later.score + SAME_COMPANY * MOST_COLLEAGUES + 1e-9


@given(pools(), tokens)
def test_companies_are_mixed_as_if_the_best_were_picked_one_by_one(pool: Retrieved, token: str) -> None:
    people = ranked(pool)
    companies = {
        one.id: name_key(one.candidate.facts.companies[one.position]) or f"nobody but {one.id}" for one in people
    }
    # Without mixing, in the order of luck alone.
    luck = {one.id: -place for place, one in enumerate(by_relevance(people, TODAY, token, colleagues=0))}

    before: Counter[str] = Counter()
    for one in by_relevance(people, TODAY, token):
        colleagues = [other for other in companies if companies[other] == companies[one.id]]
        assert one.id == sorted(colleagues, key=lambda id_: -luck[id_])[before[companies[one.id]]]
        before[companies[one.id]] += 1


# Multiples of a thousandth, so that rounding makes no ties of its own.
staff = st.lists(
    st.tuples(st.integers(400, 1000), st.sampled_from(["", "Pixar", "The Mill", "Mill Ltd"])), max_size=12
)


@given(staff)
def test_without_turns_each_place_is_for_the_best_who_is_left(people: list[tuple[int, str]]) -> None:
    left = [person(f"p{n:02}", score / 1000, company) for n, (score, company) in enumerate(people)]
    listed = by_relevance(left, TODAY, "", near=0)

    before: Counter[str] = Counter()
    picked = []
    while left:
        best = min(left, key=lambda one: (round(_yielded(before[_firm(one)]) - one.score, 9), one.id))
        left.remove(best)
        picked.append(best.id)
        before[_firm(best)] += 1

    assert ids(listed) == picked


def _yielded(colleagues: int) -> float:
    return SAME_COMPANY * min(colleagues, MOST_COLLEAGUES)


def _firm(one: Ranked) -> str:
    return name_key(one.candidate.facts.companies[0]) or one.id


def test_of_ten_of_one_company_and_ten_others_the_first_page_has_more_of_the_others() -> None:
    equals = [
        *(person(f"mill{n}", 0.9, "The Mill") for n in range(10)),
        *(person(f"other{n}", 0.9, f"Company {n}") for n in range(10)),
    ]

    pages = [ids(by_relevance(equals, TODAY, f"{seeker}"))[:10] for seeker in range(100)]

    colleagues = [sum(id_.startswith("mill") for id_ in page) for page in pages]
    assert max(colleagues) < 7
    assert 1 <= mean(colleagues) < 4


def test_without_turns_the_order_is_by_score_and_by_id_among_equals() -> None:
    people = [person("c", 0.5), person("b", 0.9), person("a", 0.5)]

    assert ids(by_relevance(people, TODAY, "", near=0, colleagues=0)) == ["b", "a", "c"]


def test_equal_people_take_turns_from_day_to_day_and_from_seeker_to_seeker() -> None:
    people = [person(f"p{n:02}", 0.9) for n in range(20)]

    def first(day: date, token: str) -> str:
        return by_relevance(people, day, token)[0].id

    assert len({first(TODAY + timedelta(days=n), "one") for n in range(40)}) > 10
    assert len({first(TODAY, f"seeker {n}") for n in range(40)}) > 10


def test_who_is_clearly_better_stays_first() -> None:
    people = [person("best", 0.9), *(person(f"p{n}", 0.8) for n in range(10))]

    assert {by_relevance(people, TODAY, f"seeker {n}")[0].id for n in range(50)} == {"best"}


def test_the_first_page_is_not_of_one_company_where_equally_good_others_exist() -> None:
    many = [person(f"many{n:02}", 0.9, "Harbour Films") for n in range(30)]
    others = [person(f"other{n}", 0.9, f"Company {n}") for n in range(5)]

    for seeker in range(20):
        page = ids(by_relevance([*many, *others], TODAY, f"{seeker}"))[:10]
        mixed = sum(id_.startswith("other") for id_ in page)
        alone = ids(by_relevance([*many, *others], TODAY, f"{seeker}", colleagues=0))[:10]
        assert mixed >= sum(id_.startswith("other") for id_ in alone)
        assert mixed >= 2


def test_by_activity_the_recent_come_first_and_the_unknown_last() -> None:
    days = {"old": "2020-01-01", "new": "2026-11-01", "unknown": ""}
    people = [Ranked(candidate(id_, 0.5, active_on=day), 0, 0.5, {}) for id_, day in days.items()]

    assert ids(ordered(people, Sort.ACTIVE, TODAY, "")) == ["new", "old", "unknown"]


def test_by_room_those_without_a_limit_come_first() -> None:
    rooms = {"little": 1, "much": 9, "without": None, "none": 0}
    people = [Ranked(candidate(id_, 0.5, room=room), 0, 0.5, {}) for id_, room in rooms.items()]

    assert ids(ordered(people, Sort.ROOM, TODAY, "")) == ["without", "much", "little", "none"]
