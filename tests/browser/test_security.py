"""What the pages must not do: ask other hosts, break their own policy, tell how a person is reached."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.addresses import DOCS, PAGES, PEOPLE, RESULTS

each_page = pytest.mark.parametrize("address", [*PAGES.values(), DOCS], ids=[*PAGES, "the API"])


def served(address: str) -> str:
    try:
        with urllib.request.urlopen(address) as response:
            return str(response.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return str(error.read().decode())


def look_at(page: Page, address: str) -> None:
    page.goto(address)
    if address == DOCS:
        page.locator(".opblock").first.wait_for()


@pytest.mark.browser
@each_page
def test_a_page_asks_no_other_host(page: Page, site: str, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    look_at(page, address)
    own = urlsplit(site).netloc
    assert asked
    # An image that is written into the page (data:) asks nobody.
    assert [url for url in asked if urlsplit(url).netloc != own and not url.startswith("data:")] == []


@pytest.mark.browser
@each_page
def test_a_page_reports_no_error_and_keeps_its_own_policy(page: Page, site: str, address: str) -> None:
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # The browser reports a page that is answered with 404 or 422, as some here have to be.
        expected = message.location["url"] == site + address and message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not expected:
            errors.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(str(error)))
    look_at(page, address)
    assert errors == []


@pytest.mark.browser
def test_the_documentation_of_the_api_shows_every_operation(page: Page) -> None:
    page.goto(DOCS)
    document = page.request.get("/api/v1/openapi.json").json()
    operations = [
        (method, path) for path, item in document["paths"].items() for method in item if method != "parameters"
    ]
    assert ("get", "/api/v1/search") in operations
    expect(page.locator(".opblock")).to_have_count(len(operations))


@pytest.mark.browser
def test_the_documentation_of_the_api_can_be_tried_out(page: Page) -> None:
    page.goto(DOCS)
    page.locator("#operations-search-get_api_v1_search").get_by_role("button").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_placeholder("q", exact=True).fill("nurse")
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")


def test_no_page_tells_how_a_person_is_reached(site: str) -> None:
    private = {value for person in PEOPLE for value in person.get("contact", {}).values()}
    addresses = [*PAGES.values(), f"{RESULTS}&per_page=50", *(f"/profiles/{person['id']}" for person in PEOPLE)]
    pages = [served(site + address) for address in addresses]
    assert len(private) > 300
    assert sum("A chat</h2>" in page for page in pages) > 300
    assert [secret for secret in private if any(secret in page for page in pages)] == []
