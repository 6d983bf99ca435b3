"""Which titles name which occupations, and what speaks for each: all that is known before a vector is made."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.taxonomy import Occupation
from indexer.titles.everyday import EVERYDAY_TITLES
from indexer.titles.keys import title_key
from indexer.titles.short_forms import SHORT_FORMS
from indexer.titles.spellings import forms, technology_spellings, unbounded


@dataclass(slots=True)
class Naming:
    """What speaks for a title, whichever way it is spelt.

    `spellings` counts the sources of each way to write it. `sources` counts, by code, those that name the
    occupation so; `official` are the codes whose official title it is. `stands_for` are the keys of the titles
    that it is another form of. `chosen` are the codes that were chosen for it by hand, in their order.
    """

    spellings: Counter[str] = field(default_factory=Counter)
    sources: dict[str, int] = field(default_factory=dict)
    official: set[str] = field(default_factory=set)
    stands_for: list[str] = field(default_factory=list)
    chosen: tuple[str, ...] = ()

    @property
    def spelling(self) -> str:
        """The way to write it that most sources have, and of equal ones that without a comma, and the shortest.

        So "Veterinarian" goes before the official "Veterinarians": it is what people call themselves.
        """
        return min(self.spellings, key=lambda title: (-self.spellings[title], "," in title, len(title), title))


def namings(occupations: Sequence[Occupation]) -> dict[str, Naming]:
    """Return by its key every title of `occupations`, then those that only stand for one."""
    found: defaultdict[str, Naming] = defaultdict(Naming)
    for occupation in occupations:
        for key, spellings in _by_key(_sources(occupation)).items():
            found[key].spellings.update(spellings)
            found[key].sources[occupation.code] = max(spellings.values())
        if key := title_key(occupation.title):
            found[key].official.add(occupation.code)
    official = {key: min(naming.official) for key, naming in found.items() if naming.official}
    for title, *meant in EVERYDAY_TITLES:
        keys = [key for key in map(title_key, meant) if key in official]
        if keys and title_key(title) not in official:
            codes = tuple(official[key] for key in keys)
            found[title_key(title)] = Naming(Counter({_capitalised(title): 1}), stands_for=keys, chosen=codes)
    for title, long_form in SHORT_FORMS:
        _add_form(found, title, long_form)
    for known in [naming.spelling for naming in found.values()]:
        for title in technology_spellings(known):
            if title_key(title) not in found:
                _add_form(found, title, known)
    return dict(found)


def _add_form(found: defaultdict[str, Naming], title: str, meant: str) -> None:
    """Add that `title` stands for `meant`, where that is a title."""
    if title_key(meant) in found:
        naming = found[title_key(title)]
        naming.stands_for.append(title_key(meant))
        if not naming.sources:
            naming.spellings[_capitalised(title)] = 1


def _sources(occupation: Occupation) -> dict[str, int]:
    """Return how many sources give `occupation` each title. Those who hold the job, and reported it, are one."""
    count: Counter[str] = Counter({unbounded(occupation.title): 1, occupation.title: 0})
    for title in (*occupation.alternate_titles, *occupation.short_titles):
        for form in forms(title, occupation.short_titles):
            count[form] = max(count[form], occupation.named_by.get(title, 1))
    count.update({form for title in occupation.reported_titles for form in forms(title, occupation.short_titles)})
    return count


def _by_key(sources: Mapping[str, int]) -> dict[str, dict[str, int]]:
    spellings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for spelling, count in sources.items():
        if key := title_key(spelling):
            spellings[key][spelling] = count
    return spellings


def _capitalised(title: str) -> str:
    return " ".join(word.capitalize() if word.islower() else word for word in title.split())
