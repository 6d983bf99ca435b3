"""The vectors of queries, each made once: popular dream jobs are asked again and again."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder

# 4,096 vectors of 384 float32 are 6 MB.
_CACHED_QUERIES = 4096


class QueryVectors:
    """An encoder that remembers. Safe under threads; opened when the first query needs it."""

    def __init__(self, open_encoder: Callable[[], Encoder]) -> None:
        """`open_encoder` returns the same encoder each time."""
        self._open = open_encoder
        self._vector = lru_cache(maxsize=_CACHED_QUERIES)(self._encode)

    @cached_property
    def _encoder(self) -> Encoder:
        return self._open()

    @property
    def fingerprint(self) -> str:
        """See Encoder.fingerprint. Raises EncoderError if the encoder cannot be opened."""
        return self._encoder.fingerprint

    @property
    def dimensions(self) -> int:
        """See Encoder.dimensions. Raises EncoderError if the encoder cannot be opened."""
        return self._encoder.dimensions

    @property
    def short_dimensions(self) -> int:
        """See Encoder.short_dimensions. Raises EncoderError if the encoder cannot be opened."""
        return self._encoder.short_dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text; see Encoder.encode."""
        return np.stack([self._vector(text) for text in texts])

    def _encode(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._encoder.encode([text])[0]
        return vector
