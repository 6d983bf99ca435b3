"""axe-core finds nothing on any page, in the light colours and in the dark."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from service.app import create_app
from service.settings import Settings
from tests.browser.addresses import DESIGNERS, PAGES, RESULTS
from tests.browser.axe import faults
from tests.browser.test_search import follow

pytestmark = pytest.mark.browser

# Swagger UI draws the documentation of the API; files and the API itself are no pages, and operators' pages are
# looked at in test_operator.py.
NO_PAGES_OF_OURS = (
    "static",
    "docs.",
    "api-docs.",
    "search.",
    "titles.",
    "occupations.",
    "profiles.",
    "prep.",
    "health.",
)
OPERATORS = "operator."


def test_every_page_is_looked_at() -> None:
    app = create_app(Settings())
    routes = app.url_map.bind("localhost")
    seen = {routes.match(urlsplit(address).path)[0] for address in PAGES.values()}
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.endpoint.startswith((*NO_PAGES_OF_OURS, OPERATORS))
    }

    assert pages - seen == set()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, name: str) -> None:
    page.goto(PAGES[name])

    assert faults(page) == ""


def test_axe_finds_what_is_wrong(page: Page) -> None:
    colours = "color: light-dark(#eee, #222); background: light-dark(#fff, #000)"
    page.set_content(
        f"<style>:root {{ color-scheme: light dark }} p {{ {colours} }}</style><p>Faint words</p><input>"
    )

    report = faults(page)

    assert "html-has-lang" in report
    assert report.count("color-contrast - ") == 2


def test_nor_on_what_comes_by_scripts(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 360, "height": 800})
    page.goto("/")
    page.get_by_label("Your dream job").press_sequentially("nurs")
    expect(page.get_by_role("option").first).to_be_visible()
    assert faults(page) == ""
    page.goto(DESIGNERS)
    page.get_by_text("Sort and filter").click()
    assert faults(page) == ""
    page.goto(RESULTS)
    follow(page.get_by_role("link", name="Next"))
    assert faults(page) == ""
