"""Telling something of oneself, finding who shares it, and having it forgotten; with JavaScript and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import PEOPLE
from tests.browser.test_search import follow

pytestmark = pytest.mark.browser

# Somebody of the sample who designs sets, and where they went to school.
SCHOOL = "Wexbridge College of Art and Design"
DESIGNER = next(
    person
    for person in PEOPLE
    if SCHOOL in [school["school"] for school in person.get("schools", [])]
    and person["positions"][0]["title"] == "Set Designer"
)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(new_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    return new_page(java_script_enabled=request.param)


def test_what_is_told_is_kept_finds_who_shares_it_and_is_forgotten(page: Page) -> None:
    page.goto("/?q=set+designer")
    expect(page.get_by_text("Also went to")).to_have_count(0)
    follow(page.get_by_role("main").get_by_role("link", name="about you"))
    page.get_by_label("Schools").fill(SCHOOL.upper())
    follow(page.get_by_role("button", name="Keep in this browser"))
    expect(page.get_by_text("Your browser keeps this now.")).to_be_visible()

    page.goto("/?q=set+designer")
    expect(page.locator(".card").first).to_contain_text(f"Also went to {SCHOOL}")
    expect(page.get_by_text("Who shares something with you ranks higher.")).to_be_visible()
    page.goto(f"/profiles/{DESIGNER['id']}")
    expect(page.get_by_role("list", name="What you have in common")).to_contain_text(f"Also went to {SCHOOL}")

    follow(page.get_by_role("link", name="About you"))
    expect(page.get_by_label("Schools")).to_have_value(SCHOOL.upper())
    follow(page.get_by_role("button", name="Forget this"))
    expect(page.get_by_label("Schools")).to_have_value("")
    assert [cookie for cookie in page.context.cookies() if cookie.get("name") == "about_you"] == []
    page.goto("/?q=set+designer")
    expect(page.get_by_text("Also went to")).to_have_count(0)


def test_what_cannot_be_kept_is_said_at_the_field_and_stays_there(page: Page) -> None:
    page.goto("/you")
    page.get_by_label("Town").fill("Leeds")
    page.get_by_label("Languages").fill("English\nKlingonish")
    follow(page.get_by_role("button", name="Keep in this browser"))
    languages = page.get_by_label("Languages")
    expect(languages).to_have_accessible_description(
        "One a line, at most 10 Line 2 “Klingonish” is not a language; use its ISO 639 code, such as en or pt."
    )
    expect(languages).to_have_value("English\nKlingonish")
    expect(page.get_by_label("Town")).to_have_value("Leeds")
    expect(page.get_by_role("alert")).to_have_text(
        "Nothing is kept yet: please look at the fields that are marked."
    )


def test_scripts_cannot_read_it(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/you")
    page.get_by_label("Town").fill("Leeds")
    follow(page.get_by_role("button", name="Keep in this browser"))
    page.goto("/?q=nurse")
    assert {cookie.get("name") for cookie in page.context.cookies()} == {"about_you", "seeker"}
    assert page.evaluate("document.cookie") == ""


def test_a_form_on_another_site_cannot_set_it(new_page: Callable[..., Page], site: str) -> None:
    page = new_page()
    fields = '<textarea name="schools">Leeds</textarea><button>Win</button>'
    form = f'<form action="{site}/you" method="post">{fields}</form>'
    page.route("https://other.example/", lambda route: route.fulfill(content_type="text/html", body=form))
    page.goto("https://other.example/")
    follow(page.get_by_role("button", name="Win"))
    expect(page.get_by_text("Another site has sent this form.")).to_be_visible()
    assert page.context.cookies(site) == []
