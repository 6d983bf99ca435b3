"""What ranking, facets and shared ground look at of a person beside the vectors: a few public facts.

Engines keep them as one text a person, so that both tell exactly the same of every candidate.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from indexer.profile import Position, Profile
from indexer.profile.availability import room


class Years(NamedTuple):
    """When a position was held: years, None where not known; no `end` of a position that is current."""

    start: int | None
    end: int | None


class Facts(NamedTuple):
    """The facts of one person.

    `years` has one item a position, and so has `companies` with "" where none is told; `industries` names each
    once. `room` is how many more chats the person takes this month, None without a limit. `active_on` is the last
    day on which they were active or confirmed their yes, as an ISO date; "" where neither is known.
    """

    years: Sequence[Years] = ()
    companies: Sequence[str] = ()
    industries: Sequence[str] = ()
    schools: Sequence[str] = ()
    communities: Sequence[str] = ()
    location: str = ""
    country: str = ""
    languages: Sequence[str] = ()
    chat_minutes: Sequence[int] = ()
    room: int | None = None
    active_on: str = ""


def facts_of(profile: Profile) -> Facts:
    """Return the facts of `profile`."""
    active = active_on(profile)
    return Facts(
        years=[_years(position) for position in profile.positions],
        companies=[position.company for position in profile.positions],
        industries=_distinct(position.industry for position in profile.positions),
        schools=_distinct(school.school for school in profile.schools),
        communities=_distinct(profile.communities),
        location=profile.location,
        country=profile.country,
        languages=_distinct(profile.languages),
        chat_minutes=sorted(set(profile.chat_minutes)),
        room=room(profile),
        active_on=active.isoformat() if active else "",
    )


def active_on(profile: Profile) -> date | None:
    """Return the last day on which the person was active or confirmed their yes, None where neither is known."""
    return max(filter(None, (profile.last_active_at, profile.consent_at)), default=None)


def to_text(facts: Facts) -> str:
    """Return `facts` as engines store them."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def from_texts(texts: Sequence[str]) -> list[Facts]:
    """Return the facts that `to_text` wrote; several hundred at once take half the time of one by one."""
    return [Facts([Years(*years) for years in item[0]], *item[1:]) for item in json.loads(f"[{','.join(texts)}]")]


def _years(position: Position) -> Years:
    return Years(int(position.start[:4]) if position.start else None, position.end_year)


def _distinct(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]
