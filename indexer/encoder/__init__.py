"""Turns text into vectors."""

from pathlib import Path
from indexer.encoder.contract import Encoder

DEFAULT_ENCODER = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2-uint8"


def open_encoder(spec: str) -> Encoder:
    from indexer.encoder.onnx import OnnxEncoder

    return OnnxEncoder(Path(spec))
__all__ = ["DEFAULT_ENCODER", "Encoder", "open_encoder"]
