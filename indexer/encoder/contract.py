"""What every encoder does: texts in, unit vectors out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors that can be compared by cosine similarity. Safe under threads."""

    @property
    def fingerprint(self) -> str:
        """What made the vectors: vectors of two encoders can be compared only if it is equal."""

    @property
    def dimensions(self) -> int:
        """The length of one vector."""

    @property
    def short_dimensions(self) -> int:
        """The length to which vectors may be cut, and then made unit vectors again, for a smaller index.

        Its first numbers were trained to stand alone (Matryoshka). Equal to `dimensions` where they were not.
        """

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (len(texts), dimensions). Raises EncoderError."""
