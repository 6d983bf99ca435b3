"""The figures of one query, and of many with their intervals: a seeded bootstrap over the queries."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAMPLES = 2000
SEED = 20270
# The middle 95 % of the samples.
_PERCENTILES = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class QueryScore:
    """What one system made of one query: its kind, its major group of occupations, and every metric's value."""

    kind: str
    group: str
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over queries and its 95 % interval."""

    mean: float
    low: float
    high: float
    queries: int


def figures(scores: Sequence[QueryScore], samples: int = SAMPLES) -> dict[str, Figure]:
    """Return the figure of every metric: the mean of the kinds' means, so that no kind counts more for its number.

    Queries are drawn anew within each kind. The same seed draws the same queries for every system.
    """
    kinds = sorted({score.kind for score in scores})
    metrics = list(scores[0].values)
    generator = np.random.default_rng(SEED)
    means, drawn = np.zeros(len(metrics)), np.zeros((samples, len(metrics)))
    for kind in kinds:
        values = np.array([[score.values[m] for m in metrics] for score in scores if score.kind == kind])
        means += values.mean(axis=0) / len(kinds)
        drawn += _resampled_means(values, generator, samples) / len(kinds)
    low, high = np.percentile(drawn, _PERCENTILES, axis=0)
    return {
        metric: Figure(float(means[i]), float(low[i]), float(high[i]), len(scores))
        for i, metric in enumerate(metrics)
    }


def differences(
    ours: Sequence[QueryScore], theirs: Sequence[QueryScore], samples: int = SAMPLES
) -> dict[str, Figure]:
    """Return the figure of ours - theirs for every metric, paired: both answered the same queries in order."""
    paired = [
        QueryScore(a.kind, a.group, {metric: a.values[metric] - b.values[metric] for metric in a.values})
        for a, b in zip(ours, theirs, strict=True)
    ]
    return figures(paired, samples)


def _resampled_means(
    values: NDArray[np.float64], generator: np.random.Generator, samples: int
) -> NDArray[np.float64]:
    """Return the means (samples, metrics) of `values` (queries, metrics), drawn again with replacement."""
    count = len(values)
    times_drawn = generator.multinomial(count, np.full(count, 1 / count), size=samples)
    return np.asarray(times_drawn @ values / count)
