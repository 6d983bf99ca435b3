"""The job-title index in Elasticsearch: an index of its own behind an alias, replaced as a whole."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk
from numpy.typing import NDArray

from indexer.engines.contract import TitleMatch, TitleQuery, TitlesStatus
from indexer.engines.elasticsearch import title_documents as build
from indexer.engines.elasticsearch.client import meaning, translated_errors
from indexer.engines.elasticsearch.paging import pages
from indexer.engines.titles import in_order, look_up, titles_missing
from indexer.errors import EngineRejected, IndexMissing
from indexer.titles import JobTitle, KnownOccupation, TitleCatalogue

# Titles in one answer, which is 5 MB then.
_PAGE = 5_000
# Merging all titles into one segment takes seconds; on a busy machine more than a search may.
_MERGE_SECONDS = 300.0
# For so long what the alias names is not asked again: a search needs it three times, each 2 ms and more. Within
# it another program's new titles may not serve here yet.
_TRUSTED_SECONDS = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """The titles of one index, the likeliest first; `vectors` is (titles, dimensions), None without titles."""

    index: str
    titles: list[JobTitle]
    places_by_key: dict[str, list[int]]
    vectors: NDArray[np.float32] | None


class ElasticsearchTitles:
    """`{prefix}-titles` is the alias of a dated index of titles and occupations; see TitleStore.

    Safe under threads. Titles are held in memory from the first look-up on: 45,000 take 40 MB, and 2 s to read.
    """

    def __init__(
        self, client: Elasticsearch, *, prefix: str, label: str, check_index: Callable[[], object]
    ) -> None:
        """`check_index` raises IndexMissing or IndexMismatch if there is no index of profiles that can be used."""
        self._client = client
        self._label = label
        self._prefix = prefix
        self._alias = f"{prefix}-titles"
        self._check_index = check_index
        # The concrete index whose layout was checked last: answers name theirs in every hit.
        self._checked = ""
        # What it says of itself, and until when that is trusted.
        self._trusted: tuple[float, dict[str, Any]] = (0.0, {})
        self._loading = threading.Lock()
        self._held: _Held | None = None

    def replace(self, catalogue: TitleCatalogue) -> None:
        """Write `catalogue` into a new index and let the alias name it; see TitleStore.replace.

        A failure deletes what it wrote; what a killed process left behind goes with the next one that succeeds.
        """
        self._check_index()
        fresh = f"{self._alias}-{datetime.now(UTC):%Y%m%dt%H%M%S%f}z"
        with translated_errors(self._label):
            self._client.indices.create(
                index=fresh,
                mappings=build.mapping(catalogue, self._prefix),
                settings={"index": build.settings(catalogue)},
                # Written to through an alias: should the index be deleted meanwhile, no new one springs up.
                aliases={f"{fresh}-writing": {}},
            )
            try:
                self._fill(fresh, catalogue)
            except BaseException:
                self._client.options(ignore_status=404).indices.delete(index=fresh)
                raise
            # From here on it is never deleted: an answer that gets lost may have been a yes.
            self._serve(fresh)
            self._trusted = (0.0, {})
            for name in self._all():
                if name != fresh:
                    self._client.options(ignore_status=404).indices.delete(index=name)

    def _fill(self, fresh: str, catalogue: TitleCatalogue) -> None:
        actions = ({"_index": f"{fresh}-writing", "_source": body} for body in build.documents(catalogue))
        for written, result in streaming_bulk(
            self._client, actions, raise_on_error=False, max_retries=3, require_alias=True
        ):
            if not written:
                answer = result["index"]
                if answer["status"] == 404:
                    raise EngineRejected(f"Another program replaced the job titles at {self._label} meanwhile.")
                raise meaning(f"{self._label} (job titles)", answer["status"], answer)
        patient = self._client.options(request_timeout=_MERGE_SECONDS)
        # One segment, sorted by likelihood as a whole: suggestions end at the last one wanted.
        patient.indices.forcemerge(index=fresh, max_num_segments=1)
        patient.indices.refresh(index=fresh)
        expected = len(catalogue.titles) + len(catalogue.occupations)
        counted = self._client.count(index=fresh)["count"]
        if counted != expected:
            raise EngineRejected(
                f"Of {expected} job titles and occupations, {counted} arrived at {self._label}. Import them again."
            )

    def _serve(self, fresh: str) -> None:
        """Let the alias name `fresh` instead of what it names now, in one step."""
        before = self._client.options(ignore_status=404).indices.get_alias(name=self._alias)
        names = [] if before.meta.status == 404 else list(before)
        self._client.indices.update_aliases(
            actions=[
                *({"remove": {"index": name, "alias": self._alias, "must_exist": True}} for name in names),
                {"remove": {"index": fresh, "alias": f"{fresh}-writing"}},
                {"add": {"index": fresh, "alias": self._alias}},
            ]
        )

    def _all(self) -> list[str]:
        """Return the names of our indices of titles, whole ones and others.

        By what they say of themselves: `mentors-titles-...` may also be the index of another community.
        """
        indices = self._client.indices.get_mapping(index=f"{self._alias}-*")
        return [
            name
            for name, index in indices.items()
            if index["mappings"].get("_meta", {}).get("titles_of") == self._prefix
        ]

    def status(self) -> TitlesStatus | None:
        """Return the state of the job-title index; see TitleStore.status."""
        meta = self._meta()
        if meta is None:
            return None
        return TitlesStatus(
            meta["source"], meta["version"], meta["fingerprint"], meta["titles"], meta["occupations"]
        )

    def _meta(self) -> dict[str, Any] | None:
        """Return what the job-title index says of itself, None if there is none of our layout; and remember it."""
        until, trusted = self._trusted
        return trusted if time.monotonic() < until else self._asked_meta()

    def _asked_meta(self) -> dict[str, Any] | None:
        """Ask for `_meta` anew, as when an answer has shown that the alias moved."""
        self._trusted = (0.0, {})
        try:
            with translated_errors(self._label):
                indices = self._client.indices.get_mapping(index=self._alias)
        except IndexMissing:
            return None
        ((name, index),) = indices.items()
        meta: dict[str, Any] = index["mappings"].get("_meta", {})
        if meta.get("schema_version") != build.SCHEMA_VERSION:
            return None
        self._checked = name
        self._trusted = (time.monotonic() + _TRUSTED_SECONDS, meta)
        return meta

    def occupations(self) -> tuple[KnownOccupation, ...]:
        """Return every occupation; see TitleStore.occupations."""
        status = self.status()
        if status is None:
            raise titles_missing(self._label)
        if not status.occupations:
            return ()
        (hits,) = self._hits([build.all_occupations(max(build.WINDOW, status.occupations))])
        return tuple(build.occupation(hit["_source"]) for hit in hits)

    def match(self, queries: Sequence[TitleQuery], count: int) -> list[list[TitleMatch]]:
        """Return the titles that match each query; see TitleStore.match."""
        held = self._current()
        return [
            in_order(keyed, cosines, held.titles)
            for keyed, cosines in look_up(queries, count, held.places_by_key, held.vectors)
        ]

    def _current(self) -> _Held:
        """Return the titles that the alias names now, read into memory when it has moved."""
        while True:
            if self._meta() is None:
                raise titles_missing(self._label)
            index = self._checked
            with self._loading:
                if self._held and self._held.index == index:
                    return self._held
                self._held = None  # two at once would double the memory
                try:
                    with translated_errors(self._label):
                        self._held = self._loaded(index)
                except IndexMissing:
                    # Replaced while it was read; if not, the alias names nothing any more, or the same again.
                    if self._asked_meta() is not None and self._checked == index:
                        raise
                    continue
                return self._held

    def _loaded(self, index: str) -> _Held:
        sources = [
            hit["_source"]
            for hits in pages(
                self._client,
                self._label,
                index,
                size=_PAGE,
                fields=["title", "codes", "key", "vector"],
                query={"exists": {"field": "place"}},
                sort=["place"],
            )
            for hit in hits
        ]
        return _held(index, sources)

    def suggest(self, beginnings: Sequence[str], count: int) -> list[JobTitle]:
        """Return the likeliest titles with words of these beginnings; see TitleStore.suggest."""
        (hits,) = self._hits([build.beginning(beginnings, count)])
        return [build.title(hit["_source"]) for hit in hits]

    def _hits(self, searches: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        """Return the hits of each search, all of one request. Raises TitlesMissing."""
        lines = [line for search in searches for line in ({}, search)]
        if not (self._checked or self._meta()):
            raise titles_missing(self._label)
        if not lines:
            return []
        with self._titles_errors():
            answers = self._client.msearch(index=self._alias, searches=lines)["responses"]
            for answer in answers:
                if "error" in answer:
                    raise meaning(self._label, answer["status"], answer)
                if answer["_shards"]["failed"]:
                    raise EngineRejected(f"Elasticsearch at {self._label} searched only a part of the job titles.")
        hits: list[list[dict[str, Any]]] = [answer["hits"]["hits"] for answer in answers]
        if any(hit["_index"] != self._checked for some in hits for hit in some) and not self._asked_meta():
            raise titles_missing(self._label)  # the alias has moved to an index of another layout
        return hits

    @contextmanager
    def _titles_errors(self) -> Iterator[None]:
        try:
            with translated_errors(self._label):
                yield
        except IndexMissing as error:
            raise titles_missing(self._label) from error


def _held(index: str, sources: Sequence[dict[str, Any]]) -> _Held:
    places_by_key: dict[str, list[int]] = {}
    for place, source in enumerate(sources):
        places_by_key.setdefault(source["key"], []).append(place)
    return _Held(
        index=index,
        titles=[build.title(source) for source in sources],
        places_by_key=places_by_key,
        vectors=np.stack([build.vector(source) for source in sources]) if sources else None,
    )
