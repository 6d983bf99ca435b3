"""Turns raw signals into one score. Pure: the same candidates get the same scores on any engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from indexer.engines import Candidate, Retrieved
from indexer.facts import Facts, Years
from service.search.seeker import Seeker, Shared, shared
from service.search.wanted import Wanted

# How much each signal counts, summing to 1, and what a past position counts against a current one.
# docs/ranking.md has the measurement that chose them (scripts/evaluate_relevance.py tune).
WEIGHTS: Mapping[str, float] = MappingProxyType({"title": 0.7, "profile": 0.25, "lexical": 0.05})
PAST = 0.9
# What the occupation counts where the query's is certain; the other signals share the rest.
OCCUPATION = 0.6
# What a past position loses with each year since, and how long: who left 20 years ago knows another trade.
_FADES, _FADES_FOR = 0.005, 20
# What a position of less than one year and of less than two counts against one that was held longer.
_SHORT_STAYS = (0.95, 0.975)

# What shared ground counts, where a seeker tells any, and what availability does. Both order people who do the
# job, and leave most of the score to that. Set by hand, since no test grades people by them: one school in common
# outweighs what near-equal people take turns within, and no more than that.
SHARED, AVAILABILITY = 0.2, 0.1
# Of availability, how recently somebody was active counts more than how much room they have: who does not read
# their mail has room for ever. Three chats of room are as good as any number.
_ACTIVITY, _ENOUGH_ROOM = 0.7, 3
# Where no day is known: as if halfway to inactive.
_UNKNOWN_ACTIVITY = 0.5
# After this many days without a sign of life a profile counts as inactive (MENTOR_SEARCH_INACTIVE_AFTER_DAYS).
INACTIVE_AFTER_DAYS = 365

# Below this relevance a person is not shown: docs/ranking.md, "No close match".
FLOOR = 0.4


_NOTHING_SHARED = Shared()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with a score: `position` is the index of the best one, `signals` add up to `score`."""

    candidate: Candidate
    position: int
    score: float
    signals: dict[str, float]
    shared: Shared = _NOTHING_SHARED

    @property
    def id(self) -> str:
        """The person's id."""
        return self.candidate.id


def rank(
    retrieved: Retrieved,
    wanted: Wanted,
    today: date,
    *,
    seeker: Seeker = Seeker(),  # noqa: B008  # frozen
    inactive_after: int = INACTIVE_AFTER_DAYS,
    words_alone: bool = False,
    weights: Mapping[str, float] = WEIGHTS,
    occupation: float = OCCUPATION,
    past: float = PAST,
    floor: float = FLOOR,
) -> list[Ranked]:
    """Return the candidates worth showing with their scores, best first; equal scores are ordered by id.

    Their relevance is the weighted sum of four signals in [0, 1]: the cosine of the best position's title and what
    its occupation is worth (both of a past position count `past` or a little less), the cosine of the whole
    profile, and BM25 relative to the best of all who can be asked. The occupation weighs `occupation` times the
    certainty of the query's reading, so it counts little where the query was hardly understood. With `words_alone`
    there are no vectors: words and occupations decide. Whose relevance is below `floor` is not shown.

    The score is that relevance, but for the shares of shared ground, if `seeker` tells any, and of availability.
    """
    of_occupation = occupation * wanted.certainty
    shares = {"title": 0.0, "profile": 0.0, "lexical": 1.0} if words_alone else weights
    scaled = {name: weight * (1 - of_occupation) for name, weight in shares.items()} | {
        "occupation": of_occupation
    }
    of_shared = SHARED if seeker.tells else 0.0
    of_relevance = 1 - of_shared - AVAILABILITY
    best_bm25 = retrieved.best_bm25
    ranked = []
    for candidate in retrieved.candidates:
        best, worth = _best_position(candidate, scaled, wanted, past, today.year)
        title = scaled["title"] * worth[0]
        held = scaled["occupation"] * worth[1]
        profile = scaled["profile"] * unit(candidate.profile_similarity)
        lexical = scaled["lexical"] * min(1.0, candidate.bm25 / best_bm25) if best_bm25 else 0.0
        # Sums of parts that make up 1 come out a hair below it.
        if title + held + profile + lexical < floor - 1e-9:
            continue
        common = shared(seeker, candidate.facts) if of_shared else _NOTHING_SHARED
        signals = {
            "title": title * of_relevance,
            "occupation": held * of_relevance,
            "profile": profile * of_relevance,
            "lexical": lexical * of_relevance,
            "shared": of_shared * common.worth if of_shared else 0.0,
            "availability": AVAILABILITY * availability(candidate.facts, today, inactive_after),
        }
        ranked.append(Ranked(candidate, best, min(1.0, sum(signals.values())), signals, common))
    return sorted(ranked, key=lambda person: (-person.score, person.id))


def availability(facts: Facts, today: date, inactive_after: int = INACTIVE_AFTER_DAYS) -> float:
    """Return how easily a person can be had for a chat, 0 to 1.

    It falls evenly from their last sign of life to `inactive_after` days later, and with the last chats that their
    month has room for. It is 0 for who is booked.
    """
    if facts.room == 0:
        return 0.0
    room = 1.0 if facts.room is None else min(1.0, facts.room / _ENOUGH_ROOM)
    activity = _UNKNOWN_ACTIVITY
    if facts.active_on:
        days = (today - date.fromisoformat(facts.active_on)).days
        activity = min(1.0, max(0.0, 1 - days / inactive_after))
    return _ACTIVITY * activity + (1 - _ACTIVITY) * room


def _best_position(
    candidate: Candidate, weights: Mapping[str, float], wanted: Wanted, past: float, year: int
) -> tuple[int, tuple[float, float]]:
    """Return the index of the position that counts most, and what its title and its occupation are worth."""
    best, highest, found = 0, -1.0, (0.0, 0.0)
    # Facts may have been rewritten a moment after the vectors were read, and then have more positions, or fewer.
    for index, (position, years) in enumerate(zip(candidate.positions, candidate.facts.years, strict=False)):
        if position.occupation in wanted.dropped:
            worth = 0.0, 0.0
        else:
            held = held_worth(years, past, year)
            worth = held * unit(position.similarity), held * wanted.shares.get(position.occupation, 0.0)
        value = weights["title"] * worth[0] + weights["occupation"] * worth[1]
        if value > highest:
            best, highest, found = index, value, worth
    return best, found


def held_worth(years: Years, past: float, year: int) -> float:
    """Return what a position counts for when it was held, as seen in `year`: 1 for a current one of two years."""
    until = year if years.end is None else years.end
    counts = 1.0 if years.end is None else past - _FADES * min(_FADES_FOR, max(0, year - until))
    stayed = len(_SHORT_STAYS) if years.start is None else until - years.start
    return counts * _SHORT_STAYS[max(0, stayed)] if stayed < len(_SHORT_STAYS) else counts


def unit(cosine: float) -> float:
    """Return `cosine` as a signal: what points away counts nothing, and float32 rounds a little beyond 1."""
    return min(1.0, max(0.0, cosine))
