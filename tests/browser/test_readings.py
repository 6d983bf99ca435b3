"""How a query was read, and how a seeker corrects it with one click; with JavaScript and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import NURSES
from tests.browser.test_search import follow, people, tab_to, total

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(new_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    return new_page(java_script_enabled=request.param)


def chips(page: Page) -> list[str]:
    return page.locator(".chips li > a:first-child").all_inner_texts()


def test_a_reading_is_narrowed_to_and_back_with_one_click_each(page: Page) -> None:
    page.goto("/?q=registered+nurse")
    everybody = people(page)
    follow(page.get_by_role("link", name="Only Registered Nurses"))
    assert f"occupation={NURSES}" in page.url
    expect(page.get_by_text("Only people who have worked as")).to_be_visible()
    assert total(page) > 0
    follow(page.get_by_role("link", name="Back to all readings"))
    assert people(page) == everybody


def test_a_reading_is_dropped_and_brought_back_with_one_click_each(page: Page) -> None:
    page.goto("/?q=registered+nurse")
    before = chips(page)
    follow(page.get_by_role("link", name="Not Registered Nurses"))
    assert f"not_occupation={NURSES}" in page.url
    assert "Registered Nurses" not in "".join(chips(page))
    follow(page.get_by_role("link", name="Back to all readings"))
    assert chips(page) == before


def test_a_correction_is_declined_and_taken_again_with_one_click_each(page: Page) -> None:
    page.goto("/?q=regstered+nurse")
    corrected = people(page)
    follow(page.get_by_role("link", name="Search for “regstered nurse” instead"))
    expect(page.get_by_text("Searched as it is typed.")).to_be_visible()
    follow(page.get_by_role("link", name="Correct the spelling"))
    expect(page.get_by_text("Searched for “registered nurse”.")).to_be_visible()
    assert people(page) == corrected


def test_the_whole_state_is_in_the_address(page: Page) -> None:
    page.goto(f"/?q=nurse&language=en&occupation={NURSES}")
    found = people(page)
    page.reload()
    assert people(page) == found != []
    expect(page.get_by_role("checkbox", name="English")).to_be_checked()
    follow(page.get_by_role("link", name="Back to all readings"))
    expect(page.get_by_role("checkbox", name="English")).to_be_checked()


def test_the_keyboard_alone_narrows(page: Page) -> None:
    page.goto("/?q=registered+nurse")
    tab_to(page, page.get_by_role("link", name="Only Registered Nurses"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Only people who have worked as")).to_be_visible()


def test_a_query_that_names_no_job_says_so(page: Page) -> None:
    page.goto("/?q=xqzvw+blorptang")
    expect(page.get_by_text("We recognised no job in this")).to_be_visible()


def test_people_of_related_jobs_stand_below_the_close_matches_under_their_own_heading(page: Page) -> None:
    page.goto("/?q=midwife&occupation=29-1161.00")
    heading = page.get_by_role("heading", name="Related jobs: ")
    expect(heading).to_be_visible()
    related = [link.get_attribute("href") for link in page.locator("[aria-labelledby=related] h3 a").all()]
    assert related
    assert set(related) & set(people(page)) == set()
    close = page.locator("[aria-labelledby=found]").bounding_box()
    below = heading.bounding_box()
    assert close
    assert below
    assert below["y"] >= close["y"] + close["height"]
