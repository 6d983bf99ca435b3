"""What breaks between us and a real Elasticsearch: said in words, nothing lost, well again by itself."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import elasticsearch
import numpy as np
import pytest
from flask.testing import FlaskClient
from numpy.typing import NDArray

from indexer.document import unread
from indexer.engines import open_engine
from indexer.engines.elasticsearch import client as elasticsearch_client
from indexer.errors import EngineRejected, EngineUnavailable
from indexer.indexing import BATCH, ImportReport, import_profiles
from scripts import import_profiles as import_command
from scripts.elasticsearch_node import ElasticsearchNode, free_port
from service.app import create_app
from service.settings import Settings
from tests.elasticsearch_server import own_node
from tests.factories import make_profile, profile_record
from tests.fakes import KeywordEncoder
from tests.faults.answers import KEY, assert_out_of_order, found

pytestmark = pytest.mark.usefixtures("few_job_titles")

ENCODER = KeywordEncoder("nurse", "vet", "pilot")


@pytest.fixture(scope="module")
def node() -> Iterator[ElasticsearchNode]:
    """One node for this module: each test leaves it running."""
    with own_node("9.4.3") as node:
        yield node


@pytest.fixture
def url(node: ElasticsearchNode) -> str:
    """An index of the test's own; the node's data go away with it."""
    return f"{node.url}/test-{uuid4().hex}"


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait 3 s for a server, as long as an answer needs on a busy machine, and not the 10 s of production."""
    monkeypatch.setattr(elasticsearch_client, "_TIMEOUT_SECONDS", 3.0)


def service(url: str) -> FlaskClient:
    return create_app(Settings(engine_url=url, api_keys=(KEY,)), encoder=ENCODER).test_client()


def write(url: str, *ids: str) -> None:
    with closing(open_engine(url)) as engine:
        import_profiles([make_profile(id_) for id_ in ids], engine, lambda: ENCODER, unread, ImportReport())


def test_a_server_that_is_not_there_is_said_in_words() -> None:
    port = free_port()

    assert_out_of_order(
        service(f"http://elastic:hunter2@127.0.0.1:{port}"),
        rf"^Elasticsearch at http://127\.0\.0\.1:{port} does not answer .* Check that it runs",
    )


@pytest.mark.elasticsearch
def test_a_service_outlives_its_server_and_can_start_before_it(node: ElasticsearchNode, url: str) -> None:
    write(url, "ann")
    older = service(url)
    assert found(older) == ["ann"]

    node.kill()
    younger = service(url)
    assert_out_of_order(older, "does not answer")
    assert_out_of_order(younger, "does not answer")
    node.start()

    assert found(older) == found(younger) == ["ann"]


@pytest.mark.elasticsearch
def test_a_server_that_hangs_is_given_up_after_the_time_limit(node: ElasticsearchNode, url: str) -> None:
    write(url, "ann")
    client = service(url)
    assert found(client) == ["ann"]

    node.pause()
    try:
        assert_out_of_order(client, "does not answer.*ConnectionTimeout")
    finally:
        node.resume()

    assert found(client) == ["ann"]


_SECOND_BATCH = "Headline of the first in the second batch"


class DyingServer(KeywordEncoder):
    """Kills the server between the first batch of an import and the second."""

    def __init__(self, node: ElasticsearchNode) -> None:
        super().__init__(*ENCODER.keywords)
        self._node = node

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any(text.startswith(_SECOND_BATCH) for text in texts):
            self._node.kill()
        return super().encode(texts)


@pytest.mark.elasticsearch
def test_an_import_that_loses_its_server_keeps_what_was_written_and_goes_on_when_run_again(
    node: ElasticsearchNode,
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # The production patience: right after a power cut the first write is slow.
    monkeypatch.setattr(elasticsearch_client, "_TIMEOUT_SECONDS", 10.0)
    count = BATCH + 50
    file = tmp_path / "people.jsonl"
    rows = [profile_record(f"p{n}") for n in range(count)]
    rows[BATCH]["headline"] = _SECOND_BATCH
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = [str(file), "--quiet", "--engine", url]

    monkeypatch.setattr(import_command, "open_encoder", lambda _: DyingServer(node))
    assert import_command.main(command) == 2
    assert re.search(r"^error: Elasticsearch at http://127.* does not answer", capsys.readouterr().err)
    node.start()
    with closing(open_engine(url)) as engine:
        assert engine.status().people == BATCH

    monkeypatch.setattr(import_command, "open_encoder", lambda _: ENCODER)
    assert import_command.main(command) == 0
    assert f"50 new, 0 changed, {BATCH} unchanged" in capsys.readouterr().out
    with closing(open_engine(url)) as engine:
        assert engine.status().people == count


@pytest.mark.elasticsearch
def test_before_the_first_import_it_says_what_to_do(url: str) -> None:
    client = service(url)
    assert_out_of_order(client, "There is no index at http://127.*import profiles first")

    write(url, "ann")

    assert found(client) == ["ann"]


@pytest.mark.elasticsearch
def test_a_wrong_password_is_said_in_words_that_do_not_repeat_it(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = re.sub(":[^:@]*@", ":hunter2@", url)
    client = service(wrong)

    assert_out_of_order(client, "does not accept the password or API key")
    with closing(open_engine(wrong)) as engine, pytest.raises(EngineRejected, match="does not accept"):
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
    assert "hunter2" not in client.get("/readyz").text + caplog.text


@pytest.mark.elasticsearch
def test_an_index_of_another_encoder_is_refused_and_kept(url: str) -> None:
    write(url, "ann")
    other = KeywordEncoder("other")
    client = create_app(Settings(engine_url=url, api_keys=(KEY,)), encoder=other).test_client()

    assert_out_of_order(
        client, "made with the encoder keywords:nurse,vet,pilot, and the one in use is keywords:other"
    )
    assert found(service(url)) == ["ann"]


@pytest.mark.elasticsearch
@pytest.mark.skipif(elasticsearch.__version__[0] < 9, reason="client 8 can talk to a server 8")
def test_an_older_server_is_met_with_the_client_to_install(elasticsearch_8_url: str) -> None:
    url = f"{elasticsearch_8_url}/test-{uuid4().hex}"
    words = r"client elasticsearch 9\.\S+ cannot talk to the older server .*pip install 'elasticsearch>=8\.19,<9'"

    with closing(open_engine(url)) as engine:
        for use in (lambda: engine.create("x", 384), lambda: engine.revisions(["ann"]), engine.status):
            with pytest.raises(EngineRejected, match=words):
                use()
    assert_out_of_order(service(url), words)


def test_a_server_that_closes_the_door_is_unavailable_rather_than_a_bug() -> None:
    with (
        closing(open_engine(f"https://127.0.0.1:{free_port()}/x")) as engine,
        pytest.raises(EngineUnavailable, match="does not answer"),
    ):
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
