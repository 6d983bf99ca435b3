"""How much a seeker has to load for a page of results; scripts/benchmark.py measures how fast that is."""

import gzip
import re
import urllib.request

from tests.browser.addresses import RESULTS

# Bytes, zipped: a second on a slow phone connection of 0.5 Mbit/s.
_MOST = 60_000


def sent(address: str) -> tuple[int, str]:
    """How many bytes travel for `address`, and the text that they are."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as response:
        body = response.read()
        zipped = response.headers["Content-Encoding"] == "gzip"
    return len(body), (gzip.decompress(body) if zipped else body).decode()


def test_a_page_of_results_with_all_its_files_is_light(site: str) -> None:
    weight, html = sent(site + RESULTS)
    files = set(re.findall(r'<(?:script|link|img)[^>]* (?:src|href)="([^"]+)"', html))
    weights = {file: sent(site + file)[0] for file in files}
    assert len(re.findall('class="card"', html)) == 10
    assert {re.sub(r".*\.|\?.*", "", file) for file in files} == {"css", "js", "svg"}
    assert weight + sum(weights.values()) <= _MOST, weights
