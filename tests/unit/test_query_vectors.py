"""service/search/vectors.py: an encoder that remembers what it was asked."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.errors import EncoderError
from service.search.vectors import QueryVectors
from tests.fakes import KeywordEncoder


class CountingEncoder(KeywordEncoder):
    def __init__(self) -> None:
        super().__init__("nurse", "vet")
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return super().encode(texts)


def test_each_text_is_encoded_once_and_the_rows_are_in_the_order_asked() -> None:
    encoder = CountingEncoder()
    vectors = QueryVectors(lambda: encoder)

    rows = vectors.encode(["vet", "nurse", "vet"])

    assert encoder.asked == ["vet", "nurse"]
    assert np.array_equal(rows, KeywordEncoder("nurse", "vet").encode(["vet", "nurse", "vet"]))


def test_it_passes_for_its_encoder() -> None:
    encoder = KeywordEncoder("nurse", dimensions=8)
    vectors = QueryVectors(lambda: encoder)

    assert (vectors.fingerprint, vectors.dimensions, vectors.short_dimensions) == ("keywords:nurse", 8, 8)


def test_an_encoder_that_could_not_be_opened_is_tried_again() -> None:
    attempts = iter([EncoderError("There is no encoder."), None])

    def opened() -> KeywordEncoder:
        if error := next(attempts):
            raise error
        return KeywordEncoder("nurse")

    vectors = QueryVectors(opened)

    with pytest.raises(EncoderError):
        vectors.encode(["nurse"])
    assert vectors.encode(["nurse"]).shape == (1, 384)
