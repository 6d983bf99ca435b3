"""Reads all documents of an index, page by page, as they were when it began."""

from collections.abc import Iterator
from typing import Any

from elasticsearch import Elasticsearch

from indexer.errors import EngineUnavailable


def pages(
    client: Elasticsearch,
    label: str,
    index: str,
    *,
    size: int,
    keep_alive: str = "2m",
    fields: list[str] | None = None,
    **search: Any,
) -> Iterator[list[dict[str, Any]]]:
    """Yield the hits of `index` in lists of up to `size`, with `fields` of their sources.

    The server keeps its place for `keep_alive` between two lists. `search` are further arguments of the client's
    search; without a sort, hits come as they lie. Raises EngineUnavailable, naming `label`, if a part of the index
    does not answer, and the client's own errors.
    """
    point = client.open_point_in_time(index=index, keep_alive=keep_alive)["id"]
    arguments = {"sort": ["_shard_doc"]} | search
    after: list[Any] | None = None
    try:
        while True:
            answer = client.search(
                pit={"id": point, "keep_alive": keep_alive},
                size=size,
                search_after=after,
                source={"includes": fields} if fields else False,
                track_total_hits=False,
                **arguments,
            )
            if answer["_shards"]["failed"]:
                raise EngineUnavailable(f"Elasticsearch at {label} read only a part of {index}.")
            hits = answer["hits"]["hits"]
            if not hits:
                return
            yield hits
            after = hits[-1]["sort"]
    finally:
        client.options(ignore_status=404).close_point_in_time(id=point)
