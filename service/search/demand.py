"""Counts what seekers look for, and how often in vain: jobs and numbers, nothing of the seekers or their words."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Collection
from datetime import date

from indexer.engines import DemandStore, SearchCounts
from indexer.errors import EngineError
from indexer.titles.understanding import Understanding

_log = logging.getLogger(__name__)

# With fewer close matches a search was in vain: so few are no choice, and the page adds people of related jobs.
FEW = 5
# Counts are written at most so often: a lost minute of them costs nobody anything.
_SECONDS = 60.0


class DemandCounter:
    """Counts searches by the occupation they were read as, and writes the counts beside the searches.

    Safe under threads. What could not be written is tried again with the next counts.
    """

    def __init__(self, store: DemandStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._searches: Counter[tuple[date, str]] = Counter()
        self._in_vain: Counter[tuple[date, str]] = Counter()
        self._due = time.monotonic() + _SECONDS

    def count(self, understanding: Understanding, close: int, today: date) -> None:
        """Count a search read as `understanding` that found `close` people; it is written later, elsewhere."""
        code = understanding.readings[0].code if understanding.readings else ""
        with self._lock:
            self._searches[today, code] += 1
            self._in_vain[today, code] += close < FEW
            if time.monotonic() < self._due:
                return
            self._due = time.monotonic() + _SECONDS
        threading.Thread(target=self.write, name="demand", daemon=True).start()

    def write(self) -> None:
        """Write what was counted since the last time."""
        with self._lock:
            searches, self._searches = self._searches, Counter()
            in_vain, self._in_vain = self._in_vain, Counter()
        for day in sorted({day for day, _ in searches}):
            ours = [key for key in searches if key[0] == day]
            try:
                self._store.add(day, {key[1]: SearchCounts(searches[key], in_vain[key]) for key in ours})
            except EngineError as error:
                _log.warning("The counts of searches are not written yet: %s", error)
                self._keep(ours, searches, in_vain)

    def _keep(
        self,
        keys: Collection[tuple[date, str]],
        searches: Counter[tuple[date, str]],
        in_vain: Counter[tuple[date, str]],
    ) -> None:
        with self._lock:
            for key in keys:
                self._searches[key] += searches[key]
                self._in_vain[key] += in_vain[key]
