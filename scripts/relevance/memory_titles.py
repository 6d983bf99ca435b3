"""A job-title index in memory: exact as SQLite's, and many texts are matched at once."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines import TitleMatch, TitleQuery, TitlesStatus
from indexer.text import tokens
from indexer.titles import JobTitle, KnownOccupation, TitleCatalogue
from indexer.titles.keys import title_key


class MemoryTitles:
    """A TitleStore that keeps `catalogue`."""

    def __init__(self, catalogue: TitleCatalogue) -> None:
        self.replace(catalogue)

    def replace(self, catalogue: TitleCatalogue) -> None:
        """Keep `catalogue` in place of the one before."""
        by_key: defaultdict[str, list[int]] = defaultdict(list)
        for row, title in enumerate(catalogue.titles):
            by_key[title_key(title.title)].append(row)
        self._catalogue, self._by_key = catalogue, by_key

    def status(self) -> TitlesStatus | None:
        """Return what is kept."""
        kept = self._catalogue
        return TitlesStatus(kept.source, kept.version, kept.fingerprint, len(kept.titles), len(kept.occupations))

    def occupations(self) -> tuple[KnownOccupation, ...]:
        """Return every occupation, in the order of codes."""
        return self._catalogue.occupations

    def match(self, queries: Sequence[TitleQuery], count: int) -> list[list[TitleMatch]]:
        """Return for each query all titles with one of its keys and the `count` nearest, the likeliest first."""
        asked = [query.vector for query in queries if query.vector is not None]
        similarities = iter(np.stack(asked) @ self._catalogue.vectors.T if asked else ())
        return [
            self._match(query, count, None if query.vector is None else next(similarities)) for query in queries
        ]

    def suggest(self, beginnings: Sequence[str], count: int) -> list[JobTitle]:
        """Return the `count` likeliest titles in which each of `beginnings` begins some word."""
        found = (
            title
            for title in self._catalogue.titles
            if all(any(word.startswith(one) for word in tokens(title.title)) for one in beginnings)
        )
        return list(found)[:count]

    def _match(self, query: TitleQuery, count: int, similarities: NDArray[np.float32] | None) -> list[TitleMatch]:
        titles = self._catalogue.titles
        named = {row for key in query.keys for row in self._by_key.get(key, ())}
        if similarities is None:
            return [TitleMatch(titles[row], True, 0.0) for row in sorted(named)]
        nearest = np.argpartition(-similarities, min(count, len(titles)) - 1)[:count].tolist()
        rows = sorted(named.union(nearest))
        return [TitleMatch(titles[row], row in named, float(similarities[row])) for row in rows]
