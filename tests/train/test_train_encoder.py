"""A tiny training from end to end: it learns, it repeats itself, it goes on where it was cut off."""

import csv
from pathlib import Path

import pytest

pytest.importorskip("sentence_transformers", reason="needs torch and sentence-transformers: make test-train")

import torch
from sentence_transformers import SentenceTransformer

from scripts import train_encoder
from scripts.export_encoder import packaged_model
from scripts.relevance.split import Split, split_of
from scripts.training.loss import MaskedRankingLoss, embedded
from scripts.training.masks import Meaning

pytestmark = [pytest.mark.train, pytest.mark.timeout(300)]

JOBS = {
    "Pilots": "Flyer|Aviator|Airline Captain (AC)|Jet Pilot",
    "Cooks": "Chef|Kitchen Hand|Grill Cook|Line Cook",
    "Nurses": "Ward Nurse|Clinic Nurse|Night Nurse|Charge Nurse",
    "Judges": "Magistrate|Court Judge|Justice|Hearing Officer",
    "Florists": "Flower Seller|Bouquet Maker|Floral Designer|Flower Arranger",
}
FILES = {
    "Occupation Data.txt": ("Title", "Description"),
    "Alternate Titles.txt": ("Alternate Title", "Short Title"),
    "Sample of Reported Titles.txt": ("Reported Job Title",),
    "Task Statements.txt": ("Task",),
    "Related Occupations.txt": ("Related O*NET-SOC Code", "Relatedness Tier"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The arguments of a training on five train occupations, a development one, and one ESCO concept."""
    folder = tmp_path_factory.mktemp("data")
    codes = [f"11-{number}.00" for number in range(1000, 1200)]
    train = [code for code in codes if split_of(code) is Split.TRAIN]
    development = next(code for code in codes if split_of(code) is Split.DEVELOPMENT)
    jobs = dict(zip(train, JOBS.items(), strict=False)) | {development: ("Divers", "Frogman|Scuba Diver")}
    rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in FILES}
    for code, (title, others) in jobs.items():
        rows["Occupation Data.txt"].append((code, title, f"Do with great care all that {title} do all day."))
        rows["Alternate Titles.txt"] += [(code, other, "n/a") for other in others.split("|")]
        rows["Task Statements.txt"].append(
            (code, f"Plan the working day of several other {title} and teach them.")
        )
    for name, columns in FILES.items():
        lines = [("O*NET-SOC Code", *columns), *rows[name]]
        (folder / name).write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    with (folder / "esco.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["conceptUri", "iscoGroup", "preferredLabel", "altLabels", "description"])
        writer.writerow(
            ["http://baker", "7512", "baker", "bread maker\npastry baker", "They make bread at night."]
        )
        writer.writerow(
            ["http://miller", "7514", "miller", "grain grinder\nmill hand", "They make flour of grain."]
        )
    return ["--onet", str(folder), "--esco", str(folder / "esco.csv"), "--batch", "2", "--evaluate-every", "2"]


def run(data: list[str], output: Path, *arguments: str) -> int:
    return train_encoder.main([*data, "--output", str(output), *arguments])


def weights(folder: Path | str) -> torch.Tensor:
    model = SentenceTransformer(str(folder), device="cpu")
    return torch.cat([part.flatten() for part in model.state_dict().values() if part.is_floating_point()])


@pytest.fixture(scope="module")
def trained(data: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    assert run(data, folder, "--steps", "4") == 0
    return folder


def test_it_changes_the_model_and_keeps_its_shape(trained: Path) -> None:
    model = SentenceTransformer(str(trained), device="cpu")

    assert (model.get_embedding_dimension(), model.max_seq_length) == (384, 256)
    assert 0 < (weights(trained) - weights(packaged_model())).abs().max() < 0.01


def test_the_same_data_and_seed_give_the_same_weights(data: list[str], trained: Path, tmp_path: Path) -> None:
    run(data, tmp_path, "--steps", "4")

    torch.testing.assert_close(weights(tmp_path), weights(trained), rtol=0, atol=1e-6)


def test_a_training_that_was_cut_off_goes_on_from_its_checkpoint(
    data: list[str], trained: Path, tmp_path: Path
) -> None:
    run(data, tmp_path, "--steps", "4")
    for last in (tmp_path / "checkpoints" / "checkpoint-4").glob("*"):
        if last.is_file():
            last.unlink()
    (tmp_path / "checkpoints" / "checkpoint-4").rename(tmp_path / "lost")

    assert run(data, tmp_path, "--steps", "4", "--resume") == 0

    torch.testing.assert_close(weights(tmp_path), weights(trained), rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--steps", "4"], "holds a begun training. Give --resume, or another folder"),
        (["--steps", "6", "--resume"], "The begun training has another steps: 4"),
    ],
)
def test_a_begun_training_is_not_mixed_with_another(
    data: list[str], trained: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(data, trained, *arguments) == 2
    assert message in capsys.readouterr().err


def test_there_is_nothing_to_resume_in_an_empty_folder(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, tmp_path, "--resume") == 2
    assert "holds no checkpoint to go on from" in capsys.readouterr().err


def test_missing_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--onet", str(tmp_path / "none"), "--esco", "none.csv"], tmp_path) == 2
    assert "Give the folder of an O*NET database" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--no-texts"], ["--hard-negatives"], ["--matryoshka", ""]])
def test_every_trial_of_the_table_can_be_run_again(data: list[str], tmp_path: Path, arguments: list[str]) -> None:
    assert run(data, tmp_path, "--steps", "1", *arguments) == 0


class Fixed(torch.nn.Module):
    """A model that gives a text of one token that token's vector, and notes how many tokens it was shown."""

    VECTORS = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.9, 0.1], [0.0, 1.0]])

    def __init__(self) -> None:
        super().__init__()
        self.shown = 0

    def forward(self, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        self.shown += features["input_ids"].numel()
        return {"sentence_embedding": self.VECTORS[features["input_ids"]].sum(dim=1)}


def texts(*rows: list[int]) -> dict[str, torch.Tensor]:
    width = max(map(len, rows))
    ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
    return {"input_ids": ids, "attention_mask": (ids > 0).long(), "token_type_ids": torch.zeros_like(ids)}


def meaning(key: str) -> Meaning:
    keys = frozenset([key])
    return Meaning(keys, keys, frozenset(), keys)


def test_the_loss_does_not_count_an_answer_of_the_same_job_as_wrong() -> None:
    batch = [texts([1], [2]), texts([1], [2])]

    same = MaskedRankingLoss(Fixed(), [meaning("nurse"), meaning("nurse")])(batch, torch.tensor([0, 1]))
    other = MaskedRankingLoss(Fixed(), [meaning("nurse"), meaning("vet")])(batch, torch.tensor([0, 1]))

    assert same == 0
    assert other > 0.3


def test_each_text_gets_its_own_vector_back_though_texts_of_like_length_run_together() -> None:
    first, second = embedded(Fixed(), [texts([3, 3, 3], [1]), texts([1], [3, 3])])

    torch.testing.assert_close(first, torch.tensor([[0.0, 1.0], [1.0, 0.0]]))
    torch.testing.assert_close(second, torch.tensor([[1.0, 0.0], [0.0, 1.0]]))


def test_short_texts_are_not_padded_to_the_longest_of_the_batch() -> None:
    model = Fixed()

    embedded(model, [texts([1] * 40, *[[1]] * 95), texts(*[[1]] * 96)])

    assert model.shown == 3 * 48 + 48 * 40
