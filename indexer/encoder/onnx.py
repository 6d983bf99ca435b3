"""The encoder the service runs: an exported model on onnxruntime, without torch."""

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from indexer.errors import EncoderError

# Texts embedded at once. Sorted by length, so a batch pads little; docs/benchmarks.md, "Encoder", compares sizes.
BATCH = 32


class OnnxEncoder:
    """A model in the folder that scripts/export_encoder.py wrote.

    The graph pools and normalises, so its output is the unit vectors. The session is made when the first text
    needs it, once a process: one that was made before a fork would hang in the child.
    """

    def __init__(self, folder: Path) -> None:
        """Read the description and check the files against it. Raises EncoderError."""
        try:
            described = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
            self._files = {name: (folder / name).read_bytes() for name in described["sha256"]}
            self.dimensions: int = described["dimensions"]
            self._max_tokens: int = described["max_tokens"]
        except (OSError, ValueError, KeyError) as error:
            raise EncoderError(f"The encoder in {folder} is not whole: {error!r}. Export it again.") from error
        for name, content in self._files.items():
            if hashlib.sha256(content).hexdigest() != described["sha256"][name]:
                raise EncoderError(f"{folder / name} is not the file that was exported. Export it again.")
        self._folder = folder
        self.fingerprint = _fingerprint(described)
        self._process = 0
        self._lock = threading.Lock()
        self._session: onnxruntime.InferenceSession
        self._tokenizer: Tokenizer

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (len(texts), dimensions). Raises EncoderError."""
        distinct = list(dict.fromkeys(texts))
        vectors = np.empty((len(distinct), self.dimensions), np.float32)
        if distinct:
            try:
                self._encode_into(vectors, distinct)
            except Exception as error:  # onnxruntime and tokenizers raise plain Exceptions of their own
                raise EncoderError(f"The encoder in {self._folder} failed: {error}.") from error
        place = {text: row for row, text in enumerate(distinct)}
        return vectors[[place[text] for text in texts]]

    def _encode_into(self, vectors: NDArray[np.float32], texts: list[str]) -> None:
        session, tokenizer = self._loaded()
        encodings = tokenizer.encode_batch_fast(texts)
        by_length = sorted(range(len(texts)), key=lambda row: len(encodings[row].ids))
        for start in range(0, len(by_length), BATCH):
            rows = by_length[start : start + BATCH]
            (vectors[rows],) = session.run(["vectors"], _padded([encodings[row] for row in rows]))

    def _loaded(self) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
        if self._process != os.getpid():
            if self._process:
                self._lock = threading.Lock()  # the one from before the fork may be held for ever
            with self._lock:
                if self._process != os.getpid():
                    self._tokenizer = _tokenizer(self._files["tokenizer.json"], self._max_tokens)
                    self._session = _session(self._files["model.onnx"])
                    self._process = os.getpid()
        return self._session, self._tokenizer


def _fingerprint(described: dict[str, Any]) -> str:
    """Return a short name for everything that shapes the vectors: the files, and how they are used."""
    whole = hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()
    return f"{described['name']}-{described['precision']}:{whole[:16]}"


def _tokenizer(content: bytes, max_tokens: int) -> Tokenizer:
    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _session(content: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    # Idle threads wait rather than spin: the cores are shared with the web server's own threads.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _padded(encodings: list[Encoding]) -> dict[str, NDArray[np.int64]]:
    longest = max(len(encoding.ids) for encoding in encodings)
    ids = np.zeros((len(encodings), longest), np.int64)
    mask = np.zeros_like(ids)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
