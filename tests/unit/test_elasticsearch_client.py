"""What Elasticsearch's answers mean to an operator."""

import base64
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import quote

import elasticsearch
import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig

from indexer.engines.elasticsearch.client import connect, meaning, translated_errors
from indexer.errors import EngineError, EngineRejected, EngineUnavailable, IndexMissing, InvalidEngineURL

LABEL = "https://es.example.org:9200/mentors"


def error(kind: str, reason: str = "because") -> dict[str, Any]:
    return {"error": {"type": kind, "reason": reason}, "status": 400}


@pytest.mark.parametrize(
    ("status", "body", "expected", "words"),
    [
        (401, error("security_exception"), EngineRejected, "does not accept the password or API key"),
        (403, error("security_exception", "no rights"), EngineRejected, "does not allow this: no rights"),
        (404, error("index_not_found_exception"), IndexMissing, "import profiles first"),
        (404, {"error": "alias [mentors-live] missing", "status": 404}, IndexMissing, "import profiles first"),
        (404, "no such page", EngineRejected, "refused a request (404 ): "),
        (429, error("circuit_breaking_exception"), EngineUnavailable, "too busy or not ready: circuit_breaking"),
        (502, "<html>Bad gateway</html>", EngineUnavailable, "too busy or not ready: 502"),
        (503, error("no_shard_available_action_exception"), EngineUnavailable, "too busy or not ready"),
        (504, None, EngineUnavailable, "too busy or not ready: 504"),
        (400, error("parsing_exception", "odd"), EngineRejected, "refused a request (400 parsing_exception): odd"),
        (500, {}, EngineRejected, "refused a request (500 )"),
        # A part of a bulk request or of a multi-search has its error without a frame around it.
        (400, {"type": "document_parsing_exception", "reason": "odd"}, EngineRejected, "document_parsing"),
    ],
)
def test_an_answer_becomes_an_error_in_words(
    status: int, body: Any, expected: type[EngineError], words: str
) -> None:
    meant = meaning(LABEL, status, body)

    assert type(meant) is expected
    assert words in str(meant)
    assert LABEL in str(meant)


@pytest.mark.parametrize(
    "body",
    [
        error("media_type_header_exception", "Invalid media-type value on headers [Accept, Content-Type]"),
        error("status_exception", "A compatible version is required: Accept: [...; compatible-with=9]"),
        "Accept version must be either version 8 or 7, but found 9: compatible-with=9",
    ],
)
def test_a_client_newer_than_its_server_is_told_what_to_install(body: Any) -> None:
    client = ".".join(str(part) for part in elasticsearch.__version__)

    meant = meaning(LABEL, 400, body)

    assert type(meant) is EngineRejected
    assert f"client elasticsearch {client} cannot talk to the older server at {LABEL}" in str(meant)
    assert "pip install 'elasticsearch>=8.19,<9'" in str(meant)


def _answer(status: int) -> ApiResponseMeta:
    node = NodeConfig("https", "es.example.org", 9200)
    return ApiResponseMeta(status, "1.1", HttpHeaders(), duration=0.1, node=node)


@pytest.mark.parametrize(
    ("raised", "expected", "words"),
    [
        (elasticsearch.ApiError("failed", _answer(401), {}), EngineRejected, "password or API key"),
        (elasticsearch.UnsupportedProductError("odd", _answer(200), {}), EngineRejected, "is not Elasticsearch"),
        (elasticsearch.ConnectionError("no route"), EngineUnavailable, r"does not answer \(ConnectionError\)"),
        (elasticsearch.ConnectionTimeout("late"), EngineUnavailable, r"does not answer \(ConnectionTimeout\)"),
        (elasticsearch.SSLError("untrusted"), EngineUnavailable, r"does not answer \(TlsError\)"),
    ],
)
def test_every_error_of_the_client_becomes_one_of_ours(
    raised: Exception, expected: type[EngineError], words: str
) -> None:
    with pytest.raises(expected, match=words), translated_errors(LABEL):
        raise raised


def test_an_error_of_ours_is_left_alone() -> None:
    with pytest.raises(IndexMissing, match=r"^none$"), translated_errors(LABEL):
        raise IndexMissing("none")


@pytest.mark.parametrize("url", ["https://", "https://host:port", "https://host:123456", "http://two words"])
def test_an_address_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(InvalidEngineURL, match="cannot be read"):
        connect(url)


def test_an_api_key_that_cannot_be_one_is_refused_without_being_quoted() -> None:
    for key in ("s3cret\nkey", "s3cret…"):
        with pytest.raises(
            InvalidEngineURL, match=r"^The Elasticsearch API key holds a character that no key holds"
        ):
            connect("https://host", api_key=key)


def test_a_password_arrives_as_it_was_before_it_was_quoted() -> None:
    password = "/?#@:%[] é"

    with (
        _listening() as (port, heard),
        closing(connect(f"http://ann:{quote(password, safe='')}@127.0.0.1:{port}")) as client,
    ):
        client.perform_request("GET", "/")

    assert base64.b64decode(heard[0].removeprefix("Basic ")).decode() == f"ann:{password}"


@contextmanager
def _listening() -> Iterator[tuple[int, list[str]]]:
    """A server that keeps the Authorization of whatever it is asked."""
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers["Authorization"])
            self.send_response(200)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port, heard
        finally:
            server.shutdown()
            thread.join()
