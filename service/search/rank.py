"""Turns raw signals into one score and an order. Pure: the same candidates give the same order on any engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from indexer.engines import Candidate, PositionSignal
from service.search.wanted import Wanted

# How much each signal counts, summing to 1, and what a past position counts against a current one.
# docs/ranking.md has the measurement that chose them (scripts/evaluate_relevance.py tune).
WEIGHTS: Mapping[str, float] = MappingProxyType({"title": 0.7, "profile": 0.25, "lexical": 0.05})
PAST = 0.9
# What the occupation counts where the query's is certain; the other signals share the rest.
OCCUPATION = 0.6

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
    wanted: Wanted = Wanted(),  # noqa: B008  # frozen
    *,
    words_alone: bool = False,
    weights: Mapping[str, float] = WEIGHTS,
    occupation: float = OCCUPATION,
    past: float = PAST,
    floor: float = FLOOR,
) -> list[Ranked]:
    """Return the candidates worth showing, best first; equal scores are ordered by id.

    The score is the weighted sum of four signals in [0, 1]: the cosine of the best position's title and what its
    occupation is worth (both of a past position count `past`), the cosine of the whole profile, and BM25 relative
    to the best BM25 among the candidates. The occupation weighs `occupation` times the certainty of the query's
    reading, so it counts little where the query was hardly understood. With `words_alone` there are no vectors:
    words and occupations decide.
    """
    candidates = list(candidates)
    best_bm25 = max((candidate.bm25 for candidate in candidates), default=0.0)
    of_occupation = occupation * wanted.certainty
    shares = {"title": 0.0, "profile": 0.0, "lexical": 1.0} if words_alone else weights
    scaled = {name: weight * (1 - of_occupation) for name, weight in shares.items()}
    scaled["occupation"] = of_occupation
    ranked = [_ranked(candidate, best_bm25, scaled, wanted, past) for candidate in candidates]
    kept = [person for person in ranked if person.score >= floor]
    return sorted(kept, key=lambda person: (-person.score, person.id))


def _ranked(
    candidate: Candidate, best_bm25: float, weights: Mapping[str, float], wanted: Wanted, past: float
) -> Ranked:
    titles, occupations = zip(*(_worth(p, wanted, past) for p in candidate.positions), strict=True)
    values = [
        weights["title"] * title + weights["occupation"] * occupation
        for title, occupation in zip(titles, occupations, strict=True)
    ]
    best = values.index(max(values))
    signals = {
        "title": weights["title"] * titles[best],
        "occupation": weights["occupation"] * occupations[best],
        "profile": weights["profile"] * _unit(candidate.profile_similarity),
        "lexical": weights["lexical"] * (candidate.bm25 / best_bm25 if best_bm25 else 0.0),
    }
    return Ranked(candidate.id, best, min(1.0, sum(signals.values())), signals)


def _worth(position: PositionSignal, wanted: Wanted, past: float) -> tuple[float, float]:
    """Return what a position's title and its occupation are worth, each 0 to 1."""
    if position.occupation in wanted.dropped:
        return 0.0, 0.0
    now = 1.0 if position.current else past
    return now * _unit(position.similarity), now * wanted.shares.get(position.occupation, 0.0)


def _unit(cosine: float) -> float:
    """Return `cosine` as a signal: what points away counts nothing, and float32 rounds a little beyond 1."""
    return min(1.0, max(0.0, cosine))
