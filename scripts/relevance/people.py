"""A made-up population whose positions bear titles that O*NET's respondents reported. Seeded, and pure."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.profile import Position, Profile
from indexer.taxonomy import Occupation

PEOPLE_PER_OCCUPATION = 3
_SEED = 41
# The year the careers lead to: no test depends on today.
_NOW = 2026
# How many jobs a person had before the last one, and of what kind these were.
_EARLIER = (0, 1, 1, 2)
_RELATED_SHARE = 0.6
# Who is between jobs or retired: even the last position is past.
_WITHOUT_CURRENT = 0.1

_HEADLINES = ("", "{last}", "{last}")
_BIOS = (
    "",
    "",
    "My last job is {last}.",
    "I have worked as {last} for {years} years. Happy to talk about it.",
    "{last} from {since} on. I like to talk with people who think of doing the same.",
)
# For those who had several jobs.
_LONGER_HEADLINES = (*_HEADLINES, "{last}, formerly {first}", "{first} turned {last}")
_LONGER_BIOS = (*_BIOS, "Started out as {first} and came to be {last}. Ask me how.")


@dataclass(frozen=True, slots=True)
class Person:
    """A profile, and the code of the occupation of each of its positions."""

    profile: Profile
    codes: tuple[str, ...]


def make_people(
    occupations: Sequence[Occupation], borne: Mapping[str, Sequence[str]], each: int = PEOPLE_PER_OCCUPATION
) -> list[Person]:
    """Return `each` people of every occupation in `borne`, whose titles these are.

    Positions are the newest first. Earlier ones come from related occupations or from any.
    """
    generator = random.Random(_SEED)  # noqa: S311  (not a secret)
    related = {o.code: sorted(code for code in o.related if code in borne) for o in occupations}
    codes = sorted(borne)
    return [
        _person(f"{code}-{number}", _career(code, related[code], codes, generator), borne, generator)
        for code in codes
        for number in range(each)
    ]


def _career(code: str, related: Sequence[str], codes: Sequence[str], generator: random.Random) -> list[str]:
    career = [code]
    for _ in range(generator.choice(_EARLIER)):
        near = related and generator.random() < _RELATED_SHARE
        career.append(generator.choice(related if near else codes))
    return career


def _person(
    id_: str, career: Sequence[str], borne: Mapping[str, Sequence[str]], generator: random.Random
) -> Person:
    titles = [generator.choice(borne[code]) for code in career]
    end = _NOW - generator.randint(1, 6) if generator.random() < _WITHOUT_CURRENT else None
    positions = []
    for title in titles:
        start = (end or _NOW) - generator.randint(2, 8)
        positions.append(Position(title=title, start=str(start), end=str(end) if end else ""))
        end = start
    words = {
        "last": titles[0],
        "first": titles[-1],
        "since": positions[0].start,
        "years": str(int(positions[0].end or _NOW) - int(positions[0].start)),
    }
    changed = titles[0] != titles[-1]
    profile = Profile(
        id=id_,
        name=f"Person {id_}",
        positions=tuple(positions),
        headline=generator.choice(_LONGER_HEADLINES if changed else _HEADLINES).format_map(words),
        bio=generator.choice(_LONGER_BIOS if changed else _BIOS).format_map(words),
        open_to_chats="yes",
    )
    return Person(profile, tuple(career))
