"""Which occupations are near to one. Pure."""

from collections.abc import Iterable

import numpy as np

from indexer.titles import KnownOccupation

# O*NET's tiers, the nearest first: https://www.onetcenter.org/dictionary/27.0/excel/related_occupations.html
_TIERS = ("Primary-Short", "Primary-Long", "Supplemental")


def nearest(occupation: KnownOccupation, others: Iterable[KnownOccupation]) -> list[KnownOccupation]:
    """Return `others` without `occupation`, the nearest first.

    Those that O*NET relates to it come first, tier by tier; within a tier, and for all that O*NET does not relate
    to it, the cosine of the vectors decides, and equal ones are ordered by code.
    """

    def distance(other: KnownOccupation) -> tuple[int, float, str]:
        tier = occupation.related.get(other.code)
        place = _TIERS.index(tier) if tier in _TIERS else len(_TIERS)
        return place, -float(np.dot(occupation.vector, other.vector)), other.code

    return sorted((other for other in others if other.code != occupation.code), key=distance)
