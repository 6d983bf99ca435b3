"""The pages, as HTML. tests/browser has what takes a browser."""

from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import unquote_plus

import pytest
from flask.testing import FlaskClient

from indexer.engines import Engine
from service.app import create_app
from service.settings import Settings
from tests.factories import make_profile

Index = Callable[..., None]


class Page(HTMLParser):
    """A page taken apart: its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"

    def values(self, tag: str, attribute: str) -> list[str | None]:
        return [attributes.get(attribute) for name, attributes in self.tags if name == tag]

    def field(self, name: str) -> dict[str, str | None]:
        (only,) = [attributes for _, attributes in self.tags if attributes.get("name") == name]
        return only


def page(client: FlaskClient, path: str, status: int = 200) -> Page:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (status, "text/html"), response.text
    return Page(response.text)


class TestSearchPage:
    def test_the_first_page_asks_and_searches_nothing(self, client: FlaskClient) -> None:
        first = page(client, "/")

        assert first.field("q")["maxlength"] == "300"
        assert "No close match" not in first.text

    def test_every_example_is_a_search(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))
        examples = [href for href in page(client, "/").values("a", "href") if href and href.startswith("/?q=")]

        assert len(examples) >= 4
        for href in examples:
            found = page(client, href)
            assert found.field("q")["value"] == unquote_plus(href.partition("q=")[2])
            assert "aria-invalid" not in found.field("q")

    def test_parameters_of_others_change_nothing(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", name="Ann Lee"))

        assert "Ann Lee" in page(client, "/?q=nurse&utm_source=newsletter").text
        assert "Ann Lee" not in page(client, "/?utm_source=newsletter").text

    def test_results_link_to_the_people_and_say_why(self, client: FlaskClient, index: Index) -> None:
        position = {"title": "Nurse", "company": "Leeds Clinic", "end": "2021"}
        index(make_profile("ann", positions=[position], chat_minutes=[15], country="GB", languages=["fr"]))

        found = page(client, "/?q=nurse")

        assert "/profiles/ann" in found.values("a", "href")
        for words in ("1 person for", "Nurse at Leeds Clinic until 2021", "Open to 15 minutes", "French"):
            assert words in found.text

    def test_what_was_asked_stays_in_the_form(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", languages=["fr"]))

        asked = page(client, "/?q=nurse&language=fr&chat_minutes=&country=&industry=")

        assert asked.field("q")["value"] == "nurse"
        chosen = [a["value"] for tag, a in asked.tags if tag == "option" and "selected" in a]
        assert chosen == ["fr"]

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("q=", "Say which job you dream of."),
            ("q=" + "x" * 301, "at most 300 characters; this has 301"),
            ("q=nurse&page=0", "Page 0 is not between 1 and"),
            ("q=nurse&per_page=1000", "People per page 1000 is not between 1 and 50."),
            ("q=nurse&country=Atlantis", "“Atlantis” is not a country"),
        ],
    )
    def test_bad_input_is_explained_beside_the_form(self, client: FlaskClient, query: str, words: str) -> None:
        explained = page(client, f"/?{query}", 422)

        assert words in explained.text
        assert explained.field("q")["aria-invalid"] == "true"

    def test_pages_lead_to_each_other_and_keep_the_filters(self, client: FlaskClient, index: Index) -> None:
        index(*(make_profile(f"p{n:02}", languages=["en"]) for n in range(11)))

        first, last = page(client, "/?q=nurse&language=en"), page(client, "/?q=nurse&language=en&page=2")

        assert "/?q=nurse&language=en&page=2" in first.values("a", "href")
        assert "/?q=nurse&language=en&page=1" in last.values("a", "href")
        assert "/profiles/p10" in last.values("a", "href")

    @pytest.mark.parametrize("parameter", ["endpoint=x", "_anchor=x", "_method=POST", "_external=1", "values=1"])
    def test_parameters_of_others_do_not_get_into_the_links_to_pages(
        self, client: FlaskClient, index: Index, parameter: str
    ) -> None:
        index(*(make_profile(f"p{n:02}") for n in range(11)))

        assert "/?q=nurse&page=2" in page(client, f"/?q=nurse&{parameter}").values("a", "href")

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("q=pilot", "No close match for “pilot”"),
            ("q=nurse&country=FR", "Nobody meets these conditions"),
            ("q=nurse&page=1000000000", "There are no more people"),
        ],
    )
    def test_an_empty_answer_says_why(self, client: FlaskClient, index: Index, query: str, words: str) -> None:
        index(make_profile("ann", "Nurse", country="GB"))

        assert words in page(client, f"/?{query}").text

    def test_it_says_when_only_words_were_matched(self, engine: Engine, index: Index) -> None:
        index(make_profile("ann"))
        client = create_app(Settings(encoder="missing"), engine=engine).test_client()

        degraded = page(client, "/?q=nurse")

        assert "it matched words only" in degraded.text
        assert "/profiles/ann" in degraded.values("a", "href")

    def test_it_does_not_say_so_otherwise(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        assert "it matched words only" not in page(client, "/?q=nurse").text


class TestProfilePage:
    def test_it_shows_the_person_and_only_public_links(self, client: FlaskClient, index: Index) -> None:
        links = [{"url": "https://private.example/x"}, {"url": "https://book.example", "public": True}]
        index(make_profile("ann", name="Ann Lee", headline="Nights", bio="A life", skills=["IV"], links=links))

        shown = page(client, "/profiles/ann")

        for words in ("Ann Lee", "Nights", "A life", "IV", "Nurse"):
            assert words in shown.text
        assert "https://book.example" in shown.values("a", "href")
        assert "https://private.example/x" not in shown.values("a", "href")

    def test_links_of_people_get_no_credit_and_no_referrer(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", links=[{"url": "https://book.example", "public": True}]))

        ((_, link),) = [
            tag for tag in page(client, "/profiles/ann").tags if tag[1].get("href") == "https://book.example"
        ]

        assert set((link["rel"] or "").split()) >= {"noopener", "noreferrer", "nofollow"}

    def test_who_is_booked_is_shown_and_says_so(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", monthly_capacity=1, chats_this_month=1), make_profile("bob"))

        assert "fully booked" in page(client, "/profiles/ann").text
        assert "fully booked" not in page(client, "/profiles/bob").text

    @pytest.mark.parametrize("said", [{"open_to_chats": "no"}, {"open_to_chats": "not_said"}])
    def test_who_did_not_say_yes_has_no_page(
        self, client: FlaskClient, index: Index, said: dict[str, str]
    ) -> None:
        index(make_profile("ann", name="Ann Lee", **said))

        missing = page(client, "/profiles/ann", 404)

        assert "Nobody of this address is open to chats." in missing.text
        assert "Ann Lee" not in missing.text


HOSTILE = '<script>alert(1)</script>"\' onmouseover="alert(2) {{ 7 * 7 }} &lt;b&gt; \u202egnp.exe'


class TestHostileTexts:
    @pytest.fixture(autouse=True)
    def _hostile(self, index: Index) -> None:
        index(
            make_profile(
                "ann",
                name=f"Ann {HOSTILE}",
                headline=HOSTILE,
                bio=HOSTILE,
                location=HOSTILE,
                skills=[HOSTILE[:60]],
                topics=[HOSTILE],
                communities=[HOSTILE],
                schools=[{"school": HOSTILE, "degree": HOSTILE}],
                positions=[{"title": f"Nurse {HOSTILE}", "company": HOSTILE, "industry": HOSTILE[:80]}],
                links=[{"url": "https://x.example/?a='b&c=<d>", "label": HOSTILE[:60], "public": True}],
            )
        )

    @pytest.mark.parametrize("path", ["/profiles/ann", "/?q=nurse"])
    def test_a_profile_stays_text(self, client: FlaskClient, path: str) -> None:
        shown = page(client, path)

        assert '<script>alert(1)</script>"\' onmouseover="alert(2) {{ 7 * 7 }} &lt;b&gt; gnp.exe' in shown.text
        self.check_harmless(shown)

    @pytest.mark.parametrize("parameter", ["q", "industry", "country", "language", "chat_minutes", "page", "x"])
    def test_so_does_what_the_seeker_sends(self, client: FlaskClient, parameter: str) -> None:
        response = client.get("/", query_string={"q": "nurse", parameter: HOSTILE})

        self.check_harmless(Page(response.text))

    @pytest.mark.parametrize("path", ["/profiles/<script>alert(1)</script>", '/x" onmouseover="alert(2)'])
    def test_so_does_an_address_that_is_not_there(self, client: FlaskClient, path: str) -> None:
        self.check_harmless(page(client, path, 404))

    def test_text_that_turns_the_direction_of_reading_is_taken_out(self, client: FlaskClient) -> None:
        for path in ("/profiles/ann", "/?q=nurse"):
            assert "\u202e" not in client.get(path).text

    @staticmethod
    def check_harmless(shown: Page) -> None:
        assert all(address and address.startswith("/static/") for address in shown.values("script", "src"))
        assert [name for _, attributes in shown.tags for name in attributes if name.startswith("on")] == []
        assert [href for href in shown.values("a", "href") if (href or "").startswith("javascript")] == []
