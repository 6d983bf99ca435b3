"""With JavaScript the next answer takes the place of the one before: no page is loaded, and nobody gets lost."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.addresses import NURSES, RESULTS
from tests.browser.test_search import follow, people, total

pytestmark = pytest.mark.browser


def mark(page: Page) -> None:
    """Leave something in the page that a load would sweep away."""
    page.evaluate("window.stillHere = true")


def is_same_page(page: Page) -> bool:
    return bool(page.evaluate("window.stillHere === true"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_next_page_comes_in_place_is_announced_and_read_from_its_heading(page: Page) -> None:
    page.goto(RESULTS)
    first = people(page)
    mark(page)
    follow(page.get_by_role("link", name="Next"))
    assert is_same_page(page)
    assert set(people(page)).isdisjoint(first)
    expect(page.get_by_role("status").filter(has_text="people for")).to_have_text(
        re.compile(r"^\d+ people for “set designer for films”, Page 2 of \d+$")
    )
    assert focused(page) == "found"


def test_a_filter_is_applied_in_place_and_the_keyboard_stays_on_the_button(page: Page) -> None:
    page.goto("/?q=designer")
    before = total(page)
    mark(page)
    page.get_by_role("group", name="Country").get_by_role("checkbox").first.check()
    apply = page.get_by_role("button", name="Apply")
    apply.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert is_same_page(page)
    assert total(page) < before
    assert focused(page) == "apply"
    expect(page.locator("#announcement")).to_contain_text(f"{total(page)} p")


def test_another_wish_comes_in_place_with_its_title_and_without_the_old_readings(page: Page) -> None:
    page.goto(f"/?q=nurse&occupation={NURSES}&language=en")
    mark(page)
    box = page.get_by_label("Your dream job")
    follow(page.get_by_role("link", name="Back to all readings"))
    box.fill("baker")
    follow(page.get_by_role("button", name="Search"))
    assert is_same_page(page)
    expect(page).to_have_title("baker – Mentor Search")
    assert "occupation=" not in page.url
    assert "language=en" in page.url
    assert focused(page) == "found"


def test_back_and_forward_show_each_answer_again_where_it_was_left(page: Page) -> None:
    page.goto(RESULTS)
    first = people(page)
    mark(page)
    page.get_by_role("link", name="Next").scroll_into_view_if_needed()
    left_at = page.evaluate("scrollY")
    assert left_at > 0
    follow(page.get_by_role("link", name="Next"))
    second = people(page)
    page.go_back()
    expect(page.locator("#page-number")).to_contain_text("Page 1")
    assert people(page) == first
    assert abs(page.evaluate("scrollY") - left_at) < 50
    page.go_forward()
    expect(page.locator("#page-number")).to_contain_text("Page 2")
    assert people(page) == second
    assert is_same_page(page)


def test_a_person_is_a_page_of_its_own_and_the_way_back_leads_to_the_same_answer(page: Page) -> None:
    page.goto(RESULTS)
    follow(page.get_by_role("link", name="Next"))
    second = people(page)
    mark(page)
    follow(page.locator("#people h3 a").first)
    assert not is_same_page(page)
    page.go_back()
    expect(page.locator("#page-number")).to_contain_text("Page 2")
    assert people(page) == second


def test_a_link_that_is_opened_in_another_tab_leaves_this_one_alone(page: Page) -> None:
    page.goto(RESULTS)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Next").click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator("#page-number")).to_contain_text("Page 2")
    expect(page.locator("#page-number")).to_contain_text("Page 1")


def test_when_the_answer_cannot_be_fetched_the_browser_loads_the_page(page: Page) -> None:
    page.goto(RESULTS)
    mark(page)

    def without_scripts(route: Route) -> None:
        if route.request.resource_type == "fetch":
            route.abort()
        else:
            route.continue_()

    page.route("**/?q=*", without_scripts)
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#page-number")).to_contain_text("Page 2")
    assert not is_same_page(page)


def test_the_last_of_two_hasty_questions_is_answered(page: Page) -> None:
    page.goto(RESULTS)
    slow: list[Route] = []

    def hold_page_two(route: Route) -> None:
        if "cursor" in route.request.url:
            slow.append(route)
        else:
            route.continue_()

    page.route("**/?q=*", hold_page_two)
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "true")
    page.get_by_label("Your dream job").fill("baker")
    follow(page.get_by_role("button", name="Search"))
    for route in slow:
        route.abort()
    expect(page).to_have_title("baker – Mentor Search")
    expect(page.locator("#found")).to_contain_text("baker")


def test_the_drawer_of_a_phone_stays_open(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/?q=designer")
    page.get_by_text("Sort and filter").click()
    page.get_by_role("group", name="Language").get_by_role("checkbox").first.check()
    follow(page.get_by_role("button", name="Apply"))
    expect(page.get_by_label("Sort by")).to_be_visible()


def test_the_people_of_an_occupation_are_paged_in_place_too(page: Page) -> None:
    page.goto("/browse/occupations/15-1252.00")
    mark(page)
    first = people(page)
    follow(page.get_by_role("link", name="Next"))
    assert is_same_page(page)
    assert first
    assert set(people(page)).isdisjoint(first)
