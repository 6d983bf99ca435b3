"""What a ranking is worth. `grades` are those of its results, best result first; 0 is not relevant. Pure."""

import math
from collections.abc import Sequence


def ndcg(grades: Sequence[int], all_grades: Sequence[int], k: int) -> float:
    """Return nDCG@k with the gain 2^grade - 1; `all_grades` are those of everything that could be found."""
    ideal = dcg(sorted(all_grades, reverse=True)[:k])
    return dcg(grades[:k]) / ideal if ideal else 0.0


def dcg(grades: Sequence[int]) -> float:
    """Return the discounted cumulative gain of `grades`, each worth 2^grade - 1."""
    return sum((2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def recall(grades: Sequence[int], all_grades: Sequence[int], k: int, *, least: int = 1) -> float:
    """Return the share of all with a grade of at least `least` that the first k results hold."""
    wanted = sum(grade >= least for grade in all_grades)
    return sum(grade >= least for grade in grades[:k]) / wanted if wanted else 0.0


def reciprocal_rank(grades: Sequence[int], *, least: int = 1) -> float:
    """Return 1 / the rank of the first result with a grade of at least `least`, or 0 without one."""
    return next((1 / place for place, grade in enumerate(grades, start=1) if grade >= least), 0.0)


def average_precision(ranks: Sequence[int], relevant: int) -> float:
    """Return the mean precision at the `ranks` (from 1, ascending) of those found among `relevant` right ones."""
    return sum(found / rank for found, rank in enumerate(ranks, start=1)) / relevant if relevant else 0.0


def hit(above: int, equal: int, k: int) -> float:
    """Return the chance that the right answer is among the first k.

    `above` answers score higher and `equal` ones, itself among them, the same: these are in random order.
    """
    return min(1.0, max(0.0, (k - above) / equal))
