"""The pages, as HTML. tests/browser has what takes a browser."""

from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import unquote_plus, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.engines import Engine
from service.app import create_app
from service.pages.views import FACET_LABELS
from service.search.facets import FACETS
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

    def chosen(self) -> set[tuple[str | None, str | None]]:
        """Name and value of every box that is ticked, and of every option that is selected."""
        ticked = {(a["name"], a["value"]) for tag, a in self.tags if tag == "input" and "checked" in a}
        select, selected = None, set()
        for tag, attributes in self.tags:
            if tag == "select":
                select = attributes["name"]
            elif tag == "option" and "selected" in attributes:
                selected.add((select, attributes["value"]))
        return ticked | selected

    def link(self, rel: str) -> str:
        """The address that the only link of this relation leads to."""
        (only,) = [attributes["href"] for _, attributes in self.tags if attributes.get("rel") == rel]
        assert only
        return only

    def people(self) -> list[str]:
        """The ids of the people who are linked, in order; whatever of their page a link leads to."""
        links = [urlsplit(href).path.partition("/profiles/") for href in self.values("a", "href") if href]
        return [*dict.fromkeys(id_ for before, found, id_ in links if found and not before)]

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

        assert "/profiles/ann?job=nurse" in found.values("a", "href")
        assert "/profiles/ann?job=nurse#similar" in found.values("a", "href")
        for words in ("1 person for", "Nurse at Leeds Clinic until 2021", "Open to 15-minute chats", "French"):
            assert words in found.text

    def test_what_was_asked_stays_in_the_form(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", languages=["fr"]))

        asked = page(client, "/?q=nurse&language=fr&sort=active&booked=true&chat_minutes=&country=&industry=")

        assert asked.field("q")["value"] == "nurse"
        assert asked.chosen() == {("language", "fr"), ("booked", "true"), ("sort", "active")}

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

    def test_walking_shows_everybody_once_keeps_the_filters_and_leads_back(
        self, client: FlaskClient, index: Index
    ) -> None:
        index(*(make_profile(f"p{n:02}", languages=["en"]) for n in range(21)))

        first = page(client, "/?q=nurse&language=en")
        second = page(client, first.link("next"))
        third = page(client, second.link("next"))

        assert first.link("next").startswith("/?q=nurse&language=en&cursor=")
        assert sorted(first.people() + second.people() + third.people()) == [f"p{n:02}" for n in range(21)]
        for number, one in enumerate((first, second, third), start=1):
            assert f"Page {number} of 3" in one.text
        assert second.link("prev") == "/?q=nurse&language=en"
        assert page(client, third.link("prev")).people() == second.people()
        assert [attributes for _, attributes in third.tags if attributes.get("rel") == "next"] == []

    def test_a_numbered_page_is_found_too(self, client: FlaskClient, index: Index) -> None:
        index(*(make_profile(f"p{n:02}") for n in range(11)))

        first, last = page(client, "/?q=nurse"), page(client, "/?q=nurse&page=2")

        assert sorted(first.people() + last.people()) == [f"p{n:02}" for n in range(11)]
        assert last.link("prev") == "/?q=nurse"

    def test_a_walk_goes_on_where_people_have_left_meanwhile(
        self, client: FlaskClient, index: Index, engine: Engine
    ) -> None:
        index(*(make_profile(f"p{n:02}") for n in range(21)))
        first = page(client, "/?q=nurse")
        for id_ in first.people():
            engine.delete(id_, datetime.now(UTC))

        second = page(client, first.link("next"))

        assert "Page 2 of 3" in second.text
        third = page(client, second.link("next"))
        assert len(set(second.people() + third.people())) == 11

    def test_what_is_no_cursor_is_explained_and_not_carried_on(self, client: FlaskClient) -> None:
        explained = page(client, "/?q=nurse&cursor=x", 422)

        assert "The link to this page is not a cursor that a search has given." in explained.text
        assert "cursor" not in explained.values("input", "name")

    @pytest.mark.parametrize("parameter", ["endpoint=x", "_anchor=x", "_method=POST", "_external=1", "values=1"])
    def test_parameters_of_others_do_not_get_into_the_links_to_pages(
        self, client: FlaskClient, index: Index, parameter: str
    ) -> None:
        index(*(make_profile(f"p{n:02}") for n in range(11)))

        assert page(client, f"/?q=nurse&{parameter}").link("next").startswith("/?q=nurse&cursor=")

    @pytest.mark.parametrize("parameter", ["my_school=Leeds", "my_location=Leeds", "seeker=1234"])
    def test_what_seekers_tell_of_themselves_is_neither_read_from_an_address_nor_passed_on_in_one(
        self, client: FlaskClient, index: Index, parameter: str
    ) -> None:
        people = (make_profile(f"p{n:02}", schools=[{"school": "Leeds"}], location="Leeds") for n in range(11))
        index(*people)

        found = page(client, f"/?q=nurse&{parameter}")

        assert "Also" not in found.text
        assert parameter not in "".join(filter(None, found.values("a", "href")))
        assert parameter.partition("=")[0] not in found.values("input", "name")

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

    def test_of_filters_that_nobody_meets_the_one_to_drop_is_named_with_whom_it_frees(
        self, client: FlaskClient, index: Index
    ) -> None:
        index(*(make_profile(f"p{n}", country="GB", languages=["en"]) for n in range(3)))
        index(make_profile("ann", country="FR", languages=["fr"]))

        narrow = page(client, "/?q=nurse&country=GB&country=DE&language=fr")

        assert "Without “French”: 3 people" in narrow.text
        assert "/?q=nurse&country=GB&country=DE" in narrow.values("a", "href")
        assert len(page(client, "/?q=nurse&country=GB&country=DE").people()) >= 3

    def test_where_no_single_filter_frees_anybody_none_is_named(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", country="FR", languages=["fr"]))

        assert "Without “" not in page(client, "/?q=nurse&country=DE&language=es").text
        assert "Without “" not in page(client, "/?q=nurse").text

    def test_it_says_when_only_words_were_matched(self, engine: Engine, index: Index) -> None:
        index(make_profile("ann"))
        client = create_app(Settings(encoder="missing"), engine=engine).test_client()

        degraded = page(client, "/?q=nurse")

        assert "cannot tell what words mean" in degraded.text
        assert "ann" in degraded.people()

    def test_it_does_not_say_so_otherwise(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        assert "cannot tell what words mean" not in page(client, "/?q=nurse").text

    def test_words_that_match_are_marked_in_headline_and_reasons(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", "Night Nurse", headline="Nurses <at night>"))

        found = client.get("/?q=nurse").text

        assert "Night <mark>Nurse</mark>" in found
        assert "<mark>Nurses</mark> &lt;at night&gt;" in found

    def test_who_is_booked_is_shown_only_when_asked_for_and_says_so(
        self, client: FlaskClient, index: Index
    ) -> None:
        index(make_profile("ann"), make_profile("bob", monthly_capacity=1, chats_this_month=1))

        assert page(client, "/?q=nurse").people() == ["ann"]
        asked = client.get("/?q=nurse&booked=true").text
        assert sorted(Page(asked).people()) == ["ann", "bob"]
        assert '<li class="booked">Booked this month</li>' in asked
        assert asked.count('<li class="open">') == 1

    def test_people_are_sorted_as_the_seeker_asks(self, client: FlaskClient, index: Index) -> None:
        index(
            make_profile("ann", last_active_at="2026-01-01", monthly_capacity=9),
            make_profile("bob", last_active_at="2026-03-01", monthly_capacity=1),
            make_profile("cat", last_active_at="2026-02-01", monthly_capacity=5),
        )

        assert page(client, "/?q=nurse&sort=active").people() == ["bob", "cat", "ann"]
        assert page(client, "/?q=nurse&sort=room").people() == ["ann", "cat", "bob"]


class TestFacets:
    @pytest.fixture(autouse=True)
    def _people(self, index: Index) -> None:
        index(
            make_profile("ann", country="GB", languages=["en", "fr"]),
            make_profile("bob", country="FR", languages=["fr"]),
            make_profile("cat", country="GB", languages=["en"]),
            make_profile("dan", country="DE", languages=["de"]),
        )

    def test_each_value_is_a_box_with_its_people_and_facets_without_values_are_left_out(
        self, client: FlaskClient
    ) -> None:
        found = page(client, "/?q=nurse")

        assert "Country United Kingdom 2 people Germany 1 person France 1 person" in found.text
        names = {name for name in found.values("input", "name") if name}
        assert names == {"q", "booked", "language", "country"}

    def test_several_values_of_a_facet_widen_and_keep_all_their_counts(self, client: FlaskClient) -> None:
        found = page(client, "/?q=nurse&country=GB&country=FR")

        assert sorted(found.people()) == ["ann", "bob", "cat"]
        assert found.chosen() == {("country", "GB"), ("country", "FR"), ("sort", "relevance")}
        assert "Germany 1 person" in found.text

    def test_every_chosen_filter_is_taken_away_with_one_click_and_all_with_another(
        self, client: FlaskClient
    ) -> None:
        links = page(client, "/?q=nurse&country=GB&country=FR&language=English&booked=true").values("a", "href")

        for rest in (
            "country=FR&language=English&booked=true",
            "country=GB&language=English&booked=true",
            "country=GB&country=FR&booked=true",
            "country=GB&country=FR&language=English",
        ):
            assert f"/?q=nurse&{rest}" in links
        assert "/?q=nurse" in links

    def test_a_choice_that_nobody_meets_stays_listed(self, client: FlaskClient) -> None:
        none = page(client, "/?q=nurse&country=AQ")

        assert "Antarctica 0 people" in none.text
        assert ("country", "AQ") in none.chosen()
        assert "Nobody meets these conditions" in none.text

    @pytest.mark.usefixtures("titles")
    def test_what_is_no_field_of_the_form_is_carried_on(self, client: FlaskClient) -> None:
        found = page(client, f"/?q=nurse&not_occupation={VET}&per_page=2&page=2&language=")

        hidden = [(a["name"], a["value"]) for _, a in found.tags if a.get("type") == "hidden"]
        assert hidden == [("not_occupation", VET), ("per_page", "2")]

    def test_after_a_refusal_the_form_carries_all_but_what_was_refused(self, client: FlaskClient) -> None:
        refused = page(client, "/?q=nurse&occupation=99&company=Acme&sort=best&country=GB", 422)

        hidden = [(a["name"], a["value"]) for _, a in refused.tags if a.get("type") == "hidden"]
        assert hidden == [("occupation", "99"), ("company", "Acme")]
        assert refused.chosen() == {("country", "GB")}

    def test_a_facet_is_there_for_each_that_the_search_counts(self) -> None:
        assert sorted(FACET_LABELS) == sorted(FACETS)


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

        assert "Only people who have worked as Vet × Without Vet Back to all readings" in narrowed.text
        assert "1 person for “helper”" in narrowed.text
        assert ("occupation", VET) in narrowed.chosen()
        assert narrowed.people()[0] == "bob"
        assert "/?q=helper" in narrowed.values("a", "href")

    def test_narrowed_to_two_each_is_taken_away_with_one_click(self, client: FlaskClient) -> None:
        narrowed = page(client, f"/?q=helper&occupation={VET}&occupation={NURSE}")

        assert sorted(narrowed.people()) == ["ann", "bob"]
        for code in (VET, NURSE):
            assert f"/?q=helper&occupation={code}" in narrowed.values("a", "href")

    def test_a_second_one_is_dropped_besides_the_first(self, client: FlaskClient) -> None:
        links = page(client, f"/?q=helper&not_occupation={VET}").values("a", "href")

        assert f"/?q=helper&not_occupation={VET}&not_occupation={NURSE}" in links
        assert f"/?q=helper&occupation={NURSE}" in links
        assert "/?q=helper" in links

    def test_it_says_whose_work_does_not_count_and_leads_back(self, client: FlaskClient) -> None:
        dropped = page(client, f"/?q=helper&not_occupation={VET}")

        assert "Left out: work as Vet. Back to all readings" in dropped.text
        assert "Left out" not in page(client, "/?q=helper").text

    def test_without_any_left_the_words_alone_are_searched(self, client: FlaskClient) -> None:
        dropped = page(client, f"/?q=helper&not_occupation={VET}&not_occupation={NURSE}")

        assert "Searched by the words alone." in dropped.text
        assert "/?q=helper" in dropped.values("a", "href")

    def test_a_correction_is_declined_and_taken_again_with_one_click_each(self, client: FlaskClient) -> None:
        corrected = page(client, "/?q=nurze&country=GB")
        typed = page(client, "/?q=nurze&country=GB&as_typed=true")

        assert "Searched for “nurse”. Search for “nurze” instead" in corrected.text
        assert "/?q=nurze&country=GB&as_typed=true" in corrected.values("a", "href")
        assert "Searched as it is typed. Correct the spelling" in typed.text
        assert "/?q=nurze&country=GB" in typed.values("a", "href")
        assert "Searched" not in page(client, "/?q=nurse").text

    def test_it_says_what_is_left_out_because_it_is_denied(self, client: FlaskClient) -> None:
        denying = page(client, "/?q=pilot+but+not+a+nurse").text

        assert "Left out, since you do not mean it: “not a nurse”." in denying
        assert "Only Pilot" in denying
        assert "Only Nurse" not in denying

    def test_to_a_query_that_only_denies_it_says_what_to_do(self, client: FlaskClient) -> None:
        denying = page(client, "/?q=not+a+nurse").text

        assert "Say what your dream job is, rather than what it is not." in denying
        assert "We recognised no job" not in denying

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
        assert "Without Nurse" not in found.text
        assert "required" not in found.field("q")

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
        assert occupation.people() == ["ann"]

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
        last = page(client, first.link("next"))

        assert sorted(first.people() + last.people()) == [f"p{n:02}" for n in range(11)]
        assert page(client, last.link("prev")).people() == first.people()
        assert page(client, f"{address}?page=2").people() == last.people()
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
            (f"/browse/occupations/{NURSE}?cursor=x", "The list of people has no such page."),
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
    @pytest.mark.usefixtures("titles")
    def test_reached_from_a_search_it_shows_which_job_matched(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", positions=[{"title": "Vet"}, {"title": "Nurse", "end": "2020"}]))

        found = client.get("/profiles/ann?job=nurse").text

        assert "For “nurse”" in found
        assert "<mark>Nurse</mark>" in found
        assert found.count("<mark>") == 1
        assert "<mark>" not in client.get("/profiles/ann").text + client.get("/profiles/ann?job=xqzvw").text

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

    @pytest.mark.usefixtures("titles")
    def test_it_names_up_to_five_others_to_talk_to_with_what_they_do(
        self, client: FlaskClient, index: Index
    ) -> None:
        index(*(make_profile(f"n{n}", "Nurse") for n in range(7)), make_profile("no", "Nurse", open_to_chats="no"))

        shown = page(client, "/profiles/n0")

        _, _, others = shown.text.partition("Who else to talk to")
        assert others.count("Person n") == 5
        assert others.count("Nurse") == 5
        assert {"n0", "no"} & set(shown.people()) == set()

    def test_who_is_alone_has_no_others(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        assert "Who else to talk to" not in page(client, "/profiles/ann").text

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
        [
            "q",
            "occupation",
            "not_occupation",
            "industry",
            "country",
            "language",
            "chat_minutes",
            "page",
            "company",
            "x",
        ],
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
