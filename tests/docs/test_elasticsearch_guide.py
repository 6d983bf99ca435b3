"""The API keys of docs/elasticsearch.md, made by its own commands: each may do its work and no more."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from urllib.parse import urlsplit

import pytest
from elasticsearch import Elasticsearch
from flask.testing import FlaskClient

from indexer.document import unread
from indexer.engines import open_engine
from indexer.errors import EngineRejected
from indexer.indexing import ImportReport, import_profiles
from indexer.rebuilding import rebuild_index
from service.app import create_app
from service.settings import Settings
from tests.docs.conftest import shell_environment
from tests.docs.markdown import section
from tests.factories import make_catalogue, make_profile, profile_record
from tests.fakes import KeywordEncoder
from tests.requirements import lacking

pytestmark = pytest.mark.elasticsearch

_ENCODER = KeywordEncoder("nurse", "vet")
_AS_OPERATOR = {"Authorization": "Bearer operator-key"}


@pytest.fixture
def prefix(elasticsearch_url: str, prefix: str) -> Iterator[str]:
    """The keys of a test start with it too."""
    yield prefix
    with closing(Elasticsearch(elasticsearch_url)) as client:
        for key in client.security.get_api_key(name=f"{prefix}-*")["api_keys"]:
            if not key["invalidated"]:
                client.security.invalidate_api_key(ids=[key["id"]])


@pytest.fixture
def url(elasticsearch_url: str, prefix: str) -> str:
    """The engine's URL, without a password."""
    server = urlsplit(elasticsearch_url)
    return f"{server.scheme}://{server.hostname}:{server.port}/{prefix}"


@pytest.fixture
def make_key(elasticsearch_url: str, url: str, prefix: str) -> Callable[[str], str]:
    """Make the key that the guide calls mentors-NAME, for indices of this test; return what to set."""
    if not shutil.which("curl"):
        lacking("There is no curl.", "apt-get install curl")
    server = urlsplit(elasticsearch_url)
    commands = re.findall(r"```sh\n(curl .*?)```", section("docs/elasticsearch.md", "API keys"), re.DOTALL)

    def made(name: str) -> str:
        (command,) = [command for command in commands if f'"mentors-{name}"' in command]
        command = command.replace("-u elastic ", f"-sS -u {server.username}:{server.password} ")
        settings = shell_environment(ELASTICSEARCH_URL=url.removesuffix(f"/{prefix}"))
        script = command.replace("mentors-", f"{prefix}-")
        done = subprocess.run(["sh", "-c", script], env=settings, capture_output=True, text=True, check=True)
        encoded: str = json.loads(done.stdout)["encoded"]
        return encoded

    return made


@pytest.fixture
def client(url: str) -> Callable[[str], FlaskClient]:
    """Return a client of the service that has this key for Elasticsearch."""

    def with_key(key: str) -> FlaskClient:
        settings = Settings(engine_url=url, elasticsearch_api_key=key, api_keys=("operator-key",))
        return create_app(settings, encoder=_ENCODER).test_client()

    return with_key


def _import(url: str, key: str) -> ImportReport:
    report = ImportReport()
    with closing(open_engine(url, api_key=key)) as engine:
        import_profiles(
            [make_profile("ann"), make_profile("bob", "Vet")], engine, lambda: _ENCODER, unread, report
        )
    return report


def test_the_key_for_imports_makes_the_index_and_fills_it(url: str, make_key: Callable[[str], str]) -> None:
    key = make_key("import")
    assert _import(url, key).new == 2
    assert _import(url, key).unchanged == 2


def test_the_key_for_imports_brings_job_titles_that_the_key_for_searches_reads(
    url: str, make_key: Callable[[str], str]
) -> None:
    _import(url, make_key("import"))
    catalogue = make_catalogue(_ENCODER, {"Vet": "29-1131.00"})
    with closing(open_engine(url, api_key=make_key("import"))) as importing:
        for _ in range(2):
            importing.titles.replace(catalogue)
        assert importing.recode(lambda titles: ["29-1131.00"] * len(titles)) == 2

    with closing(open_engine(url, api_key=make_key("search"))) as searching:
        assert searching.titles.status() is not None
        assert [title.title for title in searching.titles.suggest(["v"], 5)] == ["Vet"]
        assert len(searching.titles.occupations()) == 1
        assert searching.occupation_counts(date(2026, 11, 24)) == {"29-1131.00": 2}
        with pytest.raises(EngineRejected, match="does not allow this"):
            searching.titles.replace(catalogue)


def test_the_key_for_imports_rebuilds_it_too(url: str, make_key: Callable[[str], str]) -> None:
    key = make_key("import")
    _import(url, key)
    with closing(open_engine(url, api_key=key)) as engine:
        assert rebuild_index(engine, KeywordEncoder("vet", dimensions=12), lambda *_: None) == 2
        assert engine.status().people == 2


def test_the_key_for_searches_searches_and_cannot_write(
    url: str, make_key: Callable[[str], str], client: Callable[[str], FlaskClient]
) -> None:
    _import(url, make_key("import"))
    seeker = client(make_key("search"))
    assert seeker.get("/readyz").status_code == 200
    assert [found["profile"]["id"] for found in seeker.get("/api/v1/search?q=vet").json["results"]] == ["bob"]
    written = seeker.put("/api/v1/profiles/eve", json=profile_record("eve"), headers=_AS_OPERATOR)
    deleted = seeker.delete("/api/v1/profiles/bob", headers=_AS_OPERATOR)
    assert (written.status_code, deleted.status_code) == (503, 503)
    assert seeker.get("/api/v1/profiles/bob").status_code == 200


def test_the_key_for_a_service_that_writes_writes_and_deletes_people_and_cannot_delete_the_index(
    url: str, prefix: str, make_key: Callable[[str], str], client: Callable[[str], FlaskClient]
) -> None:
    _import(url, make_key("import"))
    key = make_key("service")
    operator = client(key)
    written = operator.put("/api/v1/profiles/eve", json=profile_record("eve", "Vet"), headers=_AS_OPERATOR)
    deleted = operator.delete("/api/v1/profiles/bob", headers=_AS_OPERATOR)
    assert (written.status_code, deleted.status_code) == (201, 204)
    assert [found["profile"]["id"] for found in operator.get("/api/v1/search?q=vet").json["results"]] == ["eve"]
    with closing(Elasticsearch(url.removesuffix(f"/{prefix}"), api_key=key)) as directly:
        answer = directly.options(ignore_status=403).indices.delete(index=f"{prefix}-tombstones")
        assert answer.meta.status == 403
