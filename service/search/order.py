"""The order of ranked people: by score, with exposure shared fairly, or as the seeker asks. Pure."""

import heapq
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from types import MappingProxyType

from indexer.text import name_key
from service.search.rank import Ranked

# Scores that differ by less than this share of the higher one say little about who is the better match: such
# people take turns. And what a person yields for each one of the same company who is listed before them, up to so
# many.
# docs/ranking.md has the measurement that chose them (scripts/evaluate_relevance.py fairness).
NEAR, SAME_COMPANY, MOST_COLLEAGUES = 0.06, 0.01, 3


class Sort(StrEnum):
    """What a list of people is ordered by."""

    RELEVANCE = "relevance"
    ACTIVE = "active"  # the most recently active first
    ROOM = "room"  # who has room for most chats first


def by_relevance(
    ranked: Sequence[Ranked], today: date, token: str, *, near: float = NEAR, colleagues: float = SAME_COMPANY
) -> list[Ranked]:
    """Return `ranked` by score, but for a little chance, and with companies mixed.

    Those whose scores are less than the share `near` below that of the best of them take turns, and so on with
    the rest: their places are drawn by a hash of the day, the seeker's `token` and their id, so the list stays the
    same for one seeker and day. Then each person yields `colleagues` for every one before them whose best position
    was in the same company, up to MOST_COLLEAGUES times.
    """
    seed = f"{today.isoformat()} {token} ".encode()
    luck: dict[str, float] = {}
    top = math.inf
    for person in sorted(ranked, key=lambda one: -one.score):
        top = top if person.score > top * (1 - near) else person.score
        luck[person.id] = top * (1 - near * _chance(seed, person.id))
    queues: dict[str, list[Ranked]] = {}
    for person in sorted(ranked, key=lambda one: (-luck[one.id], one.id)):
        queues.setdefault(company(person), []).append(person)
    heads = [(-luck[queue[0].id], queue[0].id, name, 0) for name, queue in queues.items()]
    heapq.heapify(heads)
    ordered = []
    while heads:
        _, _, name, place = heads[0]
        queue = queues[name]
        ordered.append(queue[place])
        if (place := place + 1) < len(queue):
            person = queue[place]
            yields = colleagues * min(place, MOST_COLLEAGUES)
            heapq.heapreplace(heads, (yields - luck[person.id], person.id, name, place))
        else:
            heapq.heappop(heads)
    return ordered


def ordered(ranked: Sequence[Ranked], sort: Sort, today: date, token: str) -> list[Ranked]:
    """Return `ranked` as the seeker asks; of equal people the more relevant first."""
    relevant = by_relevance(ranked, today, token)
    return sorted(relevant, key=_KEYS[sort]) if sort in _KEYS else relevant


def _last_active(person: Ranked) -> int:
    day = person.candidate.facts.active_on
    return -date.fromisoformat(day).toordinal() if day else 0


def _room(person: Ranked) -> float:
    room = person.candidate.facts.room
    return float("-inf") if room is None else -room


_KEYS: Mapping[Sort, Callable[[Ranked], float]] = MappingProxyType({Sort.ACTIVE: _last_active, Sort.ROOM: _room})


def company(person: Ranked) -> str:
    """Return what stands for the company of the best position; where none is told, the person alone."""
    companies = person.candidate.facts.companies
    name = companies[person.position] if person.position < len(companies) else ""
    return f"company {name_key(name)}" if name else f"person {person.id}"


def _chance(seed: bytes, id_: str) -> float:
    """Return a number in [0, 1) that is the same for the same seed and id on every machine."""
    return int.from_bytes(blake2b(seed + id_.encode(), digest_size=6).digest()) / 2**48
