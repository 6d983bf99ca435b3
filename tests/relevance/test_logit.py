import numpy as np
import pytest

from scripts.relevance.logit import Choice, fit


def choice(*rows: tuple[float, ...], chosen: int, weight: float = 1.0) -> Choice:
    picked = np.zeros(len(rows), np.float32)
    picked[chosen] = 1
    return Choice(np.array(rows, np.float32), picked, weight)


def chances(rows: list[list[float]], weights: np.ndarray) -> np.ndarray:
    utilities = np.exp(np.array(rows) @ weights)
    return utilities / utilities.sum()


def test_weights_give_the_shares_that_were_chosen() -> None:
    """Of two alternatives the one with the sign was chosen three times in four: log(3) is its utility."""
    choices = [choice((1.0,), (0.0,), chosen=place) for place in (0, 0, 0, 1)]

    weights = fit(choices, penalty=0.0)

    assert weights == pytest.approx([np.log(3)], abs=1e-4)


def test_a_choice_counts_by_its_weight() -> None:
    choices = [choice((1.0,), (0.0,), chosen=0, weight=3), choice((1.0,), (0.0,), chosen=1)]

    assert chances([[1.0], [0.0]], fit(choices, penalty=0.0)) == pytest.approx([0.75, 0.25], abs=1e-4)


def test_a_penalty_keeps_what_separates_finite_and_a_column_that_never_varies_gets_nothing() -> None:
    choices = [choice((1.0, 5.0), (0.0, 5.0), chosen=0)] * 10

    weights = fit(choices, penalty=0.01)

    assert 0 < weights[0] < 20
    assert weights[1] == 0
