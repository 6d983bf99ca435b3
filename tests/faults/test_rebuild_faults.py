"""What breaks a rebuild under a running service: the old vectors serve on, and the next run goes on."""

import multiprocessing
import os
import signal
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from numpy.typing import NDArray

from indexer.document import unread
from indexer.encoder import Encoder
from indexer.engines import open_engine
from indexer.engines.elasticsearch.rebuild import ElasticsearchRebuild
from indexer.indexing import BATCH, ImportReport, import_profiles
from indexer.rebuilding import rebuild_index
from service.app import create_app
from service.settings import Settings
from tests.api.shape import assert_error
from tests.factories import make_profile, profile_record
from tests.fakes import KeywordEncoder
from tests.faults.answers import KEY, assert_out_of_order, found

OLD = KeywordEncoder("nurse", "vet", dimensions=8)
NEW = KeywordEncoder("pilot", "nurse", dimensions=12)
COUNT = BATCH + 40
AS_OPERATOR = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture(params=["sqlite", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An index of a nurse and many clerks, made with the old encoder."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/index.db"
    else:
        url = f"{request.getfixturevalue('elasticsearch_url')}/{request.getfixturevalue('prefix')}"
    fill(url)
    return url


def fill(url: str) -> None:
    people = [make_profile("nurse", "Nurse"), *(make_profile(f"p{n}", "Clerk") for n in range(COUNT - 1))]
    with closing(open_engine(url)) as engine:
        import_profiles(people, engine, lambda: OLD, unread, ImportReport())


def service(url: str, encoder: KeywordEncoder) -> FlaskClient:
    settings = Settings(engine_url=url, api_keys=(KEY,))
    return create_app(settings, encoder=encoder).test_client()


def rebuild(url: str, encoder: Encoder = NEW) -> int | None:
    with closing(open_engine(url)) as engine:
        return rebuild_index(engine, encoder, lambda *_: None)


class Killed(KeywordEncoder):
    """Ends its process at the second batch, as a power cut does."""

    batches = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.batches += 1
        if self.batches == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode(texts)


def rebuild_until_killed(url: str) -> None:
    rebuild(url, Killed(*NEW.keywords, dimensions=NEW.dimensions))


def rebuild_until_killed_at_the_switch(url: str) -> None:
    ElasticsearchRebuild._check_canaries = lambda _: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    rebuild(url)


def killed(target: object, url: str) -> bool:
    process = multiprocessing.get_context("spawn").Process(target=target, args=(url,))  # type: ignore[arg-type]
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


def test_one_that_was_killed_changes_nothing_for_seekers_and_goes_on_when_run_again(url: str) -> None:
    older, younger = service(url, OLD), service(url, NEW)
    assert killed(rebuild_until_killed, url)

    assert found(older) == ["nurse"]
    assert older.get("/readyz").status_code == 200
    assert_out_of_order(younger, r"made with the encoder keywords:nurse,vet, .* Run scripts/rebuild_index\.py")
    assert older.delete("/api/v1/profiles/p0", headers=AS_OPERATOR).status_code == 204

    assert 0 < (rebuild(url) or 0) <= COUNT - BATCH

    assert found(younger) == ["nurse"]
    assert younger.get("/readyz").get_json()["people"] == COUNT - 1
    assert_out_of_order(
        older, "made with the encoder keywords:pilot,nurse, and the one in use is keywords:nurse,vet"
    )


def test_a_service_with_the_new_encoder_waits_for_the_switch_and_takes_over_by_itself(url: str) -> None:
    older, younger = service(url, OLD), service(url, NEW)
    assert_out_of_order(younger, "made with the encoder keywords:nurse,vet")
    assert found(older) == ["nurse"]

    rebuild(url)

    assert found(younger) == ["nurse"]
    written = younger.put("/api/v1/profiles/new", json=profile_record("new"), headers=AS_OPERATOR)
    assert written.status_code == 201


@pytest.mark.elasticsearch
@pytest.mark.parametrize("url", ["elasticsearch"], indirect=True)
def test_one_that_was_killed_at_the_switch_stops_writes_in_words_and_no_search(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = service(url, OLD)
    assert killed(rebuild_until_killed_at_the_switch, url)

    assert found(client) == ["nurse"]
    assert_error(client.put("/api/v1/profiles/new", json=profile_record("new"), headers=AS_OPERATOR), 503)
    assert "one was killed: run scripts/rebuild_index.py again" in caplog.text

    assert rebuild(url) == 0

    assert found(service(url, NEW)) == ["nurse"]
