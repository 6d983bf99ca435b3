"""Vectors cut to the length that an index holds."""

import numpy as np
from numpy.typing import NDArray

from indexer.encoder.contract import Encoder


def shortened(vectors: NDArray[np.float32], encoder: Encoder) -> NDArray[np.float32]:
    """Return `vectors` (n, dimensions) as indexes hold them: cut as short as `encoder` allows, and unit again.

    People are ranked as well by 128 numbers of the shipped encoder as by 384 (docs/ranking.md), in a third of
    the memory and of the time.
    """
    cut = vectors[:, : encoder.short_dimensions]
    unit: NDArray[np.float32] = cut / np.linalg.norm(cut, axis=1, keepdims=True)
    return unit
