"""The history of imports in Elasticsearch: an index of its own, made by the first import that is noted."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from indexer.engines.contract import KEPT_IMPORTS, LISTED_IMPORTS, Change, PastImport
from indexer.engines.elasticsearch.client import create_if_missing, meaning, translated_errors
from indexer.engines.imports import stored_profile, stored_record, too_old
from indexer.errors import IndexMissing

# An import is a document with `at`; a change is one with `import_id`.
_MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {
        "at": {"type": "date"},
        "file": {"type": "keyword", "index": False},
        "counts": {"type": "object", "enabled": False},
        "undone_at": {"type": "date"},
        "forgotten": {"type": "boolean"},
        "import_id": {"type": "keyword"},
        "profile_id": {"type": "keyword"},
        "content_hash": {"type": "keyword", "index": False},
        "was_deleted": {"type": "boolean"},
        "before": {"type": "object", "enabled": False},
    },
}


class ElasticsearchImports:
    """The history in the index `{prefix}-imports`; see ImportHistory. Safe under threads."""

    def __init__(self, client: Elasticsearch, *, prefix: str, label: str) -> None:
        self._client = client
        self._label = label
        self._index = f"{prefix}-imports"

    def begin(self, file: str, at: datetime) -> str:
        """Note that an import begins; see ImportHistory.begin."""
        with translated_errors(self._label):
            create_if_missing(self._client, self._index, _MAPPING)
            number: str = self._client.index(
                index=self._index,
                document={"at": at.isoformat(), "file": file, "counts": {}, "forgotten": False},
                refresh=True,
            )["_id"]
            listed = self._listed(10_000)
            forgotten = [
                hit["_id"]
                for place, hit in enumerate(listed)
                if not hit["_source"]["forgotten"]
                and (place >= KEPT_IMPORTS or datetime.fromisoformat(hit["_source"]["at"]) < too_old(at))
            ]
            for id_ in forgotten:
                self._client.update(index=self._index, id=id_, doc={"forgotten": True})
            if forgotten:
                self._delete({"terms": {"import_id": forgotten}})
            if unlisted := [hit["_id"] for hit in listed[LISTED_IMPORTS:]]:
                self._delete({"ids": {"values": unlisted}})
        return number

    def keep(self, import_id: str, changes: Sequence[Change]) -> None:
        """Keep what is about to change; see ImportHistory.keep."""
        self._bulk(
            {
                "_id": _change_id(import_id, change.id),
                "_source": {
                    "import_id": import_id,
                    "profile_id": change.id,
                    "content_hash": change.content_hash,
                    "was_deleted": change.was_deleted,
                    "before": stored_record(change.before) if change.before else None,
                },
            }
            for change in changes
        )

    def forget(self, import_id: str, ids: Collection[str]) -> None:
        """Forget some changes; see ImportHistory.forget."""
        self._bulk({"_op_type": "delete", "_id": _change_id(import_id, id_)} for id_ in ids)

    def _bulk(self, actions: Iterable[dict[str, Any]]) -> None:
        with translated_errors(self._label):
            ours = ({"_index": self._index, **action} for action in actions)
            for done, result in streaming_bulk(self._client, ours, raise_on_error=False, max_retries=3):
                ((_, answer),) = result.items()
                # What is forgotten may be gone already.
                if not done and answer["status"] != 404:
                    raise meaning(f"{self._label} (history of imports)", answer["status"], answer)

    def count(self, import_id: str, counts: Mapping[str, int]) -> None:
        """Note what became of the rows so far; see ImportHistory.count."""
        with translated_errors(self._label):
            self._client.update(index=self._index, id=import_id, doc={"counts": dict(counts)})

    def changes(self, import_id: str, count: int) -> list[Change]:
        """Return some of the changes that are kept; see ImportHistory.changes."""
        found = self._search(size=count, query={"term": {"import_id": import_id}})
        return [_change(hit["_source"]) for hit in found["hits"]["hits"]]

    def remaining(self, import_id: str) -> int:
        """Return how many changes are kept; see ImportHistory.remaining."""
        found = self._search(size=0, query={"term": {"import_id": import_id}}, track_total_hits=True)
        return int(found["hits"]["total"]["value"])

    def end(self, import_id: str, undone_at: datetime) -> None:
        """Note that the import was undone; see ImportHistory.end."""
        with translated_errors(self._label):
            self._client.update(
                index=self._index, id=import_id, doc={"undone_at": undone_at.isoformat()}, refresh=True
            )

    def recent(self, count: int) -> list[PastImport]:
        """Return the last imports; see ImportHistory.recent."""
        try:
            with translated_errors(self._label):
                listed = self._listed(count)
        except IndexMissing:
            return []
        return [_past_import(hit["_id"], hit["_source"]) for hit in listed]

    def forget_person(self, profile_id: str) -> None:
        """Take a person out of the history. Raises the client's own errors."""
        if self._client.indices.exists(index=self._index):
            self._delete({"term": {"profile_id": profile_id}})

    def _listed(self, count: int) -> list[dict[str, Any]]:
        self._client.indices.refresh(index=self._index)
        found = self._client.search(
            index=self._index, size=count, query={"exists": {"field": "at"}}, sort=[{"at": "desc"}]
        )
        hits: list[dict[str, Any]] = found["hits"]["hits"]
        return hits

    def _search(self, **search: Any) -> dict[str, Any]:
        with translated_errors(self._label):
            self._client.options(ignore_status=404).indices.refresh(index=self._index)
            return dict(self._client.search(index=self._index, ignore_unavailable=True, **search))

    def _delete(self, query: dict[str, Any]) -> None:
        # Refreshed before and after: what was written a moment ago goes as well, and nobody reads it any more.
        self._client.indices.refresh(index=self._index)
        self._client.delete_by_query(index=self._index, query=query, refresh=True, conflicts="proceed")


def _change_id(import_id: str, profile_id: str) -> str:
    # The id of a document has at most 512 bytes, that of a person may have as many alone.
    return f"{import_id}-{hashlib.sha256(profile_id.encode()).hexdigest()}"


def _change(source: Mapping[str, Any]) -> Change:
    before = source["before"]
    return Change(
        source["profile_id"],
        source["content_hash"],
        stored_profile(**before) if before else None,
        source["was_deleted"],
    )


def _past_import(id_: str, source: Mapping[str, Any]) -> PastImport:
    undone_at = source.get("undone_at")
    return PastImport(
        id=id_,
        at=datetime.fromisoformat(source["at"]),
        file=source["file"],
        counts=source["counts"],
        undone_at=datetime.fromisoformat(undone_at) if undone_at else None,
        undoable=not (undone_at or source["forgotten"]),
    )
