"""A multinomial logit with soft labels, fitted by Newton's method. Deterministic, and plain NumPy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MOST_STEPS = 40
# A step that gains less likelihood a choice than this ends the search.
_ENOUGH = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One choice among `design`'s rows (alternatives, columns); `chosen` (alternatives,) sums to 1."""

    design: NDArray[np.float32]
    chosen: NDArray[np.float32]
    weight: float


def fit(choices: Sequence[Choice], penalty: float) -> NDArray[np.float64]:
    """Return the weights of the columns that make `choices` likeliest, less `penalty` / 2 times their squared sum.

    The likelihood is a mean over the choices' weights. Columns are scaled to unit variance first, so that the
    penalty means the same for each; one that never varies gets the weight 0.
    """
    scale = np.sqrt(np.mean([choice.design.var(axis=0, dtype=np.float64) for choice in choices], axis=0))
    varied = scale > 0
    columns = np.where(varied, scale, 1.0)
    total = sum(choice.weight for choice in choices)
    weights = np.zeros(len(scale))
    value, gradient, curvature = _likelihood(choices, weights, columns, total, penalty)
    for _ in range(_MOST_STEPS):
        direction = np.linalg.solve(curvature + 1e-9 * np.eye(len(weights)), gradient)
        step = 1.0
        new = _likelihood(choices, weights + direction, columns, total, penalty)
        while new[0] < value and step > 1e-4:
            step /= 2
            new = _likelihood(choices, weights + step * direction, columns, total, penalty)
        if new[0] - value < _ENOUGH:
            break
        weights = weights + step * direction
        value, gradient, curvature = new
    return np.where(varied, weights / columns, 0.0)


def _likelihood(
    choices: Sequence[Choice],
    weights: NDArray[np.float64],
    scale: NDArray[np.float64],
    total: float,
    penalty: float,
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Return the penalised mean log-likelihood, its gradient, and its curvature (minus the Hessian)."""
    value = -penalty * float(weights @ weights) / 2
    gradient = -penalty * weights
    curvature = penalty * np.eye(len(weights))
    for choice in choices:
        design = choice.design / scale
        utilities = design @ weights
        shifted = utilities - utilities.max()
        chances = np.exp(shifted)
        summed = chances.sum()
        chances /= summed
        share = choice.weight / total
        mean = chances @ design
        value += share * float(choice.chosen @ shifted - np.log(summed))
        gradient += share * (choice.chosen @ design - mean)
        curvature += share * ((design.T * chances) @ design - np.outer(mean, mean))
    return value, gradient, curvature
