"""Vectors that are made once: an encoder that keeps what it made in a file, so that a second run is quick."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from indexer.encoder import Encoder

# Texts embedded between two writes: an interrupted run loses some seconds of work.
_CHUNK = 2048


class CachedEncoder:
    """The encoder `encoder`, asked once for each text; the vectors are kept in `folder` under its fingerprint."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dimensions, self.short_dimensions = encoder.dimensions, encoder.short_dimensions
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{re.sub(r'[^A-Za-z0-9.-]', '_', encoder.fingerprint)}.db"
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (len(texts), dimensions). Raises EncoderError."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            with closing(sqlite3.connect(self._path, timeout=60)) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS vectors (text TEXT PRIMARY KEY, vector BLOB)")
                self._read(connection, new)
                self._make(connection, [text for text in new if text not in self._known])
        rows = [self._known[text] for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.dimensions), np.float32)

    def _read(self, connection: sqlite3.Connection, texts: Sequence[str]) -> None:
        for text in texts:
            found = connection.execute("SELECT vector FROM vectors WHERE text = ?", (text,)).fetchone()
            if found:
                self._known[text] = np.frombuffer(found[0], np.float32)

    def _make(self, connection: sqlite3.Connection, texts: Sequence[str]) -> None:
        progress = tqdm(total=len(texts), unit=" texts", leave=False, disable=len(texts) <= _CHUNK or None)
        with progress:
            for start in range(0, len(texts), _CHUNK):
                chunk = texts[start : start + _CHUNK]
                vectors = self._encoder.encode(chunk)
                self._known.update(zip(chunk, vectors, strict=True))
                with connection:
                    connection.executemany(
                        "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                        [(text, vector.tobytes()) for text, vector in zip(chunk, vectors, strict=True)],
                    )
                progress.update(len(chunk))
