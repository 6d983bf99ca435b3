"""How one title is written: long and short forms in brackets, and the spellings of technologies."""

import re

from indexer.text import tokens
from indexer.titles.short_forms import TECHNOLOGIES

_BRACKETS = re.compile(r"^(?P<before>.+?)\s*\((?P<inside>[^()]+)\)$")
# What a taxonomy adds to a job's name to bound the class: "Kindergarten Teachers, Except Special Education".
_BOUND = re.compile(r", (?:Except .+|General)$")
_CAPITALS = re.compile(r"[A-Z]{2}")


def unbounded(title: str) -> str:
    """Return an official title without what bounds its class: nobody is called a dentist, general."""
    return _BOUND.sub("", title)


def forms(title: str) -> tuple[str, ...]:
    """Return the titles that `title` gives: "Chief Executive Officer (CEO)" is a long and a short one.

    What is in brackets is a title where it is, or holds, an abbreviation ("PHP Web Developer (Personal Home Page
    Web Developer)"). Elsewhere it says which of several jobs is meant, and "Singer (Burning)" stays whole: it is
    no singer.
    """
    match = _BRACKETS.match(title)
    if match is None or not _says_the_same(match["before"], match["inside"]):
        return (title,)
    return (match["before"], match["inside"])


def _says_the_same(before: str, inside: str) -> bool:
    is_short = any(_CAPITALS.search(part) for part in (before, inside))
    return is_short or not set(tokens(before)).isdisjoint(tokens(inside))


def technology_spellings(title: str) -> list[str]:
    """Return "JavaScript Developer" with each other spelling of the technology, nothing for any other title."""
    for pattern, spellings in _TECHNICAL_TITLES:
        if match := pattern.match(title):
            return [f"{spelling} {match['job']}" for spelling in spellings]
    return []


def _technical_title(spellings: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches a technical job with one of `spellings`; elsewhere "Go" and "Rails" are other things."""
    any_of_them = "|".join(re.escape(spelling) for spelling in spellings)
    job = r"(?:(?:web|software) )?(?:developer|engineer|programmer|scientist)"
    return re.compile(rf"(?:{any_of_them}) (?P<job>{job})$", re.IGNORECASE)


_TECHNICAL_TITLES = tuple((_technical_title(spellings), spellings) for spellings in TECHNOLOGIES)
