"""How often somebody may try to log in. Pure but for the clock."""

import math
from collections.abc import Callable
from threading import Lock
from time import monotonic

# Somebody who pastes the wrong key needs a few; more would only fill the log, as keys of 16 characters cannot be
# guessed. A minute is short enough for an operator who shares an address with whoever is guessing.
MOST, SECONDS = 10, 60


class Attempts:
    """Attempts to log in by address, of which at most MOST may fail within SECONDS. Safe under threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failed: dict[str, list[float]] = {}

    def begin(self, address: str) -> int:
        """Count one more attempt and return 0, or, where it is one too many, the seconds to wait."""
        now = self._clock()
        with self._lock:
            recent = {one: [t for t in times if now - t < SECONDS] for one, times in self._failed.items()}
            self._failed = {one: times for one, times in recent.items() if times}
            times = self._failed.setdefault(address, [])
            if len(times) >= MOST:
                return math.ceil(times[0] + SECONDS - now)
            times.append(now)
            return 0

    def succeeded(self, address: str) -> None:
        """Forget the attempts from `address`: one of them had a key."""
        with self._lock:
            self._failed.pop(address, None)
