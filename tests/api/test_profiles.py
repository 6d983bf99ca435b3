"""GET, PUT and DELETE /api/v1/profiles/{id}."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.engines import Engine
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import KEY
from tests.api.shape import assert_error
from tests.factories import make_profile, profile_record
from tests.fakes import KeywordEncoder

Index = Callable[..., None]
ANN = "/api/v1/profiles/ann"


class TestGet:
    def test_it_shows_what_is_public(self, client: FlaskClient, index: Index) -> None:
        index(
            make_profile(
                "ann",
                headline="Nights on the ward",
                bio="First line\nsecond line",
                links=[{"url": "https://private.example"}, {"url": "https://book.example", "public": True}],
                schools=[{"school": "Leeds", "year": 2010}],
                consent_at="2026-01-02",
                monthly_capacity=3,
                contact={"email": "ann@example.org"},
            )
        )

        shown = client.get(ANN).get_json()

        assert shown["bio"] == "First line\nsecond line"
        assert shown["links"] == [{"url": "https://book.example", "label": ""}]
        assert shown["schools"] == [{"school": "Leeds", "degree": "", "year": 2010}]
        private = {"contact", "consent_at", "monthly_capacity", "chats_this_month", "open_to_chats", "updated_at"}
        assert private.isdisjoint(shown)

    @pytest.mark.parametrize(
        "said",
        [
            {"open_to_chats": "no"},
            {"open_to_chats": "not_said"},
            {"paused_until": "2099-01-01"},
        ],
    )
    def test_who_did_not_say_yes_or_takes_a_break_is_not_shown(
        self, client: FlaskClient, index: Index, said: dict[str, str]
    ) -> None:
        index(make_profile("ann", **said))

        assert assert_error(client.get(ANN), 404)["message"] == "Nobody of this id is open to chats."

    def test_who_is_booked_this_month_is_shown(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", monthly_capacity=1, chats_this_month=1))

        assert client.get(ANN).get_json()["id"] == "ann"

    @pytest.mark.parametrize("id_", ["nobody", "x" * 3000, "%00", "'%20OR%201=1", "%F0%9F%8E%AC", "%FF"])
    def test_an_unknown_or_impossible_id_is_nobody(self, client: FlaskClient, index: Index, id_: str) -> None:
        index(make_profile("ann"))

        assert_error(client.get(f"/api/v1/profiles/{id_}"), 404)


class TestPut:
    def test_it_writes_new_changed_and_unchanged_people(self, operator: FlaskClient) -> None:
        first = operator.put(ANN, json=profile_record("ann"))
        same = operator.put(ANN, json=profile_record("ann"))
        changed = operator.put(ANN, json=profile_record("ann", title="Pilot"))

        assert [(r.status_code, r.get_json()) for r in (first, same, changed)] == [
            (201, {"id": "ann", "outcome": "new"}),
            (200, {"id": "ann", "outcome": "unchanged"}),
            (200, {"id": "ann", "outcome": "changed"}),
        ]
        assert operator.get(ANN).get_json()["positions"][0]["title"] == "Pilot"

    def test_who_was_put_is_found_at_once(self, operator: FlaskClient) -> None:
        operator.put(ANN, json=profile_record("ann"))

        assert operator.get("/api/v1/search?q=nurse").get_json()["total"] == 1

    def test_who_takes_their_consent_back_is_gone_at_once(self, operator: FlaskClient) -> None:
        operator.put(ANN, json=profile_record("ann"))

        operator.put(ANN, json=profile_record("ann", open_to_chats="no"))

        assert_error(operator.get(ANN), 404)
        assert operator.get("/api/v1/search?q=nurse").get_json()["total"] == 0

    def test_the_id_must_be_the_one_of_the_address(self, operator: FlaskClient) -> None:
        body = assert_error(operator.put(ANN, json=profile_record("bob")), 422)

        assert body["message"] == "The id in the body, “bob”, is not the one in the address."

    def test_an_older_version_is_a_conflict_and_changes_nothing(self, operator: FlaskClient) -> None:
        operator.put(ANN, json=profile_record("ann", updated_at="2026-02-01T00:00:00Z"))

        old = profile_record("ann", title="Pilot", updated_at="2026-01-01T00:00:00Z")

        assert "newer version" in assert_error(operator.put(ANN, json=old), 409)["message"]
        assert operator.get(ANN).get_json()["positions"][0]["title"] == "Nurse"

    def test_every_fault_is_named_by_field(self, operator: FlaskClient) -> None:
        wrong = profile_record("ann", positions=[{"titel": "Nurse"}], country="Atlantis", contact={"email": "x"})

        errors = assert_error(operator.put(ANN, json=wrong), 422)["errors"]["json"]

        assert errors["positions"]["0"]["titel"] == ["is not a field of a profile. Did you mean title?"]
        assert "“Atlantis” is not a country" in errors["country"][0]
        assert errors["contact"]["email"] == ["is not an e-mail address."]

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://"])
    def test_a_link_that_is_no_web_address_is_refused(self, operator: FlaskClient, url: str) -> None:
        record = profile_record("ann", links=[{"url": url, "public": True}])

        errors = assert_error(operator.put(ANN, json=record), 422)["errors"]["json"]

        assert "is not a web address" in errors["links"]["0"]["url"][0]

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b'{"id": "ann"',
            b"\xff\xfe\x00",
            b"[" * 100_000,
            b'{"id": ' + b"9" * 5_000 + b"}",
            "{“id”: 1}".encode("cp1252"),
        ],
    )
    def test_a_body_that_cannot_be_read_is_refused(self, operator: FlaskClient, body: bytes) -> None:
        response = operator.put(ANN, data=body, content_type="application/json")

        assert assert_error(response, 400)["message"] == "The body cannot be read as JSON."

    @pytest.mark.parametrize("body", [b"null", b"[]", b'"ann"', b"7"])
    def test_json_that_is_no_profile_is_refused(self, operator: FlaskClient, body: bytes) -> None:
        assert_error(operator.put(ANN, data=body, content_type="application/json"), 422)

    def test_another_kind_of_body_is_refused_in_words(self, operator: FlaskClient) -> None:
        body = assert_error(operator.put(ANN, data="id=ann", content_type="text/csv"), 415)

        assert "Content-Type: application/json" in body["message"]

    def test_a_huge_body_is_refused(self, operator: FlaskClient) -> None:
        assert_error(operator.put(ANN, data=b" " * 300_000, content_type="application/json"), 413)


class TestDelete:
    def test_who_is_deleted_is_gone_everywhere(self, operator: FlaskClient, index: Index) -> None:
        index(make_profile("ann"), make_profile("bob"))

        response = operator.delete(ANN)

        assert (response.status_code, response.data) == (204, b"")
        assert_error(operator.get(ANN), 404)
        found = operator.get("/api/v1/search?q=nurse").get_json()["results"]
        assert [result["profile"]["id"] for result in found] == ["bob"]

    def test_who_is_not_there_cannot_be_deleted(self, operator: FlaskClient, index: Index) -> None:
        index(make_profile("bob"))

        assert assert_error(operator.delete(ANN), 404)["message"] == "Nobody of this id is in the index."

    def test_an_old_record_does_not_bring_a_deleted_person_back(self, operator: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))
        operator.delete(ANN)

        for record in (profile_record("ann"), profile_record("ann", updated_at="2026-01-01T00:00:00Z")):
            assert "was deleted" in assert_error(operator.put(ANN, json=record), 409)["message"]
        assert_error(operator.get(ANN), 404)

    def test_a_record_from_after_the_deletion_does(self, operator: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))
        operator.delete(ANN)

        response = operator.put(ANN, json=profile_record("ann", updated_at=datetime.now(UTC).isoformat()))

        assert response.status_code == 201
        assert operator.get(ANN).status_code == 200


class TestKeys:
    @pytest.mark.parametrize(
        "authorization",
        [
            None,
            "",
            KEY,
            f"Basic {KEY}",
            "Basic b3BlcmF0b3Ita2V5Og==",
            "Bearer",
            "Bearer ",
            "Bearer wrong",
            f"Bearer {KEY}x",
            f"Bearer {KEY[:-1]}",
            f"Bearer {KEY.upper()}",
            f"Bearer another-key,{KEY}",
            "Bearer \xe9\xff",
        ],
    )
    @pytest.mark.parametrize("method", ["PUT", "DELETE"])
    def test_nobody_writes_without_a_valid_one(
        self, client: FlaskClient, index: Index, method: str, authorization: str | None
    ) -> None:
        index(make_profile("ann"))
        headers = {} if authorization is None else {"Authorization": authorization}

        response = client.open(ANN, method=method, headers=headers, json=profile_record("ann", title="Pilot"))

        assert "Authorization: Bearer KEY" in assert_error(response, 401)["message"]
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert client.get(ANN).get_json()["positions"][0]["title"] == "Nurse"

    @pytest.mark.parametrize("key", [KEY, "another-key"])
    def test_each_key_of_the_settings_may_write(self, client: FlaskClient, key: str) -> None:
        response = client.put(ANN, json=profile_record("ann"), headers={"Authorization": f"Bearer {key}"})

        assert response.status_code == 201

    @pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {KEY}"}])
    def test_without_any_in_the_settings_writing_is_off(
        self, engine: Engine, encoder: KeywordEncoder, headers: dict[str, Any]
    ) -> None:
        client = create_app(Settings(), engine=engine, encoder=encoder).test_client()

        for response in (client.put(ANN, json=profile_record("ann"), headers=headers), client.delete(ANN)):
            assert "MENTOR_SEARCH_API_KEYS" in assert_error(response, 403)["message"]

    def test_the_key_is_checked_before_the_body_is_read(self, client: FlaskClient) -> None:
        assert_error(client.put(ANN, data=b"{", content_type="application/json"), 401)


class TestSimilar:
    def test_it_lists_whose_career_is_alike_without_those_seen(self, client: FlaskClient, index: Index) -> None:
        index(
            *(make_profile(id_, "Nurse") for id_ in ("ann", "bob", "cem")), make_profile("no", open_to_chats="no")
        )

        found = client.get(f"{ANN}/similar?seen=bob&limit=5").get_json()["results"]

        assert [result["profile"]["id"] for result in found] == ["cem"]
        assert set(found[0]["signals"]) == {"career", "profile"}
        assert found[0]["reasons"] == ["Nurse", "Open to chats"]

    @pytest.mark.parametrize("said", [{"open_to_chats": "no"}, {"paused_until": "2099-01-01"}, None])
    def test_nobody_is_like_somebody_who_is_not_shown(
        self, client: FlaskClient, index: Index, said: dict[str, Any] | None
    ) -> None:
        index(make_profile("bob"), *([make_profile("ann", **said)] if said else []))

        assert_error(client.get(f"{ANN}/similar"), 404)

    @pytest.mark.parametrize("query", ["limit=0", "limit=21", "page=2", "seen=" + "x" * 129])
    def test_bad_parameters_are_refused(self, client: FlaskClient, index: Index, query: str) -> None:
        index(make_profile("ann"))

        assert_error(client.get(f"{ANN}/similar?{query}"), 422)


class TestInactive:
    ADDRESS = "/api/v1/inactive-profiles"

    def test_operators_see_who_has_not_been_active_for_a_year(self, operator: FlaskClient, index: Index) -> None:
        index(
            make_profile("old", last_active_at="2020-01-02", contact={"email": "secret@example.org"}),
            make_profile("older", consent_at="2019-01-02"),
            make_profile("now", last_active_at=date.today().isoformat()),
            make_profile("unknown"),
        )

        answer = operator.get(f"{self.ADDRESS}?limit=1").get_json()

        assert answer == {
            "before": (date.today() - timedelta(days=365)).isoformat(),
            "total": 2,
            "results": [{"id": "older", "name": "Person older", "active_on": "2019-01-02"}],
        }

    def test_how_long_is_a_setting(self, engine: Engine, index: Index) -> None:
        index(make_profile("ann", last_active_at=(date.today() - timedelta(days=10)).isoformat()))
        app = create_app(Settings(api_keys=(KEY,), inactive_after_days=7), engine=engine)

        answer = app.test_client().get(self.ADDRESS, headers={"Authorization": f"Bearer {KEY}"})

        assert answer.get_json()["total"] == 1

    def test_nobody_else_does(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", last_active_at="2020-01-02"))

        assert "Person ann" not in assert_error(client.get(self.ADDRESS), 401)["message"]
