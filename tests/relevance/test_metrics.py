"""Every figure here is worked out by hand; the right answer is rarely first."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.relevance.metrics import average_precision, hit, ndcg, recall, reciprocal_rank

GRADES = st.lists(st.integers(0, 3), max_size=12)


def test_ndcg_of_right_answers_at_ranks_2_and_3() -> None:
    assert ndcg([0, 3, 1], [3, 1], k=10) == pytest.approx((7 / log2(3) + 1 / log2(4)) / (7 + 1 / log2(3)))


def test_ndcg_looks_at_the_first_k_only() -> None:
    assert ndcg([0, 0, 3], [3], k=2) == 0
    assert ndcg([0, 3], [3, 3, 3], k=2) == pytest.approx((7 / log2(3)) / (7 + 7 / log2(3)))


def test_a_query_without_a_right_answer_counts_0_everywhere() -> None:
    assert ndcg([0, 0], [], k=10) == recall([0, 0], [], k=10) == reciprocal_rank([0, 0]) == 0
    assert average_precision([], relevant=0) == 0


def test_reciprocal_rank_waits_for_a_high_enough_grade() -> None:
    assert reciprocal_rank([0, 1, 3]) == 1 / 2
    assert reciprocal_rank([0, 1, 3], least=3) == 1 / 3


def test_recall_counts_what_the_first_k_hold_of_a_grade() -> None:
    assert recall([0, 3, 1, 3], [3, 3, 3, 1], k=3, least=3) == 1 / 3
    assert recall([0, 3, 1, 3], [3, 3, 3, 1], k=3) == 2 / 4


def test_average_precision_of_right_answers_at_ranks_2_and_3() -> None:
    assert average_precision([2, 3], relevant=2) == pytest.approx((1 / 2 + 2 / 3) / 2)


def test_average_precision_pays_for_a_right_answer_that_never_came() -> None:
    assert average_precision([2], relevant=2) == (1 / 2) / 2


@pytest.mark.parametrize(
    ("above", "equal", "k", "chance"), [(0, 1, 1, 1), (1, 1, 1, 0), (0, 3, 1, 1 / 3), (4, 2, 5, 1 / 2)]
)
def test_equal_answers_share_the_chance_to_be_first(above: int, equal: int, k: int, chance: float) -> None:
    assert hit(above, equal, k) == pytest.approx(chance)


@given(GRADES)
def test_the_best_order_has_ndcg_1_and_no_order_has_more(grades: list[int]) -> None:
    best = sorted(grades, reverse=True)

    assert ndcg(grades, grades, k=10) <= ndcg(best, grades, k=10) + 1e-9
    assert ndcg(best, grades, k=10) == pytest.approx(float(any(grades)))
