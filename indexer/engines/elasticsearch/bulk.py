"""Writes and removes people in bulk."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from indexer.document import Document
from indexer.engines.contract import Outcome
from indexer.engines.elasticsearch.client import meaning
from indexer.engines.elasticsearch.mapping import writes_alias
from indexer.engines.elasticsearch.query import source


def write_all(
    client: Elasticsearch, label: str, index: str, documents: Iterable[Document], numbers: Mapping[str, int]
) -> dict[str, Outcome]:
    """Write `documents` to `index`, numbered by `numbers` (see versions.py); return what became of each.

    A document is stale where its id has a higher number already.
    Raises EngineError for the first that fails, and the client's own errors.
    """
    actions = (
        {
            "_index": writes_alias(index),
            "_id": document.profile.id,
            "version": numbers[document.profile.id],
            "version_type": "external_gte",
            "_source": source(document),
        }
        for document in documents
    )
    outcomes = {}
    # For the request as a whole: the helper drops it from an action.
    results = streaming_bulk(client, actions, raise_on_error=False, max_retries=3, require_alias=True)
    for _, result in results:
        answer = result["index"]
        if answer["status"] == 409:
            outcomes[answer["_id"]] = Outcome.STALE
        elif answer["status"] >= 400:
            raise meaning(f"{label} (profile {answer['_id']})", answer["status"], answer)
        else:
            outcomes[answer["_id"]] = Outcome.WRITTEN
    return outcomes


def remove_all(client: Elasticsearch, label: str, index: str, found: Sequence[Mapping[str, Any]]) -> set[str]:
    """Remove from `index` whoever still stands there as in `found`, answers to a get; return who that was.

    Raises EngineError for the first that fails, and the client's own errors.
    """
    actions = (
        {
            "_op_type": "delete",
            "_index": writes_alias(index),
            "_id": doc["_id"],
            "if_seq_no": doc["_seq_no"],
            "if_primary_term": doc["_primary_term"],
        }
        for doc in found
    )
    removed = set()
    results = streaming_bulk(
        client, actions, raise_on_error=False, max_retries=3, require_alias=True, refresh=True
    )
    for done, result in results:
        answer = result["delete"]
        if done:
            removed.add(answer["_id"])
        elif answer["status"] not in (404, 409):  # somebody else removed or rewrote them meanwhile
            raise meaning(f"{label} (profile {answer['_id']})", answer["status"], answer)
    return removed
