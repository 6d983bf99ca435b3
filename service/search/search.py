"""Answers a search: encode, retrieve, rank, load the page's people, say why."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.engines import Engine, EngineQuery
from indexer.errors import EncoderError
from indexer.profile import Availability, Position, Profile, availability
from indexer.text import clean_line, query_tokens
from service.search.rank import Ranked, rank
from service.search.reasons import reasons
from service.search.request import SearchRequest

_log = logging.getLogger(__name__)

# People taken by words, by position and by profile each: up to 30 pages of results, more than anybody reads. At
# 10,000 people 200 of each cost 2 ms more, and the same ten people came first (docs/ranking.md).
POOL = 100
# 4,096 vectors of 384 float32 are 6 MB; popular dream jobs are asked again and again.
_CACHED_QUERIES = 4096
# Every token costs a look-up in the text index; a dream job in words has fewer.
MOST_TOKENS = 32


@dataclass(frozen=True, slots=True)
class Result:
    """One person of the answer: the position that matched best, the score and what it is made of, and why."""

    profile: Profile
    position: Position
    score: float
    signals: dict[str, float]
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer to a search.

    `total` counts the people ranked for the query: those above the relevance floor among the up to 3 * POOL
    that retrieval finds. `eligible` counts all who can be asked and meet the filters, whatever they do.
    `degraded` says that the encoder failed and only words were matched.
    """

    query: str
    total: int
    eligible: int
    page: int
    per_page: int
    results: list[Result]
    degraded: bool
    took_ms: float


class Searcher:
    """Searches one engine with one encoder. Safe under threads."""

    def __init__(self, engine: Engine, open_encoder: Callable[[], Encoder]) -> None:
        """`open_encoder` returns the same encoder each time; it is called when the first query needs it."""
        self._engine = engine
        self._open_encoder = open_encoder
        self._vector = lru_cache(maxsize=_CACHED_QUERIES)(self._encode)

    def search(self, request: SearchRequest, today: date) -> SearchAnswer:
        """Return the page of people that `request` asks for. Raises EngineError."""
        started = time.perf_counter()
        wish = clean_line(request.query)
        vector, fingerprint = self._query_vector(wish)
        retrieved = self._engine.search(
            EngineQuery(
                tokens=tuple(query_tokens(wish)[:MOST_TOKENS]),
                vector=vector,
                fingerprint=fingerprint,
                today=today,
                pool=POOL,
                filters=request.filters,
            )
        )
        ranked = rank(retrieved.candidates, degraded=vector is None)
        start = (request.page - 1) * request.per_page
        return SearchAnswer(
            query=wish,
            total=len(ranked),
            eligible=retrieved.eligible,
            page=request.page,
            per_page=request.per_page,
            results=self._results(ranked[start : start + request.per_page], today),
            degraded=vector is None,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _query_vector(self, wish: str) -> tuple[NDArray[np.float32] | None, str]:
        try:
            return self._vector(wish)
        except EncoderError:
            _log.exception("The encoder failed; searching by words alone.")
            return None, ""

    def _encode(self, wish: str) -> tuple[NDArray[np.float32], str]:
        encoder = self._open_encoder()
        return encoder.encode([wish])[0], encoder.fingerprint

    def _results(self, ranked: list[Ranked], today: date) -> list[Result]:
        profiles = self._engine.get([person.id for person in ranked]) if ranked else {}
        # Whoever was deleted, took their yes back or paused since they were ranked is not shown any more.
        shown = {id_ for id_, profile in profiles.items() if availability(profile, today) is Availability.OPEN}
        return [_result(person, profiles[person.id]) for person in ranked if person.id in shown]


def _result(person: Ranked, profile: Profile) -> Result:
    # The profile may have been rewritten since it was ranked.
    position = profile.positions[min(person.position, len(profile.positions) - 1)]
    return Result(profile, position, person.score, person.signals, reasons(profile, position))
