"""Answers a search: understand, retrieve, rank, load the page's people, say why."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.engines import Engine, Filters, Retrieved
from indexer.errors import EncoderError, TitlesMissing
from indexer.profile import Availability, Position, Profile, availability
from indexer.text import clean_line
from indexer.titles import KnownOccupation
from indexer.titles.reader import TitleReader
from indexer.titles.understanding import QueryKind, Reading, Understanding
from service.search.question import Question, question
from service.search.rank import FLOOR, Ranked, rank
from service.search.reasons import reasons
from service.search.request import SearchRequest
from service.search.vectors import QueryVectors
from service.search.wanted import widened

_log = logging.getLogger(__name__)

# With fewer close matches than this a search is widened, to at most this many people of related jobs: half a page.
FEW = 5


@dataclass(frozen=True, slots=True)
class Result:
    """One person of the answer: the position that matched best, the score and what it is made of, and why."""

    profile: Profile
    position: Position
    score: float
    signals: dict[str, float]
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class OccupationRef:
    """An occupation by its code and its title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer to a search.

    `total` counts the people ranked for the query: those above the relevance floor, or all where occupations were
    chosen, among the up to 4 * POOL that retrieval finds. `eligible` counts all who can be asked and meet the
    filters, whatever they do. `related` are people of `related_occupations`, where there are few close matches: a
    group of its own, on the first page alone. `degraded` says that the encoder failed and only words were matched.
    """

    query: str
    understanding: Understanding
    total: int
    eligible: int
    page: int
    per_page: int
    results: list[Result]
    related: list[Result]
    related_occupations: list[OccupationRef]
    degraded: bool
    took_ms: float


class Searcher:
    """Searches one engine with one encoder. Safe under threads."""

    def __init__(self, engine: Engine, reader: TitleReader, vectors: QueryVectors) -> None:
        """`reader` reads by the job titles of `engine`, with the same `vectors`."""
        self._engine = engine
        self._reader = reader
        self._vectors = vectors

    def search(self, request: SearchRequest, today: date) -> SearchAnswer:
        """Return the page of people that `request` asks for. Raises EngineError."""
        started = time.perf_counter()
        occupations = self._occupations()
        understanding = self._understood(clean_line(request.query), request, occupations)
        vector, fingerprint = self._query_vector(understanding.text or understanding.query)
        asked = question(understanding, vector, fingerprint, occupations, request.dropped)
        # Who chose an occupation sees everybody of it.
        floor = 0.0 if request.filters.occupations else FLOOR
        retrieved, ranked = self._ranked(asked, request.filters, today, floor)
        start = (request.page - 1) * request.per_page
        related_codes = []
        if len(ranked) < FEW and request.page == 1:
            related_codes = widened(asked.codes, occupations, request.dropped)
        related = self._related(asked, related_codes, request.filters, ranked, today)
        return SearchAnswer(
            query=understanding.query,
            understanding=understanding,
            total=len(ranked),
            eligible=retrieved.eligible,
            page=request.page,
            per_page=request.per_page,
            results=self._results(ranked[start : start + request.per_page], today),
            related=related,
            related_occupations=[OccupationRef(c, occupations[c].title) for c in related_codes if related],
            degraded=vector is None,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _occupations(self) -> Mapping[str, KnownOccupation]:
        try:
            return self._reader.occupations()
        except TitlesMissing:
            return {}  # words and vectors find people without it, less well

    def _understood(
        self, wish: str, request: SearchRequest, occupations: Mapping[str, KnownOccupation]
    ) -> Understanding:
        """Return what `wish` means, as the seeker narrowed it."""
        chosen = [code for code in request.filters.occupations if code in occupations]
        if not wish:
            titles = [occupations[code].title for code in chosen]
            readings = tuple(Reading(code, occupations[code].title, 1.0, "") for code in chosen)
            return Understanding("", ", ".join(titles), QueryKind.EXACT_TITLE, readings)
        if not occupations:
            return Understanding(wish, wish, QueryKind.UNRECOGNISED, ())
        (read,) = self._reader.read([wish])
        if not chosen:
            return replace(read, readings=tuple(r for r in read.readings if r.code not in request.dropped))
        known = {reading.code: reading for reading in read.readings}
        # The seeker says so: that is certain.
        sure = (Reading(code, occupations[code].title, 1.0, "") for code in chosen)
        return replace(read, readings=tuple(replace(known.get(one.code, one), confidence=1.0) for one in sure))

    def _query_vector(self, text: str) -> tuple[NDArray[np.float32] | None, str]:
        try:
            return self._vectors.encode([text])[0], self._vectors.fingerprint
        except EncoderError:
            _log.exception("The encoder failed; searching by words alone.")
            return None, ""

    def _ranked(
        self, asked: Question, filters: Filters, today: date, floor: float
    ) -> tuple[Retrieved, list[Ranked]]:
        retrieved = self._engine.search(asked.to(today, filters))
        return retrieved, rank(retrieved.candidates, asked.wanted, words_alone=asked.vector is None, floor=floor)

    def _related(
        self, asked: Question, codes: Sequence[str], filters: Filters, close: list[Ranked], today: date
    ) -> list[Result]:
        """Return the nearest people of the occupations `codes` who are not among the `close` matches."""
        if not codes:
            return []
        shown = {person.id for person in close}
        neighbouring = replace(asked, codes=tuple(codes))
        # No floor: the group says whose people these are.
        _, ranked = self._ranked(neighbouring, replace(filters, occupations=tuple(codes)), today, floor=0.0)
        return self._results([person for person in ranked if person.id not in shown][:FEW], today)

    def _results(self, ranked: Sequence[Ranked], today: date) -> list[Result]:
        profiles = self._engine.get([person.id for person in ranked]) if ranked else {}
        # Whoever was deleted, took their yes back or paused since they were ranked is not shown any more.
        shown = {id_ for id_, profile in profiles.items() if availability(profile, today) is Availability.OPEN}
        return [_result(person, profiles[person.id]) for person in ranked if person.id in shown]


def _result(person: Ranked, profile: Profile) -> Result:
    # The profile may have been rewritten since it was ranked.
    position = profile.positions[min(person.position, len(profile.positions) - 1)]
    return Result(profile, position, person.score, person.signals, reasons(profile, position))
