"""The shipped encoder itself: what everybody who calls it may rely on."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.encoder import DEFAULT_ENCODER, Encoder, open_encoder
from indexer.errors import EncoderError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder(str(DEFAULT_ENCODER))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped encoder that a test may break."""
    return Path(shutil.copytree(DEFAULT_ENCODER, tmp_path / "encoder"))


def describe(folder: Path, **changes: Any) -> None:
    path = folder / "encoder.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def run_python(code: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a Python of its own, with no environment but the one given."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_it_gives_one_unit_vector_of_384_numbers_for_each_text(encoder: Encoder) -> None:
    vectors = encoder.encode(["nurse", "film editor", "marine biologist"])

    assert vectors.shape == (3, encoder.dimensions) == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_it_gives_no_rows_for_no_texts(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_it_keeps_the_order_of_the_texts_whatever_their_length(encoder: Encoder) -> None:
    texts = [
        "vet",
        "head of the department of marine biology at a small university by the sea",
        "film editor",
        "vet",
    ]

    vectors = encoder.encode(texts)

    for text, vector in zip(texts, vectors, strict=True):
        np.testing.assert_array_equal(vector, encoder.encode([text])[0])


def test_it_embeds_each_distinct_text_once(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    embedded = encoder._embedded  # type: ignore[attr-defined]

    def watched(model: object, texts: list[str]) -> object:
        seen.extend(texts)
        return embedded(model, texts)

    monkeypatch.setattr(encoder, "_embedded", watched)

    vectors = encoder.encode(["nurse", "vet", "nurse", "nurse"])

    assert seen == ["nurse", "vet"]
    np.testing.assert_array_equal(vectors[0], vectors[3])


def test_a_text_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    company = [f"{adjective} {job}" for adjective in ("senior", "junior") for job in ("chef", "pilot", "judge")]

    alone = encoder.encode(["astronaut"])[0]

    np.testing.assert_array_equal(encoder.encode([*company, "astronaut", "long text " * 80])[6], alone)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("barista", "coffee shop server", "software engineer"),
        ("veterinarian", "help sick animals", "repair aircraft engines"),
        ("SWE", "software developer", "florist"),
        ("game designer", "level designer for video games", "fashion designer"),
        ("paramedic", "ambulance technician", "tax adviser"),
        ("cinematographer", "director of photography", "director of finance"),
        ("astronaut", "space mission specialist", "primary school teacher"),
        ("judge", "magistrate", "plumber"),
    ],
)
def test_it_puts_a_job_nearer_to_its_like(encoder: Encoder, text: str, near: str, far: str) -> None:
    wanted, like, unlike = encoder.encode([text, near, far])

    assert wanted @ like > wanted @ unlike + 0.05


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "a" * 10_000,
        "nurse " * 10_000,
        "👩‍🚀🎬",
        "\x00\x07\x1b[31m",
        "\ud800",
        "護士",
        "C++ / C#",
        "\u202e",
    ],
    ids=["empty", "blank", "letter", "word", "long", "emoji", "control", "surrogate", "chinese", "signs", "rtl"],
)
def test_it_takes_any_text(encoder: Encoder, text: str) -> None:
    vectors = encoder.encode([text, "nurse"])

    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(vectors[1], encoder.encode(["nurse"])[0])


def test_it_reads_a_long_text_up_to_its_limit(encoder: Encoder) -> None:
    beginning = "nurse " * 254  # 256 tokens with the two that mark the ends

    full, longer, shorter = encoder.encode([beginning, beginning + "pilot " * 50, "nurse " * 200 + "pilot " * 50])

    np.testing.assert_array_equal(full, longer)
    assert full @ shorter < 0.999


def test_many_threads_share_one_encoder_from_its_first_text_on() -> None:
    shared = open_encoder(str(DEFAULT_ENCODER))
    texts = [f"{job} number {number}" for number in range(10) for job in ("nurse", "pilot", "chef")]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: shared.encode(texts), range(16)))

    expected = shared.encode(texts)
    assert all(np.array_equal(answer, expected) for answer in answers)


FORKING = """
import os, signal, sys, threading
from indexer.encoder import DEFAULT_ENCODER, open_encoder

encoder = open_encoder(str(DEFAULT_ENCODER))
texts = [f"job {number}" for number in range(50)]
expected = encoder.encode(texts).tobytes()
stop = threading.Event()

def busy():
    while not stop.is_set():
        encoder.encode(["a", "b"])

threads = [threading.Thread(target=busy) for _ in range(int(sys.argv[1]))]
for thread in threads:
    thread.start()
endings = []
for _ in range(5):
    child = os.fork()
    if child == 0:
        signal.alarm(10)  # a child that hangs ends, and shows as -14
        sys.exit(0 if encoder.encode(texts).tobytes() == expected else 3)
    endings.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
stop.set()
for thread in threads:
    thread.join()
print(endings)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("busy_threads", ["0", "2"])
def test_it_works_in_children_forked_from_a_process_that_has_used_it_and_they_end_well(
    tmp_path: Path, busy_threads: str
) -> None:
    done = run_python(FORKING, busy_threads, HOME=str(tmp_path))

    assert (done.stdout, done.stderr) == ("[0, 0, 0, 0, 0]\n", "")


def test_it_reports_its_use_to_nobody(tmp_path: Path) -> None:
    done = run_python(
        "from indexer.encoder import *; open_encoder(str(DEFAULT_ENCODER)).encode(['nurse', 'vet'])",
        HOME=str(tmp_path),
    )

    assert (done.returncode, done.stderr) == (0, "")
    # Where it reports, onnxruntime keeps an id of this machine and a queue of events in the home folder.
    assert list(tmp_path.rglob("*")) == []


def test_it_needs_neither_torch_nor_sentence_transformers() -> None:
    done = run_python(
        "import sys; from indexer.encoder import *; open_encoder(str(DEFAULT_ENCODER)).encode(['nurse']);"
        "print({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )

    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_its_fingerprint_is_readable_and_the_same_each_time(encoder: Encoder) -> None:
    name, _, digest = encoder.fingerprint.partition(":")

    assert name == "mentor-titles-MiniLM-L6-v2-uint8"
    assert len(digest) == 16
    assert open_encoder(str(DEFAULT_ENCODER)).fingerprint == encoder.fingerprint


@pytest.mark.parametrize("change", [{"max_tokens": 128}, {"pooling": "cls"}, {"precision": "float32"}])
def test_its_fingerprint_changes_with_what_shapes_the_vectors(
    encoder: Encoder, folder: Path, change: dict[str, Any]
) -> None:
    describe(folder, **change)

    assert open_encoder(str(folder)).fingerprint != encoder.fingerprint


def test_the_shipped_model_names_no_file_of_the_machine_that_made_it() -> None:
    assert b'File "/' not in (DEFAULT_ENCODER / "model.onnx").read_bytes()


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(EncoderError, match=name):
        open_encoder(str(folder))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_that_was_changed_or_cut_short_is_refused(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])

    with pytest.raises(EncoderError, match=f"{name} is not the file that was exported"):
        open_encoder(str(folder))


def test_a_file_that_changed_before_the_first_text_is_refused(folder: Path) -> None:
    encoder = open_encoder(str(folder))
    (folder / "model.onnx").write_bytes(b"another model")

    with pytest.raises(EncoderError, match=r"model\.onnx is not the file that was exported"):
        encoder.encode(["nurse"])


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_that_no_runtime_can_read_is_an_encoder_error(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"no model")
    hashes = json.loads((folder / "encoder.json").read_text())["sha256"]
    describe(folder, sha256=hashes | {name: hashlib.sha256(b"no model").hexdigest()})

    with pytest.raises(EncoderError, match="cannot be loaded"):
        open_encoder(str(folder)).encode(["nurse"])


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"sha256": 1}', "\xff"])
def test_a_broken_description_is_an_encoder_error(folder: Path, written: str) -> None:
    (folder / "encoder.json").write_text(written, encoding="latin-1")

    with pytest.raises(EncoderError, match=r"encoder\.json cannot be used"):
        open_encoder(str(folder))


def test_a_description_with_the_wrong_length_of_vectors_is_refused(folder: Path) -> None:
    describe(folder, dimensions=128, short_dimensions=128)

    with pytest.raises(EncoderError, match=r"vectors of length 384, but encoder\.json says 128"):
        open_encoder(str(folder)).encode(["nurse"])


@pytest.mark.parametrize("length", [0, 385])
def test_a_description_with_an_impossible_short_length_is_refused(folder: Path, length: int) -> None:
    describe(folder, short_dimensions=length)

    with pytest.raises(EncoderError, match=f"vectors of 384 numbers may be cut to {length}"):
        open_encoder(str(folder))


def test_it_says_to_which_length_vectors_may_be_cut(folder: Path) -> None:
    describe(folder, short_dimensions=128)

    assert open_encoder(str(folder)).short_dimensions == 128


def test_a_runtime_that_fails_is_an_encoder_error(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def run(self, *_: object) -> None:
            raise RuntimeError("out of memory")

    broken = open_encoder(str(DEFAULT_ENCODER))
    tokenizer = broken._model().tokenizer  # type: ignore[attr-defined]
    monkeypatch.setattr(broken, "_model", lambda: type(encoder._model())(tokenizer, Broken()))  # type: ignore[attr-defined]

    with pytest.raises(EncoderError, match="failed: out of memory"):
        broken.encode(["nurse"])
    with pytest.raises(EncoderError, match="failed: out of memory"):
        broken.encode(["nurse", "vet"])


def test_a_folder_without_an_encoder_is_refused_with_the_way_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"There is no encoder at .*scripts/export_encoder\.py"):
        open_encoder(str(tmp_path))


def test_the_other_backend_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # what Python sees where it is not installed
    monkeypatch.delitem(sys.modules, "indexer.encoder.sentence_transformers", raising=False)

    with pytest.raises(EncoderError, match=r"pip install 'mentor-search\[sentence-transformers\]'"):
        open_encoder("sentence-transformers:any-model")
