import json
import runpy
from pathlib import Path

import pytest

from indexer.encoder import DEFAULT_ENCODER
from indexer.engines.elasticsearch.client import connect
from indexer.titles import weights
from indexer.titles.confidence import COLUMNS
from scripts import evaluate_relevance
from scripts.evaluate_relevance import main
from scripts.relevance.dream_job import SYSTEMS
from scripts.relevance.long_bios import READINGS
from scripts.relevance.split import Split, split_of

# Two occupations of the development split, and one of another.
CODES = [
    *[f"29-{n}.00" for n in range(1000, 1200) if split_of(f"29-{n}.00") is Split.DEVELOPMENT][:2],
    next(f"53-{n}.00" for n in range(1000, 1200) if split_of(f"53-{n}.00") is Split.TRAIN),
]


@pytest.fixture(autouse=True)
def _cache_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate_relevance, "_CACHE", tmp_path / "cache")


@pytest.fixture
def onet(tmp_path: Path) -> str:
    nurse, vet, pilot = CODES
    files = {
        "Occupation Data.txt": [
            "O*NET-SOC Code\tTitle\tDescription",
            f"{nurse}\tNurses\tNurses care for sick people in hospitals day and night and give medicine.",
            f"{vet}\tVeterinarians\tTreat sick and hurt animals on farms and in towns with medicine.",
            f"{pilot}\tPilots\tFly planes across the sea for airlines with many people on board.",
        ],
        "Alternate Titles.txt": [
            "O*NET-SOC Code\tAlternate Title\tShort Title",
            f"{nurse}\tHospital Carer\tHC",
            f"{vet}\tAnimal Doctor\tn/a",
            f"{pilot}\tAviator\tn/a",
        ],
        "Sample of Reported Titles.txt": [
            "O*NET-SOC Code\tReported Job Title",
            f"{nurse}\tStaff Nurse",
            f"{vet}\tVeterinary Surgeon",
            f"{pilot}\tAirline Captain",
        ],
        "Task Statements.txt": [
            "O*NET-SOC Code\tTask",
            f"{vet}\tExamine animals to find out which diseases or injuries they have.",
        ],
        "Related Occupations.txt": [
            "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier",
            f"{nurse}\t{vet}\tPrimary-Short",
        ],
    }
    for name, lines in files.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(tmp_path)


def test_people_are_found_on_sqlite_by_all_systems(
    onet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["people", onet, "--json", str(tmp_path / "figures.json")]) == 0

    figures = json.loads((tmp_path / "figures.json").read_text())
    name = DEFAULT_ENCODER.name
    assert {f"{system}, {name}" for system in SYSTEMS} <= set(figures)
    assert set(figures[f"ranking, {name}"]) == {
        *("all kinds", "title", "short", "description", "task", "misspelt", "group 29")
    }
    assert figures[f"knn, {name}"]["title"]["nDCG@10"]["mean"] > 0.5
    assert f"| ranking, {name} - bm25, {name} | queries |" in capsys.readouterr().out


@pytest.mark.elasticsearch
def test_people_are_found_on_elasticsearch_and_its_index_is_gone_afterwards(
    onet: str, elasticsearch_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["people", onet, "--engine", elasticsearch_url]) == 0

    assert f"| ranking, {DEFAULT_ENCODER.name} | queries |" in capsys.readouterr().out
    with connect(elasticsearch_url) as client:
        assert not client.indices.get(index="relevance-*")


def test_texts_find_their_occupation(onet: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["free-text", onet]) == 0

    # Three occupations only, so the right one is always among the first five.
    assert "| all kinds | 3 |" in (table := capsys.readouterr().out)
    assert "1.0000 (1.000 to 1.000)" in table


def test_long_bios_are_read_in_three_ways(onet: str, capsys: pytest.CaptureFixture[str]) -> None:
    tasks = [
        f"{code}\t{job} {n} of many. "
        for code, job in zip(CODES, ("Nurse", "Heal", "Fly"), strict=True)
        for n in range(120)
    ]
    (Path(onet) / "Task Statements.txt").write_text(
        "\n".join(["O*NET-SOC Code\tTask", *tasks]) + "\n", encoding="utf-8"
    )

    assert main(["long-bios", onet]) == 0

    out = capsys.readouterr().out
    assert "| chunks of 30 words - cut | queries | MRR | top-10 |" in out
    assert "| told last |" in out
    assert [line.split("|")[1].strip() for line in out.splitlines()[-3:]] == list(READINGS)


def test_texts_are_read_as_occupations(onet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reading", onet, "--json", str(tmp_path / "figures.json")]) == 0

    figures = json.loads((tmp_path / "figures.json").read_text())[DEFAULT_ENCODER.name]
    assert figures["known title"]["top-1"]["mean"] == 1
    assert figures["masked description"]["top-5"]["queries"] == 2
    assert "texts that name no job" in capsys.readouterr().out


def test_fitted_weights_are_a_module_that_says_how_it_was_made(
    onet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate_relevance, "WEIGHTS_MODULE", tmp_path / "weights.py")

    assert main(["fit-reading", onet]) == 0

    fitted = runpy.run_path(str(tmp_path / "weights.py"))
    assert "fit-reading" in fitted["__doc__"]
    assert len(fitted["MEANING"]) == len(fitted["WORDS_ALONE"]) == len(COLUMNS)
    assert 0.5 < fitted["NAMED_AS_WRITTEN"] < 1
    # What no vector says weighs nothing without vectors.
    assert fitted["WORDS_ALONE"][COLUMNS.index("meaning, title")] == 0


def test_the_weights_in_use_fit_the_columns() -> None:
    assert len(weights.MEANING) == len(weights.WORDS_ALONE) == len(COLUMNS)


def test_tuning_prints_the_weights_now_first_and_writes_all(
    onet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tune", onet, "--json", str(tmp_path / "tune.json")]) == 0

    result = json.loads((tmp_path / "tune.json").read_text())
    assert len(result["settings"]) > 600
    assert "A floor on the score with the weights now" in capsys.readouterr().out
    figures = [row["all kinds"] for row in result["settings"]]
    assert figures == sorted(figures, reverse=True)


def test_floors_are_shown_for_the_weights_given(onet: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tune", onet, "--weights", "0.7", "0.25", "0.05", "0.4", "0.95"]) == 0

    chosen = capsys.readouterr().out.partition("The weights chosen")[2]
    assert "| 0.7000 | 0.2500 | 0.0500 | 0.4000 | 0.9500 |" in chosen


def test_two_encoders_are_compared_query_by_query(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "queries.tsv").write_text("Q1\tnurse\n")
    (tmp_path / "corpus_elements.tsv").write_text("C1\tpilot\nC2\thospital nurse\n")
    (tmp_path / "annotations.tsv").write_text("Q1\t0\tC2\t1\n")
    copy = tmp_path / "copy"
    copy.symlink_to(DEFAULT_ENCODER)

    assert main(["melo", str(tmp_path), "--against", str(copy)]) == 0

    table = capsys.readouterr().out
    assert "| all kinds | 1 | 1.0000 (1.000 to 1.000) | 1.0000 (1.000 to 1.000) |" in table
    assert f"| {DEFAULT_ENCODER.name} - copy | queries | MRR | MAP |" in table


def test_a_folder_that_is_no_data_set_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["people", str(tmp_path)]) == 2

    assert "Give the folder of an O*NET database" in capsys.readouterr().err
