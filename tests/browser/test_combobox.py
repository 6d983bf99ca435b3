"""The suggestions below the search box: a combobox as in the ARIA Authoring Practices; a plain box without it."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser

TITLES = re.compile("/api/v1/titles")


def box(page: Page) -> Locator:
    return page.get_by_label("Your dream job")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Job titles").get_by_role("option")


def type_and_wait(page: Page, typed: str) -> None:
    # At once: letter by letter a busy machine shows suggestions for the first few, and replaces them later.
    box(page).focus()
    page.keyboard.insert_text(typed)
    expect(options(page).first).to_be_visible()


def active(page: Page) -> Locator:
    return page.locator(f"#{box(page).get_attribute('aria-activedescendant')}")


@pytest.fixture
def start(page: Page) -> Page:
    page.goto("/")
    return page


class TestRoles:
    def test_the_box_is_a_combobox_that_owns_a_list(self, start: Page) -> None:
        combobox = start.get_by_role("combobox", name="Your dream job")
        expect(combobox).to_have_attribute("aria-autocomplete", "list")
        expect(combobox).to_have_attribute("aria-expanded", "false")
        expect(combobox).not_to_have_attribute("aria-activedescendant", re.compile("."))
        type_and_wait(start, "nurs")
        expect(combobox).to_have_attribute("aria-expanded", "true")
        listbox = start.get_by_role("listbox", name="Job titles")
        assert combobox.get_attribute("aria-controls") == listbox.get_attribute("id")
        assert 1 < options(start).count() <= 8

    def test_the_number_of_suggestions_is_announced(self, start: Page) -> None:
        type_and_wait(start, "nurs")
        expect(start.get_by_role("status")).to_have_text(f"{options(start).count()} suggestions")
        box(start).fill("qqqq")
        expect(start.get_by_role("status")).to_have_text("No suggestions")
        expect(box(start)).to_have_attribute("aria-expanded", "false")

    def test_what_is_not_typed_yet_is_not_announced(self, start: Page) -> None:
        expect(start.get_by_role("status")).to_have_text("")
        type_and_wait(start, "nurs")
        box(start).fill("")
        expect(start.get_by_role("status")).to_have_text("")
        expect(start.get_by_role("listbox")).to_be_hidden()


class TestKeyboard:
    def test_down_and_up_go_round_through_the_list_and_the_box(self, start: Page) -> None:
        type_and_wait(start, "nurs")
        names = options(start).all_inner_texts()
        for name in names:
            start.keyboard.press("ArrowDown")
            expect(active(start)).to_have_text(name, use_inner_text=True)
            expect(active(start)).to_have_attribute("aria-selected", "true")
            expect(active(start)).to_be_in_viewport()
        assert start.locator("[aria-selected=true]").count() == 1
        start.keyboard.press("ArrowDown")
        expect(box(start)).not_to_have_attribute("aria-activedescendant", re.compile("."))
        start.keyboard.press("ArrowUp")
        expect(active(start)).to_have_text(names[-1], use_inner_text=True)
        expect(box(start)).to_be_focused()

    def test_enter_searches_for_the_suggestion(self, start: Page) -> None:
        type_and_wait(start, "nurs")
        start.keyboard.press("ArrowDown")
        start.keyboard.press("ArrowDown")
        chosen = active(start).locator("span").first.inner_text()
        with start.expect_navigation():
            start.keyboard.press("Enter")
        assert parse_qs(urlsplit(start.url).query)["q"] == [chosen]
        expect(box(start)).to_have_value(chosen)

    def test_enter_without_one_searches_for_what_was_typed(self, start: Page) -> None:
        type_and_wait(start, "nurs")
        with start.expect_navigation():
            start.keyboard.press("Enter")
        assert parse_qs(urlsplit(start.url).query)["q"] == ["nurs"]

    def test_escape_closes_the_list_and_keeps_what_was_typed_and_down_opens_it_again(self, start: Page) -> None:
        type_and_wait(start, "nurs")
        start.keyboard.press("ArrowDown")
        start.keyboard.press("Escape")
        expect(start.get_by_role("listbox")).to_be_hidden()
        expect(box(start)).to_have_value("nurs")
        expect(box(start)).not_to_have_attribute("aria-activedescendant", re.compile("."))
        start.keyboard.press("ArrowDown")
        expect(options(start).first).to_be_visible()

    @pytest.mark.parametrize(("key", "place"), [("Home", 0), ("End", 4), ("ArrowLeft", 3)])
    def test_home_end_and_the_arrows_aside_return_to_the_box(self, start: Page, key: str, place: int) -> None:
        type_and_wait(start, "nurs")
        start.keyboard.press("ArrowDown")
        start.keyboard.press(key)
        expect(box(start)).not_to_have_attribute("aria-activedescendant", re.compile("."))
        assert box(start).evaluate("box => box.selectionStart") == place
        expect(start.get_by_role("listbox")).to_be_visible()

    def test_tab_leaves_and_closes_the_list(self, start: Page) -> None:
        type_and_wait(start, "nurs")
        start.keyboard.press("ArrowDown")
        start.keyboard.press("Tab")
        expect(start.get_by_role("listbox")).to_be_hidden()
        expect(start.get_by_role("button", name="Search")).to_be_focused()
        expect(box(start)).to_have_value("nurs")


def test_a_click_searches_for_the_suggestion(start: Page) -> None:
    type_and_wait(start, "nurs")
    third = options(start).nth(2)
    name = third.locator("span").first.inner_text()
    with start.expect_navigation():
        third.click()
    assert parse_qs(urlsplit(start.url).query)["q"] == [name]


def test_fast_typing_asks_once(start: Page) -> None:
    asked: list[str] = []
    start.on("request", lambda request: asked.append(request.url) if TITLES.search(request.url) else None)
    # Five letters in no time at all: how fast the machine is does not matter.
    box(start).evaluate("""box => {
      for (const end of [1, 2, 3, 4, 5]) {
        box.value = "nurse".slice(0, end);
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
    }""")
    expect(start.get_by_role("status")).to_have_text(re.compile("suggestion"))
    assert [url.rpartition("q=")[2] for url in asked] == ["nurse"]


def test_letters_typed_one_by_one_end_with_the_suggestions_for_them_all(start: Page) -> None:
    asked: list[str] = []
    start.on("request", lambda request: asked.append(request.url) if TITLES.search(request.url) else None)
    with start.expect_response(re.compile("q=nurse$")):
        box(start).press_sequentially("nurse")
    expect(options(start).first).to_contain_text(re.compile("nurse", re.IGNORECASE))
    assert asked[-1].endswith("q=nurse")


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(start: Page) -> None:
    held: list[Route] = []

    def handle(route: Route) -> None:
        if parse_qs(urlsplit(route.request.url).query)["q"] == ["nurs"]:
            held.append(route)
        else:
            route.continue_()

    start.route(TITLES, handle)
    with start.expect_request(TITLES):
        box(start).fill("nurs")
    box(start).fill("pilot")
    expect(options(start).first).to_contain_text(re.compile("pilot", re.IGNORECASE))
    (late,) = held
    late.fulfill(json={"query": "nurs", "results": [{"title": "Late", "occupations": [], "people": 0}]})
    start.wait_for_timeout(200)
    expect(options(start).filter(has_text="Late")).to_have_count(0)


def test_what_a_title_is_made_of_stays_text(start: Page) -> None:
    title = "<img src=x onerror=alert(1)> nurse"
    answer = {"query": "nurse", "results": [{"title": title, "occupations": [], "people": 1200}]}
    start.route(TITLES, lambda route: route.fulfill(json=answer))
    type_and_wait(start, "nurse")
    expect(options(start)).to_have_text(f"{title} 1,200 people")
    expect(start.locator("img[src=x]")).to_have_count(0)


@pytest.mark.parametrize("failing", ["error", "offline"])
def test_without_an_answer_the_box_still_takes_what_is_typed(start: Page, failing: str) -> None:
    start.route(TITLES, lambda route: route.fulfill(status=503) if failing == "error" else route.abort())
    with start.expect_event("response" if failing == "error" else "requestfailed"):
        box(start).fill("nurse")
    expect(start.get_by_role("listbox")).to_be_hidden()
    with start.expect_navigation():
        start.keyboard.press("Enter")
    expect(start.get_by_role("heading", name="for “nurse”")).to_be_visible()


def test_without_javascript_the_box_is_a_plain_one(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_role("textbox", name="Your dream job")).to_be_visible()
    expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_fits_the_window(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/")
    type_and_wait(page, "nurs")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    frame = page.get_by_role("listbox").bounding_box()
    assert frame is not None
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= width
    assert all((one.bounding_box() or {"height": 0})["height"] >= 24 for one in options(page).all())
