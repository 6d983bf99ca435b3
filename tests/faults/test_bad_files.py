"""Files as they arrive: cut off, wrongly encoded, not text at all. Clear words, and nothing lost."""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.engines.sqlite import SQLiteEngine
from scripts import import_profiles
from scripts.import_profiles import main
from tests.factories import profile_record
from tests.fakes import KeywordEncoder

pytestmark = pytest.mark.usefixtures("few_job_titles")

CSV = "id,name,title\nzoe,Zoë Müller,Vet\nann,Ann,Nurse\n"
RECORDS = [profile_record("zoe", name="Zoë Müller"), profile_record("ann")]
LINES = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
LIST = json.dumps(RECORDS, ensure_ascii=False)
BEFORE = json.dumps(profile_record("before")) + "\n"

Import = Callable[..., tuple[int, str, str]]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index that holds one person from an earlier import."""
    monkeypatch.setattr(import_profiles, "open_encoder", lambda _: KeywordEncoder("nurse", "vet"))
    path = tmp_path / "index.db"
    (tmp_path / "before.jsonl").write_text(BEFORE)
    assert main([str(tmp_path / "before.jsonl"), "--engine", f"sqlite:///{path}"]) == 0
    return path


@pytest.fixture
def run(index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    capsys.readouterr()

    def run(name: str, content: bytes, *arguments: str) -> tuple[int, str, str]:
        (tmp_path / name).write_bytes(content)
        status = main([str(tmp_path / name), "--engine", f"sqlite:///{index}", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def names(index: Path) -> dict[str, str]:
    with closing(SQLiteEngine(index)) as engine:
        return {id_: person.name for id_, person in engine.get(["before", "zoe", "ann"]).items()}


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("people.csv", b"", "is empty"),
        ("people.json", b"", "is empty"),
        ("people.jsonl", b"", "is empty"),
        ("people.csv", b"\xef\xbb\xbf", "is not a field of a profile|has no rows|has a header and no rows"),
        ("people.jsonl", b"\n\n", "has no rows"),
        ("people.csv", archive(), "is a spreadsheet or zip archive; save it as CSV"),
        ("people.csv", b"id,name\0,title\nann,Ann,Vet\n", "is not a text file"),
        ("people.jsonl", LINES.encode("utf-32-le"), "is not a text file|is not UTF-8"),
        ("people.csv", CSV.encode("utf-16-le"), "is not a text file|is not UTF-8"),
        ("people.csv", gzip.compress(CSV.encode(), mtime=0), "is not UTF-8"),
        ("people.csv", bytes(range(128, 256)), "is not UTF-8"),
        ("people.csv", CSV.encode("cp1252"), r"is not UTF-8 \(line 2\).*try the encoding cp1252"),
        ("people.json", LIST.encode("cp1252"), r"is not UTF-8 \(line 1\).*try the encoding cp1252"),
        ("people.csv", CSV.encode() + b'bob,"Bob, Pi', "the quotes do not match.*export it again"),
        ("people.csv", CSV.encode() + "bob,Bob,Zoë".encode()[:-1], "ends in the middle of a character"),
        ("people.csv", CSV.encode("utf-16")[:-1], "ends in the middle of a character"),
        ("people.json", LIST.encode()[:-20], "is not whole JSON: it breaks after 1 profiles"),
        ("people.json", LIST.encode()[:-1], "is not whole JSON: it breaks after 2 profiles"),
        ("people.json", b'{"people": []}', "must be a JSON list of profiles"),
        ("people.json", LINES.encode(), "must be a JSON list of profiles"),
        ("people.csv", b"id,name,titel\nann,Ann,Vet\n", "column “titel” is not a field"),
        ("people.csv", b"id,name,postion_1_title\nann,A,V\n", "Did you mean position_1_title"),
        ("people.csv", b"id,name,title,name\nann,A,V,B\n", "two columns mean name"),
        ("people.xls", b"\xd0\xcf\x11\xe0", "the name must end in one of .csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_as_a_whole_and_in_words(
    run: Import, index: Path, name: str, content: bytes, words: str
) -> None:
    before = index.read_bytes()

    status, out, err = run(name, content)

    assert (status, out) == (2, "")
    assert err.startswith("error: ")
    assert re.search(words, err), err
    assert index.read_bytes() == before
    assert names(index) == {"before": "Person before"}


@pytest.mark.parametrize(
    ("encoding", "arguments"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-8-sig", ("--encoding", "utf-8")),
        ("utf-16", ()),
        ("cp1252", ("--encoding", "cp1252")),
        ("latin-1", ("--encoding", "latin-1")),
    ],
)
@pytest.mark.parametrize(
    ("name", "content"), [("people.csv", CSV), ("people.jsonl", LINES), ("people.json", LIST)]
)
def test_a_file_in_any_usual_encoding_is_read_right(
    run: Import, index: Path, name: str, content: str, encoding: str, arguments: tuple[str, ...]
) -> None:
    status, _, err = run(name, content.encode(encoding), *arguments)

    assert (status, err) == (0, "")
    assert names(index)["zoe"] == "Zoë Müller"
    assert len(names(index)) == 3


def test_lines_that_are_cut_off_lose_only_the_last(run: Import, index: Path) -> None:
    status, out, _ = run("people.jsonl", LINES.encode()[:-20])

    assert status == 1
    assert "row 2, row: is not JSON: " in out
    assert set(names(index)) == {"before", "zoe"}


def test_ragged_rows_lose_only_themselves(run: Import, index: Path) -> None:
    status, out, _ = run("people.csv", CSV.encode() + b"bob,Bob\ncem,Cem,Vet,x\n,,\n")

    assert status == 1
    assert "row 4, row: has 2 cells; the header has 3." in out
    assert "row 5, row: has 4 cells; the header has 3." in out
    assert set(names(index)) == {"before", "zoe", "ann"}


def test_a_text_of_any_length_loses_only_its_own_row(run: Import, index: Path) -> None:
    status, out, _ = run("people.csv", CSV.encode() + b"bob,Bob," + b"x" * 200_000 + b"\n")

    assert status == 1
    assert "row 4, title: is 200,000 characters long; at most 120 are kept." in out
    assert set(names(index)) == {"before", "zoe", "ann"}


def test_an_id_that_comes_twice_keeps_its_first_row(run: Import, index: Path) -> None:
    status, out, _ = run("people.csv", CSV.encode() + b"zoe,Somebody Else,Nurse\n")

    assert status == 1
    assert "row 4, id: “zoe” is the id of row 2 already." in out
    assert names(index)["zoe"] == "Zoë Müller"


def test_a_file_that_is_missing_or_a_folder_is_said_to_be(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.csv").mkdir()

    for name, words in (("none.csv", "No such file"), ("folder.csv", "Is a directory")):
        assert main([str(tmp_path / name), "--engine", f"sqlite:///{index}"]) == 2
        assert f"{name} cannot be read: {words}" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["klingon", "hex", "utf-16"])
def test_an_encoding_that_cannot_be_right_is_refused(run: Import, index: Path, encoding: str) -> None:
    status, _, err = run("people.csv", CSV.encode(), "--encoding", encoding)

    assert status == 2
    assert "is not an encoding" in err or "is not UTF-16" in err
    assert set(names(index)) == {"before"}


def test_names_and_values_from_a_file_cannot_play_with_the_terminal(run: Import) -> None:
    bad = profile_record("ann", country="\x1b]0;owned\x07", **{"\x1b[2J": 1})

    _, out, _ = run("people.jsonl", json.dumps(bad).encode())

    assert out
    assert not set(out) & {"\x1b", "\x07"}
