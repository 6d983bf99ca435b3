"""What Elasticsearch's answers mean to an operator."""

from typing import Any

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


@pytest.mark.parametrize("url", ["https://", "https://host:port", "https://host:123456"])
def test_an_address_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(InvalidEngineURL, match="cannot be read"):
        connect(url)
