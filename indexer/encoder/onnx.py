"""The encoder the service runs: an exported model on onnxruntime, without torch."""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from indexer.encoder.distinct import embed_distinct
from indexer.errors import EncoderError

# Texts in one run of the model. The uint8 model rounds by the largest number in its batch, so a vector would
# depend on the other texts: alone and among 31 others, cosine down to .967. One at a time, equal texts have equal
# vectors. The float32 model has no such trouble: 16 at a time embed twice as many titles a second as 1.
BATCH_SIZES = {"uint8": 1, "float32": 16}


class Model(NamedTuple):
    """What one process needs to encode."""

    tokenizer: Tokenizer
    session: onnxruntime.InferenceSession


class OnnxEncoder:
    """A model in the folder that scripts/export_encoder.py wrote. Safe under threads and after a fork.

    The graph pools and normalises, so its output is the unit vectors. Each process loads its own model when the
    first text needs it: after a fork, a lock that another thread held in the parent stays locked for ever.
    """

    def __init__(self, folder: Path) -> None:
        """Read the description and check the files against it. Raises EncoderError."""
        self._folder = folder
        try:
            described = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
            self._hashes: dict[str, str] = {
                name: described["sha256"][name] for name in ("model.onnx", "tokenizer.json")
            }
            self._batch_size = BATCH_SIZES[described["precision"]]
            self._max_tokens = int(described["max_tokens"])
            self.dimensions = int(described["dimensions"])
            self.short_dimensions = int(described["short_dimensions"])
            self.fingerprint = _fingerprint(described)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderError(
                f"{folder / 'encoder.json'} cannot be used ({error!r}). Export the encoder again."
            ) from error
        if not 0 < self.short_dimensions <= self.dimensions:
            raise EncoderError(
                f"{folder / 'encoder.json'} says that vectors of {self.dimensions} numbers may be cut to "
                f"{self.short_dimensions}. Export the encoder again."
            )
        for name in self._hashes:
            self._checked(name)
        self._models: dict[int, Model] = {}
        self._locks: dict[int, threading.Lock] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (len(texts), dimensions). Raises EncoderError."""
        return embed_distinct(texts, self.dimensions, self._embed)

    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        model = self._model()
        try:
            return self._embedded(model, texts)
        except Exception as error:  # onnxruntime and tokenizers raise plain Exceptions of their own
            raise EncoderError(f"The encoder in {self._folder} failed: {error}.") from error

    def _embedded(self, model: Model, texts: list[str]) -> NDArray[np.float32]:
        # All before the model runs: in turns with it, each text takes 4 % longer.
        tokens = [model.tokenizer.encode(text).ids for text in texts]
        # By length, so that a batch pads little; the longest first, so that no core ends with a long one.
        order = sorted(range(len(texts)), key=lambda row: -len(tokens[row]))
        batches = [order[start : start + self._batch_size] for start in range(0, len(order), self._batch_size)]
        vectors = np.empty((len(texts), self.dimensions), np.float32)

        def embed(rows: list[int]) -> None:
            (vectors[rows],) = model.session.run(["vectors"], _padded([tokens[row] for row in rows]))

        _on_every_core(embed, batches)
        return vectors

    def _model(self) -> Model:
        process = os.getpid()
        with self._locks.setdefault(process, threading.Lock()):
            if process not in self._models:
                self._models[process] = self._loaded()
            return self._models[process]

    def _loaded(self) -> Model:
        tokenizer, weights = self._checked("tokenizer.json"), self._checked("model.onnx")
        try:
            model = Model(_tokenizer(tokenizer, self._max_tokens), _session(weights))
            length = model.session.get_outputs()[0].shape[-1]
        except Exception as error:  # see encode
            raise EncoderError(f"The encoder in {self._folder} cannot be loaded: {error}.") from error
        if length != self.dimensions:
            raise EncoderError(
                f"The model in {self._folder} makes vectors of length {length}, but encoder.json says "
                f"{self.dimensions}. Export the encoder again."
            )
        return model

    def _checked(self, name: str) -> bytes:
        """Return the content of a file of the folder, which is what was exported."""
        path = self._folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise EncoderError(f"{path} cannot be read ({error.strerror}). Export the encoder again.") from error
        if hashlib.sha256(content).hexdigest() != self._hashes[name]:
            raise EncoderError(f"{path} is not the file that was exported. Export the encoder again.")
        return content


def _fingerprint(described: dict[str, Any]) -> str:
    """Return a short name for everything that shapes the vectors: the files, and how they are used."""
    whole = hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()
    return f"{described['name']}-{described['precision']}:{whole[:16]}"


def _tokenizer(content: bytes, max_tokens: int) -> Tokenizer:
    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _session(weights: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # No threads of its own: a forked child would wait for them for ever when it ends. One query is as fast with 1
    # thread as with 2 (1.3 ms), and many texts are spread over the cores by _on_every_core.
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _on_every_core(embed: Callable[[list[int]], None], batches: list[list[int]]) -> None:
    if len(batches) == 1:
        embed(batches[0])
        return
    # One for all threads: a future for each batch would take 6 % of the time when a batch is a title.
    remaining = iter(batches)

    def work(_: int) -> None:
        for batch in remaining:
            embed(batch)

    with ThreadPoolExecutor(cores()) as threads:
        for _ in threads.map(work, range(cores())):  # raises what a batch raised
            pass


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _padded(texts: list[list[int]]) -> dict[str, NDArray[np.int64]]:
    """Return the inputs of the model for `texts`, each as its tokens."""
    longest = max(map(len, texts))
    ids = np.zeros((len(texts), longest), np.int64)
    mask = np.zeros_like(ids)
    for row, tokens in enumerate(texts):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
