"""Long bios: is one better read to the encoder's limit, or in chunks whose mean stands for the whole?

Every made-up bio tells of two jobs, one after the other, and each is longer than what the encoder reads of a text.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.taxonomy import Occupation
from scripts.relevance.metrics import hit
from scripts.relevance.queries import Query
from scripts.relevance.scores import QueryScore

# Letters that tell of one job: 283 tokens in the median, where the shipped encoder reads 256. Two are within the
# 5,000 letters that a bio may have.
_TOLD = 1600
_SEED = 42

Reading = Callable[[Encoder, Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class LongBio:
    """What somebody tells of two jobs, and the codes of both."""

    first: str
    last: str
    text: str


def make_bios(occupations: Sequence[Occupation]) -> list[LongBio]:
    """Return a bio for each occupation with enough to tell; each is told of first in one, and last in another."""
    told = {o.code: " ".join((o.description, *o.tasks)) for o in occupations}
    codes = sorted(code for code, text in told.items() if len(text) >= _TOLD)
    random.Random(_SEED).shuffle(codes)  # noqa: S311  (not a secret)
    return [
        LongBio(first, last, f"{told[first][:_TOLD]}. {told[last][:_TOLD]}.")
        for first, last in zip(codes, [*codes[1:], *codes[:1]], strict=True)
    ]


def cut(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the encoder's own vectors, shape (len(texts), dimensions): it reads to its limit."""
    return encoder.encode(texts)


def chunked(encoder: Encoder, texts: Sequence[str], words: int) -> NDArray[np.float32]:
    """Return the means of the unit vectors of each text's chunks, made unit vectors: (len(texts), dimensions)."""
    parts = [chunks(text, words) for text in texts]
    vectors = encoder.encode([part for own in parts for part in own])
    firsts = np.cumsum([0, *map(len, parts)])[:-1]
    sums = np.add.reduceat(vectors, firsts, axis=0)
    means: NDArray[np.float32] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return means


def chunks(text: str, words: int) -> list[str]:
    """Return `text` in as few chunks of at most `words` words as can be, all about equally long."""
    all_words = np.array(text.split(), dtype=object)
    number = max(1, -(-len(all_words) // words))
    return [" ".join(part) for part in np.array_split(all_words, number)]


# 150 words are within the 256 tokens that the shipped encoder reads; 30 are about what it was trained on.
READINGS: Mapping[str, Reading] = {
    "cut": cut,
    "chunks of 150 words": partial(chunked, words=150),
    "chunks of 30 words": partial(chunked, words=30),
}


def evaluate_long_bios(
    bios: Sequence[LongBio],
    vectors: NDArray[np.float32],
    queries: Sequence[Query],
    asked: NDArray[np.float32],
) -> list[QueryScore]:
    """Return each query's metrics for the bio that tells of its occupation first, and for the one that does last.

    `vectors` (bios, dimensions) and `asked` (queries, dimensions) hold unit vectors. The query's other bio is
    right too, so it is no rival. Queries of occupations that no bio tells of are left out.
    """
    firsts = {bio.first: place for place, bio in enumerate(bios)}
    lasts = {bio.last: place for place, bio in enumerate(bios)}
    scores = []
    for query, row in zip(queries, asked @ vectors.T, strict=True):
        if query.code in firsts:
            places = firsts[query.code], lasts[query.code]
            rivals = np.delete(row, places)
            for kind, place in zip(("told first", "told last"), places, strict=True):
                above, equal = int((rivals > row[place]).sum()), 1 + int((rivals == row[place]).sum())
                values = {"MRR": 1 / (1 + above), "top-10": hit(above, equal, 10)}
                scores.append(QueryScore(kind, "", values))
    return scores
