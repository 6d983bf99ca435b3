"""/healthz and /readyz."""

from collections.abc import Callable, Sequence
from typing import NoReturn

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.engines import Engine
from indexer.errors import (
    EncoderError,
    EngineRejected,
    EngineUnavailable,
    IndexMismatch,
    IndexMissing,
    MentorSearchError,
)
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import KEY
from tests.api.shape import assert_error
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

Index = Callable[..., None]


class BrokenEncoder(KeywordEncoder):
    """Opens, and then fails on every text."""

    def encode(self, texts: Sequence[str]) -> NoReturn:
        raise EncoderError(f"The encoder failed on {len(texts)} text: out of memory.")


def asked_with_a_key(engine: Engine, encoder: KeywordEncoder | str) -> TestResponse:
    """What /readyz of a service on the same index with another encoder, or one of this name, tells an operator."""
    if isinstance(encoder, str):
        app = create_app(Settings(api_keys=(KEY,), encoder=encoder), engine=engine)
    else:
        app = create_app(Settings(api_keys=(KEY,)), engine=engine, encoder=encoder)
    return app.test_client().get("/readyz", headers={"Authorization": f"Bearer {KEY}"})


def test_a_living_process_says_so_without_an_index(client: FlaskClient) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.get_json()) == (200, {"status": "alive"})


def test_a_ready_service_counts_its_people(client: FlaskClient, index: Index) -> None:
    index(make_profile("ann"), make_profile("bob"), make_profile("cem", open_to_chats="no"))

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.get_json() == {"status": "ready", "people": 3, "open_to_chats": 2}


def test_without_an_index_it_is_not_ready_and_says_what_to_do(client: FlaskClient, operator: FlaskClient) -> None:
    for asking in (client, operator):
        assert "import profiles first" in assert_error(asking.get("/readyz"), 503)["message"]


def test_where_the_index_is_only_operators_are_told(
    client: FlaskClient, operator: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    told, to_anybody = (assert_error(asking.get("/readyz"), 503)["message"] for asking in (operator, client))

    assert "There is no index at sqlite:///" in told
    assert "sqlite" not in to_anybody
    assert "with an API key" in to_anybody
    assert "There is no index at sqlite:///" in caplog.text


def test_a_wrong_key_is_told_no_more_than_none(client: FlaskClient) -> None:
    wrong = client.get("/readyz", headers={"Authorization": "Bearer wrong"})

    assert wrong.get_json() == client.get("/readyz").get_json()


@pytest.mark.parametrize("kind", [EngineUnavailable, EngineRejected, IndexMissing, IndexMismatch, EncoderError])
def test_no_kind_of_trouble_names_anything_to_anybody(
    client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch, kind: type[MentorSearchError]
) -> None:
    def fail() -> NoReturn:
        raise kind("http://secret.example:9200 fails")

    monkeypatch.setattr(engine, "status", fail)

    assert "secret" not in assert_error(client.get("/readyz"), 503)["message"]


def test_it_becomes_ready_by_itself_with_the_first_import(client: FlaskClient, index: Index) -> None:
    assert client.get("/readyz").status_code == 503

    index(make_profile("ann"))

    assert client.get("/readyz").status_code == 200


def test_an_index_of_another_encoder_is_not_ready_and_names_both(engine: Engine, index: Index) -> None:
    index(make_profile("ann"))
    message = assert_error(asked_with_a_key(engine, KeywordEncoder("other")), 503)["message"]

    assert "keywords:nurse,vet,pilot" in message
    assert "keywords:other" in message
    assert "Run scripts/rebuild_index.py" in message


def test_an_encoder_that_cannot_be_opened_is_not_ready_and_says_how_to_get_one(
    engine: Engine, index: Index
) -> None:
    index(make_profile("ann"))
    message = assert_error(asked_with_a_key(engine, "missing/folder"), 503)["message"]

    assert "no encoder at missing/folder" in message
    assert "scripts/export_encoder.py" in message


def test_an_encoder_that_fails_on_texts_is_not_ready(engine: Engine, index: Index) -> None:
    index(make_profile("ann"))
    response = asked_with_a_key(engine, BrokenEncoder("nurse", "vet", "pilot"))

    assert "out of memory" in assert_error(response, 503)["message"]
