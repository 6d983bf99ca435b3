"""Any sentence-transformers model as the encoder, for operators who have one. Needs the extra of that name."""

import hashlib
import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.errors import EncoderError

try:
    from sentence_transformers import SentenceTransformer
except ImportError as error:
    raise EncoderError(
        "The encoder needs sentence-transformers, which is not installed: "
        "pip install 'mentor-search[sentence-transformers]'."
    ) from error


class SentenceTransformersEncoder:
    """A model by its name on the hub or by its folder. Safe under threads: one encodes at a time."""

    def __init__(self, model: str) -> None:
        """Load the model. Raises EncoderError."""
        try:
            self._model = SentenceTransformer(model, device="cpu")
        except Exception as error:  # whatever a hub, a disk or a model file can come up with
            raise EncoderError(f"The sentence-transformers model “{model}” cannot be loaded: {error}.") from error
        self._lock = threading.Lock()
        self.dimensions: int = self._model.get_embedding_dimension()
        self.fingerprint = f"{model.rstrip('/').rpartition('/')[2]}:{self._digest()[:16]}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (len(texts), dimensions). Raises EncoderError."""
        distinct = list(dict.fromkeys(texts))
        if not distinct:
            return np.empty((0, self.dimensions), np.float32)
        try:
            with self._lock:
                vectors = self._model.encode(distinct, normalize_embeddings=True, show_progress_bar=False)
        except Exception as error:  # whatever torch can come up with
            raise EncoderError(f"The sentence-transformers model failed: {error}.") from error
        place = {text: row for row, text in enumerate(distinct)}
        return np.asarray(vectors, np.float32)[[place[text] for text in texts]]

    def _digest(self) -> str:
        """Return a hash of the weights and of the modules they are used by, in the order of their names."""
        digest = hashlib.sha256(str(self._model).encode())
        for name, weights in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(weights.cpu().contiguous().numpy().tobytes())
        return digest.hexdigest()
