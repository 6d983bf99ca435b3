"""What an engine keeps of what seekers look for: counts, and nothing of the seekers or their words."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple, Protocol

# A quarter shows what is asked for again and again, seasons aside; what is older tells of another community.
KEPT_FOR = timedelta(days=90)


class SearchCounts(NamedTuple):
    """How many searches there were, and how many of them found hardly anybody (service/search/demand.py)."""

    searches: int
    in_vain: int


class DemandStore(Protocol):
    """Searches by day and by the occupation that they were read as; "" stands for no occupation.

    Both methods raise as those of Engine do, with IndexMissing before anything was imported.
    """

    def add(self, day: date, counts: Mapping[str, SearchCounts]) -> None:
        """Add `counts`, by occupation code, to those of `day`; several processes may do so at once.

        What was counted more than KEPT_FOR before `day` is forgotten.
        """

    def since(self, day: date) -> dict[str, SearchCounts]:
        """Return the totals from `day` on, by occupation code, without those that nobody searched for."""
