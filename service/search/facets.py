"""Facets: for each filter, which values the people of an answer have, and how many have each. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Any

from indexer.engines import Filters
from indexer.text import name_key
from indexer.titles import KnownOccupation
from service.names import country_names, language_name
from service.search.rank import Ranked

# Values listed of a facet, beside those that are chosen: a list to look over, not to search.
MOST_VALUES = 10


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, as its parameter takes it and as people read it, and how many of them have it."""

    value: str
    label: str
    people: int
    chosen: bool


def _itself(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class _Facet:
    """Where a facet's values are: in the field `filters` of Filters, and of a person."""

    filters: str
    values: Callable[[Ranked], Iterable[Any]]
    key: Callable[[Any], Any] = _itself


_FACETS: Mapping[str, _Facet] = MappingProxyType(
    {
        "occupation": _Facet(
            "occupations", lambda person: (position.occupation for position in person.candidate.positions)
        ),
        "industry": _Facet("industries", lambda person: person.candidate.facts.industries, name_key),
        "company": _Facet("companies", lambda person: person.candidate.facts.companies, name_key),
        "country": _Facet("countries", lambda person: (person.candidate.facts.country,)),
        "language": _Facet("languages", lambda person: person.candidate.facts.languages),
        "chat_minutes": _Facet("chat_minutes", lambda person: person.candidate.facts.chat_minutes),
        "school": _Facet("schools", lambda person: person.candidate.facts.schools, name_key),
    }
)
FACETS = tuple(_FACETS)


def chosen(filters: Filters) -> list[str]:
    """Return the facets in which `filters` choose something."""
    return [name for name, facet in _FACETS.items() if getattr(filters, facet.filters)]


def without(filters: Filters, name: str) -> Filters:
    """Return `filters` without a choice in the facet `name`."""
    nothing: dict[str, Any] = {_FACETS[name].filters: ()}
    return replace(filters, **nothing)


def count(
    name: str, people: Sequence[Ranked], filters: Filters, occupations: Mapping[str, KnownOccupation]
) -> list[FacetValue]:
    """Return the values of the facet `name`: those that are chosen, and those that most of `people` have.

    `people` are those of the answer, found without the choices in this very facet: so that one sees how many a
    second choice would add.
    """
    facet = _FACETS[name]
    held = [[value for value in facet.values(person) if value] for person in people]
    written = Counter(chain.from_iterable(held))
    counts = Counter(chain.from_iterable(set(map(facet.key, values)) for values in held))
    taken = {facet.key(value): value for value in getattr(filters, facet.filters)}
    frequent = sorted((key for key in counts if key not in taken), key=lambda key: (-counts[key], str(key)))
    shown = taken | _commonest(written, facet.key, [*taken, *frequent[:MOST_VALUES]])
    return [
        FacetValue(str(value), _label(name, value, occupations), counts[key], chosen=key in taken)
        for key, value in shown.items()
    ]


def _commonest(written: Mapping[Any, int], key: Callable[[Any], Any], keys: Sequence[Any]) -> dict[Any, Any]:
    """Return for each of `keys` the value that is written most often: people write one name in several ways."""
    spellings: dict[Any, list[Any]] = {one: [] for one in keys}
    for value in written:
        if key(value) in spellings:
            spellings[key(value)].append(value)
    return {
        one: min(values, key=lambda value: (-written[value], str(value)))
        for one, values in spellings.items()
        if values
    }


def _label(name: str, value: Any, occupations: Mapping[str, KnownOccupation]) -> str:
    if name == "occupation":
        return occupations[value].title if value in occupations else str(value)
    if name == "country":
        return str(country_names().get(value, value))
    if name == "language":
        return language_name(value)
    return f"{value} minutes" if name == "chat_minutes" else str(value)
