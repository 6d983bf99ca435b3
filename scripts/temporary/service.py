"""A service that a script starts and asks: for benchmarks, screenshots and browser tests."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from service.settings import PREFIX

# A start takes 1 to 5 s, the first `make run` of a clone up to a minute; a machine under load needs longer.
_START_SECONDS = 300


class Service:
    """A running service, asked over one connection that is kept open, as a proxy does."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def search(self, query: str) -> int:
        """Return how many people the answer ranks. Raises OSError and ConnectionError."""
        return int(self._answer("search", query)["total"])

    def suggest(self, typed: str) -> int:
        """Return how many titles are suggested. Raises OSError and ConnectionError."""
        return len(self._answer("titles", typed)["results"])

    def _answer(self, route: str, q: str) -> dict[str, Any]:
        self._connection.request("GET", f"/api/v1/{route}?{urlencode({'q': q})}")
        response = self._connection.getresponse()
        answer: dict[str, Any] = json.loads(response.read())
        if response.status != 200:
            raise ConnectionError(answer["message"])
        return answer

    def answers(self) -> bool:
        """Return whether a search is answered by now."""
        try:
            self.search("nurse")
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return False
        return True

    def hang_up(self) -> None:
        """Close the connection."""
        self._connection.close()

    def resident_mb(self) -> float:
        """Return the resident memory of all its processes in MB; what they share counts for each."""
        family = [psutil.Process(self._process.pid), *psutil.Process(self._process.pid).children(recursive=True)]
        resident: int = sum(process.memory_info().rss for process in family)
        return resident / 1e6


def inherited_environment() -> dict[str, str]:
    """Return our environment without settings: what is set for another index or service is not for this one."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


@contextmanager
def running(command: Sequence[str], port: int, folder: Path, **environ: str) -> Iterator[tuple[Service, float]]:
    """Yield the service that `command` starts, once it answers a search, and how many seconds that took."""
    started = time.perf_counter()
    environment = {**inherited_environment(), f"{PREFIX}PORT": str(port), **environ}
    # Its own words go to our stderr: a start that fails says why.
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=sys.stderr, start_new_session=True)
    service = Service(process, port)
    try:
        while not service.answers():
            if process.poll() is not None:
                raise SystemExit(f"{' '.join(command)} ended before it answered.")
            if time.perf_counter() - started > _START_SECONDS:
                raise SystemExit(f"{' '.join(command)} does not answer.")
            time.sleep(0.05)
        yield service, time.perf_counter() - started
    finally:
        service.hang_up()
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    for member in family:
        if member.is_running():
            member.terminate()
    process.wait()
    psutil.wait_procs(family, timeout=30)
