"""The occupations next to one: O*NET's own tiers, or the nearest vectors where a taxonomy names none."""

from collections.abc import Mapping

import numpy as np

from indexer.titles.catalogue import KnownOccupation

# O*NET's tiers, the nearest first; it names about 5, 5 and 10 occupations in them.
TIERS = ("Primary-Short", "Primary-Long", "Supplemental")
# As many as O*NET's first two tiers hold.
_NEAREST = 10


def neighbours(code: str, occupations: Mapping[str, KnownOccupation]) -> list[str]:
    """Return the codes of the occupations next to `code`, the nearest first."""
    own = occupations[code]
    tiers = {other: TIERS.index(tier) for other, tier in own.related.items() if other in occupations}
    if tiers:
        return sorted(tiers, key=lambda other: tiers[other])  # stable: O*NET's own order within a tier
    others = [other for other in occupations if other != code]
    if not others:
        return []
    cosines = np.stack([occupations[other].vector for other in others]) @ own.vector
    return [others[place] for place in np.argsort(-cosines, kind="stable")[:_NEAREST]]
