"""An import from the browser whose process is killed: the pages say so, nothing is lost, and it goes on."""

import http.client
import json
import re
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pytest

from indexer.engines import open_engine
from indexer.indexing import BATCH
from scripts.screenshots import sample_service
from tests.factories import profile_record

KEY = "a-key-of-the-tests-of-faults"
# A first batch that is soon written, then people with words of their own, who cost the encoder several seconds.
PEOPLE = [
    profile_record(f"p{n}", bio=f"Number {n} tells of person {n}. " * 20 if n >= BATCH else "") for n in range(600)
]
BOUNDARY = "a-boundary"


class Browser:
    """Somebody who is logged in, with one request at a time."""

    def __init__(self, address: str) -> None:
        self._host = address.removeprefix("http://")
        self._cookie = ""
        _, cookie, _ = self._ask(
            "POST", "/operator/login", urlencode({"key": KEY}), "application/x-www-form-urlencoded"
        )
        self._cookie = cookie.partition(";")[0]

    def _ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[str, str, str]:
        with closing(http.client.HTTPConnection(self._host, timeout=60)) as connection:
            connection.request(method, path, body.encode(), {"Cookie": self._cookie, "Content-Type": kind})
            response = connection.getresponse()
            text = response.read().decode()
            assert response.status < 400, text
            return text, response.headers.get("Set-Cookie", ""), response.headers.get("Location", "")

    def page(self, path: str) -> str:
        return self._ask("GET", path)[0]

    def send(self, path: str, file: str = "") -> str:
        """Send a form, with a file if there is one, and return the address that it leads to."""
        (token,) = set(re.findall('name="token" value="([^"]+)"', self.page("/operator")))
        parts = [f'name="token"\r\n\r\n{token}']
        if file:
            parts.append(f'name="file"; filename="people.jsonl"\r\n\r\n{file}')
        body = "".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self._ask("POST", path, f"{body}--{BOUNDARY}--\r\n", kind)[2]

    def wait(self, path: str, words: str) -> str:
        """Return the page once it holds `words`, a regular expression."""
        while not re.search(words, page := self.page(path)):
            time.sleep(0.1)
        return page


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    people = tmp_path / "ann.jsonl"
    people.write_text(json.dumps(profile_record("ann")))
    with sample_service(
        tmp_path, people, API_KEYS=KEY, UPLOAD_FOLDER=str(tmp_path / "uploads"), WORKERS="2"
    ) as site:
        yield site


def test_an_import_whose_worker_is_killed_is_told_and_goes_on(site: str, tmp_path: Path) -> None:
    browser = Browser(site)
    address = browser.send("/operator/imports", "\n".join(map(json.dumps, PEOPLE)))
    browser.wait(address, "before it is imported")
    browser.send(address)
    browser.wait(address, "[1-9][0-9]* of 600 rows")

    killed = worker_that_holds(tmp_path / "uploads" / "slot")
    killed.kill()
    page = browser.wait(address, "The process that worked on it ended.")

    assert "The import of people.jsonl stopped" in page
    assert "What was imported stays. Import again to go on." in page
    with closing(open_engine(f"sqlite:///{tmp_path}/mentors.db")) as engine:
        assert BATCH <= engine.status().people < 601
        browser.send(address)
        page = browser.wait(address, "people.jsonl is imported")
        assert engine.status().people == 601


def worker_that_holds(file: Path) -> psutil.Process:
    """Return the process that has the file open."""
    (holder,) = [
        process
        for process in psutil.Process().children(recursive=True)
        if str(file) in [opened.path for opened in process.open_files()]
    ]
    return holder
