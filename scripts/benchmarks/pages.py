"""What a page costs: what Chromium loads for it, how soon it shows something, and the time to make its HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, Request

from scripts.benchmarks.measures import timed
from service.app import create_app
from service.search import SearchAnswer, SearchRequest
from service.settings import Settings

# The browser tells it as soon as it has happened, which may be after the page is loaded.
_FIRST_PAINT = """() => new Promise(resolve => new PerformanceObserver(
  list => list.getEntriesByName("first-contentful-paint").forEach(paint => resolve(paint.startTime))
).observe({ type: "paint", buffered: true }))"""


@dataclass(frozen=True, slots=True)
class Load:
    """One page loaded by a browser that knew nothing of it.

    `sent` are the bytes of all bodies as they travelled, zipped or not; `requests` counts what was asked for, and
    `foreign` what of it was asked of other hosts. `first_paint` is the first contentful paint, in ms.
    """

    sent: int
    requests: int
    foreign: int
    first_paint: float


def load(browser: Browser, address: str) -> Load:
    """Return what it takes `browser` to load `address` with empty caches."""
    context = browser.new_context()
    requests: list[Request] = []
    context.on("request", lambda request: requests.append(request))  # noqa: PLW0108  (Playwright marks its handler)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    first_paint = float(page.evaluate(_FIRST_PAINT))
    sent = sum(request.sizes()["responseBodySize"] for request in requests if request.response())
    host = urlsplit(address).netloc
    foreign = sum(urlsplit(request.url).netloc != host for request in requests)
    context.close()
    return Load(sent, len(requests), foreign, first_paint)


def render(engine_url: str, queries: Sequence[str]) -> list[float]:
    """Return how many ms the page of results took for each of `queries`, without the search itself."""
    app = create_app(Settings(engine_url=engine_url))
    searcher = app.extensions["mentor_search"]
    searched: list[float] = []
    search = searcher.search

    def noted(request: SearchRequest, today: date) -> SearchAnswer:
        answer: SearchAnswer = search(request, today)
        searched.append(answer.took_ms)
        return answer

    searcher.search = noted
    client: Any = app.test_client()
    whole = timed([lambda query=query: _asked(client, query) for query in queries])  # type: ignore[misc]
    return [took - search_ms for took, search_ms in zip(whole, searched, strict=True)]


def _asked(client: Any, query: str) -> None:
    response = client.get(f"/?{urlencode({'q': query})}", headers={"Accept-Encoding": "gzip"})
    if response.status_code != 200:
        raise ValueError(f"“{query}” was answered with {response.status}.")
