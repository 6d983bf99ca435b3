"""How the pages fit the window, and what they tell to programs that read them aloud."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import DOCS, PAGES, PREPARED, RESULTS

pytestmark = pytest.mark.browser

each_page = pytest.mark.parametrize("address", [*PAGES.values(), DOCS], ids=[*PAGES, "the API"])
each_of_ours = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_scrolls_sideways(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    for address in [*PAGES.values(), DOCS]:
        page.goto(address)
        if address == DOCS:
            page.locator(".opblock").first.wait_for()
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == width, address


def test_on_a_phone_what_is_tapped_is_large_enough(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 360, "height": 800})
    for address in ("/", f"{RESULTS}&page=2", PREPARED):
        page.goto(address)
        boxes = [one.bounding_box() for one in page.locator("a:visible, button, summary, input:visible").all()]
        # 24 px is what the Web Content Accessibility Guidelines 2.2 ask for.
        assert [box for box in boxes if box and min(box["width"], box["height"]) < 24] == []


@each_page
def test_a_page_tells_its_language_and_its_title(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title().endswith("Mentor Search")


@each_of_ours
def test_a_page_has_one_main_heading_and_no_level_is_left_out(page: Page, address: str) -> None:
    page.goto(address)
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))


def test_the_title_of_the_results_tells_what_was_searched(page: Page) -> None:
    page.goto(RESULTS)
    assert page.title() == "set designer for films – Mentor Search"


@pytest.mark.parametrize(("address", "number"), [("/", 4), (RESULTS, 30), ("/you", 5), (PREPARED, 25)])
def test_every_field_has_a_label(page: Page, address: str, number: int) -> None:
    page.goto(address)
    fields = page.locator("input:not([type=hidden]), select, textarea")
    assert fields.count() >= number
    assert (
        fields.evaluate_all("all => all.filter(one => !one.labels[0]?.textContent.trim()).map(one => one.name)")
        == []
    )


def test_the_first_press_of_tab_offers_to_skip_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your dream job")).to_be_focused()


def test_who_asked_for_less_motion_gets_none(new_page: Callable[..., Page]) -> None:
    page = new_page(reduced_motion="reduce")
    for address in PAGES.values():
        page.goto(address)
        moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter(element => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
          return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior !== "auto";
        }).map(element => element.outerHTML.slice(0, 80))""")
        assert moving == [], address
