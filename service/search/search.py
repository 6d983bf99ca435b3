"""Answers a search: understand, retrieve, rank, order, count the facets, load the page's people, say why."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.encoder.short import shortened
from indexer.engines import Engine, Filters
from indexer.errors import EncoderError, TitlesMissing
from indexer.text import clean_line
from indexer.titles import KnownOccupation
from indexer.titles.reader import TitleReader
from indexer.titles.understanding import QueryKind, Reading, Understanding
from service.search import cursor
from service.search.demand import FEW, DemandCounter
from service.search.facets import FACETS, FacetValue, chosen, count, without
from service.search.order import ordered
from service.search.question import Question, question
from service.search.rank import FLOOR, INACTIVE_AFTER_DAYS, Ranked, rank
from service.search.request import SearchRequest
from service.search.results import Result, results
from service.search.vectors import QueryVectors
from service.search.wanted import kept, widened

_log = logging.getLogger(__name__)


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
    filters, whatever they do. `next_page` and `previous_page` are cursors, "" where there is no such page.
    `facets` count the same people as `total`; `total_without` is what `total` would be without the choice in a
    facet, for each where something is chosen. `related` are people of `related_occupations`, where there are few
    close matches: a group of its own, on the first page alone. `degraded` says that the encoder failed and only
    words were matched.
    """

    query: str
    understanding: Understanding
    total: int
    eligible: int
    page: int
    per_page: int
    next_page: str
    previous_page: str
    results: list[Result]
    facets: dict[str, list[FacetValue]]
    total_without: dict[str, int]
    related: list[Result]
    related_occupations: list[OccupationRef]
    degraded: bool
    took_ms: float


@dataclass(frozen=True, slots=True)
class _Page:
    """The people of one page, which page it is, and the cursors of those beside it."""

    people: Sequence[Ranked]
    number: int
    next: str
    previous: str


class Searcher:
    """Searches one engine with one encoder. Safe under threads."""

    def __init__(
        self,
        engine: Engine,
        reader: TitleReader,
        vectors: QueryVectors,
        *,
        inactive_after: int = INACTIVE_AFTER_DAYS,
        demand: DemandCounter | None = None,
    ) -> None:
        """`reader` reads by the job titles of `engine`, with the same `vectors`; see rank for `inactive_after`.

        `demand` counts what is looked for.
        """
        self._engine = engine
        self._reader = reader
        self._vectors = vectors
        self._inactive_after = inactive_after
        self._demand = demand

    def search(self, request: SearchRequest, today: date) -> SearchAnswer:
        """Return the page of people that `request` asks for. Raises EngineError."""
        started = time.perf_counter()
        occupations = self._occupations()
        understanding = self._understood(clean_line(request.query), request, occupations)
        vector, fingerprint = self._query_vector(understanding.text or understanding.query)
        asked = question(understanding, vector, fingerprint, occupations, request.dropped)
        eligible, ranked = self._ranked(asked, request, today)
        # Of filters, and of the later pages, one learns nothing about whom to look for.
        if (
            self._demand
            and request.query
            and request.filters == Filters()
            and request.seen is None
            and request.page == 1
        ):
            self._demand.count(understanding, len(ranked), today)
        page = _page(ordered(ranked, request.sort, today, request.seeker.token), request)
        related_codes = []
        if len(ranked) < FEW and page.number == 1:
            related_codes = widened(asked.codes, occupations, request.dropped)
        facets, total_without = self._facets(asked, request, ranked, occupations, today)
        related = self._related(asked, related_codes, request, ranked, today)
        return SearchAnswer(
            query=understanding.query,
            understanding=understanding,
            total=len(ranked),
            eligible=eligible,
            page=page.number,
            per_page=request.per_page,
            next_page=page.next,
            previous_page=page.previous,
            results=self._results(page.people, asked, request, today),
            facets=facets,
            total_without=total_without,
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
        narrowed = [code for code in request.filters.occupations if code in occupations]
        if not wish:
            titles = [occupations[code].title for code in narrowed]
            readings = tuple(Reading(code, occupations[code].title, 1.0, "") for code in narrowed)
            return Understanding("", ", ".join(titles), QueryKind.EXACT_TITLE, readings)
        if not occupations:
            return Understanding(wish, wish, QueryKind.UNRECOGNISED, ())
        (read,) = self._reader.read([wish], as_typed=request.as_typed)
        if not narrowed:
            return replace(read, readings=kept(read.readings, request.dropped))
        known = {reading.code: reading for reading in read.readings}
        # The seeker says so: that is certain.
        sure = (Reading(code, occupations[code].title, 1.0, "") for code in narrowed)
        return replace(read, readings=tuple(replace(known.get(one.code, one), confidence=1.0) for one in sure))

    def _query_vector(self, text: str) -> tuple[NDArray[np.float32] | None, str]:
        try:
            return shortened(self._vectors.encode([text]), self._vectors)[0], self._vectors.fingerprint
        except EncoderError:
            _log.exception("The encoder failed; searching by words alone.")
            return None, ""

    def _ranked(
        self, asked: Question, request: SearchRequest, today: date, *, floor: float | None = None
    ) -> tuple[int, list[Ranked]]:
        """Return how many people meet the filters of `request`, and those worth showing with their scores."""
        if floor is None:
            # Who chose an occupation sees everybody of it.
            floor = 0.0 if request.filters.occupations else FLOOR
        retrieved = self._engine.search(asked.to(today, request.filters, request.seeker.ground))
        ranked = rank(
            retrieved,
            asked.wanted,
            today,
            seeker=request.seeker,
            inactive_after=self._inactive_after,
            words_alone=asked.vector is None,
            floor=floor,
        )
        return retrieved.eligible, ranked

    def _facets(
        self,
        asked: Question,
        request: SearchRequest,
        ranked: Sequence[Ranked],
        occupations: Mapping[str, KnownOccupation],
        today: date,
    ) -> tuple[dict[str, list[FacetValue]], dict[str, int]]:
        """Return the values of each facet, counted without the choices in that facet itself.

        And how many people those counts are of, for each facet where something is chosen.
        """
        narrowed = chosen(request.filters)
        counted, total_without = {}, {}
        for name in FACETS:
            people = ranked
            if name in narrowed:
                wider = replace(request, filters=without(request.filters, name))
                _, people = self._ranked(asked, wider, today)
                total_without[name] = len(people)
            counted[name] = count(name, people, request.filters, occupations)
        return counted, total_without

    def _related(
        self, asked: Question, codes: Sequence[str], request: SearchRequest, close: Sequence[Ranked], today: date
    ) -> list[Result]:
        """Return the nearest people of the occupations `codes` who are not among the `close` matches."""
        if not codes:
            return []
        shown = {person.id for person in close}
        neighbouring = replace(asked, codes=tuple(codes))
        theirs = replace(request, filters=replace(request.filters, occupations=tuple(codes)))
        # No floor: the group says whose people these are.
        _, ranked = self._ranked(neighbouring, theirs, today, floor=0.0)
        return self._results([person for person in ranked if person.id not in shown][:FEW], asked, request, today)

    def _results(
        self, people: Sequence[Ranked], asked: Question, request: SearchRequest, today: date
    ) -> list[Result]:
        return results(self._engine, people, today, query=asked.tokens, booked=request.filters.booked)


def _page(people: Sequence[Ranked], request: SearchRequest) -> _Page:
    """Return the page of `people` that is asked for: the first whom a walk has not shown, or those of a number."""
    if request.seen is None:
        start = (request.page - 1) * request.per_page
        shown = people[start : start + request.per_page]
        seen = tuple(cursor.mark(person.id) for person in people[:start])
        left = people[start + request.per_page :]
    else:
        seen = request.seen
        already = set(seen)
        unseen = [person for person in people if cursor.mark(person.id) not in already]
        shown, left = unseen[: request.per_page], unseen[request.per_page :]
    marks = [cursor.mark(person.id) for person in shown]
    return _Page(
        people=shown,
        number=request.page if request.seen is None else len(seen) // request.per_page + 1,
        next=cursor.write([*seen, *marks]) if left else "",
        previous=cursor.write(seen[: -request.per_page]) if seen else "",
    )
