"""Undoing an import as an operator does it."""

from contextlib import closing
from pathlib import Path

import pytest

from indexer.engines.sqlite import SQLiteEngine
from scripts import import_profiles, undo_import
from tests.fakes import KeywordEncoder

pytestmark = pytest.mark.usefixtures("few_job_titles")

ENCODER = KeywordEncoder("nurse", dimensions=8)


class Operator:
    """Someone at a terminal with an index in a folder."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture, self.status = folder, capture, -1
        self.url = f"sqlite:///{folder}/mentors.db"

    def imports(self, name: str, *rows: str) -> None:
        file = self.folder / name
        file.write_text("\n".join(["id,name,title,bio,open_to_chats", *rows]))
        assert import_profiles.main([str(file), "--engine", self.url]) == 0
        self.capture.readouterr()

    def undoes(self, *arguments: str) -> str:
        self.status = undo_import.main([*arguments, "--engine", self.url, "--quiet"])
        said = self.capture.readouterr()
        return (said.out + said.err).rstrip()

    def bios(self) -> dict[str, str]:
        with closing(SQLiteEngine(Path(self.url.removeprefix("sqlite:///")))) as engine:
            return {id_: profile.bio for id_, profile in engine.get(["ann", "bob"]).items()}


@pytest.fixture
def operator(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Operator:
    for script in (import_profiles, undo_import):
        monkeypatch.setattr(script, "open_encoder", lambda _: ENCODER)
    return Operator(tmp_path, capsys)


def test_the_last_imports_are_listed_and_one_is_undone(operator: Operator) -> None:
    operator.imports("right.csv", "ann,Ann,Nurse,Right.,yes")
    operator.imports("wrong.csv", "ann,Ann,Nurse,Wrong.,yes", "bob,Bob,Nurse,,yes")

    newest, oldest = operator.undoes().splitlines()
    assert "wrong.csv: 1 new, 1 changed, 0 rejected; can be undone" in newest
    assert "right.csv: 1 new, 0 changed" in oldest

    said = operator.undoes(newest.split()[0])

    assert operator.status == 0
    assert said == "1 restored, 1 removed, 0 left alone: they were changed or deleted since."
    assert operator.bios() == {"ann": "Right."}
    assert "undone on" in operator.undoes().splitlines()[0]


def test_what_cannot_be_undone_is_said_in_words(operator: Operator) -> None:
    operator.imports("people.csv", "ann,Ann,Nurse,,yes")

    said = operator.undoes("77")

    assert operator.status == 2
    assert said == "error: There is no import “77”. scripts/undo_import.py lists the last ones."


def test_without_any_import_it_says_so(operator: Operator) -> None:
    assert operator.undoes() == "No import has changed anything yet."
    assert operator.status == 0
