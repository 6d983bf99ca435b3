"""Free text to occupation: a description or a task without the job's own words finds the occupation's titles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.encoder import Encoder
from indexer.taxonomy import Occupation
from indexer.text import query_tokens
from scripts.relevance.mask import mask, title_stems
from scripts.relevance.metrics import hit
from scripts.relevance.scores import QueryScore
from scripts.relevance.split import Split, split_of
from service.search.request import LONGEST_QUERY

# Queries compared with all titles at once: 128 rows of 60,000 similarities are 31 MB.
_CHUNK = 128
# A masked text with fewer telling words than this says too little to be judged by.
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A query of the kind "description" or "task", and the code of the occupation it describes."""

    kind: str
    code: str
    text: str


def masked_texts(occupation: Occupation) -> list[MaskedText]:
    """Return the description and the tasks of `occupation` without the words of its official title."""
    stems = title_stems((occupation.title,))
    texts = [("description", occupation.description), *(("task", task) for task in occupation.tasks)]
    masked = [(kind, mask(clipped(text), stems)) for kind, text in texts]
    return [
        MaskedText(kind, occupation.code, text)
        for kind, text in masked
        if len(query_tokens(text)) >= _FEWEST_WORDS
    ]


def clipped(text: str) -> str:
    """Return the whole words of `text` that a seeker may type: LONGEST_QUERY letters."""
    return text if len(text) <= LONGEST_QUERY else text[: LONGEST_QUERY + 1].rpartition(" ")[0]


def evaluate_free_text(occupations: Sequence[Occupation], split: Split, encoder: Encoder) -> list[QueryScore]:
    """Return top-1 and top-5 accuracy for every masked text of the occupations in `split`.

    All occupations are candidates, each scored by the best of all its titles.
    """
    titles = [dict.fromkeys((o.title, *o.alternate_titles, *o.reported_titles)) for o in occupations]
    vectors = encoder.encode([title for own in titles for title in own])
    firsts = np.cumsum([0, *map(len, titles)])[:-1]
    place = {occupation.code: i for i, occupation in enumerate(occupations)}
    queries = [text for o in occupations if split_of(o.code) is split for text in masked_texts(o)]
    asked = encoder.encode([query.text for query in queries])
    scores = []
    for start in range(0, len(queries), _CHUNK):
        best = np.maximum.reduceat(asked[start : start + _CHUNK] @ vectors.T, firsts, axis=1)
        for row, query in zip(best, queries[start : start + _CHUNK], strict=True):
            own = row[place[query.code]]
            above, equal = int((row > own).sum()), int((row == own).sum())
            values = {"top-1": hit(above, equal, 1), "top-5": hit(above, equal, 5)}
            scores.append(QueryScore(query.kind, query.code[:2], values))
    return scores
