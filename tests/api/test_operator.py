"""The operator pages: who gets in, and what the index is like."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

from indexer.engines import Engine, open_engine
from service.app import create_app
from service.compression import SMALLEST
from service.pages.operator.attempts import MOST
from service.pages.operator.session import SESSION_HOURS
from service.settings import Settings
from tests.api.conftest import KEY
from tests.api.operator import Operator
from tests.api.test_pages import page
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

Index = Callable[..., None]


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Method and path of every route under /operator, with something in the place of variables."""
    adapter = app.url_map.bind("localhost")
    return [
        (method, adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, "a" * 32)))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"OPTIONS"}
        if rule.rule.startswith("/operator")
    ]


class TestGuard:
    def test_without_a_session_every_page_leads_to_the_login_alone(self, app: Flask) -> None:
        routes = [route for route in addresses(app) if route[1] != "/operator/login"]
        client = app.test_client()

        assert {("GET", "/operator"), ("POST", "/operator/logout")} < set(routes)
        for method, path in routes:
            response = client.open(path, method=method)
            assert (response.status_code, response.location) == (303, "/operator/login"), path

    def test_a_cookie_of_ones_own_is_no_session(self, app: Flask) -> None:
        client = app.test_client()
        for cookie in ("x", "eyJ0b2tlbiI6IngifQ", "eyJ0b2tlbiI6IngifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"):
            client.set_cookie("operator", cookie, path="/operator")
            assert client.get("/operator").location == "/operator/login"

    def test_no_form_is_taken_without_the_token_of_its_session(self, app: Flask, inside: Operator) -> None:
        forms = [path for method, path in addresses(app) if method == "POST" and path != "/operator/login"]
        other = Operator(app.test_client(), KEY).token()

        for path in forms:
            for token in ({}, {"token": ""}, {"token": "x"}, {"token": other}):
                response = inside.client.post(path, data=token)
                assert response.status_code == 403, path
                assert "of an earlier session" in response.text
        inside.page("/operator")

    def test_no_form_of_another_site_is_taken_with_the_token_either(self, app: Flask, inside: Operator) -> None:
        for method, path in addresses(app):
            if method != "POST":
                continue
            response = inside.client.post(
                path, data={"token": inside.token(), "key": KEY}, headers={"Sec-Fetch-Site": "cross-site"}
            )
            assert (response.status_code, "Another site" in response.text) == (403, True), path
        inside.page("/operator")

    def test_no_answer_is_kept_by_a_browser_or_a_proxy(self, app: Flask, inside: Operator) -> None:
        for client in (app.test_client(), inside.client):
            for method, path in addresses(app):
                assert client.open(path, method=method).headers["Cache-Control"] == "no-store", path

    def test_no_page_is_zipped_since_each_holds_the_secret_of_its_forms(self, inside: Operator) -> None:
        response = inside.client.get("/operator", headers={"Accept-Encoding": "gzip"})

        assert len(response.data) > SMALLEST
        assert "Content-Encoding" not in response.headers

    def test_every_page_leads_to_the_login(self, client: FlaskClient) -> None:
        for path in ("/", "/browse", "/nowhere"):
            assert 'href="/operator"' in client.get(path).text


class TestLogin:
    def test_each_of_the_keys_lets_in_and_no_other(self, app: Flask) -> None:
        for key in ("another-key", KEY, f" {KEY}\n"):
            Operator(app.test_client(), key)
        for key in ("", "operator-ke", f"{KEY}x", "another-key,operator-key", "Ω", "x" * 10_000):
            client = app.test_client()
            response = client.post("/operator/login", data={"key": key})
            assert response.status_code == 422
            assert "This is none of the API keys." in response.text
            assert client.get("/operator").status_code == 303

    def test_the_cookie_is_for_these_pages_of_this_site_over_tls_alone(self, client: FlaskClient) -> None:
        response = client.post("/operator/login", data={"key": KEY})

        (morsel,) = SimpleCookie(response.headers["Set-Cookie"]).values()
        assert morsel.key == "operator"
        assert (morsel["path"], morsel["samesite"]) == ("/operator", "Strict")
        assert morsel["secure"]
        assert morsel["httponly"]
        # It goes when the browser is closed.
        assert (morsel["max-age"], morsel["expires"]) == ("", "")
        assert KEY not in response.headers["Set-Cookie"]

    def test_a_session_ends_with_the_working_day(self, inside: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        signed = TimestampSigner("any").get_timestamp()
        for hours, status in ((SESSION_HOURS - 0.1, 200), (SESSION_HOURS + 0.1, 303)):
            later = signed + int(hours * 3600)
            monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _, now=later: now)
            assert inside.client.get("/operator").status_code == status

    def test_logging_out_ends_it_in_this_browser(self, inside: Operator) -> None:
        response = inside.send("/operator/logout")

        assert response.location == "/operator/login"
        assert inside.client.get_cookie("operator", path="/operator") is None
        assert inside.client.get("/operator").status_code == 303

    def test_other_api_keys_end_all_sessions_and_the_order_of_keys_ends_none(
        self, inside: Operator, engine: Engine, encoder: KeywordEncoder
    ) -> None:
        cookie = inside.client.get_cookie("operator", path="/operator")
        assert cookie

        def status(*keys: str) -> int:
            client = create_app(Settings(api_keys=keys), engine=engine, encoder=encoder).test_client()
            client.set_cookie("operator", cookie.value, path="/operator")
            return client.get("/operator").status_code

        assert status(KEY, "another-key") == 200
        assert status(KEY) == status("another-key", "third-key") == status() == 303

    def test_without_keys_it_says_how_to_set_them(self, engine: Engine, encoder: KeywordEncoder) -> None:
        client = create_app(Settings(), engine=engine, encoder=encoder).test_client()

        assert "MENTOR_SEARCH_API_KEYS" in page(client, "/operator/login").text
        for key in ("", "x", KEY):
            response = client.post("/operator/login", data={"key": key})
            assert (response.status_code, response.headers.get("Set-Cookie")) == (403, None)
        assert client.get("/operator").status_code == 303

    def test_after_many_wrong_keys_the_right_one_waits_too(self, app: Flask) -> None:
        client = app.test_client()
        for _ in range(MOST):
            assert client.post("/operator/login", data={"key": "wrong"}).status_code == 422

        refused = client.post("/operator/login", data={"key": KEY})

        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        assert "too many wrong keys" in refused.text
        elsewhere = app.test_client()
        elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        Operator(elsewhere, KEY)

    def test_what_was_typed_is_not_logged(self, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        client.post("/operator/login", data={"key": "nearly-a-key"})
        client.post("/operator/login", data={"key": KEY})

        assert "Failed login as operator from 127.0.0.1" in caplog.text
        assert "nearly-a-key" not in caplog.text
        assert KEY not in caplog.text

    def test_it_says_why_a_browser_without_encryption_will_not_stay_logged_in(self, client: FlaskClient) -> None:
        words = "will not keep you logged in"

        assert words in client.get("/operator/login").text
        assert words not in client.get("/operator/login", headers={"Sec-Fetch-Site": "none"}).text


class TestIndex:
    def test_it_tells_who_can_be_asked_and_who_not_and_why(self, inside: Operator, index: Index) -> None:
        tomorrow = (date.today() + timedelta(days=1)).isoformat()
        index(
            make_profile("a"),
            make_profile("b"),
            make_profile("c", paused_until=tomorrow),
            make_profile("d", monthly_capacity=0),
            make_profile("e", open_to_chats="no"),
            make_profile("f", open_to_chats="not_said"),
        )

        text = inside.page("/operator").text

        assert "6 people" in text
        assert "found by a search 2 " in text
        for words in ("Booked this month", "Paused", "Closed", "Dormant"):
            assert words in text

    @pytest.mark.usefixtures("titles")
    def test_it_tells_how_the_index_was_made(
        self, inside: Operator, engine: Engine, index: Index, encoder: KeywordEncoder
    ) -> None:
        index(make_profile("a"))

        text = inside.page("/operator").text

        assert f"Engine {engine.label}" in text
        assert f"Encoder {encoder.fingerprint}, the one in use" in text
        assert f"Schema version {engine.status().schema_version}" in text
        assert "Job titles Made-up 1.0: 5 titles, 4 occupations" in text

    @pytest.mark.usefixtures("titles")
    def test_it_says_what_to_run_after_a_change_of_encoder(
        self, engine: Engine, index: Index, encoder: KeywordEncoder
    ) -> None:
        index(make_profile("a"))
        other = KeywordEncoder("other")
        app = create_app(Settings(api_keys=(KEY,)), engine=engine, encoder=other)

        text = Operator(app.test_client(), KEY).page("/operator").text

        assert f"{encoder.fingerprint}, but the one in use is {other.fingerprint}: run" in text
        assert "made with another encoder: run scripts/import_titles.py" in text

    def test_before_the_first_import_it_says_what_to_do(self, inside: Operator) -> None:
        assert "There is no index at" in inside.page("/operator").text

    def test_no_password_of_the_engine_is_shown(self, encoder: KeywordEncoder) -> None:
        engine = open_engine("http://elastic:s3cret@127.0.0.1:9/mentors")
        app = create_app(Settings(api_keys=(KEY,)), engine=engine, encoder=encoder)

        text = Operator(app.test_client(), KEY).page("/operator").text

        engine.close()
        assert "http://127.0.0.1:9/mentors" in text
        assert "does not answer" in text
        assert "s3cret" not in text

    def test_without_an_encoder_the_rest_is_shown(self, tmp_path: Path, engine: Engine, index: Index) -> None:
        index(make_profile("a"))
        app = create_app(Settings(api_keys=(KEY,), encoder=str(tmp_path / "none")), engine=engine)

        text = Operator(app.test_client(), KEY).page("/operator").text

        assert "1 person" in text
        assert "no encoder" in text.casefold()


class TestInactive:
    def test_the_longest_inactive_come_first_with_their_last_day(self, inside: Operator, index: Index) -> None:
        index(
            make_profile("new", last_active_at=date.today().isoformat()),
            make_profile("old", last_active_at="2020-02-01", name="<b>Old</b>"),
            make_profile("older", last_active_at="2019-02-01", contact={"email": "private@example.org"}),
        )

        assert "2 who said yes have not been active for 365 days" in inside.page("/operator").text
        text = inside.page("/operator/inactive").text
        assert "Person older older 2019-02-01 <b>Old</b> old 2020-02-01" in text
        assert "Person new" not in text
        assert "private" not in text

    def test_with_nobody_inactive_it_says_so(self, inside: Operator, index: Index) -> None:
        index(make_profile("new", last_active_at=date.today().isoformat()))

        assert "Everybody who said yes to chats has been active" in inside.page("/operator/inactive").text

    def test_an_engine_out_of_order_is_told_to_the_operator(self, inside: Operator) -> None:
        assert "There is no index at" in inside.page("/operator/inactive", 503).text
