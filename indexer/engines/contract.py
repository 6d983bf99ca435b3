"""What every engine does. SQLite and Elasticsearch keep it, and one test suite checks both."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.document import Document
from indexer.engines.demand import DemandStore
from indexer.facts import Facts
from indexer.profile import Availability, Profile
from indexer.titles import JobTitle, KnownOccupation, TitleCatalogue

# BM25 weight of a word in a position's title against one in the rest of the profile: a title says what a
# person does, a bio mentions what others do as well. Chosen by scripts/evaluate_relevance.py.
TITLE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions every candidate meets: any of the values within a field, all of the fields together.

    `occupations` are codes: a position, past or present, was read as one of them. Industries, companies and
    schools are compared by text.name_key. With `booked` those are found too who are booked this month.
    """

    chat_minutes: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    booked: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """Names of schools, companies and communities that somebody who is looked for has one of; see name_key."""

    schools: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.schools or self.companies or self.communities)


@dataclass(frozen=True, slots=True, eq=False)
class EngineQuery:
    """One retrieval.

    `vector` has shape (dimensions,) and unit length and was made by the encoder `fingerprint`; without it
    (the encoder failed) only words are matched. People are found who said yes, are not paused on `today` and,
    unless the filters say otherwise, have room this month. `pool` people are taken by words, `pool` by their
    nearest position and `pool` by their profile: where there are `occupations` (codes), of those with a position
    in one of them, past or present. `pool` more are taken of those with a part of `ground`, by their profile too.
    Without a vector, these two sides are any of theirs.
    """

    tokens: tuple[str, ...]
    vector: NDArray[np.float32] | None
    fingerprint: str
    today: date
    pool: int
    occupations: tuple[str, ...] = ()
    ground: Ground = field(default=Ground())
    filters: Filters = field(default=Filters())


class PositionSignal(NamedTuple):
    """How near one position's title is to the query: cosine similarity, -1 to 1.

    `occupation` is the code it was read as when it was imported, "" where none was sure enough. The person's facts
    tell when it was held.

    A tuple, since a search makes over a thousand: frozen dataclasses take three times as long to make.
    """

    similarity: float
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person with every raw signal, whichever side found them.

    `bm25` is 0 where no word matches; `positions` is in the order of the profile's positions, as `facts.years`
    is; similarities are cosines, 0 throughout when the query had no vector.
    """

    id: str
    bm25: float
    positions: tuple[PositionSignal, ...]
    profile_similarity: float
    facts: Facts


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The candidates, in no order, and how many people the filters and their consent leave in all.

    `best_bm25` is the highest BM25 of all who can be asked, whether they meet the filters or not: relative to it,
    a candidate's own does not depend on the filters.
    """

    candidates: list[Candidate]
    eligible: int
    best_bm25: float


class Outcome(StrEnum):
    """What became of one document in an upsert."""

    WRITTEN = "written"
    STALE = "stale"  # the index holds a newer version
    DELETED = "deleted"  # the person was deleted after this version


@dataclass(frozen=True, slots=True)
class Revision:
    """What the index knows of an id: its content's hash and version, or that it was deleted."""

    version: int
    content_hash: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """A person as the index holds them, with their private contact, and what the index knows of them."""

    profile: Profile
    revision: Revision


@dataclass(frozen=True, slots=True)
class Change:
    """What an import did to one person, kept so that it can be undone.

    `content_hash` is that of what it wrote. `before` is how the person stood until then, with their private
    contact; None if they were not there. `was_deleted` says that they had been deleted, and came back with a
    newer date.
    """

    id: str
    content_hash: str
    before: StoredProfile | None
    was_deleted: bool = False


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import of a file: when it began, and `counts`, the numbers of its ImportReport by name.

    `undoable` says whether what it changed is still kept; it is not after it was undone, at `undone_at`.
    """

    id: str
    at: datetime
    file: str
    counts: Mapping[str, int]
    undone_at: datetime | None
    undoable: bool


class LastSeen(NamedTuple):
    """A person and the last day on which they were active or confirmed their yes."""

    id: str
    name: str
    active_on: date


@dataclass(frozen=True, slots=True)
class Inactive:
    """How many people have not been active for long, and the longest of them, by day and then by id."""

    total: int
    people: list[LastSeen]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The state of an index. `open_to_chats` counts people by what they said: yes, no, not_said."""

    fingerprint: str
    schema_version: int
    people: int
    open_to_chats: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class TitleQuery:
    """One look-up of titles: those with one of `keys` (see title_key), and the nearest to `vector`.

    `vector` has the shape and length of the catalogue's vectors; without it only equal keys are matched.
    """

    keys: tuple[str, ...]
    vector: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A title that was found: whether it has one of the query's keys, and its cosine to the query's vector.

    The cosine is rounded to six decimals, as far as both engines compute the same; it is 0 without a vector.
    """

    title: JobTitle
    has_key: bool
    similarity: float


@dataclass(frozen=True, slots=True)
class TitlesStatus:
    """The state of a job-title index."""

    source: str
    version: str
    fingerprint: str
    titles: int
    occupations: int


class TitleStore(Protocol):
    """The job-title index of an engine: `replace` writes it whole, everything else reads it.

    Every method raises EngineUnavailable when the engine does not answer and EngineRejected when it refuses; all
    but `replace` and `status` raise TitlesMissing where there is no job-title index. One that was written with
    another layout counts as none: it holds nothing that `replace` could not write anew.
    """

    def replace(self, catalogue: TitleCatalogue) -> None:
        """Write `catalogue` in place of the one before, which serves until this one is complete.

        Other instances, as in other processes, may serve the one before a moment longer.

        Raises IndexMissing before Engine.create.
        """

    def status(self) -> TitlesStatus | None:
        """Return the state of the job-title index, None where there is none."""

    def occupations(self) -> tuple[KnownOccupation, ...]:
        """Return every occupation, in the order of codes."""

    def match(self, queries: Sequence[TitleQuery], count: int) -> list[list[TitleMatch]]:
        """Return for each query all titles with one of its keys, and the `count` nearest to its vector.

        Titles with a key come first, the likeliest first. The others follow by falling similarity, of equal ones
        the likeliest first.
        """

    def suggest(self, beginnings: Sequence[str], count: int) -> list[JobTitle]:
        """Return the `count` likeliest titles in which each of `beginnings` begins some word.

        Words and beginnings are those of text.tokens; the likeliest title is first. Without beginnings, every
        title is one.
        """


class Rebuild(Protocol):
    """Everybody's vectors of another encoder, made beside the index, which serves as before until `finish`.

    What is written stays when the program ends early: the next rebuild for the same encoder goes on with it. All
    methods raise as those of Engine do.
    """

    def remaining(self) -> int:
        """Return how many people are to be embedded, as far as is known: others may write meanwhile."""

    def pending(self, count: int) -> list[StoredProfile]:
        """Return up to `count` people whose present content has no vectors here yet; none if all seem to have."""

    def write(self, documents: Sequence[Document]) -> None:
        """Keep the vectors of people that `pending` returned, each with the revision that it told.

        Raises IndexMismatch if they are of another encoder than the rebuild.
        """

    def finish(self) -> bool:
        """Put the new vectors in the place of the old ones, for all searches at once; return whether it was done.

        It is not done while anybody lacks vectors of their present content: then there is more `pending`. No write
        and no deletion gets lost: who writes meanwhile waits, or is refused with EngineUnavailable.
        """


# What imports changed is kept for the last few, and not for ever: it holds profiles as they were, with contacts. A
# wrong file is noticed within days, by the next nightly imports.
KEPT_IMPORTS, KEPT_DAYS = 10, 30
# Imports that are listed at most, those whose changes are not kept any more included.
LISTED_IMPORTS = 100


class ImportHistory(Protocol):
    """The last imports of an engine, with what each changed. Who is deleted leaves it, see Engine.delete.

    All methods raise as those of Engine do.
    """

    def begin(self, file: str, at: datetime) -> str:
        """Note that the import of a file of this name begins, and return its id.

        What earlier imports changed is forgotten beyond KEPT_IMPORTS and KEPT_DAYS.
        """

    def keep(self, import_id: str, changes: Sequence[Change]) -> None:
        """Keep what the import is about to change; on return it is durable."""

    def forget(self, import_id: str, ids: Collection[str]) -> None:
        """Forget what the import changed of these people: it was undone, or not done after all."""

    def count(self, import_id: str, counts: Mapping[str, int]) -> None:
        """Note what became of the rows so far."""

    def changes(self, import_id: str, count: int) -> list[Change]:
        """Return up to `count` of the changes that are kept of the import, in no order."""

    def remaining(self, import_id: str) -> int:
        """Return how many changes are kept of the import."""

    def end(self, import_id: str, undone_at: datetime) -> None:
        """Note that the import was undone."""

    def recent(self, count: int) -> list[PastImport]:
        """Return the last imports, the newest first; none before the first one, or without an index."""


class Engine(Protocol):
    """An index of profiles, and the job-title index beside it.

    Every method raises EngineUnavailable when the engine does not answer, EngineRejected when it refuses,
    and, but for `create` and `revisions`, IndexMissing before anything was imported.
    """

    @property
    def label(self) -> str:
        """The engine's address for messages, without credentials."""

    @property
    def titles(self) -> TitleStore:
        """The job-title index."""

    @property
    def imports(self) -> ImportHistory:
        """The last imports."""

    @property
    def demand(self) -> DemandStore:
        """How often seekers looked for which occupation."""

    def create(self, fingerprint: str, dimensions: int) -> None:
        """Make the index if there is none. Raises IndexMismatch if there is one of another encoder or schema."""

    def revisions(self, ids: Collection[str]) -> dict[str, Revision]:
        """Return what is known of `ids`, without those never seen. A missing index knows nobody."""

    def upsert(self, documents: Sequence[Document]) -> dict[str, Outcome]:
        """Write `documents`; on return they are durable, and this engine's searches find them.

        Other instances, as in other processes, may find them a moment later. Equal versions overwrite.

        Raises IndexMismatch, with nothing written, if the documents' encoder is not the index's.
        """

    def delete(self, profile_id: str, at: datetime) -> bool:
        """Remove a person, with their contact, for good; return whether there was one.

        A tombstone keeps every version that is not newer than `at` from coming back. They leave the history of
        imports as well.
        """

    def withdraw(self, expected: Mapping[str, int]) -> set[str]:
        """Remove those people who still have the version that is `expected` of their id; return who that was.

        No tombstone is left: they were brought by mistake, and another import may bring them.
        """

    def get(self, ids: Collection[str]) -> dict[str, Profile]:
        """Return the profiles of `ids` that exist, whatever they said, without their private contact."""

    def stored(self, ids: Collection[str]) -> dict[str, StoredProfile]:
        """Return the people of `ids` who exist, whatever they said, with their private contact and revision."""

    def search(self, query: EngineQuery) -> Retrieved:
        """Return the candidates for `query`. Raises IndexMismatch if its vector is of another encoder."""

    def recode(self, occupation_codes: Callable[[Sequence[str]], list[str]]) -> int:
        """Read everybody's positions anew, as after another job-title index was imported.

        `occupation_codes` returns the code of each of some distinct titles, "" for none; it is called with some
        at a time. Versions stay, and nothing is lost that others write meanwhile. Returns how many people have
        other codes now.
        """

    def occupation_counts(self, today: date) -> dict[str, int]:
        """Return how many people who can be asked on `today` have or had each occupation, by code.

        Occupations that nobody had are left out.
        """

    def group_counts(self, groups: Mapping[str, Collection[str]], today: date) -> dict[str, int]:
        """Return for each of `groups`, occupations by any name, how many people who can be asked have had one.

        Who has had several of a group counts once in it.
        """

    def title_counts(self, titles: Collection[str], today: date) -> dict[str, int]:
        """Return for each of `titles` how many people who can be asked on `today` have or had it, case aside."""

    def inactive(self, before: date, count: int) -> Inactive:
        """Return who said yes and was last active, or confirmed it, before that day; see Facts.active_on.

        The `count` longest inactive are listed. Those of whom no day is known are not counted.
        """

    def availability_counts(self, today: date) -> dict[Availability, int]:
        """Return how many people there are of each availability on `today`; see profile.availability."""

    def status(self) -> IndexStatus:
        """Return the state of the index."""

    def rebuild(self, fingerprint: str, dimensions: int) -> Rebuild | None:
        """Begin to bring the index to another encoder, or go on with that; one program does it at a time.

        Return None if the index has that encoder. What an unfinished rebuild for another one left is discarded.
        """

    def close(self) -> None:
        """Give back connections. The engine is not used afterwards."""
