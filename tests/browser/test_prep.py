"""Preparing a chat, from the search to the calendar; with JavaScript and without, on a phone and on a desk."""

import re
from collections.abc import Callable

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from service.pages.prep import CHOSEN_QUESTIONS
from tests.browser.addresses import PEOPLE, PERSON, PREPARED
from tests.browser.test_search import follow, search

pytestmark = pytest.mark.browser

STATEMENT = "At the moment I teach art, and I would like to find out how you began."
BOOKABLE = next(
    person
    for person in PEOPLE
    if person["open_to_chats"] == "yes"
    and "paused_until" not in person
    and any(link["label"] == "Book a time" and link.get("public") for link in person.get("links", []))
)


@pytest.fixture(params=[360, 1280])
def wide_or_narrow(new_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    return new_page(
        viewport={"width": request.param, "height": 800}, permissions=["clipboard-read", "clipboard-write"]
    )


def prepare(page: Page, wish: str = "set designer") -> None:
    """Go the way of a seeker, to the page that prepares a chat with the first person found."""
    search(page, wish)
    follow(page.locator(".results h3 a").first)
    follow(page.get_by_role("link", name="Prepare a chat"))
    expect(page.get_by_label("Your dream job")).to_have_value(wish)


def answer(page: Page) -> None:
    page.get_by_label("What do you do now?").fill("teach art")
    page.get_by_label("What do you want to find out?").fill("how you began")


def ask(page: Page) -> str:
    return page.locator("#ask-message").input_value()


def questions(page: Page) -> list[str]:
    return [one.input_value() for one in page.locator(".questions textarea").all()]


def test_from_a_wish_to_an_ask_that_is_copied(wide_or_narrow: Page) -> None:
    page = wide_or_narrow
    prepare(page)
    answer(page)
    expect(page.get_by_label("You in one sentence")).to_have_value(STATEMENT)
    assert STATEMENT in ask(page)

    page.locator("#ask-message").fill(f"{ask(page)}\nJo Example")
    page.get_by_role("button", name="Copy the message").first.click()
    expect(page.locator("#told")).to_have_text("Copied")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == ask(page)
    assert copied.endswith("Kind regards,\nJo Example")


def test_without_leave_to_copy_the_text_is_selected(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('denied'))")
    page.goto(PREPARED)
    page.get_by_role("button", name="Copy the subject").first.click()
    expect(page.locator("#told")).to_have_text("The text is selected. Copy it with your keyboard.")
    subject = page.locator("#ask-subject")
    expect(subject).to_be_focused()
    assert page.evaluate("getSelection().toString()") == subject.input_value()


def test_the_answers_leave_alone_what_was_changed_by_hand(page: Page) -> None:
    page.goto(PREPARED)
    page.locator("#ask-message").fill("Dear you,")
    answer(page)
    expect(page.get_by_label("You in one sentence")).to_have_value(STATEMENT)
    assert ask(page) == "Dear you,"


def test_the_words_of_the_ask_are_counted(page: Page) -> None:
    page.goto(PREPARED)
    page.locator("#ask-message").fill("word " * 151)
    expect(page.locator("#words")).to_have_text("151 words; 150 are plenty. Shorten it a little.")
    page.locator("#ask-message").fill("one two")
    expect(page.locator("#words")).to_have_text("2 words; 150 are plenty.")


def test_the_mail_program_gets_the_text_as_it_stands(page: Page) -> None:
    page.goto(PREPARED)
    page.locator("#ask-subject").fill("Hello & welcome?")
    page.locator("#ask-message").fill("One\nTwo")
    link = page.get_by_role("link", name="Open in your mail program").first
    # A browser without a mail program shows nothing; the address is what it would hand over.
    page.evaluate("addEventListener('click', event => event.preventDefault())")
    link.click()
    expect(link).to_have_attribute("href", "mailto:?subject=Hello%20%26%20welcome%3F&body=One%0D%0ATwo")


def test_questions_are_moved_with_the_keyboard_alone(page: Page) -> None:
    page.goto(PREPARED)
    first, second, *others = questions(page)

    down = page.get_by_role("button", name="Move question 1 down")
    down.focus()
    page.keyboard.press("Enter")
    assert questions(page) == [second, first, *others]
    expect(page.locator("#told")).to_have_text(f"Now question 2 of {len(others) + 2}")
    expect(page.get_by_role("button", name="Move question 2 down")).to_be_focused()
    expect(page.get_by_label("Question 2", exact=True)).to_have_value(first)

    page.get_by_role("button", name="Move question 1 up").press("Enter")
    assert questions(page) == [second, first, *others]


def test_one_page_is_printed_with_the_chosen_questions_and_one_agenda(wide_or_narrow: Page) -> None:
    page = wide_or_narrow
    page.goto(PREPARED)
    answer(page)
    expect(page.get_by_label("You in one sentence")).to_have_value(STATEMENT)
    page.get_by_label("Question 1", exact=True).fill("What is that smell?")
    page.get_by_label("Ask question 2").uncheck()
    page.get_by_label("30 minutes", exact=True).check()

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Prepare a chat with {PERSON['name']}")
    expect(page.get_by_label("You in one sentence")).to_be_visible()
    shown = page.locator(".questions textarea:visible")
    expect(shown).to_have_count(CHOSEN_QUESTIONS - 1)
    expect(shown.first).to_have_value("What is that smell?")
    expect(page.get_by_label("Agenda for 30 minutes")).to_be_visible()
    expect(page.get_by_label("Agenda for 15 minutes")).to_be_hidden()
    expect(page.get_by_role("heading", name="Read")).to_be_visible()
    for away in ("button", "nav", "form", "footer", "input", "#ask-message", "#thanks-message"):
        expect(page.locator(f"{away}:visible")).to_have_count(0)
    # Nothing of a text is cut off.
    cut = page.locator("textarea:visible").evaluate_all(
        "all => all.filter(one => one.scrollHeight > one.clientHeight + 1).length"
    )
    assert cut == 0
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_what_is_not_told_is_not_printed(page: Page) -> None:
    page.goto(PREPARED)
    page.emulate_media(media="print")
    expect(page.get_by_label("You in one sentence")).to_be_hidden()


def test_the_agenda_is_that_of_the_length_that_is_chosen(page: Page) -> None:
    page.goto(PREPARED)
    for chosen, other in (("15", "30"), ("30", "15")):
        page.get_by_label(f"{chosen} minutes", exact=True).check()
        expect(page.get_by_label(f"Agenda for {chosen} minutes")).to_be_visible()
        expect(page.get_by_label(f"Agenda for {other} minutes")).to_be_hidden()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_the_chat_is_downloaded_with_the_agenda_as_it_stands(new_page: Callable[..., Page], script: bool) -> None:
    page = new_page(java_script_enabled=script)
    page.goto(PREPARED)
    page.get_by_label("30 minutes", exact=True).check()
    agenda = page.get_by_label("Agenda for 30 minutes")
    agenda.fill(f"{agenda.input_value()}\nTell them how it went.")
    page.get_by_label("Time", exact=True).fill("09:45")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download for your calendar").click()
    assert download.value.suggested_filename == "chat.ics"
    (event,) = Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    assert event["summary"] == f"Chat with {PERSON['name']}"
    assert f"{event.decoded('dtstart'):%H:%M}" == "09:45"
    assert event["description"] == agenda.input_value()


def test_who_made_a_link_to_book_a_time_public_can_be_booked(page: Page) -> None:
    page.goto(f"/profiles/{BOOKABLE['id']}/prep")
    link = page.get_by_role("link", name="Book a time")
    expect(link).to_have_count(1)
    assert re.match("https?://", link.get_attribute("href") or "")


def test_without_javascript_everything_is_there_and_works(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    prepare(page)
    answer(page)
    follow(page.get_by_role("button", name="Put it into the texts"))

    expect(page.get_by_label("You in one sentence")).to_have_value(STATEMENT)
    assert STATEMENT in ask(page)
    expect(page.get_by_label("What do you do now?")).to_have_value("teach art")
    expect(page.get_by_label("Your dream job")).to_have_value("set designer")
    assert "teach" not in page.url
    # What only a script can serve is not shown.
    expect(page.get_by_role("button", name=re.compile("Copy|Move"))).to_have_count(0)
    href = page.get_by_role("link", name="Open in your mail program").first.get_attribute("href") or ""
    assert href.startswith("mailto:?subject=")
    page.get_by_label("Question 1", exact=True).fill("Why?")
    page.get_by_label("Ask question 2").uncheck()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download for your calendar").click()
    assert download.value.suggested_filename == "chat.ics"
    page.get_by_label("Your dream job").fill("teacher")
    follow(page.get_by_role("button", name="Use this job"))
    assert "job=teacher" in page.url


def test_a_day_that_is_none_is_said_at_its_field(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(PREPARED)
    page.get_by_label("Minutes", exact=True).evaluate("field => field.form.noValidate = true")
    page.get_by_label("Minutes", exact=True).fill("1000")
    follow(page.get_by_role("button", name="Download for your calendar"))
    expect(page.get_by_label("Minutes", exact=True)).to_have_accessible_description(
        "1000 is not between 5 and 120."
    )


def test_a_form_on_another_site_gets_no_answer(new_page: Callable[..., Page], site: str) -> None:
    page = new_page()
    form = f'<form action="{site}/profiles/{PERSON["id"]}/prep" method="post"><button>Win</button></form>'
    page.route("https://other.example/", lambda route: route.fulfill(content_type="text/html", body=form))
    page.goto("https://other.example/")
    follow(page.get_by_role("button", name="Win"))
    expect(page.get_by_text("Another site has sent this form.")).to_be_visible()
