"""What seekers tell of themselves: kept in their own browser, read with each search, stored and logged nowhere."""

import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Cookie, TestResponse

from service.names import language_names
from service.pages.seeker import ABOUT, TOKEN
from tests.api.test_pages import NURSE, Page, page
from tests.factories import make_profile

Index = Callable[..., None]


def keep(
    client: FlaskClient, status: int = 303, headers: dict[str, str] | None = None, **told: str
) -> TestResponse:
    response = client.post("/you", data=told, headers=headers)
    assert response.status_code == status, response.text
    return response


def cookie(client: FlaskClient, name: str = ABOUT) -> Cookie | None:
    return client.get_cookie(name)


def texts(found: Page, html: str) -> dict[str, str]:
    """Return the textareas of a page with what is in them."""
    parts = html.split("<textarea")[1:]
    return {
        part.partition('name="')[2].partition('"')[0]: part.partition(">")[2].partition("<")[0] for part in parts
    }


class TestForm:
    def test_it_says_plainly_where_this_is_kept(self, client: FlaskClient) -> None:
        about = page(client, "/you")

        assert "It is kept in your browser only" in about.text
        assert "it is stored nowhere here" in about.text
        assert "Forget this" not in about.text

    def test_every_page_leads_to_it(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        for path in ("/", "/?q=nurse", "/profiles/ann", "/browse", "/you", "/nowhere"):
            assert "/you" in Page(client.get(path).text).values("a", "href")

    def test_what_is_kept_is_in_the_form_again(self, client: FlaskClient) -> None:
        keep(
            client,
            schools=" Leeds \r\n\r\nYork\n",
            companies="Acme & Sons",
            location="Hull",
            languages="fr\nEnglish",
        )

        html = client.get("/you").text

        assert texts(Page(html), html) == {
            "schools": "Leeds\nYork",
            "companies": "Acme &amp; Sons",
            "communities": "",
            "languages": "French\nEnglish",
        }
        assert Page(html).field("location")["value"] == "Hull"
        assert "Your browser keeps this now." in html

    def test_every_language_is_understood_by_the_name_that_is_shown(self, client: FlaskClient) -> None:
        codes = list(language_names())
        for few in (codes[start : start + 10] for start in range(0, len(codes), 10)):
            keep(client, languages="\n".join(language_names()[code] for code in few))
            kept = cookie(client)
            assert kept
            keep(client, languages="\n".join(few))
            assert cookie(client) == kept

    def test_forgetting_takes_it_away(self, client: FlaskClient) -> None:
        keep(client, schools="York")

        response = client.post("/you/forget")

        assert (response.status_code, response.location) == (303, "/you")
        assert cookie(client) is None
        assert "York" not in client.get("/you").text

    def test_an_empty_form_forgets_as_well(self, client: FlaskClient) -> None:
        keep(client, schools="Leeds")
        keep(client, schools=" \n ", location=" ")

        assert cookie(client) is None

    @pytest.mark.parametrize(
        ("field", "written", "words"),
        [
            ("schools", f"Leeds\n\n{'x' * 121}", "Line 3 is 121 characters long; at most 120 are kept."),
            ("companies", "\n".join(map(str, range(11))), "At most 10, one a line."),
            ("languages", "English\nKlingonish", "Line 2 “Klingonish” is not a language"),
            ("location", "x" * 121, "This is 121 characters long; at most 120 are kept."),
        ],
    )
    def test_what_cannot_be_kept_is_explained_at_its_field_and_nothing_is_lost(
        self, client: FlaskClient, field: str, written: str, words: str
    ) -> None:
        keep(client, schools="York")
        before = cookie(client)

        html = keep(client, 422, **{"communities": "Choir", field: written}).text

        refused = Page(html)
        assert words in refused.text
        assert refused.field(field)["aria-invalid"] == "true"
        assert f"{field}-problems" in (refused.field(field)["aria-describedby"] or "").split()
        shown = {**texts(refused, html), "location": refused.field("location")["value"]}
        assert (shown[field], shown["communities"]) == (written, "Choir")
        assert cookie(client) == before
        assert [a["name"] for _, a in refused.tags if "aria-invalid" in a] == [field]

    def test_more_than_a_browser_keeps_is_explained(self, client: FlaskClient) -> None:
        lines = "\n".join(f"{number} {'é' * 98}" for number in range(10))

        html = keep(client, 422, schools=lines, companies=lines).text

        assert "This is more than a browser keeps for one site." in html
        assert texts(Page(html), html)["companies"] == lines

    def test_what_is_written_stays_text(self, client: FlaskClient) -> None:
        keep(client, schools="</textarea><script>alert(1)</script>", location='" onfocus="alert(2)')

        about = page(client, "/you")

        assert about.values("script", "src") == []
        assert "onfocus" not in about.field("location")


class TestCookie:
    @pytest.mark.parametrize(("address", "secure"), [("http://localhost", False), ("https://localhost", True)])
    def test_scripts_and_other_sites_do_not_get_at_it(self, app: Flask, address: str, secure: bool) -> None:
        client = app.test_client()
        client.environ_base["wsgi.url_scheme"] = address.partition(":")[0]

        client.post("/you", data={"schools": "Leeds"}, base_url=address)
        client.get("/?q=nurse", base_url=address)

        for name in (ABOUT, TOKEN):
            kept = cookie(client, name)
            assert kept
            assert (kept.http_only, kept.same_site, kept.secure, kept.path) == (True, "Lax", secure, "/")

    def test_it_goes_after_180_days_and_the_token_with_the_session(self, client: FlaskClient) -> None:
        keep(client, schools="Leeds")
        client.get("/?q=nurse")

        about, token = cookie(client), cookie(client, TOKEN)
        assert about
        assert token
        assert (about.max_age, token.max_age, token.expires) == (180 * 24 * 3600, None, None)

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
            {"Origin": "https://evil.example"},
            {"Origin": "http://localhost.evil.example"},
            {"Origin": "http://localhost:8080"},
            {"Origin": "null"},
            {"Origin": "http://["},
        ],
    )
    @pytest.mark.parametrize("path", ["/you", "/you/forget"])
    def test_another_site_can_neither_set_nor_delete_it(
        self, client: FlaskClient, path: str, headers: dict[str, str]
    ) -> None:
        keep(client, schools="Leeds")
        before = cookie(client)

        response = client.post(path, data={"schools": "Elsewhere"}, headers=headers)

        assert response.status_code == 403
        assert "Another site has sent this form." in response.text
        assert cookie(client) == before

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "none"}, {}],
    )
    def test_our_own_page_can(self, client: FlaskClient, headers: dict[str, str]) -> None:
        keep(client, headers=headers, schools="Leeds")

        assert cookie(client)

    @pytest.mark.parametrize("path", ["/?q=nurse", f"/browse/occupations/{NURSE}", "/profiles/ann", "/you"])
    @pytest.mark.usefixtures("titles")
    def test_caches_do_not_pass_on_what_was_made_for_one_seeker(
        self, client: FlaskClient, index: Index, path: str
    ) -> None:
        index(make_profile("ann"))

        response = client.get(path)

        assert response.headers["Cache-Control"] == "private"
        assert "Cookie" in response.vary

    def test_pages_that_search_nothing_set_none(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        for path in ("/", "/?q=", "/you", "/browse", "/profiles/ann", "/api/v1/search?q=nurse"):
            assert "Set-Cookie" not in client.get(path).headers


def hostile_cookies() -> st.SearchStrategy[str]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
    names = st.sampled_from(["schools", "companies", "communities", "location", "languages", "token", "x"])
    told = st.dictionaries(names, values | st.lists(st.text(max_size=20), max_size=3), max_size=5)
    return st.text("abcABC019_-=+/ %", max_size=50) | (told | values).map(
        lambda value: urlsafe_b64encode(json.dumps(value).encode()).decode()
    )


@given(about=hostile_cookies(), token=st.text("0123456789abcdef%<>", max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cookie_makes_an_error_page(client: FlaskClient, index: Index, about: str, token: str) -> None:
    index(make_profile("ann", schools=[{"school": "Leeds"}]))
    client.set_cookie(ABOUT, about)
    client.set_cookie(TOKEN, token)

    for path in ("/?q=nurse", "/profiles/ann", "/you"):
        assert client.get(path).status_code == 200


class TestSharedGround:
    @pytest.fixture(autouse=True)
    def _people(self, index: Index) -> None:
        index(
            *(make_profile(f"p{n:02}") for n in range(12)),
            make_profile("zoe", schools=[{"school": "University of Leeds"}], communities=["Choir"]),
        )

    def test_who_shares_something_comes_first_and_the_reason_says_so(self, client: FlaskClient) -> None:
        assert "Also went to" not in client.get("/?q=nurse").text
        keep(client, schools="UNIVERSITY OF LEEDS")

        found = page(client, "/?q=nurse")

        assert found.people()[0] == "zoe"
        assert "Also went to University of Leeds" in found.text
        assert "Who shares something with you ranks higher." in found.text

    def test_without_it_the_results_invite_to_tell(self, client: FlaskClient) -> None:
        assert "Same school, same employer? Say so about you" in page(client, "/?q=nurse").text

    def test_the_page_of_a_person_names_all_that_is_shared(self, client: FlaskClient) -> None:
        keep(client, schools="University of Leeds", communities="choir")

        shown = page(client, "/profiles/zoe").text

        assert "What you have in common Also went to University of Leeds Is in Choir, too" in shown
        assert "What you have in common" not in page(client, "/profiles/p01").text

    @pytest.mark.usefixtures("titles")
    def test_the_list_of_an_occupation_goes_by_it_too(self, client: FlaskClient, index: Index) -> None:
        index(*(make_profile(f"n{n:02}") for n in range(11)), make_profile("yan", communities=["Choir"]))
        keep(client, communities="Choir")

        assert set(page(client, f"/browse/occupations/{NURSE}").people()[:2]) == {"yan", "zoe"}

    def test_an_address_does_not_carry_it(self, client: FlaskClient) -> None:
        keep(client, schools="University of Leeds")

        links = page(client, "/?q=nurse").values("a", "href")

        assert [link for link in links if "Leeds" in (link or "")] == []


class TestTurns:
    @pytest.fixture(autouse=True)
    def _people(self, index: Index) -> None:
        index(*(make_profile(f"p{n:02}") for n in range(20)))

    def test_one_browser_sees_the_same_order_again_and_others_see_another(self, app: Flask) -> None:
        one, other = app.test_client(), app.test_client()
        first = page(one, "/?q=nurse").people()

        assert page(one, "/?q=nurse").people() == first
        assert page(other, "/?q=nurse").people() != first

    def test_a_token_is_set_once_and_replaced_only_where_it_is_none_of_ours(self, client: FlaskClient) -> None:
        client.get("/?q=nurse")
        token = cookie(client, TOKEN)
        assert token
        assert len(token.value) == 16
        assert "Set-Cookie" not in client.get("/?q=nurse").headers
        client.set_cookie(TOKEN, "mine")
        client.get("/?q=nurse")
        renewed = cookie(client, TOKEN)
        assert renewed
        assert renewed.value not in ("mine", token.value)


def test_neither_cookie_is_logged_or_stored(
    client: FlaskClient, index: Index, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    index(make_profile("ann"))
    keep(client, schools="zqsecretqz", companies="zqsecretqz", communities="zqsecretqz", location="zqsecretqz")

    for path in ("/?q=nurse", "/profiles/ann", "/you"):
        client.get(path)
    client.post("/you", data={"schools": "zqsecretqz" * 13})
    client.post("/you", data={"schools": "zqsecretqz"}, headers={"Origin": "null"})

    about, token = cookie(client), cookie(client, TOKEN)
    assert about
    assert token
    stored = b"".join(_bytes(tmp_path))
    for secret in ("zqsecretqz", about.value, token.value):
        assert secret not in caplog.text
        assert secret.encode() not in stored


def _bytes(folder: Path) -> Iterator[bytes]:
    files: list[Any] = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    yield from (path.read_bytes() for path in files)
