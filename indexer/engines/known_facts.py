"""The facts of people who were candidates lately: the same ones come up again and again."""

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import islice
from typing import Generic, TypeVar

from indexer.facts import Facts

# People whose facts are kept, at 2 kB each 40 MB. To read those of the 230 candidates of a search took 2 of 15 ms,
# most of it to parse them (docs/benchmarks.md, "Search").
_MOST_KEPT = 20_000

Key = TypeVar("Key", bound=Hashable)


class KnownFacts(Generic[Key]):
    """Facts by a key that changes with them, each read once while there is room. Safe under threads."""

    def __init__(self) -> None:
        self._kept: dict[Key, Facts] = {}
        self._lock = threading.Lock()

    def of(self, keys: Sequence[Key], read: Callable[[list[Key]], Mapping[Key, Facts]]) -> dict[Key, Facts]:
        """Return the facts of `keys`; `read` returns those it finds of some that are not known."""
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        unknown = [key for key in keys if key not in known]
        if not unknown:
            return known
        found = read(unknown)
        with self._lock:
            self._kept.update(found)
            # Those read longest ago go first.
            for key in [*islice(self._kept, max(0, len(self._kept) - _MOST_KEPT))]:
                del self._kept[key]
        return known | dict(found)
