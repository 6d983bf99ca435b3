from collections.abc import Sequence

import pytest

from scripts.relevance.scores import QueryScore, differences, figures


def scored(kind: str, values: Sequence[float]) -> list[QueryScore]:
    return [QueryScore(kind, "29", {"MRR": value}) for value in values]


def test_no_kind_counts_more_for_the_number_of_its_queries() -> None:
    scores = scored("title", [1.0, 1.0, 1.0]) + scored("task", [0.0])

    assert figures(scores)["MRR"].mean == 0.5
    assert figures(scores)["MRR"].queries == 4


def test_the_interval_is_the_one_of_the_mean_of_many_coins() -> None:
    figure = figures(scored("title", [0.0, 1.0] * 50))["MRR"]

    # The standard error is .05, so 95 % of means lie within 1.96 * .05 of .5.
    assert figure.low == pytest.approx(0.5 - 0.098, abs=0.015)
    assert figure.high == pytest.approx(0.5 + 0.098, abs=0.015)


def test_the_same_scores_have_the_same_interval_every_time() -> None:
    scores = scored("title", [0.0, 0.3, 1.0, 0.5])

    assert figures(scores) == figures(scores)


def test_a_paired_difference_is_sure_where_two_intervals_overlap() -> None:
    worse = [0.0, 1.0] * 20
    better = [value + 0.1 for value in worse]

    difference = differences(scored("title", better), scored("title", worse))["MRR"]

    assert (difference.mean, difference.low, difference.high) == pytest.approx((0.1, 0.1, 0.1))
    assert figures(scored("title", better))["MRR"].low < figures(scored("title", worse))["MRR"].high


def test_two_systems_are_compared_only_on_the_same_queries() -> None:
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        differences(scored("title", [1.0, 1.0]), scored("title", [1.0]))
