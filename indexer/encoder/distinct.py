"""What every encoder does around its model: each distinct text once, and only text that UTF-8 can hold."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray


def embed_distinct(
    texts: Sequence[str], dimensions: int, embed: Callable[[list[str]], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return one row a text, shape (len(texts), dimensions), from `embed`, which gets each distinct text once.

    It is not called for no texts. A lone surrogate, which JSON can carry, is no character: tokenizers take text
    that UTF-8 can hold, so it becomes a question mark.
    """
    clean = [text.encode(errors="replace").decode() for text in texts]
    distinct = list(dict.fromkeys(clean))
    if not distinct:
        return np.empty((0, dimensions), np.float32)
    vectors = embed(distinct)
    place = {text: row for row, text in enumerate(distinct)}
    return vectors[[place[text] for text in clean]]
