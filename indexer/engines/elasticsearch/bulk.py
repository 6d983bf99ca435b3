"""Writes people in bulk."""

from collections.abc import Iterable, Mapping

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
