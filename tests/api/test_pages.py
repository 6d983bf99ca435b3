"""The pages, as HTML. tests/browser has what takes a browser."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote_plus

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import Engine
from service.app import create_app
from service.pages.marks import marked
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


def following(one: Page) -> str:
    """The address of the page after `one`."""
    (href,) = [attributes["href"] for _, attributes in one.tags if attributes.get("rel") == "next"]
    assert href
    return href


def shown(one: Page) -> list[str]:
    """The addresses of the people on `one`."""
    return [href for href in one.values("a", "href") if href and href.startswith("/profiles/")]


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
        for words in ("1 person for", "Was Nurse at Leeds Clinic until 2021", "Open to 15-minute chats", "French"):
            assert words in found.text

    def test_what_was_asked_stays_in_the_form(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", languages=["fr"]))

        asked = page(client, "/?q=nurse&language=fr&chat_minutes=&sort=room&booked=true")

        assert asked.field("q")["value"] == "nurse"
        chosen = [a["value"] for tag, a in asked.tags if tag == "option" and "selected" in a]
        assert chosen == ["room"]
        assert [a["value"] for tag, a in asked.tags if tag == "input" and "checked" in a] == ["fr", "true"]

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

        first = page(client, "/?q=nurse&language=en")
        last = page(client, following(first))

        assert following(first).startswith("/?q=nurse&language=en&cursor=")
        assert "/?q=nurse&language=en" in last.values("a", "href")
        assert sorted(shown(first) + shown(last)) == [f"/profiles/p{n:02}" for n in range(11)]
        assert len(shown(last)) == 1

    @pytest.mark.parametrize("parameter", ["endpoint=x", "_anchor=x", "_method=POST", "_external=1", "values=1"])
    def test_parameters_of_others_do_not_get_into_the_links_to_pages(
        self, client: FlaskClient, index: Index, parameter: str
    ) -> None:
        index(*(make_profile(f"p{n:02}") for n in range(11)))

        assert following(page(client, f"/?q=nurse&{parameter}")).startswith("/?q=nurse&cursor=")

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


class TestFacets:
    @pytest.fixture(autouse=True)
    def _people(self, index: Index) -> None:
        index(
            make_profile("ann", languages=["fr"], country="FR"),
            make_profile("bob", languages=["fr", "cy"], country="GB"),
            make_profile("cem", languages=["tr"], country="TR"),
            make_profile("busy", languages=["tr"], monthly_capacity=1, chats_this_month=1),
        )

    def test_each_value_says_how_many_have_it(self, client: FlaskClient) -> None:
        found = page(client, "/?q=nurse")

        assert "Language Language French 2 Welsh 1 Turkish 1" in found.text

    def test_two_values_of_one_facet_are_either_of_them(self, client: FlaskClient) -> None:
        found = page(client, "/?q=nurse&language=cy&language=tr")

        assert sorted(shown(found)) == ["/profiles/bob", "/profiles/cem"]
        assert "Welsh 1 Turkish 1 French 2" in found.text
        assert "/?q=nurse" in found.values("a", "href")

    def test_a_choice_that_leaves_nobody_can_be_taken_back(self, client: FlaskClient) -> None:
        found = page(client, "/?q=nurse&language=cy&country=FR")

        assert shown(found) == []
        checked = [a["value"] for tag, a in found.tags if tag == "input" and "checked" in a]
        assert checked == ["cy", "FR"]

    def test_who_is_booked_is_shown_on_request_and_not_called_open(self, client: FlaskClient) -> None:
        assert "/profiles/busy" not in shown(page(client, "/?q=nurse"))
        found = page(client, "/?q=nurse&booked=true")
        assert "/profiles/busy" in shown(found)
        assert "Booked this month" in found.text

    def test_a_reading_that_was_dropped_stays_dropped(self, client: FlaskClient, titles: None) -> None:  # noqa: ARG002
        found = page(client, f"/?q=nurse&not_occupation={VET}")

        assert found.field("not_occupation")["value"] == VET


@given(st.text(max_size=60), st.lists(st.text("abC+#<&.", min_size=1, max_size=5), max_size=3))
def test_marking_words_changes_no_text_and_lets_no_markup_in(text: str, words: list[str]) -> None:
    markup = str(marked(text, words))

    assert unescape(re.sub("</?mark>", "", markup)) == text
    assert set(re.findall("<[^>]*>", markup)) <= {"<mark>", "</mark>"}


def test_whole_words_are_marked() -> None:
    assert str(marked("C++ and C, <b>nurse</b>", ["C++", "nurse"])) == (
        "<mark>C++</mark> and C, &lt;b&gt;<mark>nurse</mark>&lt;/b&gt;"
    )


NURSE, VET = "29-1141.00", "29-1131.00"


@pytest.mark.usefixtures("titles")
class TestReadings:
    @pytest.fixture(autouse=True)
    def _people(self, titles: None, index: Index) -> None:  # noqa: ARG002
        index(make_profile("ann", "Nurse"), make_profile("bob", "Vet"), make_profile("cat", "Pilot"))

    def test_each_can_be_narrowed_to_and_dropped_with_the_filters_kept(self, client: FlaskClient) -> None:
        links = page(client, "/?q=helper&language=&chat_minutes=&page=2").values("a", "href")

        for code in (NURSE, VET):
            assert f"/?q=helper&language=&chat_minutes=&occupation={code}" in links
            assert f"/?q=helper&language=&chat_minutes=&not_occupation={code}" in links

    def test_one_that_is_sure_is_said_without_a_perhaps(self, client: FlaskClient) -> None:
        assert "We read this as Only Nurse" in page(client, "/?q=nurse").text

    def test_narrowed_it_shows_whom_it_found_and_leads_back(self, client: FlaskClient) -> None:
        narrowed = page(client, f"/?q=helper&occupation={VET}")

        assert "Only people who have worked as Vet Back to all readings 1 person for “helper”" in narrowed.text
        links = narrowed.values("a", "href")
        assert "/profiles/bob" in links
        assert "/?q=helper" in links

    def test_a_second_one_is_dropped_besides_the_first(self, client: FlaskClient) -> None:
        links = page(client, f"/?q=helper&not_occupation={VET}").values("a", "href")

        assert f"/?q=helper&not_occupation={VET}&not_occupation={NURSE}" in links
        assert f"/?q=helper&occupation={NURSE}" in links
        assert "/?q=helper" in links

    def test_without_any_left_the_words_alone_are_searched(self, client: FlaskClient) -> None:
        dropped = page(client, f"/?q=helper&not_occupation={VET}&not_occupation={NURSE}")

        assert "Searched by the words alone." in dropped.text
        assert "/?q=helper" in dropped.values("a", "href")

    def test_it_says_when_no_job_was_recognised(self, client: FlaskClient) -> None:
        assert "We recognised no job in this" in page(client, "/?q=xqzvw+blorptang").text
        assert "We recognised no job in this" not in page(client, "/?q=nurse").text

    def test_people_of_related_jobs_are_a_labelled_group_of_their_own(self, client: FlaskClient) -> None:
        widened = page(client, "/?q=pilot").text

        close, _, related = widened.partition("Related jobs: Nurse")
        assert ("Person cat" in close, "Person ann" in close) == (True, False)
        assert ("Person cat" in related, "Person ann" in related) == (False, True)
        assert "Related jobs" not in page(client, "/?q=pilot&page=2").text

    def test_an_occupation_alone_is_searched_and_named(self, client: FlaskClient) -> None:
        found = page(client, f"/?occupation={NURSE}")

        assert "1 person for “Nurse”" in found.text
        assert "Back to all readings" not in found.text

    @pytest.mark.parametrize("name", ["occupation", "not_occupation"])
    def test_an_unknown_code_is_explained(self, client: FlaskClient, name: str) -> None:
        explained = page(client, f"/?q=nurse&{name}=99-9999.99", 422)

        assert "“99-9999.99” is not the code of an occupation here, such as 29-1131.00." in explained.text


@pytest.mark.usefixtures("titles")
class TestBrowsing:
    def test_it_leads_from_a_group_to_a_person(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", "Nurse", name="Ann Lee"), make_profile("no", "Vet", open_to_chats="no"))

        groups = page(client, "/browse")
        group = page(client, "/browse/29")
        occupation = page(client, f"/browse/occupations/{NURSE}")

        assert "Healthcare Practitioners and Technical 1 person, 3 occupations" in groups.text
        assert "/browse/29" in groups.values("a", "href")
        assert "Nurse 1 person Nobody yet Nurse Midwife Vet" in group.text
        assert f"/browse/occupations/{NURSE}" in group.values("a", "href")
        assert "1 person open to chats" in occupation.text
        assert "/profiles/ann" in occupation.values("a", "href")

    def test_an_occupation_with_nobody_says_so_and_offers_the_nearest_with_people(
        self, client: FlaskClient, index: Index
    ) -> None:
        index(make_profile("ann", "Nurse"))

        empty = page(client, f"/browse/occupations/{VET}")

        assert "Nobody here has had this job yet" in empty.text
        assert "Near to it, with people Nurse 1 person" in empty.text

    def test_its_people_are_paged(self, client: FlaskClient, index: Index) -> None:
        index(*(make_profile(f"p{n:02}", "Nurse") for n in range(11)))
        address = f"/browse/occupations/{NURSE}"

        first = page(client, address)
        last = page(client, following(first))
        assert following(first).startswith(f"{address}?cursor=")
        assert sorted(shown(first) + shown(last)) == [f"/profiles/p{n:02}" for n in range(11)]
        assert address in last.values("a", "href")
        assert "There are no more people" in page(client, f"{address}?page=3").text

    def test_every_page_leads_to_the_groups(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        for path in ("/", "/?q=nurse", "/profiles/ann", "/browse", "/browse/29", "/nowhere"):
            assert "/browse" in Page(client.get(path).text).values("a", "href")

    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ("/browse/99", "There is no group of occupations at this address."),
            ("/browse/29-1141.00", "There is no group of occupations at this address."),
            ("/browse/occupations/99-9999.99", "There is no occupation at this address."),
            (f"/browse/occupations/{NURSE}?page=0", "The list of people has no such page."),
            (f"/browse/occupations/{NURSE}?page=two", "The list of people has no such page."),
        ],
    )
    def test_what_is_not_there_is_said_in_words(
        self, client: FlaskClient, index: Index, path: str, words: str
    ) -> None:
        index(make_profile("ann"))

        missing = page(client, path, 404)

        assert "This page is not here" in missing.text
        assert words in missing.text


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

    @pytest.mark.parametrize(
        "parameter",
        ["q", "occupation", "not_occupation", "industry", "country", "language", "chat_minutes", "page", "x"],
    )
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
