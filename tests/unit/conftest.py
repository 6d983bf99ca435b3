"""A real Elasticsearch with indices of the test's own."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from elasticsearch import Elasticsearch


@pytest.fixture
def server(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with closing(Elasticsearch(elasticsearch_url)) as client:
        yield client


@pytest.fixture
def url(elasticsearch_url: str, prefix: str) -> str:
    return f"{elasticsearch_url}/{prefix}"
