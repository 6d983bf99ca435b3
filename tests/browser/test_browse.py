"""Browsing from the fields of work to a person; with JavaScript and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import BROWSE, NURSES, PROSTHODONTISTS
from tests.browser.test_search import follow, people, tab_to

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(new_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    return new_page(java_script_enabled=request.param)


def test_it_leads_from_the_start_to_a_person(page: Page) -> None:
    page.goto("/")
    follow(page.get_by_role("link", name="Browse jobs"))
    assert page.locator(".directory li").count() == 23
    follow(page.get_by_role("link", name="Healthcare Practitioners and Technical"))
    follow(page.get_by_role("link", name="Registered Nurses", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Registered Nurses")
    number = int(page.locator("#found").inner_text().split()[0])
    assert number == len(people(page)) > 0
    follow(page.locator(".results h3 a").first)
    expect(page.get_by_role("heading", name="Career")).to_be_visible()


def test_the_keyboard_alone_leads_to_an_occupation(page: Page) -> None:
    page.goto("/browse/23")
    tab_to(page, page.get_by_role("link", name="Lawyers", exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lawyers")


def test_an_occupation_with_nobody_says_so_and_leads_to_one_with_people(page: Page) -> None:
    page.goto(f"/browse/occupations/{PROSTHODONTISTS}")
    expect(page.get_by_role("heading", name="Nobody here has had this job yet")).to_be_visible()
    near = page.locator("[aria-labelledby=near] li")
    assert all(re.search(r"\d+ (person|people)$", text) for text in near.all_inner_texts())
    follow(near.first.get_by_role("link"))
    assert people(page)


def test_neighbours_are_told_with_their_people(page: Page) -> None:
    page.goto(f"/browse/occupations/{NURSES}")
    near = page.locator("[aria-labelledby=near] li").all_inner_texts()
    assert len(near) == 8
    assert all(re.search(r"(\d+ (person|people)|nobody yet)$", text) for text in near)


def test_the_way_back_leads_through_the_field(page: Page) -> None:
    page.goto(f"/browse/occupations/{NURSES}")
    follow(page.get_by_role("link", name="Healthcare Practitioners and Technical"))
    follow(page.get_by_role("link", name="All fields"))
    assert page.url.endswith(BROWSE)


@pytest.mark.parametrize("address", ["/browse/99", "/browse/occupations/99-9999.99"])
def test_what_is_not_there_is_said_in_words(page: Page, address: str) -> None:
    response = page.goto(address)
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not here")
