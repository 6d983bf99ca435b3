"""axe-core looks at a page by the Web Content Accessibility Guidelines, and good practice beyond them."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_CONTRAST_ALONE: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def faults(page: Page) -> str:
    """What axe-core finds on the page as it is now, in words; "" where it finds nothing.

    It is looked at in the light colours, and once more in the dark ones for the rule that depends on colours.
    """
    page.emulate_media(color_scheme="light")
    found = _report(page, {})
    page.emulate_media(color_scheme="dark")
    found += _report(page, _CONTRAST_ALONE)
    page.emulate_media(color_scheme="light")
    return found


def _report(page: Page, options: dict[str, Any]) -> str:
    results = Axe().run(page, options={"resultTypes": ["violations"], **options})
    return results.generate_report() if results.violations_count else ""
