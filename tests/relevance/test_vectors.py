from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scripts.relevance.vectors import CachedEncoder
from tests.fakes import KeywordEncoder


class CountingEncoder(KeywordEncoder):
    """Remembers the texts it was asked for."""

    def __init__(self, *keywords: str) -> None:
        super().__init__(*keywords, dimensions=4)
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return super().encode(texts)


def test_the_vectors_are_those_of_the_encoder_in_the_order_asked(tmp_path: Path) -> None:
    texts = ["nurse", "vet", "nurse", "pilot"]

    vectors = CachedEncoder(KeywordEncoder("nurse", "vet"), tmp_path).encode(texts)

    np.testing.assert_array_equal(vectors, KeywordEncoder("nurse", "vet").encode(texts))


def test_a_later_run_asks_the_encoder_for_new_texts_only(tmp_path: Path) -> None:
    CachedEncoder(CountingEncoder("nurse"), tmp_path).encode(["nurse", "pilot", "nurse"])
    later = CountingEncoder("nurse")

    CachedEncoder(later, tmp_path).encode(["pilot", "vet", "nurse"])

    assert later.asked == ["vet"]


def test_two_encoders_share_no_vector(tmp_path: Path) -> None:
    CachedEncoder(CountingEncoder("nurse"), tmp_path).encode(["nurse"])
    other = CountingEncoder("vet")

    vectors = CachedEncoder(other, tmp_path).encode(["nurse"])

    assert other.asked == ["nurse"]
    np.testing.assert_array_equal(vectors, [[1, 0, 0, 0]])


def test_no_text_has_no_vector(tmp_path: Path) -> None:
    assert CachedEncoder(CountingEncoder("nurse"), tmp_path).encode([]).shape == (0, 4)
