"""The shipped titles, made anew from a download of O*NET."""

import gzip
from pathlib import Path

import pytest

from indexer.titles.shipped import shipped_catalogue
from scripts import make_job_titles
from scripts.make_job_titles import main
from tests.fakes import KeywordEncoder
from tests.unit.test_taxonomy import ONET

ENCODER = KeywordEncoder("vet", dimensions=4)


@pytest.fixture
def onet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(make_job_titles, "open_encoder", lambda _: ENCODER)
    for name, rows in ONET.items():
        (tmp_path / name).write_text("".join("\t".join(row) + "\n" for row in rows))
    return tmp_path


def test_one_command_writes_what_the_product_reads(onet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = onet / "made"

    assert main(["--onet", str(onet), "--release", "30.1", "--output", str(made)]) == 0
    assert capsys.readouterr().out == f"{made}: 7 titles of 2 occupations.\n"
    catalogue = shipped_catalogue(ENCODER, folder=made)
    assert catalogue.source == "O*NET 30.1, as shipped"
    assert [one.job_zone for one in catalogue.occupations] == [None, 5]


def test_no_sentence_of_onet_is_in_it(onet: Path) -> None:
    main(["--onet", str(onet), "--release", "27.0", "--output", str(onet / "made"), "--quiet"])

    content = gzip.decompress((onet / "made" / "catalogue.json.gz").read_bytes()).decode()
    assert "Veterinarians" in content
    assert all(sentence not in content for sentence in ("Learn lines", "Play parts", 'patients\\" of all'))


def test_a_folder_that_is_not_onet_changes_nothing(onet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (onet / "Occupation Data.txt").unlink()

    assert main(["--onet", str(onet), "--release", "27.0", "--output", str(onet / "made")]) == 2
    assert "Occupation Data.txt cannot be read" in capsys.readouterr().err
    assert not (onet / "made").exists()
