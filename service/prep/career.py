"""What a career tells about what to ask: changes, long and short stays, leading others, own businesses. Pure."""

import re
from collections.abc import Mapping, Sequence

from indexer.profile import Position
from indexer.text import name_key
from indexer.titles import KnownOccupation
from service.prep.wording import place_name
from service.search.wanted import worth_beside

# From so many years with one employer on, staying is a story; below so many in each of several places, moving is.
LONG_STAY, SHORT_STAY, SEVERAL = 8, 2, 3

# Employers that are none: "at Freelance" is no English.
_NO_EMPLOYER = frozenset(
    "self-employed,self employed,freelance,freelancer,independent,various,myself,none,n/a,retired".split(",")
)
# Titles of people who lead others; who directs films or manages products leads the work first of all.
_LEADS = re.compile(
    r"\b(?:head of|chief|(?:team|site|shift|squad|crew) lead(?:er)?|lead|leader|supervisor|foreman|forewoman"
    r"|principal|director of|(?:managing|executive) director|headteacher"
    r"|(?:engineering|team|branch|bar|crew|construction|general|office|shift|restaurant|department|front office"
    r"|store|ward|regional|operations) manager)\b",
    re.IGNORECASE,
)
_OWN_BUSINESS = re.compile(r"\b(?:co-?)?(?:founder|owner)\b|\b(?:self-employed|freelance)\b", re.IGNORECASE)


def main_position(positions: Sequence[Position]) -> int:
    """Return the index of the position to talk about where nothing says which: a current one, else the latest."""
    return max(
        range(len(positions)),
        key=lambda place: (positions[place].current, positions[place].end, positions[place].start, -place),
    )


def before(positions: Sequence[Position], place: int) -> int | None:
    """Return the index of the position held before that at `place`, None where no dates tell one."""
    start = positions[place].start
    earlier = [one for one, held in enumerate(positions) if held.start and held.start < start]
    return max(earlier, key=lambda one: (positions[one].start, -one), default=None)


def differ(code: str, other: str, occupations: Mapping[str, KnownOccupation]) -> bool:
    """Return whether two positions are known to be of occupations that have little to do with each other."""
    if not code or not other:
        return False
    return other not in worth_beside(code, occupations) and code not in worth_beside(other, occupations)


def employer(position: Position) -> str:
    """Return the company of `position` for a sentence, "" where there is none to work at."""
    name = place_name(position.company)
    return "" if name.casefold() in _NO_EMPLOYER else name


def leads(position: Position) -> bool:
    """Return whether the title says that the person leads other people."""
    return bool(_LEADS.search(position.title))


def has_own_business(position: Position) -> bool:
    """Return whether the title says that the person works for themselves."""
    return bool(_OWN_BUSINESS.search(position.title))


def long_stay(positions: Sequence[Position], this_year: int) -> tuple[Position, int] | None:
    """Return the latest position of the longest stay with one employer and its years; None below LONG_STAY."""
    stays: dict[str, list[Position]] = {}
    for position in positions:
        key = name_key(employer(position))
        if position.start and key:
            stays.setdefault(key, []).append(position)
    counted = [
        (max(held, key=lambda one: (one.current, one.end)), _years(held, this_year)) for held in stays.values()
    ]
    longest = max(counted, key=lambda stay: stay[1], default=None)
    return longest if longest and longest[1] >= LONG_STAY else None


def moved_often(positions: Sequence[Position], this_year: int) -> bool:
    """Return whether the person has left several employers within less than two years each."""
    short = {
        name_key(one.company)
        for one in positions
        if employer(one) and one.start and one.end and _years([one], this_year) < SHORT_STAY
    }
    return len(short) >= SEVERAL


def _years(held: Sequence[Position], this_year: int) -> int:
    """Return the years from the first start to the last end of positions that all have a start."""
    ends = [this_year if one.end_year is None else one.end_year for one in held]
    return max(ends) - min(int(one.start[:4]) for one in held)
