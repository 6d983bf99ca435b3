"""A real service on the sample people, and a real browser to look at it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.screenshots import HOW_TO_GET_CHROMIUM, ChromiumMissing, chromium, sample_service
from tests.requirements import lacking

# Milliseconds: a busy machine needs longer than the 5 s of Playwright.
_PATIENCE = 30_000
expect.set_options(timeout=_PATIENCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service."""
    with sample_service(tmp_path_factory.mktemp("site")) as address:
        yield address


# Closed before the tests of other folders: an open Playwright holds an event loop in this thread.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as browser:
            yield browser
    except ChromiumMissing as error:
        lacking(str(error), HOW_TO_GET_CHROMIUM)


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens an empty page of the service in a browser that is new, with any option of Playwright's contexts."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        contexts.append(browser.new_context(**{"base_url": site, **options}))
        contexts[-1].set_default_timeout(_PATIENCE)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()
