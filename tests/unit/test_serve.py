"""service/serve.py: the real command, as an operator runs it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import pytest

from indexer.document import unread
from indexer.encoder import DEFAULT_ENCODER, open_encoder
from indexer.engines import open_engine
from indexer.indexing import ImportReport, import_profiles
from service import serve
from tests.factories import make_profile

COMMAND = [sys.executable, "-m", "service.serve"]


@contextmanager
def served(url: str, log: IO[str], **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command on a free port; yield the process and the address that it prints."""
    settings = {"MENTOR_SEARCH_ENGINE_URL": url, "MENTOR_SEARCH_PORT": "0", **environment}
    with subprocess.Popen(
        COMMAND, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=log, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Mentor Search is at http://127.0.0.1:"), line
            yield process, line.split()[-1]
        finally:
            process.kill()


def get(address: str, path: str) -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=30)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response, response.read()


def test_it_prints_its_address_answers_a_search_and_ends_when_asked(tmp_path: Path) -> None:
    url, log = f"sqlite:///{tmp_path}/index.db", tmp_path / "log"
    with closing(open_engine(url)) as engine:
        people = [make_profile("ann", "Veterinary nurse"), make_profile("bob", "Airline pilot")]
        import_profiles(people, engine, lambda: open_encoder(str(DEFAULT_ENCODER)), unread, ImportReport())

    with log.open("w") as stderr, served(url, stderr) as (process, address):
        response, body = get(address, "/api/v1/search?q=help+sick+animals")
        process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=60)

    answer = json.loads(body)
    assert (response.status, response.getheader("Server")) == (200, "gunicorn")
    assert (answer["results"][0]["profile"]["id"], answer["degraded"]) == ("ann", False)
    assert status == 0
    assert "Starting gunicorn" in log.read_text()


def test_it_starts_without_an_index_and_says_what_is_missing_once_an_address(tmp_path: Path) -> None:
    with ExitStack() as stack:
        log = stack.enter_context((tmp_path / "log").open("w+"))
        process, address = stack.enter_context(
            served(f"sqlite:///{tmp_path}/index.db", log, MENTOR_SEARCH_WORKERS="2")
        )
        alive, _ = get(address, "/healthz")
        ready, body = get(address, "/readyz")
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        rest = process.stdout.read()

    assert (alive.status, ready.status) == (200, 503)
    assert b"import profiles first" in body
    assert "import profiles first" in (tmp_path / "log").read_text()
    assert rest == ""


@pytest.mark.parametrize(
    ("name", "written", "reason"),
    [
        ("PORT", "eighty", "MENTOR_SEARCH_PORT must be a whole number"),
        ("ENGINE_URL", "redis://localhost", "“redis” is no engine"),
        ("ENGIN_URL", "sqlite:///x.db", "MENTOR_SEARCH_ENGIN_URL is no setting"),
        ("ENCODER", "/nowhere", "There is no encoder at /nowhere"),
    ],
)
def test_a_wrong_setting_ends_the_start_with_a_sentence_and_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, written: str, reason: str
) -> None:
    monkeypatch.setenv(f"MENTOR_SEARCH_{name}", written)

    assert serve.main() == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert reason in said


def test_a_port_in_use_ends_the_start_in_the_same_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("MENTOR_SEARCH_PORT", str(other.getsockname()[1]))

        assert serve.main() == 2
    assert "cannot be listened on (Address already in use). Choose another port" in capsys.readouterr().err
