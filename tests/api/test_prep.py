"""The chat kit: GET /api/v1/profiles/{id}/prep and the page /profiles/{id}/prep."""

import logging
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from werkzeug.test import TestResponse

from tests.api.shape import assert_error
from tests.api.test_pages import Page, page
from tests.api.test_you import keep
from tests.factories import make_profile

Index = Callable[..., None]
PATH, API = "/profiles/ann/prep", "/api/v1/profiles/ann/prep"
NOT_SHOWN = [{"open_to_chats": "no"}, {"open_to_chats": "not_said"}, {"paused_until": "2099-01-01"}]


@pytest.fixture(autouse=True)
def ann(titles: None, index: Index) -> None:
    index(
        make_profile(
            "ann",
            name="Ann Lee",
            positions=[
                {"title": "Vet", "company": "Zoo", "start": "2020"},
                {"title": "Nurse", "company": "St Mary's", "start": "2010", "end": "2020"},
            ],
            schools=[{"school": "Leeds"}],
            topics=["night shifts"],
            chat_minutes=[30, 60],
            channels=["video"],
            links=[
                {"url": "https://private.example", "label": "qqqq"},
                {"url": "https://work.example", "label": "Portfolio", "public": True},
                {"url": "https://cal.example/book", "label": "Book a time", "public": True},
            ],
            contact={"email": "qqqq@example.org", "phone": "+44 7700 900159"},
            monthly_capacity=9,
            last_active_at="2026-01-02",
        )
    )


def kit(client: FlaskClient, **parameters: Any) -> dict[str, Any]:
    response = client.get(API, query_string=parameters)
    assert response.status_code == 200, response.text
    made: dict[str, Any] = response.get_json()
    return made


def field(html: str, id_: str) -> str:
    """What stands in the textarea or the input of this id."""
    if written := re.search(rf'<textarea id="{id_}"[^>]*>([^<]*)</textarea>', html):
        return unescape(written[1])
    return str(next(a for _, a in Page(html).tags if a.get("id") == id_)["value"])


class TestApi:
    def test_it_gives_all_that_a_chat_needs(self, client: FlaskClient) -> None:
        made = kit(client, job="nurse")

        assert made["person"] == {"id": "ann", "name": "Ann Lee"}
        assert (made["position"]["title"], made["position"]["current"]) == ("Nurse", False)
        assert (made["job"], made["minutes"]) == ("nurse", 30)
        assert made["ask"]["subject"] == "30 minutes about your time as a Nurse?"
        assert made["ask"]["message"].startswith("Dear Ann Lee,\n\nI would like to find out")
        assert made["follow_up"]["message"].startswith("Dear Ann Lee,")
        assert made["thanks"]["message"].startswith("Dear Ann Lee,")
        assert 5 <= len(made["questions"]) <= 10
        assert [agenda["minutes"] for agenda in made["agendas"]] == [15, 30]
        assert made["agendas"][0]["steps"][0]["start"] == 0
        assert made["background"]["company"] == "St Mary's"
        assert made["background"]["occupation"]["code"] == "29-1141.00"
        assert made["background"]["occupation"]["onet_url"].endswith("/29-1141.00")
        assert made["background"]["links"] == [{"url": "https://work.example", "label": "Portfolio"}]
        assert made["booking"] == {"url": "https://cal.example/book", "label": "Book a time"}

    def test_without_a_job_it_is_about_their_present_work(self, client: FlaskClient) -> None:
        assert kit(client)["position"]["title"] == "Vet"

    def test_what_the_seeker_shares_opens_the_ask(self, client: FlaskClient) -> None:
        assert "We both went to Leeds" in kit(client, my_school="leeds")["ask"]["message"]
        assert "We both" not in kit(client, my_school="York")["ask"]["message"]

    def test_nothing_private_is_in_it(self, client: FlaskClient) -> None:
        body = client.get(API).text

        assert "qqqq" not in body
        assert "7700" not in body
        assert not {"contact", "last_active_at", "monthly_capacity", "consent_at"} & set(kit(client))
        assert "2026-01-02" not in body

    @pytest.mark.parametrize("state", NOT_SHOWN)
    def test_for_whom_nobody_may_ask_there_is_none(
        self, client: FlaskClient, index: Index, state: dict[str, str]
    ) -> None:
        index(make_profile("bob", **state))

        for id_ in ("bob", "nobody"):
            body = assert_error(client.get(f"/api/v1/profiles/{id_}/prep"), 404)
            assert body["message"] == "Nobody of this id is open to chats."

    def test_who_is_booked_this_month_can_be_prepared_for(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("bob", monthly_capacity=0))

        assert client.get("/api/v1/profiles/bob/prep").status_code == 200

    def test_a_job_that_is_too_long_is_refused_in_words(self, client: FlaskClient) -> None:
        body = assert_error(client.get(API, query_string={"job": "w" * 301}), 422)

        assert body["errors"] == {"query": {"job": ["Say it in at most 300 characters; this has 301."]}}

    def test_a_misspelt_parameter_is_refused(self, client: FlaskClient) -> None:
        body = assert_error(client.get(API, query_string={"jobs": "nurse"}), 422)

        assert body["errors"] == {"query": {"jobs": ["is not a parameter of a chat kit."]}}

    @pytest.mark.parametrize(
        "job", ["\u202eesrun", "nurse\nnurse", "🎬" * 300, "<script>alert(1)</script>", "\x00"]
    )
    def test_any_text_makes_a_message_of_clean_lines(self, client: FlaskClient, job: str) -> None:
        message = kit(client, job=job)["ask"]["message"]

        assert not set("\u202e\x00\r") & set(message)
        assert len(message.split()) <= 150
        assert all(line == line.strip() for line in message.split("\n"))


class TestPage:
    def test_it_shows_the_same_texts_as_the_api(self, client: FlaskClient) -> None:
        html, made = client.get(PATH, query_string={"job": "nurse"}).text, kit(client, job="nurse")

        for name, letter in (("ask", "ask"), ("reminder", "follow_up"), ("thanks", "thanks")):
            assert field(html, f"{name}-subject") == made[letter]["subject"]
            assert field(html, f"{name}-message") == made[letter]["message"]
        shown = [field(html, f"question-{number}") for number in range(1, len(made["questions"]) + 1)]
        assert shown == made["questions"]
        assert field(html, "job") == "nurse"
        assert "qqqq" not in html

    def test_the_profile_leads_to_it_with_the_job(self, client: FlaskClient) -> None:
        links = page(client, "/profiles/ann?job=sick+animals").values("a", "href")

        assert "/profiles/ann/prep?job=sick+animals" in links

    def test_it_leads_back_to_the_profile_with_the_job(self, client: FlaskClient) -> None:
        assert "/profiles/ann?job=nurse" in page(client, f"{PATH}?job=nurse").values("a", "href")

    def test_the_mail_program_gets_the_ask_and_no_address(self, client: FlaskClient) -> None:
        links = page(client, PATH).values("a", "href")
        mail = urlsplit(next(str(link) for link in links if str(link).startswith("mailto:")))
        made = kit(client)["ask"]

        assert mail.path == ""
        told = parse_qs(mail.query)
        assert told == {"subject": [made["subject"]], "body": [made["message"].replace("\n", "\r\n")]}

    def test_what_one_keeps_about_oneself_opens_the_ask(self, client: FlaskClient) -> None:
        keep(client, schools="Leeds")
        response = client.get(PATH)

        assert "We both went to Leeds" in field(response.text, "ask-message")
        assert response.cache_control.private

    def test_a_job_that_is_far_from_their_work_is_said_to_be(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("bob", "Vet", name="Bob"))

        assert "This is far from what Bob does" in page(client, "/profiles/bob/prep?job=pilot").text
        assert "This is far" not in page(client, f"{PATH}?job=nurse").text
        assert "This is far" not in page(client, PATH).text

    def test_too_long_a_job_is_said_to_be_at_the_field(self, client: FlaskClient) -> None:
        shown = page(client, f"{PATH}?job={'w' * 301}", 422)

        assert "Say it in at most 300 characters; this has 301." in shown.text
        assert shown.field("job")["aria-describedby"] == "job-problem"

    def test_who_is_booked_is_said_to_be(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("bob", name="Bob", monthly_capacity=0))

        assert "Bob has no time left this month." in page(client, "/profiles/bob/prep").text
        assert "no time left" not in page(client, PATH).text

    @pytest.mark.parametrize("state", NOT_SHOWN)
    def test_for_whom_nobody_may_ask_there_is_none(
        self, client: FlaskClient, index: Index, state: dict[str, str]
    ) -> None:
        index(make_profile("bob", **state))

        assert "This page is not here" in page(client, "/profiles/bob/prep", 404).text
        assert client.post("/profiles/bob/prep", data={"now": "x"}).status_code == 404
        assert client.post("/profiles/bob/prep/chat.ics", data=WHEN).status_code == 404

    def test_parameters_of_others_change_nothing(self, client: FlaskClient) -> None:
        assert client.get(PATH, query_string={"utm_source": "x", "my_school": "Leeds"}).status_code == 200


ANSWERS = {"now": "teach art", "find_out": "how vets begin"}


class TestFocus:
    def test_answers_go_into_the_texts_and_stay_in_the_form(self, client: FlaskClient) -> None:
        html = client.post(PATH, query_string={"job": "vet"}, data=ANSWERS).text
        said = "At the moment I teach art, and I would like to find out how vets begin."

        assert field(html, "statement") == said
        assert said in field(html, "ask-message")
        assert field(html, "now") == "teach art"
        assert field(html, "job") == "vet"

    def test_they_are_kept_nowhere(self, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        response = client.post(PATH, data={"now": "zqzq work", "find_out": "zqzq ways"})

        assert "zqzq" in response.text
        assert "zqzq" not in str(response.headers) + caplog.text
        assert response.cache_control.no_store
        assert "zqzq" not in client.get(PATH).text

    def test_a_page_that_holds_no_answers_may_be_gone_back_to(self, client: FlaskClient) -> None:
        assert not client.get(PATH).cache_control.no_store

    def test_too_long_an_answer_is_said_to_be_at_its_field(self, client: FlaskClient) -> None:
        response = client.post(PATH, data=ANSWERS | {"now": "w" * 201})

        assert response.status_code == 422
        shown = Page(response.text)
        assert "is 201 characters long; at most 200 are kept." in shown.text
        assert shown.field("now")["aria-describedby"] == "now-problem"
        assert shown.field("find_out")["value"] == "how vets begin"

    def test_no_answers_are_none(self, client: FlaskClient) -> None:
        assert field(client.post(PATH, data={}).text, "statement") == ""

    @pytest.mark.parametrize("path", [PATH, f"{PATH}/chat.ics"])
    def test_forms_of_other_sites_are_refused(self, client: FlaskClient, path: str) -> None:
        response = client.post(path, data=ANSWERS, headers={"Sec-Fetch-Site": "cross-site"})

        assert response.status_code == 403
        assert "Another site has sent this form." in response.text


TOMORROW = date.today() + timedelta(days=1)
WHEN = {"day": TOMORROW.isoformat(), "time": "09:30", "minutes": "45"}


def download(client: FlaskClient, **changes: str) -> TestResponse:
    return client.post(f"{PATH}/chat.ics", data=WHEN | changes)


def agenda_of(response: TestResponse) -> str:
    (event,) = Calendar.from_ical(response.data).walk("VEVENT")
    return str(event["description"])


class TestCalendar:
    def test_the_chat_comes_as_a_file_for_calendars(self, client: FlaskClient) -> None:
        response = download(client)

        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert response.headers["Content-Disposition"] == "attachment; filename=chat.ics"
        (event,) = Calendar.from_ical(response.data).walk("VEVENT")
        assert event["summary"] == "Chat with Ann Lee"
        assert event.decoded("dtstart") == datetime.combine(TOMORROW, time(9, 30))
        assert event.decoded("dtend") == datetime.combine(TOMORROW, time(10, 15))

    def test_it_holds_the_agenda_that_the_page_shows(self, client: FlaskClient) -> None:
        shown = {name: field(client.get(PATH).text, name) for name in ("agenda-15", "agenda-30")}

        assert agenda_of(download(client, length="30", **shown)) == shown["agenda-30"]
        assert agenda_of(download(client, length="15", **shown)) == shown["agenda-15"]

    def test_it_holds_what_the_seeker_made_of_the_agenda(self, client: FlaskClient) -> None:
        mine = "Dial +44 7700 900159.\r\nAsk about night shifts, and listen."

        held = agenda_of(download(client, **{"length": "15", "agenda-15": mine, "agenda-30": "Not this one"}))

        assert held == "Dial +44 7700 900159.\nAsk about night shifts, and listen."

    def test_a_slip_in_the_form_costs_no_word_of_the_agenda(self, client: FlaskClient) -> None:
        response = download(client, **{"day": "", "length": "15", "agenda-15": "Mine", "agenda-30": ""})

        assert (field(response.text, "agenda-15"), field(response.text, "agenda-30")) == ("Mine", "")
        lengths = [a for _, a in Page(response.text).tags if a.get("name") == "length"]
        assert [a["id"] for a in lengths if "checked" in a] == ["for-15"]

    def test_too_long_an_agenda_is_said_to_be_at_its_field(self, client: FlaskClient) -> None:
        response = download(client, **{"length": "30", "agenda-30": "w" * 5_001})

        assert response.status_code == 422
        shown = Page(response.text)
        assert "is longer than 5,000 characters." in shown.text
        assert shown.field("agenda-30")["aria-describedby"] == "agenda-problem"

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("day", "", "is not a date."),
            ("day", "2026-02-30", "is not a date."),
            ("day", "9999-12-31", "is not within a year from now."),
            ("day", "0001-01-01", "is not within a year from now."),
            ("time", "25:00", "is not a time."),
            ("time", "", "is not a time."),
            ("minutes", "0", "0 is not between 5 and 120."),
            ("minutes", "long", "“long” is not a whole number."),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, client: FlaskClient, name: str, value: str, said: str
    ) -> None:
        response = download(client, **{name: value})
        shown = Page(response.text)

        assert response.status_code == 422
        assert said in shown.text
        assert shown.field(name)["aria-describedby"] == f"{name}-problem"

    def test_the_form_suggests_a_time_that_the_ask_offers(self, client: FlaskClient) -> None:
        shown = page(client, PATH)
        day = date.fromisoformat(str(shown.field("day")["value"]))

        assert day > date.today()
        assert f"{day.day} {day:%B}, {shown.field('time')['value']}" in field(client.get(PATH).text, "ask-message")
        assert shown.field("minutes")["value"] == "30"
