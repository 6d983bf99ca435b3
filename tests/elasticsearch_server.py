"""Real Elasticsearch servers for tests."""

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from scripts.elasticsearch_node import ElasticsearchNode, NodeUnavailable, free_port, running_node
from tests.requirements import lacking

_IMAGE = "docker.elastic.co/elasticsearch/elasticsearch:9.4.3"
_HOW = "set ELASTICSEARCH_URL, start Docker, or install Maven and a JDK of 21 or later (`make elasticsearch`)."
# Half the default: the indices of tests are small.
_HEAP = "512m"


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """A running server: ELASTICSEARCH_URL if set, else Docker if an engine answers, else our own node."""
    if os.environ.get("ELASTICSEARCH_URL"):
        yield os.environ["ELASTICSEARCH_URL"].rstrip("/")
    elif _docker_answers():
        with _container() as url:
            yield url
    else:
        with _own_node("9.4.3") as node:
            yield node.url


@pytest.fixture
def elasticsearch_node() -> Iterator[ElasticsearchNode]:
    """A node of the test's own, to kill and to start again."""
    with _own_node("9.4.3") as node:
        yield node


@pytest.fixture(scope="session")
def elasticsearch_8_url() -> Iterator[str]:
    """A server of the major version before."""
    with _own_node("8.16.6") as node:
        yield node.url


@contextmanager
def _own_node(release: str) -> Iterator[ElasticsearchNode]:
    try:
        started = running_node(release, heap=_HEAP)
        with started as node:
            yield node
    except NodeUnavailable as error:
        lacking(f"There is no Elasticsearch {release}: {error}", _HOW)


def _docker_answers() -> bool:
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=20).returncode == 0


@contextmanager
def _container() -> Iterator[str]:
    port = free_port()
    run = ["docker", "run", "--rm", "-d", "-p", f"127.0.0.1:{port}:9200", "-e", "discovery.type=single-node"]
    run += ["-e", "xpack.security.enabled=false", "-e", f"ES_JAVA_OPTS=-Xms{_HEAP} -Xmx{_HEAP}", _IMAGE]
    container = subprocess.run(run, capture_output=True, check=True, text=True).stdout.strip()
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url)
        yield url
    finally:
        subprocess.run(["docker", "stop", container], capture_output=True, check=True)


def _wait(url: str, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"{url}/_cluster/health?wait_for_status=yellow") as answer:
                if json.load(answer)["status"] in ("yellow", "green"):
                    return
        except (OSError, urllib.error.URLError):
            if time.monotonic() > deadline:
                raise
        time.sleep(1)
