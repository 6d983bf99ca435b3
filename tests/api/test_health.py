"""/healthz and /readyz."""

from collections.abc import Callable, Sequence
from typing import NoReturn

from flask.testing import FlaskClient

from indexer.engines import Engine
from indexer.errors import EncoderError
from service.app import create_app
from service.settings import Settings
from tests.api.shape import assert_error
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

Index = Callable[..., None]


class BrokenEncoder(KeywordEncoder):
    """Opens, and then fails on every text."""

    def encode(self, texts: Sequence[str]) -> NoReturn:
        raise EncoderError(f"The encoder failed on {len(texts)} text: out of memory.")


def test_a_living_process_says_so_without_an_index(client: FlaskClient) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.get_json()) == (200, {"status": "alive"})


def test_a_ready_service_counts_its_people(client: FlaskClient, index: Index) -> None:
    index(make_profile("ann"), make_profile("bob"), make_profile("cem", open_to_chats="no"))

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.get_json() == {"status": "ready", "people": 3, "open_to_chats": 2}


def test_without_an_index_it_is_not_ready_and_says_what_to_do(client: FlaskClient) -> None:
    assert "import profiles first" in assert_error(client.get("/readyz"), 503)["message"]


def test_it_becomes_ready_by_itself_with_the_first_import(client: FlaskClient, index: Index) -> None:
    assert client.get("/readyz").status_code == 503

    index(make_profile("ann"))

    assert client.get("/readyz").status_code == 200


def test_an_index_of_another_encoder_is_not_ready_and_names_both(engine: Engine, index: Index) -> None:
    index(make_profile("ann"))
    client = create_app(Settings(), engine=engine, encoder=KeywordEncoder("other")).test_client()

    message = assert_error(client.get("/readyz"), 503)["message"]

    assert "keywords:nurse,vet,pilot" in message
    assert "keywords:other" in message
    assert "Run scripts/rebuild_index.py" in message


def test_an_encoder_that_cannot_be_opened_is_not_ready_and_says_how_to_get_one(
    engine: Engine, index: Index
) -> None:
    index(make_profile("ann"))
    client = create_app(Settings(encoder="missing/folder"), engine=engine).test_client()

    message = assert_error(client.get("/readyz"), 503)["message"]

    assert "no encoder at missing/folder" in message
    assert "scripts/export_encoder.py" in message


def test_an_encoder_that_fails_on_texts_is_not_ready(engine: Engine, index: Index) -> None:
    index(make_profile("ann"))
    client = create_app(Settings(), engine=engine, encoder=BrokenEncoder("nurse", "vet", "pilot")).test_client()

    assert "out of memory" in assert_error(client.get("/readyz"), 503)["message"]
    assert client.get("/healthz").status_code == 200
