"""Every way an error can arise: one JSON shape for programs, a page for people."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer import errors
from indexer.errors import MentorSearchError
from service.app import create_app
from service.errors import STATUSES, status_of
from service.settings import Settings
from tests.api.shape import assert_error
from tests.fakes import KeywordEncoder

PROFILE = "/api/v1/profiles/ann"


class FaultyEngine:
    """An engine in which a bug shows: every use fails with an error that nobody foresaw."""

    label = "faulty"

    @property
    def titles(self) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        def fail(*_: Any, **__: Any) -> Any:
            raise RuntimeError("secret-internals")

        return fail


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/api/v1/search", {}, 422),
        ("POST", "/api/v1/search?q=nurse", {}, 405),
        ("GET", "/api/v1/search?q=nurse", {}, 503),
        ("GET", PROFILE, {}, 503),
        ("DELETE", PROFILE, {}, 503),
        ("PUT", PROFILE, {"data": b"{", "content_type": "application/json"}, 400),
        ("PUT", PROFILE, {"json": {}}, 422),
        ("PUT", PROFILE, {"data": "id=ann", "content_type": "text/plain"}, 415),
        ("PUT", PROFILE, {"data": b" " * 300_000, "content_type": "application/json"}, 413),
        ("PATCH", PROFILE, {}, 405),
        ("GET", "/api/v1/profiles", {}, 404),
        ("GET", "/api/v1/profiles/", {}, 404),
        ("GET", "/api/v1/profiles/a/b", {}, 404),
        ("GET", "/api/v1/nothing", {}, 404),
        ("GET", "/api/v2/search", {}, 404),
        ("POST", "/healthz", {}, 405),
        ("GET", "/readyz", {}, 503),
    ],
)
def test_programs_get_one_shape(
    operator: FlaskClient, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    assert_error(operator.open(path, method=method, **options), status)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/api/docs/nothing", 404),
        ("GET", "/?q=nurse", 503),
        ("GET", "/profiles/ann", 503),
        ("GET", "/?q=", 422),
        ("POST", "/", 405),
    ],
)
def test_people_get_a_page_that_leads_back(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = client.open(path, method=method)

    assert (response.status_code, response.mimetype) == (status, "text/html")
    assert '<a class="brand" href="/">' in response.text


def test_a_method_that_is_not_allowed_names_those_that_are(client: FlaskClient) -> None:
    for path in ("/", "/api/v1/search"):
        assert "GET" in client.post(path).headers["Allow"]


@pytest.mark.parametrize("path", ["/api/v1/search?q=nurse", "/?q=nurse", "/readyz", "/profiles/ann"])
def test_a_bug_tells_nothing_of_its_insides(path: str, caplog: pytest.LogCaptureFixture) -> None:
    engine: Any = FaultyEngine()
    client = create_app(Settings(), engine=engine, encoder=KeywordEncoder()).test_client()

    response = client.get(path)

    assert response.status_code == 500
    assert "secret-internals" not in response.text
    assert "secret-internals" in caplog.text
    if response.mimetype == "application/json":
        assert_error(response, 500)


def test_trouble_with_the_index_is_in_the_log_and_not_in_the_answer(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    message = assert_error(client.get("/api/v1/search?q=nurse"), 503)["message"]

    assert message == "The search cannot answer right now. Please try again in a moment."
    assert "IndexMissing: There is no index at sqlite:///" in caplog.text


def test_every_error_of_ours_has_a_status() -> None:
    def below(kind: type[MentorSearchError]) -> list[type[MentorSearchError]]:
        return [kind, *(one for child in kind.__subclasses__() for one in below(child))]

    kinds = below(MentorSearchError)[1:]

    assert errors.IndexMismatch in kinds
    assert {status_of(kind("x")) for kind in kinds} == set(STATUSES.values())


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/?q=nurse", "/?q=", "/nothing", "/static/style.css", "/healthz", "/readyz"),
        *("/api/v1/search", "/api/v1/openapi.json", "/api/docs", "/api/docs/", "/api/docs/swagger/swagger-ui.css"),
    ],
)
def test_every_answer_keeps_foreign_scripts_and_frames_out(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers

    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_only_the_documentation_may_set_styles_from_a_script(app: Flask) -> None:
    client = app.test_client()

    assert "unsafe" not in client.get("/").headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in client.get("/api/docs/").headers["Content-Security-Policy"]
