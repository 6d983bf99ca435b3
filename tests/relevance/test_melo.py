from pathlib import Path

import numpy as np
import pytest

from indexer.errors import InvalidFile
from scripts.relevance.melo import Melo, evaluate_melo, read_melo, right_ranks
from tests.fakes import KeywordEncoder

FILES = {
    "queries.tsv": "Q1\tnurse\nQ2\tpilot\n",
    "corpus_elements.tsv": "C1\tvet\nC2\tnurse\nC3\tnurse\n",
    "annotations.tsv": "Q1\t0\tC1\t1\nQ1\t0\tC3\t1\nQ2\t0\tC2\t1\n",
}


def folder(path: Path, **changes: str) -> Path:
    for name, content in (FILES | {f"{key}.tsv": value for key, value in changes.items()}).items():
        (path / name).write_text(content, encoding="utf-8")
    return path


def test_a_task_is_read_with_the_places_of_its_right_elements(tmp_path: Path) -> None:
    assert read_melo(folder(tmp_path)) == Melo(["nurse", "pilot"], ["vet", "nurse", "nurse"], [[0, 2], [1]])


def test_equal_surface_forms_are_elements_of_their_own() -> None:
    melo = Melo(["nurse"], ["vet", "nurse", "nurse"], [[0, 2]])

    (score,) = evaluate_melo(melo, KeywordEncoder("vet", "nurse"))

    # The wrong "nurse" comes first, the right one second, "vet" third.
    assert score.values == {"MRR": 1 / 2, "MAP": pytest.approx((1 / 2 + 2 / 3) / 2)}


def test_ranks_are_those_among_the_whole_corpus() -> None:
    assert right_ranks(np.array([0.1, 0.9, 0.5, 0.9]), [0, 3]) == [2, 4]


def test_a_folder_that_is_no_task_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="folder of one MELO task"):
        read_melo(tmp_path)


def test_a_line_that_lacks_a_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"queries\.tsv, line 2: 2 columns"):
        read_melo(folder(tmp_path, queries="Q1\tnurse\nQ2\n"))
