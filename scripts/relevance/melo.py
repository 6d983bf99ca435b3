"""Title to title: the MELO benchmark (https://github.com/Avature/melo-benchmark), by its own protocol.

Each query, an American title, ranks every corpus element, a surface form of an ESCO concept. Those that the
annotations name are right. Equal surface forms of different concepts are elements of their own: so the published
figures of all-MiniLM-L6-v2 come out.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.errors import InvalidFile
from scripts.relevance.metrics import average_precision
from scripts.relevance.scores import QueryScore

# Queries compared with the whole corpus at once: 128 rows of 33,809 similarities are 17 MB.
_CHUNK = 128


@dataclass(frozen=True, slots=True)
class Melo:
    """The queries, the corpus, and for each query the places of its right elements in the corpus."""

    queries: list[str]
    corpus: list[str]
    right: list[list[int]]


def read_melo(folder: Path) -> Melo:
    """Return one task of the benchmark. Raises InvalidFile."""
    corpus = _rows(folder / "corpus_elements.tsv", 2)
    place = {element: i for i, (element, _) in enumerate(corpus)}
    right: dict[str, list[int]] = defaultdict(list)
    for query, _, element, relevance in _rows(folder / "annotations.tsv", 4):
        if relevance != "0":
            right[query].append(place[element])
    queries = _rows(folder / "queries.tsv", 2)
    return Melo([text for _, text in queries], [text for _, text in corpus], [right[id_] for id_, _ in queries])


def _rows(path: Path, columns: int) -> list[list[str]]:
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidFile(f"{path} cannot be read ({error}). Give the folder of one MELO task.") from error
    if wrong := next((number for number, row in enumerate(rows, start=1) if len(row) != columns), None):
        raise InvalidFile(f"{path}, line {wrong}: {columns} columns are needed.")
    return rows


def evaluate_melo(melo: Melo, encoder: Encoder) -> list[QueryScore]:
    """Return MRR and MAP of `encoder` for every query."""
    corpus, queries = encoder.encode(melo.corpus), encoder.encode(melo.queries)
    scores = []
    for start in range(0, len(queries), _CHUNK):
        similarities = queries[start : start + _CHUNK] @ corpus.T
        for row, right in zip(similarities, melo.right[start:], strict=False):
            ranks = right_ranks(row, right)
            values = {"MRR": 1 / ranks[0] if ranks else 0.0, "MAP": average_precision(ranks, len(right))}
            scores.append(QueryScore("title", "", values))
    return scores


def right_ranks(similarities: NDArray[np.floating], right: Sequence[int]) -> list[int]:
    """Return the ranks, from 1 and ascending, of the elements `right`; equal elements rank by their place."""
    rank = np.empty(len(similarities), np.int64)
    rank[np.argsort(-similarities, kind="stable")] = np.arange(1, len(similarities) + 1)
    return sorted(rank[list(right)].tolist())
