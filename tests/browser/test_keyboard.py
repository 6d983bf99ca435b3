"""The whole way from a wish to a person with the keyboard alone, on each engine."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.make_sample_profiles import OUTPUT
from scripts.screenshots import import_people, serving
from scripts.temporary.index import empty_index
from tests.browser.test_combobox import active, type_and_wait
from tests.browser.test_facets import press_tab_until
from tests.browser.test_search import people, total

pytestmark = pytest.mark.browser

# To embed everybody of the sample takes 20 s.
PEOPLE = 250


@pytest.fixture(scope="module")
def elasticsearch_site(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that serves people of the sample from Elasticsearch: enough for pages to turn."""
    people = tmp_path_factory.mktemp("keyboard") / "people.jsonl"
    people.write_text("".join(OUTPUT.read_text("utf-8").splitlines(keepends=True)[:PEOPLE]), "utf-8")
    with empty_index(elasticsearch_url) as engine:
        import_people(people, engine)
        with serving(engine) as address:
            yield address


def reach(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus, which can be seen."""
    press_tab_until(page, target)
    expect(target).to_be_in_viewport()
    assert target.evaluate("element => parseFloat(getComputedStyle(element).outlineWidth)") >= 2


def enter(page: Page, target: Locator) -> None:
    """Reach `target` and follow where it leads."""
    reach(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def walk(page: Page) -> None:
    """Type, choose a suggestion, correct the reading, filter, go to the next page, open a person."""
    page.goto("/")
    press_tab_until(page, page.get_by_label("Your dream job"))
    type_and_wait(page, "design")
    page.keyboard.press("ArrowDown")
    wish = active(page).locator("span").first.inner_text()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_title(f"{wish} – Mentor Search")

    reading = page.locator(".chips .drop").first
    dropped = reading.inner_text().partition("Not ")[2]
    enter(page, reading)
    expect(page.get_by_role("link", name=f"Only {dropped}", exact=True)).to_have_count(0)

    before = total(page)
    drawer = page.locator(".drawer > summary")
    if drawer.is_visible():
        reach(page, drawer)
        page.keyboard.press("Enter")
    reach(page, page.get_by_role("checkbox", name="15 minutes"))
    page.keyboard.press("Space")
    enter(page, page.get_by_role("button", name="Apply"))
    assert 10 < total(page) < before

    first = people(page)
    enter(page, page.get_by_role("link", name="Next"))
    expect(page.locator("#page-number")).to_contain_text("Page 2")
    expect(page.locator("#found")).to_be_focused()
    assert set(people(page)).isdisjoint(first)

    link = page.locator("#people h3 a").first
    name = link.inner_text()
    enter(page, link)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_alone_leads_all_the_way(new_page: Callable[..., Page], width: int) -> None:
    walk(new_page(viewport={"width": width, "height": 800}))


@pytest.mark.elasticsearch
def test_the_way_is_the_same_on_elasticsearch(new_page: Callable[..., Page], elasticsearch_site: str) -> None:
    walk(new_page(base_url=elasticsearch_site))
