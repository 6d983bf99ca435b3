"""Exact kNN on a matrix in memory: how every engine looks titles up."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

# A cosine in float32 is exact to about 1e-7, and its last digits depend on who adds up in which order.
SIMILARITY_DECIMALS = 6
# Queries multiplied at once: one pass over the matrix serves them all, and their cosines with 45,000 titles take
# 12 MB.
_QUERIES_AT_ONCE = 64


def similarities(
    matrix: NDArray[np.float32], queries: Sequence[NDArray[np.float32]]
) -> Iterator[NDArray[np.float32]]:
    """Yield for each of `queries` (dimensions,) its cosine with every row of `matrix` (rows, dimensions)."""
    for first in range(0, len(queries), _QUERIES_AT_ONCE):
        yield from np.stack(queries[first : first + _QUERIES_AT_ONCE]) @ matrix.T


def nearest(cosines: NDArray[np.float32], count: int) -> list[int]:
    """Return the indices of the `count` highest of `cosines`; of those equal to SIMILARITY_DECIMALS, the first."""
    candidates = np.arange(len(cosines))
    if 0 < count < len(cosines):
        least = np.partition(cosines, -count)[-count]
        candidates = np.flatnonzero(cosines >= least - 10.0**-SIMILARITY_DECIMALS)
    order = np.argsort(-cosines[candidates].round(SIMILARITY_DECIMALS), kind="stable")
    found: list[int] = candidates[order[:count]].tolist()
    return found
