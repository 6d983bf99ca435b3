"""An index of a script's own, on either engine."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from indexer.engines.elasticsearch.client import connect, translated_errors

# What starts the names of the indices in Elasticsearch that are made here, and deleted.
_PREFIX = "temporary"


@contextmanager
def empty_index(server: str | None) -> Iterator[str]:
    """Yield the URL of an index that does not exist yet, and delete it at the end.

    `server` is an Elasticsearch without a path; None is SQLite. Raises EngineError if the server does not answer.
    """
    if server is None:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/index.db"
        return
    prefix = f"{_PREFIX}-{time.time_ns()}"
    with connect(server) as client:
        with translated_errors("the address given"):
            client.indices.exists(index=prefix)  # a server that does not answer is said here, not while tidying up
        try:
            yield f"{server.rstrip('/')}/{prefix}"
        finally:
            for name in client.indices.get(index=f"{prefix}-*"):
                client.indices.delete(index=name)
