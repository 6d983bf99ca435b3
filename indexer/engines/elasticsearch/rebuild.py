"""A rebuild on Elasticsearch: an index of its own, that takes the place of the old one in one call."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

from elasticsearch import Elasticsearch, NotFoundError

from indexer.document import Document
from indexer.engines.contract import Outcome, Revision, StoredProfile
from indexer.engines.elasticsearch import versions
from indexer.engines.elasticsearch.bulk import write_all
from indexer.engines.elasticsearch.client import meaning, translated_errors
from indexer.engines.elasticsearch.mapping import (
    SCHEMA_VERSION,
    SETTINGS,
    index_name,
    is_index_name,
    mapping,
    writes_alias,
)
from indexer.engines.elasticsearch.paging import pages
from indexer.engines.imports import stored_profile
from indexer.engines.mismatch import check_encoder
from indexer.errors import EngineRejected, EngineUnavailable

# A refresh after many writes, or a block that waits for writers, may take longer than a search ever should.
_TIMEOUT_SECONDS = 60.0
# A page of ids and versions is 150 kB; more a page is no faster.
_PAGE = 1000
# People who must find themselves in the new index before it serves.
_CANARIES = 20
# The score (1 + cosine) / 2 of a vector with itself; int8 quantisation of 384 dimensions takes off less than .003.
_SAME = 0.99

# How a document stands in an index: _seq_no, _primary_term. Every write changes it, one of an equal version too.
Standing = tuple[int, int]


def prepare(
    client: Elasticsearch,
    *,
    label: str,
    prefix: str,
    alias: str,
    old: str,
    current: str,
    fingerprint: str,
    dimensions: int,
) -> "ElasticsearchRebuild | None":
    """Return the rebuild of the index `old`, made with `current`, for `fingerprint`; None if they are equal.

    Indices that earlier rebuilds left unfinished are gone on with if they fit, and deleted otherwise.
    """
    client = client.options(request_timeout=_TIMEOUT_SECONDS)
    run = uuid4().hex
    ours = {"schema_version": SCHEMA_VERSION, "fingerprint": fingerprint, "rebuild_of": old}
    with translated_errors(label):
        unfinished = _unfinished(client, prefix)
        if unfinished:
            _unblock(client, old)  # a rebuild that was killed while it finished has left it blocked
        fitting = [name for name, meta in unfinished.items() if ours.items() <= meta.items()]
        new = max(fitting, default="") if fingerprint != current else ""
        for name in unfinished.keys() - {new}:
            client.indices.delete(index=name)
        if fingerprint == current:
            return None
        if new:
            client.indices.put_mapping(index=new, meta={**ours, "run": run})
        else:
            new = index_name(prefix)
            client.indices.create(
                index=new,
                mappings=mapping(fingerprint, dimensions, rebuild_of=old, run=run),
                settings=SETTINGS,
                aliases={writes_alias(new): {}},
            )
    return ElasticsearchRebuild(
        client, label=label, alias=alias, old=old, new=new, fingerprint=fingerprint, run=run
    )


def _unfinished(client: Elasticsearch, prefix: str) -> dict[str, dict[str, Any]]:
    """Return what each index of people that is not searched says of itself."""
    indices = client.indices.get(index=f"{prefix}-*", features=["aliases", "mappings"])
    return {
        name: index["mappings"].get("_meta", {})
        for name, index in indices.items()
        if is_index_name(prefix, name) and index["aliases"].keys() <= {writes_alias(name)}
    }


def _unblock(client: Elasticsearch, index: str) -> None:
    client.indices.put_settings(index=index, settings={"index.blocks.write": None})


class ElasticsearchRebuild:
    """The index `new`, filled from `old`; see Rebuild. The ids and standings of all people are in memory."""

    def __init__(
        self, client: Elasticsearch, *, label: str, alias: str, old: str, new: str, fingerprint: str, run: str
    ) -> None:
        self._client = client
        self._label = label
        self._alias = alias
        self._old = old
        self._new = new
        self._fingerprint = fingerprint
        self._run = run
        # How everybody stood in the old index when their present document in the new one was made of it.
        self._copied: dict[str, Standing] = {}
        # The same of those whom `pending` returned last.
        self._under_way: dict[str, Standing] = {}
        self._queue: list[str] = []
        # Looking at everybody takes as long as many a write: once little is found, `finish` looks, under a block.
        self._caught_up = False
        with translated_errors(label):
            self._recall()
            self._look()

    def remaining(self) -> int:
        """Return how many people are to be embedded; see Rebuild.remaining."""
        return len(self._queue)

    def pending(self, count: int) -> list[StoredProfile]:
        """Return up to `count` people to embed; see Rebuild.pending."""
        with translated_errors(self._label):
            if not self._queue and not self._caught_up:
                self._look()
                self._caught_up = len(self._queue) <= count
            ids = self._queue[-count:]
            del self._queue[-count:]
            return self._stored(ids) if ids else []

    def _stored(self, ids: list[str]) -> list[StoredProfile]:
        answer = self._client.mget(index=self._old, ids=ids, source=["content_hash", "record", "contact"])
        for doc in answer["docs"]:
            if "error" in doc:
                raise meaning(self._label, 503, doc)
        found = [doc for doc in answer["docs"] if doc["found"]]
        self._under_way = {doc["_id"]: _standing(doc) for doc in found}
        return [stored_profile(version=versions.version_of(doc["_version"]), **doc["_source"]) for doc in found]

    def write(self, documents: Sequence[Document]) -> None:
        """Write `documents` to the new index; see Rebuild.write."""
        for document in documents:
            check_encoder(self._fingerprint, document.fingerprint)
        with translated_errors(self._label):
            self._check_run()
            numbers = {document.profile.id: versions.first(document.version) for document in documents}
            outcomes = write_all(self._client, self._label, self._new, documents, numbers)
        written = [id_ for id_, outcome in outcomes.items() if outcome is Outcome.WRITTEN]
        self._copied |= {id_: self._under_way[id_] for id_ in written}

    def finish(self) -> bool:
        """Verify the new index while nobody writes, and switch; see Rebuild.finish."""
        with translated_errors(self._label):
            self._check_run()
            switched = False
            try:
                self._block()
                if self._look():
                    self._check_canaries()
                    self._check_run()
                    self._switch()
                    switched = True
            finally:
                # A later run may hold the block by now.
                if not switched and self._is_latest_run():
                    _unblock(self._client, self._old)
        return switched

    def _block(self) -> None:
        """Hold back writes to the old index; those under way are done when this returns."""
        answer = self._client.indices.add_block(index=self._old, block="write")
        if not answer["shards_acknowledged"]:
            raise EngineUnavailable(f"Elasticsearch at {self._label} could not hold back writes for the switch.")

    def _switch(self) -> None:
        # The old index goes in the same call: kept, it would keep people who are deleted from now on.
        actions: list[dict[str, Any]] = [
            {"add": {"index": self._new, "alias": self._alias, "is_write_index": True}},
            {"remove_index": {"index": self._old}},
        ]
        answer = self._client.indices.update_aliases(actions=actions)
        if answer.get("errors"):
            raise EngineRejected(f"Elasticsearch at {self._label} did not switch to the new index: {answer.body}.")

    def _check_run(self) -> None:
        """Raise EngineUnavailable if a later run has taken over: two would undo each other's blocks."""
        if not self._is_latest_run():
            raise EngineUnavailable("Another run of scripts/rebuild_index.py has taken the place of this one.")

    def _is_latest_run(self) -> bool:
        try:
            meta = self._client.indices.get_mapping(index=self._new)[self._new]["mappings"]["_meta"]
        except NotFoundError:
            return False
        return bool(meta["run"] == self._run)

    def _check_canaries(self) -> None:
        """Raise EngineRejected unless kNN on the new index finds people by their own vectors."""
        sample = self._client.search(
            index=self._new, size=_CANARIES, source=False, fields=[{"field": "profile_vector"}]
        )
        for hit in sample["hits"]["hits"]:
            knn: dict[str, Any] = {
                "field": "profile_vector",
                "query_vector": hit["fields"]["profile_vector"],
                "k": 1,
                "num_candidates": _CANARIES,
            }
            nearest = self._client.search(index=self._new, size=1, source=False, knn=knn)["hits"]["hits"]
            if not nearest or nearest[0]["_score"] < _SAME:
                raise EngineRejected(
                    f"The new index {self._new} at {self._label} does not find a person by their own vector. The "
                    "old one goes on serving; delete the new one and run scripts/rebuild_index.py again."
                )

    def _recall(self) -> None:
        """Take up what an earlier run has written: people whose version and content have not changed since."""
        there = {hit["_id"]: _revision(hit) for hit in self._everybody(self._new, ["content_hash"])}
        if there:
            here = self._everybody(self._old, ["content_hash"])
            self._copied = {hit["_id"]: _standing(hit) for hit in here if there.get(hit["_id"]) == _revision(hit)}

    def _look(self) -> bool:
        """Compare both indices and return whether they were alike.

        Queue those who are not in the new one as they are in the old one; delete there whom the old one lacks.
        """
        old = {
            hit["_id"]: (versions.version_of(hit["_version"]), _standing(hit))
            for hit in self._everybody(self._old)
        }
        new = {hit["_id"]: versions.version_of(hit["_version"]) for hit in self._everybody(self._new)}
        self._queue = [
            id_
            for id_, (version, standing) in old.items()
            if new.get(id_) != version or self._copied.get(id_) != standing
        ]
        gone = list(new.keys() - old.keys())
        if gone:
            self._client.delete_by_query(index=self._new, query={"ids": {"values": gone}})
        return not (self._queue or gone)

    def _everybody(self, index: str, fields: list[str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield everybody in `index` as a hit with version, standing and `fields`."""
        self._client.indices.refresh(index=index)
        for hits in pages(
            self._client,
            self._label,
            index,
            size=_PAGE,
            fields=fields,
            version=True,
            seq_no_primary_term=True,
        ):
            yield from hits


def _standing(doc: dict[str, Any]) -> Standing:
    return doc["_seq_no"], doc["_primary_term"]


def _revision(hit: dict[str, Any]) -> Revision:
    return Revision(versions.version_of(hit["_version"]), hit["_source"]["content_hash"])
