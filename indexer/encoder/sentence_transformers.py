"""Any sentence-transformers model as the encoder, for operators who have one. Needs the extra of that name."""

import hashlib
import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.encoder.distinct import embed_distinct
from indexer.errors import EncoderError

try:
    import torch
    from sentence_transformers import SentenceTransformer
except ImportError as error:
    raise EncoderError(
        "The encoder needs sentence-transformers, which is not installed: "
        "pip install 'mentor-search[sentence-transformers]'."
    ) from error


class SentenceTransformersEncoder:
    """A model by its name on the hub or by its folder. Safe under threads: one encodes at a time.

    Make it after a fork, as the service does: torch's threads do not outlive one.
    """

    def __init__(self, model: str) -> None:
        """Load the model. Raises EncoderError."""
        try:
            self._model = SentenceTransformer(model, device="cpu")
            self.dimensions: int = self._model.encode([""]).shape[1]
            self.short_dimensions = self.dimensions  # such a model does not say what it was trained for
            self.fingerprint = f"{model.rstrip('/').rpartition('/')[2]}:{_digest(self._model)[:16]}"
        except Exception as error:  # whatever a hub, a disk or a model file can come up with
            raise EncoderError(f"The sentence-transformers model “{model}” cannot be loaded: {error}.") from error
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (len(texts), dimensions). Raises EncoderError."""
        return embed_distinct(texts, self.dimensions, self._embed)

    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        try:
            with self._lock:
                vectors = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        except Exception as error:  # whatever torch can come up with
            raise EncoderError(f"The sentence-transformers model failed: {error}.") from error
        return np.asarray(vectors, np.float32)


def _digest(model: SentenceTransformer) -> str:
    """Return a hash of what shapes the vectors: modules in their order, vocabulary, longest text, weights."""
    vocabulary = sorted(model.tokenizer.get_vocab().items())
    digest = hashlib.sha256(repr((str(model), vocabulary, model.max_seq_length)).encode(errors="replace"))
    for name, weights in sorted(model.state_dict().items()):
        digest.update(f"{name} {weights.dtype} {tuple(weights.shape)}".encode())
        # As bytes, because numpy has no bfloat16.
        digest.update(weights.cpu().flatten().view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()
