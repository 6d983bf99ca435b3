"""What a seeker does, from the first word to a person, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from service.pages.views import EXAMPLES
from tests.browser.addresses import BOOKED, NO_SUCH_PAGE, NOBODY_MATCHES, RESULTS

pytestmark = pytest.mark.browser


def follow(target: Locator) -> None:
    """Click `target` and wait for the whole page that it leads to; a click alone waits for nothing."""
    with target.page.expect_navigation():
        target.click()


def search(page: Page, wish: str) -> None:
    page.goto("/")
    page.get_by_label("Your dream job").fill(wish)
    follow(page.get_by_role("button", name="Search"))


def people(page: Page) -> list[str | None]:
    """The addresses of the close matches shown, in order."""
    return [link.get_attribute("href") for link in page.locator("[aria-labelledby=found] h3 a").all()]


def total(page: Page) -> int:
    """How many people the page says there are."""
    return int(page.locator("#found").inner_text().split()[0])


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("20 presses of Tab do not lead there.")


def test_the_keyboard_alone_leads_from_a_wish_to_a_person(page: Page) -> None:
    page.goto("/")
    tab_to(page, page.get_by_label("Your dream job"))
    page.keyboard.type("set designer for films")
    page.keyboard.press("Enter")
    first = page.locator(".results h3 a").first
    name = first.inner_text()
    tab_to(page, page.get_by_role("link", name="Skip to the people"))
    page.keyboard.press("Enter")
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/profiles/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_searched_with_one_click_and_finds_people(page: Page, example: str) -> None:
    page.goto("/")
    follow(page.get_by_role("link", name=example))
    expect(page.get_by_label("Your dream job")).to_have_value(example)
    assert len(people(page)) > 0


def test_a_person_is_shown_with_the_job_that_matched_and_the_chats_they_offer(page: Page) -> None:
    search(page, "set designer for films")
    first = page.locator(".card").first
    expect(first.locator(".job")).to_have_text(re.compile(r"Set Designer.*( since | until |, \d{4}–)\d{4}$"))
    expect(first.locator(".open")).to_have_text(
        re.compile(r"^Open to (chats of )?(15|30|45|60)\b.* ?(chats|minutes)$")
    )


def test_a_filter_narrows_the_people_and_is_still_chosen_after_a_reload(page: Page) -> None:
    search(page, "designer")
    before = total(page)
    page.goto("/")
    page.get_by_text("Narrow it down").click()
    page.get_by_label("Country").select_option(label="United Kingdom")
    page.get_by_label("Your dream job").fill("designer")
    follow(page.get_by_role("button", name="Search"))
    page.reload()
    assert "country=GB" in page.url
    expect(page.get_by_role("checkbox", name="United Kingdom")).to_be_checked()
    assert 0 < total(page) < before
    assert all("United Kingdom" in card.inner_text() for card in page.locator(".card").all())


def test_the_back_button_returns_to_the_same_people(page: Page) -> None:
    search(page, "public defender")
    found = people(page)
    follow(page.locator(".results h3 a").nth(1))
    expect(page.locator(".person")).to_be_visible()
    page.go_back()
    assert people(page) == found != []
    expect(page.get_by_label("Your dream job")).to_have_value("public defender")


def test_paging_to_the_end_shows_everybody_once_and_paging_back_shows_the_same(page: Page) -> None:
    page.goto(RESULTS)
    pages = [people(page)]
    while page.get_by_role("link", name="Next").is_visible():
        follow(page.get_by_role("link", name="Next"))
        pages.append(people(page))
    seen = [person for one in pages for person in one]
    assert len(pages) > 1
    assert len(set(seen)) == len(seen) == total(page)
    for earlier in reversed(pages[:-1]):
        follow(page.get_by_role("link", name="Previous"))
        assert people(page) == earlier
    expect(page.get_by_role("link", name="Previous")).to_have_count(0)


def test_a_job_that_nobody_comes_near_is_answered_in_words(page: Page) -> None:
    page.goto(NOBODY_MATCHES)
    expect(page.get_by_role("heading", name="No close match for “xqzvw blorptang”")).to_be_visible()
    expect(page.get_by_text("Try another name for it or a broader one.")).to_be_visible()


def test_filters_that_nobody_meets_are_named_as_the_reason(page: Page) -> None:
    page.goto("/?q=nurse&country=AQ")
    expect(page.get_by_text("Take one away and search again.")).to_be_visible()
    way_out = page.get_by_role("link", name="Without “Antarctica”: ")
    promised = way_out.inner_text().rpartition(": ")[2]
    follow(way_out)
    expect(page.locator("#found")).to_contain_text(f"{promised} for “nurse”")


def test_the_browser_stops_an_empty_query_before_it_is_sent(page: Page) -> None:
    page.goto("/")
    start = page.url
    page.get_by_role("button", name="Search").click()
    box = page.get_by_label("Your dream job")
    assert box.evaluate("box => box.validationMessage") != ""
    expect(box).to_be_focused()
    assert page.url == start


@pytest.mark.parametrize("java_script", [True, False])
def test_an_empty_query_that_is_sent_is_answered_in_words_at_the_box(
    new_page: Callable[..., Page], java_script: bool
) -> None:
    page = new_page(java_script_enabled=java_script)
    search(page, "   ")
    box = page.get_by_label("Your dream job")
    expect(page.get_by_role("alert")).to_have_text("Say which job you dream of.")
    expect(box).to_have_accessible_description("Say which job you dream of.")
    expect(box).to_be_focused()


def test_a_page_that_is_not_here_says_so_and_leads_back_to_the_search(page: Page) -> None:
    response = page.goto(NO_SUCH_PAGE)
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not here")
    follow(page.get_by_role("link", name="Back to the search"))
    expect(page.get_by_label("Your dream job")).to_be_visible()


def test_a_person_without_time_this_month_says_so(page: Page) -> None:
    page.goto(f"/profiles/{BOOKED['id']}")
    expect(page.get_by_text("This month is fully booked")).to_be_visible()


def test_without_javascript_everything_from_a_wish_to_a_person_works(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_text("Narrow it down").click()
    page.get_by_label("Language").select_option(label="English")
    page.get_by_label("Your dream job").fill("set designer for films")
    follow(page.get_by_role("button", name="Search"))
    assert "language=en" in page.url
    follow(page.get_by_role("link", name="Next"))
    expect(page.locator("#page-number")).to_contain_text("Page 2 of")
    follow(page.locator(".results h3 a").first)
    expect(page.get_by_role("heading", name="Career")).to_be_visible()
