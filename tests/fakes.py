"""An encoder whose vectors a reader can work out by hand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.text import tokens


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
