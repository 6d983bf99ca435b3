"""scripts/relevance/fairness.py: how evenly a first page is shared over a month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.relevance import fairness
from scripts.relevance.fairness import Order, Wish, gini, holders, make_board, simulate
from service.search.rank import Ranked
from tests.candidates import candidate
from tests.relevance.occupations import make_occupation


def people(count: int, company: str = "") -> list[Ranked]:
    return [
        Ranked(candidate(f"p{n:02}", 0.9, companies=[company or f"Company {n}"]), 0, 0.9, {}) for n in range(count)
    ]


@pytest.mark.parametrize(
    ("counts", "expected"), [([5, 5, 5, 5], 0.0), ([0, 0, 0, 8], 0.75), ([0, 0], 0.0), ([1, 3], 0.25), ([], 0.0)]
)
def test_the_gini_coefficient_is_0_for_equal_counts_and_near_1_for_one_who_has_all(
    counts: list[int], expected: float
) -> None:
    assert gini(counts) == pytest.approx(expected)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20), st.integers(2, 9))
def test_it_knows_no_order_and_no_unit(counts: list[int], times: int) -> None:
    assert gini(sorted(counts, reverse=True)) == pytest.approx(gini(counts))
    assert gini([times * count for count in counts]) == pytest.approx(gini(counts))
    assert 0 <= gini(counts) < 1


def test_turns_share_the_page_more_evenly_than_the_plain_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fairness, "SEARCHES", 300)
    everybody = people(20)
    wishes = [Wish(everybody, {one.id: 3 for one in everybody}, frozenset(one.id for one in everybody))]

    plain, turns = (simulate(wishes, order, iter) for order in (Order(0, 0), Order(0.06, 0)))

    # Ten of twenty have all, against what chance leaves of 150 times each.
    assert plain["Gini"] == pytest.approx(0.5)
    assert turns["Gini"] < 0.1
    assert plain["nDCG@10"] == turns["nDCG@10"] == 1.0


def test_it_counts_how_many_of_a_page_are_of_one_company(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fairness, "SEARCHES", 10)
    mixed = [
        *people(20, "The Mill"),
        *(Ranked(candidate(f"o{n}", 0.9, companies=[f"Company {n}"]), 0, 0.9, {}) for n in range(5)),
    ]
    wishes = [Wish(mixed, {}, frozenset())]

    alone, apart = (simulate(wishes, Order(0.06, colleagues), iter) for colleagues in (0, 0.02))

    assert alone["one company, mean"] > apart["one company, mean"]
    assert alone["one company, most"] <= 10


def test_a_board_has_many_who_hold_one_title_and_a_company_each() -> None:
    titles = {"1": ["Vet", "Horse Vet", "Cat Vet", "Fish Vet"], "2": ["Clerk", "Head Clerk", "Night Clerk"]}

    board = make_board([make_occupation("1"), make_occupation("2")], titles, ["1", "2"])

    assert len(board) == 2 * fairness.PEOPLE
    held = holders(board)
    assert "Fish Vet" not in held
    assert all(position.company for person in board for position in person.profile.positions)
    for title, ids in held.items():
        for person in board:
            now = {position.title for position in person.profile.positions if position.current}
            assert (title in now) == (person.profile.id in ids)
