"""The exported encoders against sentence-transformers itself."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.encoder import DEFAULT_ENCODER, open_encoder
from indexer.errors import EncoderError

pytest.importorskip("sentence_transformers", reason="needs torch and sentence-transformers: make test-train")

from sentence_transformers import SentenceTransformer

from scripts import export_encoder

pytestmark = [
    pytest.mark.train,
    # The exporter's own way of saying that the three inputs have the same two axes, as they should.
    pytest.mark.filterwarnings("ignore:# The axis name. .* will not be used:UserWarning"),
]

TITLES = [
    f"{level.strip()} {job.strip()}".strip()
    for level, job in itertools.product(
        """|Junior|Senior|Lead|Chief|Assistant|Freelance|Retired|Trainee|Head of department,|Deputy|Regional
        |Night shift|Self-employed|Visiting|Part-time|Former|International|Certified|Volunteer""".split("|"),
        """nurse|software engineer|film editor|marine biologist|pastry chef|C++ developer|primary school teacher
        |crane operator|data scientist|wildlife veterinarian|public defender|sound designer (games)|astronaut
        |climate policy analyst|football coach|electrician|UX/UI designer|museum curator|air traffic controller
        |R&D chemist|florist|social worker|actuary|stunt performer|forester""".split("|"),
    )
]


@pytest.fixture(scope="module")
def model() -> str:
    return export_encoder.packaged_model()


@pytest.fixture(scope="module")
def original(model: str) -> NDArray[np.float32]:
    return np.asarray(SentenceTransformer(model, device="cpu").encode(TITLES, normalize_embeddings=True))


def exported(folder: Path, precision: str, *options: str) -> Path:
    assert export_encoder.main(["--precision", precision, "--output", str(folder), *options]) == 0
    return folder


def cosines(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray((one * other).sum(axis=1))


def test_there_are_500_titles() -> None:
    assert len(set(TITLES)) == 500


def test_the_float32_export_gives_the_vectors_of_the_library(
    tmp_path: Path, original: NDArray[np.float32]
) -> None:
    encoder = open_encoder(str(exported(tmp_path / "float32", "float32")))

    assert cosines(encoder.encode(TITLES), original).min() > 0.9999


def test_an_export_in_8_bits_stays_near_the_vectors_of_the_library(
    original: NDArray[np.float32], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = cosines(open_encoder(str(exported(tmp_path / "uint8", "uint8"))).encode(TITLES), original)

    with capsys.disabled():
        sys.stdout.write(
            f"\nuint8 to the original: cosine {found.min():.4f} or more, {found.mean():.4f} on average\n"
        )
    # Measured: .9624 and .9838.
    assert found.min() > 0.95
    assert found.mean() > 0.98


def test_the_shipped_encoder_has_the_form_that_the_script_makes(tmp_path: Path) -> None:
    made, shipped = (
        json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        for folder in (exported(tmp_path / "uint8", "uint8", "--short-dimensions", "128"), DEFAULT_ENCODER)
    )

    # Its weights cannot be made here: the training takes too long (make train).
    for ours in (made, shipped):
        del ours["name"], ours["sha256"]["model.onnx"]
    assert shipped == made


def test_an_export_is_named_after_its_model(tmp_path: Path, model: str) -> None:
    renamed = tmp_path / "our-own-model"
    SentenceTransformer(model, device="cpu").save(str(renamed))

    export_encoder.main(
        ["--model", str(renamed), "--precision", "float32", "--output", str(tmp_path / "exported")]
    )

    assert open_encoder(str(tmp_path / "exported")).fingerprint.startswith("our-own-model-float32:")


def test_an_export_says_to_which_length_its_vectors_may_be_cut(tmp_path: Path) -> None:
    folder = exported(tmp_path, "float32", "--short-dimensions", "128")

    assert open_encoder(str(folder)).short_dimensions == 128


@pytest.mark.parametrize("length", ["0", "385"])
def test_vectors_cannot_be_cut_to_more_than_they_have(tmp_path: Path, length: str) -> None:
    with pytest.raises(SystemExit, match=f"cannot be cut to {length}"):
        export_encoder.main(["--short-dimensions", length, "--output", str(tmp_path)])


def test_weights_with_another_checksum_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_encoder, "PACKAGED_SHA256", "0" * 64)

    with pytest.raises(SystemExit, match="has the checksum"):
        export_encoder.packaged_model()


def test_the_sentence_transformers_backend_gives_the_vectors_of_the_library(
    model: str, original: NDArray[np.float32]
) -> None:
    encoder = open_encoder(f"sentence-transformers:{model}")

    assert encoder.dimensions == encoder.short_dimensions == 384
    assert encoder.encode([]).shape == (0, 384)
    np.testing.assert_allclose(encoder.encode(TITLES), original, atol=1e-6)
    np.testing.assert_allclose(encoder.encode(["\ud800", TITLES[3], TITLES[3]])[1:], original[[3, 3]], atol=1e-5)


def test_the_sentence_transformers_backend_has_the_same_fingerprint_in_every_process(model: str) -> None:
    code = "import sys; from indexer.encoder import *; print(open_encoder(sys.argv[1]).fingerprint)"
    spec = f"sentence-transformers:{model}"
    other = subprocess.run(
        [sys.executable, "-c", code, spec],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )

    assert other.stdout.strip() == open_encoder(spec).fingerprint


def test_the_sentence_transformers_backend_tells_models_apart(tmp_path: Path, model: str) -> None:
    folders = [tmp_path / name / "model" for name in ("same", "shorter", "tuned")]
    changed = SentenceTransformer(model, device="cpu")
    changed.save(str(folders[0]))
    changed.max_seq_length = 64
    changed.save(str(folders[1]))
    changed.max_seq_length = 256
    next(iter(changed.parameters())).data[0, 0] += 1
    changed.save(str(folders[2]))

    fingerprints = [open_encoder(f"sentence-transformers:{folder}").fingerprint for folder in folders]

    assert len(set(fingerprints)) == 3
    assert fingerprints[0].rpartition(":")[2] == open_encoder(f"sentence-transformers:{model}").fingerprint[-16:]


def test_a_folder_that_is_no_model_is_an_encoder_error(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be loaded"):
        open_encoder(f"sentence-transformers:{tmp_path}")
