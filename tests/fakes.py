"""An encoder whose vectors a reader can work out by hand, and a job-title index in memory."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines import TitleMatch, TitleQuery, TitlesStatus
from indexer.errors import TitlesMissing
from indexer.text import tokens
from indexer.titles import JobTitle, KnownOccupation, TitleCatalogue
from indexer.titles.keys import title_key


class KeywordEncoder:
    """One axis for each known keyword, and one for texts that hold none of them; rows have unit length.

    With the keywords "nurse" and "vet", "nurse" is [0, 1, 0, ...], "vet nurse" is [0, .71, .71, 0, ...] and
    "pilot" is [1, 0, 0, ...].
    """

    def __init__(self, *keywords: str, dimensions: int = 384) -> None:
        self.keywords = keywords
        self.dimensions = dimensions
        self.fingerprint = f"keywords:{','.join(keywords)}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            words = tokens(text)
            for axis, keyword in enumerate(self.keywords, start=1):
                row[axis] = float(keyword in words)
            row[0] = float(not row.any())
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class MemoryTitles:
    """A TitleStore of one process: exact, and without any I/O."""

    def __init__(self, catalogue: TitleCatalogue | None = None) -> None:
        self._catalogue = catalogue
        self._by_key: dict[str, list[int]] = {}
        if catalogue:
            self.replace(catalogue)

    def replace(self, catalogue: TitleCatalogue) -> None:
        self._catalogue, self._by_key = catalogue, {}
        for row, title in enumerate(catalogue.titles):
            self._by_key.setdefault(title_key(title.title), []).append(row)

    def status(self) -> TitlesStatus | None:
        if (held := self._catalogue) is None:
            return None
        return TitlesStatus(held.source, held.version, held.fingerprint, len(held.titles), len(held.occupations))

    def occupations(self) -> tuple[KnownOccupation, ...]:
        return self._held().occupations

    def match(self, queries: Sequence[TitleQuery], count: int) -> list[list[TitleMatch]]:
        return [self._match(query, count) for query in queries]

    def suggest(self, beginnings: Sequence[str], count: int) -> list[JobTitle]:
        found = (
            title
            for title in self._held().titles
            if all(any(word.startswith(one) for word in tokens(title.title)) for one in beginnings)
        )
        return list(found)[:count]

    def _match(self, query: TitleQuery, count: int) -> list[TitleMatch]:
        held = self._held()
        keyed = {row for key in query.keys for row in self._by_key.get(key, ())}
        if query.vector is None:
            return [TitleMatch(held.titles[row], True, 0.0) for row in sorted(keyed)]
        similarities = held.vectors @ query.vector
        nearest = np.argsort(-similarities, kind="stable")[:count].tolist()
        rows = sorted(keyed.union(nearest))
        return [TitleMatch(held.titles[row], row in keyed, float(similarities[row])) for row in rows]

    def _held(self) -> TitleCatalogue:
        if self._catalogue is None:
            raise TitlesMissing("There is no job-title index.")
        return self._catalogue
