"""Suggests job titles while somebody types."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.engines import Engine
from indexer.text import tokens
from indexer.titles import JobTitle, KnownOccupation
from indexer.titles.keys import title_key
from indexer.titles.reader import TitleReader
from service.titles.slips import Beginnings

# Of the likeliest titles so many are ranked anew by the people who bear them: five times what a page shows.
_POOL = 40
# Every word costs a look-up in the index; the longest title of O*NET has 15.
_MOST_WORDS = 16
# How long occupations and their people are kept: counting them takes longer than a keystroke may.
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
class _Known:
    """The occupations, the words they are described in, and the people of each; kept until `until` (monotonic)."""

    until: float
    today: date
    occupations: Mapping[str, KnownOccupation]
    beginnings: Beginnings
    people: Mapping[str, int]


class Suggester:
    """Suggests titles from an engine's job-title index. Safe under threads."""

    def __init__(self, engine: Engine, reader: TitleReader) -> None:
        """`reader` reads by the job-title index of `engine`."""
        self._engine = engine
        self._reader = reader
        self._kept: _Known | None = None

    def suggest(self, typed: str, limit: int, today: date) -> list[Suggestion]:
        """Return up to `limit` titles for what was `typed` so far, the best first. Raises EngineError."""
        words = tokens(typed)[:_MOST_WORDS]
        if not words:
            return []
        known = self._known(today)
        words, found = self._found(words, known.beginnings)
        bearers = self._engine.title_counts([title.title for title in found], today)
        return [
            Suggestion(
                title.title,
                [known.occupations[code] for code in title.codes if code in known.occupations],
                max([bearers.get(title.title, 0), *(known.people.get(code, 0) for code in title.codes[:1])]),
            )
            for title in best_first(words, found, bearers)[:limit]
        ]

    def _found(self, words: list[str], beginnings: Beginnings) -> tuple[list[str], list[JobTitle]]:
        """Return the titles for `words`, and for these words with a slip corrected where there are none."""
        found = self._engine.titles.suggest(words, _POOL)
        if found:
            return words, found
        corrections = [beginnings.corrected(word) or [word] for word in words]
        for place in range(max(map(len, corrections))):
            corrected = [some[min(place, len(some) - 1)] for some in corrections]
            if corrected != words and (found := self._engine.titles.suggest(corrected, _POOL)):
                return corrected, found
        return words, []

    def _known(self, today: date) -> _Known:
        kept = self._kept
        if kept is None or kept.today != today or time.monotonic() > kept.until:
            occupations = self._reader.occupations()
            # The words change only with the occupations, and it takes a while to sort them.
            same = kept is not None and kept.occupations is occupations
            beginnings = kept.beginnings if kept and same else Beginnings(_words(occupations.values()))
            people = self._engine.occupation_counts(today)
            kept = _Known(time.monotonic() + KEPT_SECONDS, today, occupations, beginnings, people)
            self._kept = kept
        return kept


def _words(occupations: Iterable[KnownOccupation]) -> Counter[str]:
    words: Counter[str] = Counter()
    for occupation in occupations:
        words.update(occupation.words)
    return words


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
