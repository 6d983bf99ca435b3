"""Suggests job titles while somebody types."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.engines import Engine
from indexer.text import tokens
from indexer.titles import JobTitle, KnownOccupation
from indexer.titles.keys import title_key
from service.titles.directory import OccupationDirectory

# Of the likeliest titles so many are ranked anew by the people who bear them: five times what a page shows.
_POOL = 40
# Every word costs a look-up in the index; the longest title of O*NET has 15.
_MOST_WORDS = 16
# How long the names and the people of occupations are kept: counting them takes longer than a keystroke may.
KEPT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title, the occupations that it names (the likeliest first), and how many people it leads to at least.

    `people` can be asked now, and bear the title or have had the likeliest of its occupations.
    """

    title: str
    occupations: list[KnownOccupation]
    people: int


@dataclass(frozen=True, slots=True)
class _Counted:
    """The occupations and the people of each, as they were until `until` on the monotonic clock."""

    until: float
    today: date
    occupations: Mapping[str, KnownOccupation]
    people: Mapping[str, int]


class Suggester:
    """Suggests titles from an engine's job-title index. Safe under threads."""

    def __init__(self, engine: Engine, directory: OccupationDirectory) -> None:
        self._engine = engine
        self._directory = directory
        self._kept: _Counted | None = None

    def suggest(self, typed: str, limit: int, today: date) -> list[Suggestion]:
        """Return up to `limit` titles for what was `typed` so far, the best first. Raises EngineError."""
        words = tokens(typed)[:_MOST_WORDS]
        if not words:
            return []
        found = self._engine.titles.suggest(words, _POOL)
        bearers = self._engine.title_counts([title.title for title in found], today)
        counted = self._counted(today)
        return [
            Suggestion(
                title.title,
                [counted.occupations[code] for code in title.codes if code in counted.occupations],
                max([bearers.get(title.title, 0), *(counted.people.get(code, 0) for code in title.codes[:1])]),
            )
            for title in best_first(words, found, bearers)[:limit]
        ]

    def _counted(self, today: date) -> _Counted:
        kept = self._kept
        if kept is None or kept.today != today or time.monotonic() > kept.until:
            until = time.monotonic() + KEPT_SECONDS
            kept = _Counted(until, today, self._directory.known(), self._engine.occupation_counts(today))
            self._kept = kept
        return kept


def best_first(words: Sequence[str], found: Sequence[JobTitle], bearers: Mapping[str, int]) -> list[JobTitle]:
    """Return the titles `found` for the typed `words`, the best first, and of titles with one key the best alone.

    `found` is in the order of how likely a title is meant, `bearers` says how many people bear each. What was
    typed in full comes first, then what begins with it. Beyond that a title's place counts, divided by one more
    than its bearers: one that a person bears comes before one twice as far up that nobody bears.
    """

    def key(placed: tuple[int, JobTitle]) -> tuple[bool, bool, float, int]:
        place, title = placed
        spelt = tokens(title.title)
        return spelt != list(words), not _begins(spelt, words), place / (1 + bearers.get(title.title, 0)), place

    distinct: dict[str, JobTitle] = {}
    for _, title in sorted(enumerate(found, start=1), key=key):
        distinct.setdefault(title_key(title.title), title)
    return list(distinct.values())


def _begins(spelt: Sequence[str], words: Sequence[str]) -> bool:
    *whole, last = words
    return len(spelt) >= len(words) and spelt[: len(whole)] == whole and spelt[len(whole)].startswith(last)
