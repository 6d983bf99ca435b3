"""What every engine does. SQLite and Elasticsearch keep it, and one test suite checks both."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.document import Document
from indexer.profile import Profile

# BM25 weight of a word in a position's title against one in the rest of the profile: a title says what a
# person does, a bio mentions what others do as well. Chosen by scripts/evaluate_relevance.py.
TITLE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions every candidate meets: any of the values within a field, all of the fields together."""

    chat_minutes: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class EngineQuery:
    """One retrieval.

    `vector` has shape (dimensions,) and unit length and was made by the encoder `fingerprint`; without it
    (the encoder failed) only words are matched. People are found who said yes, are not paused on `today` and
    have room this month. `pool` people are taken by words, `pool` by their nearest position and `pool` by
    their profile.
    """

    tokens: tuple[str, ...]
    vector: NDArray[np.float32] | None
    fingerprint: str
    today: date
    pool: int
    filters: Filters = field(default=Filters())


class PositionSignal(NamedTuple):
    """How near one position's title is to the query: cosine similarity, -1 to 1.

    A tuple, since a search makes over a thousand: frozen dataclasses take three times as long to make.
    """

    similarity: float
    current: bool
    end_year: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person with every raw signal, whichever side found them.

    `bm25` is 0 where no word matches; `positions` is in the order of the profile's positions;
    similarities are cosines, 0 throughout when the query had no vector.
    """

    id: str
    bm25: float
    positions: tuple[PositionSignal, ...]
    profile_similarity: float


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The candidates, in no order, and how many people the filters and their consent leave in all."""

    candidates: list[Candidate]
    eligible: int


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
class IndexStatus:
    """The state of an index. `open_to_chats` counts people by what they said: yes, no, not_said."""

    fingerprint: str
    schema_version: int
    people: int
    open_to_chats: Mapping[str, int]


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


class Engine(Protocol):
    """An index of profiles.

    Every method raises EngineUnavailable when the engine does not answer, EngineRejected when it refuses,
    and, but for `create` and `revisions`, IndexMissing before anything was imported.
    """

    @property
    def label(self) -> str:
        """The engine's address for messages, without credentials."""

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

        A tombstone keeps every version that is not newer than `at` from coming back.
        """

    def get(self, ids: Collection[str]) -> dict[str, Profile]:
        """Return the profiles of `ids` that exist, whatever they said, without their private contact."""

    def search(self, query: EngineQuery) -> Retrieved:
        """Return the candidates for `query`. Raises IndexMismatch if its vector is of another encoder."""

    def status(self) -> IndexStatus:
        """Return the state of the index."""

    def rebuild(self, fingerprint: str, dimensions: int) -> Rebuild | None:
        """Begin to bring the index to another encoder, or go on with that; one program does it at a time.

        Return None if the index has that encoder. What an unfinished rebuild for another one left is discarded.
        """

    def close(self) -> None:
        """Give back connections. The engine is not used afterwards."""
