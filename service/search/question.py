"""What is asked of an engine for one query, whoever may be shown. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.engines import EngineQuery, Filters, Ground
from indexer.text import query_tokens, tokens
from indexer.titles import KnownOccupation
from indexer.titles.understanding import QueryKind, Understanding
from service.search.wanted import Wanted, wanted

# People taken by words, by position, by profile, by occupation and by shared ground each: up to 50 pages of
# results, more than anybody reads. At 10,000 people 200 of each cost 2 ms more, and the same ten came first.
POOL = 100
# Every token costs a look-up in the text index; a dream job in words has fewer.
MOST_TOKENS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What an understood query is searched by.

    `vector` is that of the understanding's text; None where the encoder failed or no job was recognised, and words
    alone decide. `fingerprint` names its encoder.
    `codes` are the occupations that were read.
    """

    tokens: tuple[str, ...]
    vector: NDArray[np.float32] | None
    fingerprint: str
    wanted: Wanted
    codes: tuple[str, ...]

    def to(self, today: date, filters: Filters, ground: Ground = Ground()) -> EngineQuery:  # noqa: B008  # frozen
        """Return the retrieval for those who meet `filters` on `today`, with some of those who share `ground`."""
        return EngineQuery(
            tokens=self.tokens,
            vector=self.vector,
            fingerprint=self.fingerprint,
            today=today,
            pool=POOL,
            occupations=self.codes,
            ground=ground,
            filters=filters,
        )


def question(
    understood: Understanding,
    vector: NDArray[np.float32] | None,
    fingerprint: str,
    occupations: Mapping[str, KnownOccupation],
    dropped: Collection[str] = (),
) -> Question:
    """Return what to search by: the words as they were typed and as they were understood, and their meaning.

    Words that the query denies are not among them.

    Where no job was recognised the words alone count: the nearest people by meaning would be strangers.
    """
    is_strange = understood.kind is QueryKind.UNRECOGNISED and bool(occupations)
    denied = frozenset(tokens(understood.denied))
    typed = (token for token in query_tokens(understood.query) if token not in denied)
    words = dict.fromkeys([*typed, *query_tokens(understood.text)])
    return Question(
        tokens=tuple(words)[:MOST_TOKENS],
        vector=None if is_strange else vector,
        fingerprint=fingerprint,
        wanted=wanted(understood.readings, occupations, dropped),
        codes=tuple(reading.code for reading in understood.readings),
    )
