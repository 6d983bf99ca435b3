"""One engine a test, empty, on each of the two kinds."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from indexer.engines import Engine, open_engine


@pytest.fixture(params=["sqlite", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/index.db"
    return f"{request.getfixturevalue('elasticsearch_url')}/{request.getfixturevalue('prefix')}"


@pytest.fixture
def another(engine_url: str) -> Iterator[Callable[[], Engine]]:
    with ExitStack() as engines:
        yield lambda: engines.enter_context(closing(open_engine(engine_url)))


@pytest.fixture
def engine(another: Callable[[], Engine]) -> Engine:
    return another()
