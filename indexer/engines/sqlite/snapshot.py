"""Everything about findable people that a search compares, as arrays in memory. Nothing in it changes."""

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.engines.contract import Filters, Ground, PositionSignal
from indexer.engines.known_facts import KnownFacts
from indexer.engines.sqlite.bm25 import Lengths
from indexer.engines.sqlite.word_scores import WordScores
from indexer.text import name_key

Indices = NDArray[np.intp]
Floats = NDArray[np.float32]

# The columns of `profiles` that filters read: newline-separated values.
_FILTERED = ("country", "languages", "chat_minutes", "industries", "companies", "schools", "communities")


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """n people who said yes, p positions, t distinct titles, at one generation of the index.

    `rowids` (n,) ascends; position i of the arrays below belongs to the person whose range in
    `first_position` (n + 1,) holds i. `title_of` (p,) points into `title_vectors` (t, dimensions) and its
    neighbours; `title_rowids` (t,) ascends, and `occupation_of` (t,) points into `occupations`, of which the
    first is "". `facts` are kept by rowid.
    """

    generation: str
    fingerprint: str
    ids: list[str]
    rowids: NDArray[np.int64]
    words: WordScores
    facts: KnownFacts[int]
    has_room: NDArray[np.bool_]
    paused_until: NDArray[np.int64]
    holders: dict[str, dict[str, NDArray[np.integer]]]
    profile_vectors: Floats
    first_position: Indices
    title_of: Indices
    title_rowids: NDArray[np.int64]
    title_vectors: Floats
    occupation_of: Indices
    occupations: list[str]

    def eligible(self, filters: Filters, today: date) -> NDArray[np.bool_]:
        """Return a mask (n,) of the people who can be asked on `today` and meet `filters`."""
        mask = self.askable(today, booked=filters.booked)
        for field, values in (
            ("chat_minutes", [str(minutes) for minutes in filters.chat_minutes]),
            ("languages", filters.languages),
            ("country", filters.countries),
            ("industries", [name_key(name) for name in filters.industries]),
            ("companies", [name_key(name) for name in filters.companies]),
            ("schools", [name_key(name) for name in filters.schools]),
            ("occupations", filters.occupations),
        ):
            if values:
                mask &= self.holds_any(field, values)
        return mask

    def askable(self, today: date, *, booked: bool = False) -> NDArray[np.bool_]:
        """Return a mask (n,) of who can be asked on `today`; with `booked` also of those who have no room."""
        awake: NDArray[np.bool_] = self.paused_until <= today.toordinal()
        return awake if booked else awake & self.has_room

    def holds_ground(self, ground: Ground) -> NDArray[np.bool_]:
        """Return a mask (n,) of the people who have any part of `ground`."""
        return (
            self.holds_any("schools", map(name_key, ground.schools))
            | self.holds_any("companies", map(name_key, ground.companies))
            | self.holds_any("communities", map(name_key, ground.communities))
        )

    def holds_any(self, field: str, values: Iterable[str]) -> NDArray[np.bool_]:
        """Return a mask (n,) of the people who have any of `values` in `field`."""
        mask = np.zeros(len(self.ids), dtype=np.bool_)
        for value in values:
            if value in self.holders[field]:
                mask[self.holders[field][value]] = True
        return mask

    def occupation_counts(self, today: date) -> dict[str, int]:
        """Return how many people who can be asked on `today` have had each occupation, without those of nobody."""
        askable = self.askable(today)
        counts = {code: int(askable[people].sum()) for code, people in self.holders["occupations"].items()}
        return {code: count for code, count in counts.items() if count}

    def group_counts(self, groups: Mapping[str, Iterable[str]], today: date) -> dict[str, int]:
        """Return for each of `groups` how many people who can be asked have had one of its occupations."""
        askable = self.askable(today)
        return {
            name: int((askable & self.holds_any("occupations", codes)).sum()) for name, codes in groups.items()
        }

    def title_counts(self, titles: Sequence[Sequence[int]], today: date) -> list[int]:
        """Return for each of `titles`, rowids that no two share, how many people who can be asked have one."""
        number = np.zeros(len(self.title_rowids), np.intp)
        for n, rowids in enumerate(titles, start=1):
            # The snapshot may be a moment older than the titles: skip what it does not hold.
            number[np.isin(self.title_rowids, rowids)] = n
        positions = np.flatnonzero(number[self.title_of])
        owners = np.searchsorted(self.first_position, positions, side="right") - 1
        numbers, people = _distinct_pairs(number[self.title_of[positions]], owners, len(self.ids))
        counts: list[int] = np.bincount(numbers[self.askable(today)[people]], minlength=len(titles) + 1)[
            1:
        ].tolist()
        return counts

    def title_similarities(self, vector: Floats | None) -> Floats:
        """Return the cosine of `vector` with the title of every position (p,); zeros without one."""
        if vector is None:
            return np.zeros(len(self.title_of), np.float32)
        return (self.title_vectors @ vector)[self.title_of]

    def profile_similarities(self, vector: Floats | None, people: Indices) -> Floats:
        """Return the cosine of `vector` with the profiles of `people` (m,); zeros without one."""
        if vector is None:
            return np.zeros(len(people), np.float32)
        # To copy the rows of everybody would take longer than to compare them.
        vectors = self.profile_vectors if len(people) == len(self.ids) else self.profile_vectors[people]
        return vectors @ vector

    def best_of(self, positions: Floats) -> Floats:
        """Return each person's highest value (n,) among those of their positions (p,)."""
        if not self.ids:
            return np.zeros(0, np.float32)
        return np.maximum.reduceat(positions, self.first_position[:-1])

    def position_signals(self, people: Indices, positions: Floats) -> list[tuple[PositionSignal, ...]]:
        """Return the signals of each of `people` (m,); `positions` are the similarities of all positions (p,)."""
        starts = self.first_position[people]
        counts = self.first_position[people + 1] - starts
        ends = np.cumsum(counts)
        own = np.repeat(starts - (ends - counts), counts) + np.arange(counts.sum())
        codes = map(self.occupations.__getitem__, self.occupation_of[self.title_of[own]].tolist())
        signals = list(map(PositionSignal, positions[own].tolist(), codes))
        return [
            tuple(signals[end - count : end]) for count, end in zip(counts.tolist(), ends.tolist(), strict=True)
        ]


def load_snapshot(connection: sqlite3.Connection, meta: dict[str, str]) -> Snapshot:
    """Return the snapshot of the index as `connection`'s transaction sees it."""
    dimensions = int(meta["dimensions"])
    ids: list[str] = []
    holders: dict[str, dict[str, array[int]]] = {field: {} for field in _FILTERED}
    # Row by row: all rows and a matrix side by side would need the vectors' memory three times.
    (count,) = connection.execute("SELECT count(*) FROM profiles WHERE open_to_chats = 'yes'").fetchone()
    rowids, has_room, paused_until = (
        np.empty(count, np.int64),
        np.empty(count, np.bool_),
        np.zeros(count, np.int64),
    )
    titles_length, about_length = np.empty(count, np.int64), np.empty(count, np.int64)
    profile_vectors = np.empty((count, dimensions), np.float32)
    rows = connection.execute(
        "SELECT rowid, id, has_room, paused_until, titles_length, about_length, profile_vector, "
        f"{', '.join(_FILTERED)} "
        "FROM profiles WHERE open_to_chats = 'yes' ORDER BY rowid"
    )
    for person, (rowid, id_, room, paused, in_titles, in_about, vector, *cells) in enumerate(rows):
        rowids[person], has_room[person] = rowid, room
        titles_length[person], about_length[person] = in_titles, in_about
        if paused:
            paused_until[person] = date.fromisoformat(paused).toordinal()
        profile_vectors[person] = np.frombuffer(vector, np.float32)
        ids.append(id_)
        for field, cell in zip(_FILTERED, cells, strict=True):
            for value in cell.split("\n"):
                if value:
                    holders[field].setdefault(value, array("i")).append(person)
    title_rowids, title_vectors, codes = _titles(connection, dimensions)
    owners, titles = _positions(connection)
    title_of = np.searchsorted(title_rowids, titles)
    occupations, occupation_of = _numbered(codes)
    people_of: dict[str, dict[str, NDArray[np.integer]]] = {
        field: {value: np.frombuffer(people, np.int32) for value, people in values.items()}
        for field, values in holders.items()
    }
    coded = np.searchsorted(rowids, owners)
    people_of["occupations"] = _holders(occupations, occupation_of[title_of], coded, count)
    return Snapshot(
        generation=meta["generation"],
        fingerprint=meta["fingerprint"],
        ids=ids,
        rowids=rowids,
        words=WordScores(rowids, Lengths(titles_length, about_length)),
        facts=KnownFacts(),
        has_room=has_room,
        paused_until=paused_until,
        holders=people_of,
        profile_vectors=profile_vectors,
        first_position=np.append(np.searchsorted(owners, rowids), len(owners)),
        title_of=title_of,
        title_rowids=title_rowids,
        title_vectors=title_vectors,
        occupation_of=occupation_of,
        occupations=occupations,
    )


def _numbered(codes: Sequence[str]) -> tuple[list[str], Indices]:
    """Return the distinct codes, "" first, and for each of `codes` its place among them."""
    places = {"": 0}
    numbers = np.fromiter((places.setdefault(code, len(places)) for code in codes), np.intp, len(codes))
    return list(places), numbers


def _holders(
    occupations: Sequence[str], numbers: Indices, owners: Indices, people: int
) -> dict[str, NDArray[np.integer]]:
    """Return who (of `people` in all) has had each occupation, from each position's number and owner."""
    numbers, owners = _distinct_pairs(numbers, owners, people)
    starts = np.searchsorted(numbers, np.arange(len(occupations) + 1))
    return {code: owners[starts[number] : starts[number + 1]] for number, code in enumerate(occupations) if code}


def _distinct_pairs(numbers: Indices, people: Indices, count: int) -> tuple[Indices, Indices]:
    """Return the distinct pairs of a number and a person (of `count` in all), in order."""
    pairs = np.unique(numbers * count + people)
    return pairs // max(count, 1), pairs % max(count, 1)


def _positions(connection: sqlite3.Connection) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows = connection.execute(
        "SELECT profile_rowid, title_rowid FROM positions "
        "JOIN profiles ON profiles.rowid = profile_rowid WHERE open_to_chats = 'yes' "
        "ORDER BY profile_rowid, ordinal"
    )
    table: NDArray[np.int64] = np.fromiter(rows, np.dtype((np.int64, 2)))
    return table[:, 0], table[:, 1]


def _titles(connection: sqlite3.Connection, dimensions: int) -> tuple[NDArray[np.int64], Floats, list[str]]:
    (count,) = connection.execute("SELECT count(*) FROM titles").fetchone()
    rowids, vectors = np.empty(count, np.int64), np.empty((count, dimensions), np.float32)
    codes = []
    rows = connection.execute("SELECT rowid, vector, occupation FROM titles ORDER BY rowid")
    for title, (rowid, vector, code) in enumerate(rows):
        rowids[title], vectors[title] = rowid, np.frombuffer(vector, np.float32)
        codes.append(code)
    return rowids, vectors, codes
