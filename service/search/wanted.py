"""Which occupations a search wants, and how much each counts. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from indexer.titles import KnownOccupation
from indexer.titles.neighbours import TIERS, neighbours
from indexer.titles.understanding import Reading

# What a position counts whose occupation is next to the one meant, by O*NET's tier.
# docs/ranking.md has the measurement that chose them.
TIER_SHARES: Mapping[str, float] = MappingProxyType(dict(zip(TIERS, (0.5, 0.3, 0.15), strict=True)))
# Occupations that a search is widened to: as many as O*NET names in its nearest tier.
_WIDENED = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What occupations say about a query.

    `certainty` is the confidence of the surest reading, 0 without one. `shares` gives each occupation's worth in
    [0, 1] against the surest one's; one that is not named is worth nothing. A position in one of `dropped` counts
    for nothing at all: the seeker said that it is not meant.
    """

    certainty: float = 0.0
    shares: Mapping[str, float] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()


def kept(readings: Sequence[Reading], dropped: Collection[str]) -> tuple[Reading, ...]:
    """Return `readings` without those of the occupations `dropped`, the others as much surer.

    A confidence is a chance, and what is left of it is by Bayes' rule divided by the chance that it is none of the
    dropped ones. Where several jobs are named the chances sum to more than 1, and each job's stay as they are.
    """
    left = [reading for reading in readings if reading.code not in dropped]
    total = sum(reading.confidence for reading in readings)
    chance = 1 - sum(reading.confidence for reading in readings if reading.code in dropped)
    # Sums of parts that make up 1 come out a hair beside it, and of what was ruled out for sure nothing is left.
    if total > 1 + 1e-6 or chance < 1e-6:
        return tuple(left)
    return tuple(replace(reading, confidence=min(1.0, reading.confidence / chance)) for reading in left)


def wanted(
    readings: Sequence[Reading], occupations: Mapping[str, KnownOccupation], dropped: Collection[str] = ()
) -> Wanted:
    """Return what `readings` want, with the occupations that are related to theirs."""
    certainty = max((reading.confidence for reading in readings), default=0.0)
    if certainty <= 0:
        return Wanted(dropped=frozenset(dropped))
    shares: dict[str, float] = {}
    for reading in readings:
        share = reading.confidence / certainty
        for code, worth in worth_beside(reading.code, occupations).items():
            shares[code] = max(share * worth, shares.get(code, 0.0))
    return Wanted(certainty, {code: s for code, s in shares.items() if code not in dropped}, frozenset(dropped))


def worth_beside(code: str, occupations: Mapping[str, KnownOccupation]) -> dict[str, float]:
    """Return what a position counts for the occupation `code`: 1 in that very one, less in those related to it.

    Of a code that is not known nothing is related.
    """
    related = occupations[code].related if code in occupations else {}
    return {near: TIER_SHARES[tier] for near, tier in related.items()} | {code: 1.0}


def widened(
    codes: Sequence[str], occupations: Mapping[str, KnownOccupation], dropped: Collection[str] = ()
) -> list[str]:
    """Return the occupations to widen a search for `codes` to, the nearest of each in turn."""
    lists = [neighbours(code, occupations) for code in codes]
    turns = (
        near[place] for place in range(max(map(len, lists), default=0)) for near in lists if place < len(near)
    )
    return [code for code in dict.fromkeys(turns) if code not in codes and code not in dropped][:_WIDENED]
