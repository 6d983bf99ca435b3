"""Turns raw signals into one score and an order. Pure: the same candidates give the same order on any engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from indexer.engines import Candidate

# How much each signal counts, summing to 1, and what a past position counts against a current one.
# docs/ranking.md has the measurement that chose them (scripts/evaluate_relevance.py tune).
WEIGHTS: Mapping[str, float] = MappingProxyType({"title": 0.7, "profile": 0.25, "lexical": 0.05})
PAST = 0.9

# Below this score a person is not shown: docs/ranking.md, "No close match".
FLOOR = 0.4


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its place: `position` is the index of the best one, `signals` add up to `score`."""

    id: str
    position: int
    score: float
    signals: dict[str, float]


def rank(
    candidates: Iterable[Candidate],
    *,
    degraded: bool = False,
    weights: Mapping[str, float] = WEIGHTS,
    past: float = PAST,
    floor: float = FLOOR,
) -> list[Ranked]:
    """Return the candidates worth showing, best first; equal scores are ordered by id.

    The score is the weighted sum of three signals in [0, 1]: the cosine of the best position's title (a past one
    counts `past`), the cosine of the whole profile, and BM25 relative to the best BM25 among the candidates. When
    `degraded` there are no vectors, and words alone decide.
    """
    candidates = list(candidates)
    best_bm25 = max((candidate.bm25 for candidate in candidates), default=0.0)
    ranked = [_ranked(candidate, best_bm25, degraded, weights, past) for candidate in candidates]
    kept = [person for person in ranked if person.score >= floor]
    return sorted(kept, key=lambda person: (-person.score, person.id))


def _ranked(
    candidate: Candidate, best_bm25: float, degraded: bool, weights: Mapping[str, float], past: float
) -> Ranked:
    titles = [p.similarity if p.current else p.similarity * past for p in candidate.positions]
    best = titles.index(max(titles))
    lexical = candidate.bm25 / best_bm25 if best_bm25 else 0.0
    if degraded:
        signals = {"title": 0.0, "profile": 0.0, "lexical": lexical}
    else:
        signals = {
            "title": weights["title"] * _unit(titles[best]),
            "profile": weights["profile"] * _unit(candidate.profile_similarity),
            "lexical": weights["lexical"] * lexical,
        }
    return Ranked(candidate.id, best, min(1.0, sum(signals.values())), signals)


def _unit(cosine: float) -> float:
    """Return `cosine` as a signal: what points away counts nothing, and float32 rounds a little beyond 1."""
    return min(1.0, max(0.0, cosine))
