"""One engine a test, empty, on each of the two kinds."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from indexer.engines import Engine, open_engine


@pytest.fixture(params=["sqlite", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/index.db"
        return
    server = request.getfixturevalue("elasticsearch_url")
    prefix = f"test-{uuid4().hex}"
    yield f"{server}/{prefix}"
    with closing(Elasticsearch(server)) as client:
        # Only what this test made: the server may be the developer's own.
        for name in client.indices.get(index=f"{prefix}-*"):
            client.indices.delete(index=name)


@pytest.fixture
def another(engine_url: str) -> Iterator[Callable[[], Engine]]:
    with ExitStack() as engines:
        yield lambda: engines.enter_context(closing(open_engine(engine_url)))


@pytest.fixture
def engine(another: Callable[[], Engine]) -> Engine:
    return another()
