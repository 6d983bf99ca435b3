"""/you: what seekers tell stays in their own browser, and helps them to find people they share something with."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_profile

Index = Callable[..., None]
FORM = {
    "schools": "University of Leeds\r\n\r\n MIT ",
    "companies": "The Mill",
    "communities": "PyLadies",
    "location": "Leeds, UK",
    "languages": "Welsh\r\nfr",
}


def cookie(client: FlaskClient, name: str = "you") -> str:
    kept = client.get_cookie(name)
    return kept.value if kept else ""


def save(client: FlaskClient, **fields: str) -> Any:
    return client.post("/you", data=FORM | fields)


def test_what_is_told_comes_back_in_the_form(client: FlaskClient) -> None:
    assert client.post("/you", data=FORM).location == "/you?saved=1"

    page = client.get("/you?saved=1").text

    assert "Saved in this browser." in page
    for text in (
        "University of Leeds\nMIT</textarea>",
        "The Mill",
        "PyLadies",
        'value="Leeds, UK"',
        "Welsh\nFrench",
    ):
        assert text in page


def test_who_shares_something_comes_first_and_says_so(client: FlaskClient, index: Index) -> None:
    index(
        *(make_profile(f"p{n}") for n in range(5)),
        make_profile("alumna", schools=[{"school": "University of Leeds"}]),
    )
    save(client)

    page = client.get("/?q=nurse").text

    assert page.index("/profiles/alumna") < page.index("/profiles/p")
    assert "Also went to University of Leeds" in page
    assert "Also went to University of Leeds" in client.get("/profiles/alumna").text
    assert "In common with you" not in client.get("/profiles/p0").text


def test_forgetting_leaves_nothing(client: FlaskClient) -> None:
    save(client)
    assert cookie(client)

    client.post("/you", data={"forget": "1"})

    assert cookie(client) == cookie(client, "seeker") == ""
    assert "University of Leeds" not in client.get("/you").text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("languages", "Welsh\nKlingonish", "Klingonish"),
        ("schools", "\n".join(f"School {n}" for n in range(11)), "at most 10, one a line; these are 11"),
        ("companies", "x" * 121, "120"),
        ("schools", "\n".join("日" * 119 + str(n) for n in range(10)), "more than a browser keeps"),
    ],
)
def test_what_cannot_be_used_is_explained_and_not_lost(
    client: FlaskClient, field: str, value: str, words: str
) -> None:
    answer = save(client, **{field: value, "location": "Leeds"})

    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="{field}-problem"' in answer.text
    assert 'value="Leeds"' in answer.text
    assert value.splitlines()[0] in answer.text
    assert not cookie(client)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_from_another_site_changes_nothing(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/you", data=FORM, headers=headers)

    assert answer.status_code == 403
    assert not cookie(client)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_a_form_of_our_own_is_taken(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/you", data=FORM, headers=headers).status_code == 303


def encoded(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "x",
            "é",
            "A" * 3000,
            encoded([]),
            encoded({"schools": 7}),
            encoded({"schools": [{}]}),
            encoded("x"),
        ),
        *(encoded({"unknown": "x"}), encoded({"languages": ["Klingonish"]}), encoded(None), "W1tb" * 900),
    ],
)
def test_a_cookie_that_cannot_be_read_counts_as_none(client: FlaskClient, index: Index, value: str) -> None:
    index(make_profile("ann"))
    client.set_cookie("you", value)

    assert client.get("/you").status_code == 200
    assert "/profiles/ann" in client.get("/?q=nurse").text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_no_cookie_breaks_the_page(client: FlaskClient, value: bytes) -> None:
    client.set_cookie("you", urlsafe_b64encode(value).decode())

    assert client.get("/you").status_code == 200


def test_cookies_are_for_this_site_and_not_for_scripts(app: Flask, index: Index) -> None:
    index(make_profile("ann"))
    client = app.test_client()

    told = client.post("/you", data=FORM, base_url="https://localhost").headers["Set-Cookie"]
    token = client.get("/?q=nurse", base_url="https://localhost").headers["Set-Cookie"]

    for kept in (told, token):
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in kept.split(";")}
    assert "Max-Age" in told
    assert "Max-Age" not in token


def test_a_seeker_keeps_one_order_and_another_gets_another(app: Flask, index: Index) -> None:
    index(*(make_profile(f"p{n:02}") for n in range(10)))
    one, other = app.test_client(), app.test_client()

    def order(client: FlaskClient) -> list[int]:
        page = client.get("/?q=nurse").text
        return sorted(range(10), key=lambda n: page.index(f"/profiles/p{n:02}"))

    first = order(one)
    assert order(one) == first
    assert len({tuple(order(app.test_client())) for _ in range(5)} | {tuple(order(other))}) > 1
    assert cookie(one, "seeker") != cookie(other, "seeker")


def test_what_is_told_gets_into_no_log(
    client: FlaskClient, index: Index, caplog: pytest.LogCaptureFixture
) -> None:
    index(make_profile("ann"))
    caplog.set_level("DEBUG")
    save(client)
    client.get("/?q=nurse")

    assert "Leeds" not in caplog.text
    assert cookie(client, "seeker") not in caplog.text
