"""Contact data, private links and consent records appear nowhere: no route, no log record, no repr."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.document import make_documents, unread
from indexer.engines import Engine, EngineQuery
from indexer.profile import Profile
from tests.api.shape import assert_error
from tests.factories import make_profile, profile_record
from tests.fakes import KeywordEncoder

Index = Callable[..., None]

# Long and odd enough to stand in nothing else, whatever else it is made of.
secrets = st.text("abcdefghij", min_size=6, max_size=12).map(lambda letters: f"zq{letters}qz")


def contact(secret: str) -> dict[str, str]:
    return {"email": f"{secret}@{secret}.example", "phone": f"+44 {secret}", "other": f"ask {secret} at the desk"}


def people(secret: str) -> list[Profile]:
    """Return somebody in every state, each with the secret in contact and in a private link."""
    states: dict[str, dict[str, Any]] = {
        "open": {},
        "booked": {"monthly_capacity": 0},
        "paused": {"paused_until": "2099-01-01"},
        "closed": {"open_to_chats": "no"},
        "dormant": {"open_to_chats": "not_said"},
    }
    private = [{"url": f"https://{secret}.example", "label": secret, "public": False}]
    return [make_profile(id_, contact=contact(secret), links=private, **state) for id_, state in states.items()]


def every_answer(app: Flask, client: FlaskClient) -> Iterator[str]:
    """Yield body and headers of every route that can be read, for everybody, also where it fails."""
    queries = ("", "?q=nurse", "?q=Person&per_page=50", "?q=", "?q=nurse&page=2", "?wrong=1")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in {"static", "docs.swagger"}:
            continue
        for id_ in ("open", "booked", "paused", "closed", "dormant", "nobody"):
            for query in queries:
                with client.get(rule.rule.replace("<profile_id>", id_) + query) as response:
                    yield response.text + str(response.headers)
            if not rule.arguments:
                break


@given(secret=secrets)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_route_and_no_log_record_carries_them(
    app: Flask, client: FlaskClient, index: Index, caplog: pytest.LogCaptureFixture, secret: str
) -> None:
    caplog.set_level(logging.DEBUG)
    index(*people(secret))

    answers = list(every_answer(app, client))

    assert any("Person open" in answer for answer in answers)
    assert [answer for answer in answers if secret in answer] == []
    assert secret not in caplog.text


def test_nobody_is_found_by_them(client: FlaskClient, index: Index) -> None:
    index(*people("zqsecretqz"))

    for query in (
        "zqsecretqz",
        "zqsecretqz@zqsecretqz.example",
        "ask zqsecretqz at the desk",
        "zqsecretqz.example",
    ):
        answer = client.get("/api/v1/search", query_string={"q": query}).get_json()
        assert (answer["eligible"], answer["results"]) == (1, [])


def test_no_repr_carries_them(engine: Engine, index: Index, encoder: KeywordEncoder) -> None:
    (person, *_) = people("zqsecretqz")
    index(make_profile("open", contact=contact("zqsecretqz")))
    query = EngineQuery(("nurse",), None, "", date(2026, 11, 24), pool=10)

    for thing in (
        person.contact,
        make_profile("ann", contact=contact("zqsecretqz")),
        make_documents([make_profile("ann", contact=contact("zqsecretqz"))], encoder, datetime.now(UTC), unread),
        engine.get(["open"]),
        engine.search(query),
    ):
        assert "zqsecretqz" not in repr(thing)


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "zqsecretqz at example"},
        {"phone": "zqsecretqz" * 10},
        {"other": "zqsecretqz" * 100},
        {"other": ["zqsecretqz"]},
        "zqsecretqz",
        ["zqsecretqz"],
    ],
)
def test_a_refusal_does_not_repeat_them(
    operator: FlaskClient, caplog: pytest.LogCaptureFixture, wrong: object
) -> None:
    caplog.set_level(logging.DEBUG)

    response = operator.put("/api/v1/profiles/ann", json=profile_record("ann", contact=wrong))

    assert list(assert_error(response, 422)["errors"]["json"]) == ["contact"]
    assert "zqsecretqz" not in response.text + caplog.text


def test_writing_does_not_answer_with_them(operator: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    record = profile_record("ann", contact=contact("zqsecretqz"))

    answers = [operator.put("/api/v1/profiles/ann", json=record).text for _ in range(2)]

    assert "unchanged" in answers[1]
    assert "zqsecretqz" not in "".join(answers) + caplog.text


def test_an_address_in_a_public_text_is_taken_out(client: FlaskClient, index: Index) -> None:
    index(make_profile("ann", bio="Write to ann.lee@example.org!", headline="ann.lee@example.org"))

    for path in ("/api/v1/profiles/ann", "/profiles/ann", "/?q=nurse", "/api/v1/search?q=nurse"):
        shown = client.get(path).text
        assert "[e-mail removed]" in shown
        assert "ann.lee" not in shown
