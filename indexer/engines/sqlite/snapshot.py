"""Everything about findable people that a search compares, as arrays in memory. Immutable once loaded."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.engines.contract import Candidate, Filters, PositionSignal

Indices = NDArray[np.intp]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """n people who said yes, p positions, t distinct titles, at one generation of the index.

    `rowids` (n,) ascends; position i of the arrays below belongs to the person whose range in
    `first_position` (n + 1,) holds i. `title_of` (p,) points into `title_vectors` (t, dimensions).
    """

    generation: str
    fingerprint: str
    ids: list[str]
    rowids: NDArray[np.int64]
    available: NDArray[np.bool_]
    paused_until: NDArray[np.int64]
    holders: dict[str, dict[str, Indices]]
    profile_vectors: Floats
    first_position: Indices
    title_of: Indices
    end_years: NDArray[np.int16]
    title_vectors: Floats

    def eligible(self, filters: Filters, today: date) -> NDArray[np.bool_]:
        """Return a mask (n,) of the people who can be asked on `today` and meet `filters`."""
        mask = self.available & (self.paused_until <= today.toordinal())
        for field, values in (
            ("chat_minutes", [str(minutes) for minutes in filters.chat_minutes]),
            ("languages", filters.languages),
            ("country", filters.countries),
            ("industries", [industry.casefold() for industry in filters.industries]),
        ):
            if values:
                mask &= self._holds_any(field, values)
        return mask

    def _holds_any(self, field: str, values: Iterable[str]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self.ids), dtype=np.bool_)
        for value in values:
            if value in self.holders[field]:
                mask[self.holders[field][value]] = True
        return mask

    def similarities(self, vector: Floats | None) -> tuple[Floats, Floats]:
        """Return the cosine of `vector` with every position (p,) and every profile (n,); zeros without one."""
        if vector is None:
            return np.zeros(len(self.title_of), np.float32), np.zeros(len(self.ids), np.float32)
        return (self.title_vectors @ vector)[self.title_of], self.profile_vectors @ vector

    def best_of(self, positions: Floats) -> Floats:
        """Return each person's highest value (n,) among those of their positions (p,)."""
        if not self.ids:
            return np.zeros(0, np.float32)
        return np.maximum.reduceat(positions, self.first_position[:-1])

    def candidate(self, person: int, bm25: float, positions: Floats, profile: float) -> Candidate:
        """Return one person's signals; `positions` are the similarities of every position (p,)."""
        own = slice(self.first_position[person], self.first_position[person + 1])
        ends = zip(positions[own].tolist(), self.end_years[own].tolist(), strict=True)
        return Candidate(
            id=self.ids[person],
            bm25=bm25,
            positions=tuple(PositionSignal(similarity, not end, end or None) for similarity, end in ends),
            profile_similarity=profile,
        )


def load_snapshot(connection: sqlite3.Connection, meta: dict[str, str]) -> Snapshot:
    """Return the snapshot of the index as `connection`'s transaction sees it."""
    dimensions = int(meta["dimensions"])
    people = connection.execute(
        "SELECT rowid, id, has_room, paused_until, country, languages, chat_minutes, industries, profile_vector "
        "FROM profiles WHERE open_to_chats = 'yes' ORDER BY rowid"
    ).fetchall()
    rowids, ids, has_room, paused, *facets, vectors = zip(*people, strict=True) if people else ((),) * 9
    title_rowids, title_vectors = _titles(connection, dimensions)
    owners, titles, end_years = _positions(connection)
    people_rowids = np.array(rowids, np.int64)
    return Snapshot(
        generation=meta["generation"],
        fingerprint=meta["fingerprint"],
        ids=list(ids),
        rowids=people_rowids,
        available=np.array(has_room, np.bool_),
        paused_until=np.array([date.fromisoformat(day).toordinal() if day else 0 for day in paused], np.int64),
        holders={
            field: _holders(values)
            for field, values in zip(("country", "languages", "chat_minutes", "industries"), facets, strict=True)
        },
        profile_vectors=_matrix(vectors, dimensions),
        first_position=np.append(np.searchsorted(owners, people_rowids), len(owners)),
        title_of=np.searchsorted(title_rowids, titles),
        end_years=end_years,
        title_vectors=title_vectors,
    )


def _positions(
    connection: sqlite3.Connection,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int16]]:
    rows = connection.execute(
        "SELECT profile_rowid, title_rowid, ifnull(end_year, 0) FROM positions "
        "JOIN profiles ON profiles.rowid = profile_rowid WHERE open_to_chats = 'yes' "
        "ORDER BY profile_rowid, ordinal"
    ).fetchall()
    table = np.array(rows, np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2].astype(np.int16)


def _titles(connection: sqlite3.Connection, dimensions: int) -> tuple[NDArray[np.int64], Floats]:
    rows = connection.execute("SELECT rowid, vector FROM titles ORDER BY rowid").fetchall()
    return np.array([rowid for rowid, _ in rows], np.int64), _matrix([v for _, v in rows], dimensions)


def _matrix(blobs: Iterable[bytes], dimensions: int) -> Floats:
    return np.frombuffer(b"".join(blobs), np.float32).reshape(-1, dimensions)


def _holders(column: Iterable[str]) -> dict[str, Indices]:
    """Return which people hold each value, from cells of newline-separated values."""
    people: dict[str, list[int]] = {}
    for person, cell in enumerate(column):
        for value in cell.split("\n"):
            people.setdefault(value, []).append(person)
    return {value: np.array(indices, np.intp) for value, indices in people.items()}
