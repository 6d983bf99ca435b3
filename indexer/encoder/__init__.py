"""Turns text into vectors: the contract, the shipped ONNX encoder, and any sentence-transformers model."""

import os
from pathlib import Path

from indexer.encoder.contract import Encoder
from indexer.errors import EncoderError

__all__ = ["DEFAULT_ENCODER", "Encoder", "is_library_model", "open_encoder"]

# onnxruntime from 1.29 on reports its use to its makers, keeps a device id in the home folder for that, and then
# aborts forked children when they exit. Only this prevents it, and only before onnxruntime is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

DEFAULT_ENCODER = Path(__file__).parents[2] / "models" / "mentor-titles-MiniLM-L6-v2-uint8"
_LIBRARY = "sentence-transformers:"


def is_library_model(spec: str) -> bool:
    """Return whether `spec` names a model that sentence-transformers runs, with torch."""
    return spec.startswith(_LIBRARY)


def open_encoder(spec: str) -> Encoder:
    """Return the encoder that `spec` names: an exported folder, or `sentence-transformers:NAME_OR_FOLDER`.

    Raises EncoderError.
    """
    # Imported here so that each runtime loads only when it is the one in use.
    if is_library_model(spec):
        from indexer.encoder.sentence_transformers import SentenceTransformersEncoder  # noqa: PLC0415

        return SentenceTransformersEncoder(spec.removeprefix(_LIBRARY))
    if not (Path(spec) / "encoder.json").is_file():
        raise EncoderError(
            f"There is no encoder at {spec}: a folder made by scripts/export_encoder.py is needed, "
            f"or {_LIBRARY}NAME."
        )
    from indexer.encoder.onnx import OnnxEncoder  # noqa: PLC0415

    return OnnxEncoder(Path(spec))
