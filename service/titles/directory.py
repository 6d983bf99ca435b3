"""The occupations to browse, each with the people who have had it and can be asked now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from indexer.engines import Engine
from indexer.taxonomy import MAJOR_GROUPS, major_group
from indexer.titles import KnownOccupation
from indexer.titles.neighbours import neighbours
from indexer.titles.reader import TitleReader

# An operator's own occupations are in no major group; they are browsed under this key.
OWN_GROUP, _OWN_NAME = "own", "Other occupations"
# As many as a page shows without a scroll bar of its own; O*NET relates 10 to 20 occupations to one.
NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class CountedOccupation:
    """An occupation and how many people who can be asked now have had it."""

    code: str
    title: str
    people: int


@dataclass(frozen=True, slots=True)
class MajorGroup:
    """A major group: how many occupations are in it, and how many people have had one of them.

    Somebody who has had two of its occupations counts once.
    """

    code: str
    title: str
    occupations: int
    people: int


@dataclass(frozen=True, slots=True)
class OccupationDetails:
    """One occupation among its neighbours.

    `neighbours` are the nearest occupations, and where nobody has had this one, the nearest with people.
    `job_zone` is 1 (little preparation) to 5 (extensive), None where it is not known.
    """

    code: str
    title: str
    job_zone: int | None
    people: int
    group_code: str
    group_title: str
    neighbours: list[CountedOccupation]


class OccupationDirectory:
    """The occupations of an engine's job-title index. Safe under threads.

    Every method raises EngineError, as when there is no job-title index.
    """

    def __init__(self, engine: Engine, reader: TitleReader) -> None:
        """`reader` reads by the job-title index of `engine`."""
        self._engine = engine
        self._reader = reader

    def titles(self) -> dict[str, str]:
        """Return the title of every occupation by its code."""
        return {code: occupation.title for code, occupation in self._reader.occupations().items()}

    def groups(self, today: date) -> list[MajorGroup]:
        """Return the major groups that have occupations, the operator's own last."""
        members: dict[str, list[str]] = {}
        for code in self._reader.occupations():
            members.setdefault(_group_of(code), []).append(code)
        people = self._engine.group_counts(members, today)
        return [
            MajorGroup(group, name, len(members[group]), people[group])
            for group, name in _GROUPS.items()
            if group in members
        ]

    def group(self, group: str, today: date) -> tuple[MajorGroup, list[CountedOccupation]] | None:
        """Return the group and its occupations in the order of titles; None where there is no such group."""
        members = [
            occupation for occupation in self._reader.occupations().values() if _group_of(occupation.code) == group
        ]
        if not members:
            return None
        counts = self._engine.occupation_counts(today)
        (people,) = self._engine.group_counts({group: [member.code for member in members]}, today).values()
        counted = _counted(sorted(members, key=lambda member: member.title.casefold()), counts)
        return MajorGroup(group, _GROUPS[group], len(members), people), counted

    def occupation(self, code: str, today: date) -> OccupationDetails | None:
        """Return one occupation with its neighbours; None where there is no such code."""
        known = self._reader.occupations()
        if code not in known:
            return None
        counts = self._engine.occupation_counts(today)
        people = counts.get(code, 0)
        # Where nobody is, the way leads on to people, however far.
        offered = known if people else {one: known[one] for one in known if one == code or counts.get(one)}
        near = neighbours(code, offered)[:NEIGHBOURS]
        return OccupationDetails(
            code=code,
            title=known[code].title,
            job_zone=known[code].job_zone,
            people=people,
            group_code=_group_of(code),
            group_title=_GROUPS[_group_of(code)],
            neighbours=_counted((known[one] for one in near), counts),
        )


_GROUPS = {**MAJOR_GROUPS, OWN_GROUP: _OWN_NAME}


def _group_of(code: str) -> str:
    return major_group(code) or OWN_GROUP


def _counted(occupations: Iterable[KnownOccupation], counts: Mapping[str, int]) -> list[CountedOccupation]:
    return [CountedOccupation(one.code, one.title, counts.get(one.code, 0)) for one in occupations]
