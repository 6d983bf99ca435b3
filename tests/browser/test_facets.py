"""Choosing among what an answer has, sorting and walking through it; with JavaScript and without."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import RESULTS
from tests.browser.test_search import follow, people, total

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 800}
DESIGNERS = "/?q=designer"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(new_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    return new_page(java_script_enabled=request.param)


def box(page: Page, facet: str, value: str) -> Locator:
    return page.get_by_role("group", name=facet).get_by_role("checkbox", name=value)


def number(box: Locator) -> int:
    """How many people the value of `box` is said to have."""
    found = re.search(r"(\d+) (person|people)$", box.locator("xpath=..").inner_text().replace("\n", " "))
    assert found
    return int(found[1])


def press_tab_until(page: Page, target: Locator) -> None:
    for _ in range(150):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("150 presses of Tab do not lead there.")


def test_two_values_of_a_facet_are_chosen_by_the_keyboard_and_find_the_people_they_promise(page: Page) -> None:
    page.goto(DESIGNERS)
    everybody = total(page)
    countries = page.get_by_role("group", name="Country").get_by_role("checkbox")
    # Nobody lives in two countries.
    promised = number(countries.nth(0)) + number(countries.nth(1))
    chosen = [countries.nth(place).get_attribute("value") for place in (0, 1)]
    for one in (countries.nth(0), countries.nth(1)):
        press_tab_until(page, one)
        page.keyboard.press("Space")
        expect(one).to_be_checked()
    press_tab_until(page, page.get_by_role("button", name="Apply"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert parse_qs(urlsplit(page.url).query)["country"] == chosen
    assert total(page) == promised < everybody
    expect(countries.nth(0)).to_be_checked()
    expect(countries.nth(1)).to_be_checked()


def test_what_has_the_focus_is_not_hidden_below_the_button(page: Page) -> None:
    page.goto(DESIGNERS)
    last = page.get_by_role("group", name="School").get_by_role("checkbox").nth(4)
    press_tab_until(page, last)
    bounds, button = last.bounding_box(), page.get_by_role("button", name="Apply").bounding_box()
    assert bounds
    assert button
    assert bounds["y"] + bounds["height"] <= button["y"]


def test_each_number_is_how_many_people_the_value_finds(page: Page) -> None:
    page.goto(DESIGNERS)
    for value in ("15 minutes", "60 minutes"):
        promised = number(box(page, "Chat length", value))
        box(page, "Chat length", value).check()
        follow(page.get_by_role("button", name="Apply"))
        assert total(page) == promised
        follow(page.get_by_role("link", name=f"Without the filter {value}"))


def test_a_chosen_filter_is_taken_away_alone_or_with_all_others(page: Page) -> None:
    page.goto(DESIGNERS)
    everybody = total(page)
    page.goto(f"{DESIGNERS}&country=GB&language=en")
    both = total(page)
    follow(page.get_by_role("link", name="Without the filter English"))
    assert both <= total(page) < everybody
    expect(box(page, "Country", "United Kingdom")).to_be_checked()
    follow(page.get_by_role("link", name="Clear filters").first)
    assert total(page) == everybody
    expect(page.get_by_role("link", name="Clear filters")).to_have_count(0)


def test_jobs_are_a_facet_and_the_reading_follows_it(page: Page) -> None:
    page.goto(DESIGNERS)
    first = page.get_by_role("group", name="Job").get_by_role("checkbox").first
    promised = number(first)
    first.check()
    follow(page.get_by_role("button", name="Apply"))
    expect(page.get_by_text("Only people who have worked as")).to_be_visible()
    # Who chose a job sees everybody of it, those too whom the search would have left out.
    assert total(page) >= promised > 0


def test_a_dropped_reading_stays_dropped_when_a_filter_is_chosen(page: Page) -> None:
    page.goto("/?q=registered+nurse")
    follow(page.get_by_role("link", name="Not Registered Nurses"))
    page.get_by_role("group", name="Language").get_by_role("checkbox").first.check()
    follow(page.get_by_role("button", name="Apply"))
    assert "not_occupation=29-1141.00" in page.url
    expect(page.get_by_role("link", name="Not Registered Nurses")).to_have_count(0)


def test_booked_people_come_when_asked_for_and_say_so(page: Page) -> None:
    page.goto(f"{DESIGNERS}&sort=room")
    open_now = total(page)
    page.get_by_role("checkbox", name="Show people who are booked this month, too").check()
    follow(page.get_by_role("button", name="Apply"))
    assert total(page) > open_now
    expect(page.get_by_label("Sort by")).to_have_value("room")
    while page.get_by_role("link", name="Next").is_visible():
        follow(page.get_by_role("link", name="Next"))
    # Who is booked has the least room.
    expect(page.locator(".card").last.locator(".booked")).to_have_text("Booked this month")


def test_walking_forward_and_back_keeps_the_order_that_was_chosen(page: Page) -> None:
    page.goto(RESULTS)
    page.get_by_label("Sort by").select_option(label="Recently active")
    follow(page.get_by_role("button", name="Apply"))
    first = people(page)
    follow(page.get_by_role("link", name="Next"))
    expect(page.locator("#page-number")).to_contain_text("Page 2 of")
    expect(page.get_by_label("Sort by")).to_have_value("active")
    assert set(first) & set(people(page)) == set()
    follow(page.get_by_role("link", name="Previous"))
    expect(page.locator("#page-number")).to_contain_text("Page 1 of")
    assert people(page) == first
    assert "cursor" not in page.url


@pytest.mark.parametrize("java_script", [True, False])
def test_on_a_phone_the_filters_are_a_drawer_that_opens_above_the_people(
    new_page: Callable[..., Page], java_script: bool
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=java_script)
    page.goto(f"{DESIGNERS}&language=en")
    drawer = page.get_by_text("Sort and filter (1 chosen)")
    country = page.locator("input[name=country]").first
    expect(country).to_be_hidden()
    drawer.click()
    country.check()
    follow(page.get_by_role("button", name="Apply"))
    assert "language=en" in page.url
    assert "country=" in page.url
    expect(page.get_by_text("Sort and filter (2 chosen)")).to_be_visible()


def test_in_a_wide_window_the_filters_stand_beside_the_people(page: Page) -> None:
    page.goto(DESIGNERS)
    expect(page.locator(".drawer > summary")).to_be_hidden()
    filters, card = page.locator(".filters").bounding_box(), page.locator(".card").first.bounding_box()
    assert filters
    assert card
    assert filters["x"] + filters["width"] < card["x"]


def test_words_that_match_are_marked(page: Page) -> None:
    page.goto(DESIGNERS)
    words = page.locator(".card mark").all_inner_texts()
    assert words
    assert all(word.lower().startswith("design") for word in words)
