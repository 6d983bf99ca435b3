"""Real Elasticsearch servers for tests."""

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from scripts.elasticsearch_node import (
    ElasticsearchNode,
    NodeUnavailable,
    becomes_ready,
    free_port,
    running_node,
)
from tests.requirements import lacking

# The engine tests run on this release; `make test-elasticsearch-8` runs them on the one before.
_RELEASE = os.environ.get("ELASTICSEARCH_RELEASE", "9.4.3")
_IMAGE = f"docker.elastic.co/elasticsearch/elasticsearch:{_RELEASE}"
# Half the default: the indices of tests are small.
_HEAP = "512m"
_HOW_OWN = "install Maven and a JDK; scripts/elasticsearch_node.py runs the same server."
_HOW = f"set ELASTICSEARCH_URL, start Docker, or {_HOW_OWN}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the start of a server, and its download at the first use, out of the time limit of tests."""
    for item in items:
        if item.get_closest_marker("elasticsearch"):
            item.add_marker(pytest.mark.timeout(func_only=True))


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """A running server: ELASTICSEARCH_URL if set, else Docker if an engine answers, else our own node."""
    if os.environ.get("ELASTICSEARCH_URL"):
        yield os.environ["ELASTICSEARCH_URL"].rstrip("/")
    elif _docker_answers():
        with _container() as url:
            yield url
    else:
        with own_node(_RELEASE, _HOW) as node:
            yield node.url


@pytest.fixture(scope="session")
def elasticsearch_8_url() -> Iterator[str]:
    """A server of the major version before."""
    with own_node("8.16.6") as node:
        yield node.url


@pytest.fixture
def prefix(elasticsearch_url: str) -> Iterator[str]:
    """What the names of the test's own indices in Elasticsearch start with; they are deleted after it."""
    with own_indices(elasticsearch_url) as prefix:
        yield prefix


@contextmanager
def own_indices(server: str) -> Iterator[str]:
    """Yield what the names of new indices may start with, and delete these at the end.

    Only these: the server may be the developer's own. In one request, for each makes it write down what it holds.
    """
    prefix = f"test-{uuid4().hex}"
    try:
        yield prefix
    finally:
        with closing(Elasticsearch(server)) as client:
            if names := [*client.indices.get(index=f"{prefix}-*")]:
                client.indices.delete(index=names)


@contextmanager
def own_node(release: str, how: str = _HOW_OWN) -> Iterator[ElasticsearchNode]:
    """Yield a node of `release`, or skip the test."""
    try:
        with running_node(release, heap=_HEAP, is_short_lived=True) as node:
            yield node
    except NodeUnavailable as error:
        lacking(f"There is no Elasticsearch {release}. {error}", how)


def _docker_answers() -> bool:
    try:
        return _docker("info", seconds=10).returncode == 0
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return False


@contextmanager
def _container() -> Iterator[str]:
    port, password = free_port(), secrets.token_urlsafe(16)
    # As our own node is set up: security on, plain HTTP, and no care for a full disk.
    settings = [
        "discovery.type=single-node",
        "xpack.security.enabled=true",
        "xpack.security.http.ssl.enabled=false",
        "xpack.security.transport.ssl.enabled=false",
        "cluster.routing.allocation.disk.threshold_enabled=false",
        f"ES_JAVA_OPTS=-Xms{_HEAP} -Xmx{_HEAP}",
        f"ELASTIC_PASSWORD={password}",
    ]
    run = ["run", "--detach", f"--publish=127.0.0.1:{port}:9200", *(f"--env={one}" for one in settings), _IMAGE]
    started = _docker(*run)
    if started.returncode:
        lacking(f"Docker could not run {_IMAGE}: {started.stderr}", _HOW)
    container, url = started.stdout.strip(), f"http://elastic:{password}@127.0.0.1:{port}"
    try:
        if not becomes_ready(url, lambda: "true" in _docker("inspect", "-f={{.State.Running}}", container).stdout):
            lacking(f"{_IMAGE} did not start.\n{_docker('logs', '--tail=20', container).stdout}", _HOW)
        yield url
    finally:
        _docker("rm", "--force", "--volumes", container)


def _docker(*arguments: str, seconds: float | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["docker", *arguments], capture_output=True, check=False, text=True, timeout=seconds)
