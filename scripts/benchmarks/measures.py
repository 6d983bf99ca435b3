"""Timings and sizes, each by one function."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import psutil

# A start takes 1 to 5 s, the first `make run` of a clone up to a minute; a machine under load needs longer.
_START_SECONDS = 300


def percentiles(milliseconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return float(p50), float(p95)


def timed(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Return how long each of `calls` took, in ms."""
    took = []
    for call in calls:
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return took


class Service:
    """A running service, asked over one connection that is kept open, as a proxy does."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def search(self, query: str) -> int:
        """Return how many people the answer ranks. Raises OSError and ConnectionError."""
        self._connection.request("GET", f"/api/v1/search?{urlencode({'q': query})}")
        response = self._connection.getresponse()
        answer = json.loads(response.read())
        if response.status != 200:
            raise ConnectionError(answer["message"])
        return int(answer["total"])

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


@contextmanager
def running(command: Sequence[str], port: int, folder: Path, **environ: str) -> Iterator[tuple[Service, float]]:
    """Yield the service that `command` starts, once it answers a search, and how many seconds that took."""
    started = time.perf_counter()
    environment = {**os.environ, "MENTOR_SEARCH_PORT": str(port), **environ}
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


def size_mb(folder: Path) -> float:
    """Return the size of all files below `folder` in MB."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6
