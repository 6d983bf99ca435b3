"""The file of rejected rows: mended, it is imported as it is."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import InvalidFile
from indexer.indexing import ImportReport, Rejection, _valid
from indexer.readers import Mapping, read_rows
from indexer.readers.rejection_columns import FIELD, REASON, marked, unmarked
from indexer.rejected import rejected_suffix, write_rejected

CONTACT = "ann@example.org"


class Files:
    """A source, and its rejected rows beside it."""

    def __init__(self, folder: Path, name: str, content: str | bytes, mapping: Mapping | None = None) -> None:
        self.source = folder / name
        self.source.write_bytes(content.encode() if isinstance(content, str) else content)
        self.target = folder / f"rejected{rejected_suffix(self.source)}"
        self.mapping = mapping

    def rejections(self, path: Path, encoding: str | None = None) -> list[Rejection]:
        report = ImportReport()
        for _ in _valid(read_rows(path, self.mapping, encoding), report):
            pass
        return report.rejections

    def write(self, encoding: str | None = None) -> str:
        write_rejected(self.source, encoding, self.rejections(self.source, encoding), self.target)
        return self.target.read_text("utf-8-sig")

    def mend(self, before: str, after: str) -> list[Any]:
        """Mend the rejected rows, and return the records that an import reads of them; none is rejected."""
        text = self.target.read_text("utf-8")
        assert before in text
        self.target.write_text(text.replace(before, after), "utf-8")
        assert self.rejections(self.target) == []
        return [row.record for row in read_rows(self.target, self.mapping)]


def test_rejected_rows_of_a_csv_stand_as_they_stood_with_what_is_wrong_in_front(tmp_path: Path) -> None:
    files = Files(
        tmp_path, "people.csv", f"id,name,title,email,country\nann,Ann,Vet,,GB\nbob,,Vet,{CONTACT},Narnia\n"
    )

    header, row = csv.reader(files.write().splitlines())

    assert header == [FIELD, REASON, "id", "name", "title", "email", "country"]
    assert row[:1] == ["name; country"]
    assert row[1].startswith("name: is missing. country: “Narnia” is not a country;")
    assert row[2:] == ["bob", "", "Vet", CONTACT, "Narnia"]


def test_mended_they_are_imported_as_they_are(tmp_path: Path) -> None:
    files = Files(tmp_path, "people.csv", f"id,name,title,email,country\nbob,Bob,Vet,{CONTACT},Narnia\n")
    files.write()

    (record,) = files.mend(",Narnia", ",GB")

    assert record["country"] == "GB"
    assert record["contact"] == {"email": CONTACT}
    assert not {FIELD, REASON} & set(record)


def test_what_is_left_wrong_is_written_anew_with_one_reason(tmp_path: Path) -> None:
    files = Files(tmp_path, "people.csv", "id,name,title\nann,,Vet\n")
    again = Files(tmp_path, "again.csv", files.write())

    assert again.write() == files.write()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_and_its_own_names_of_columns_stay(tmp_path: Path, separator: str) -> None:
    cells = [["Id", "Full name", "Job title", "Skills"], ["ann", "", "Vet", '"cats, dogs; birds"']]
    name = "people.tsv" if separator == "\t" else "people.csv"
    files = Files(tmp_path, name, "\n".join(separator.join(row) for row in cells))

    header, row = csv.reader(files.write().splitlines(), delimiter=separator)

    assert header[2:] == cells[0]
    assert row[2:] == ["ann", "", "Vet", "cats, dogs; birds"]
    assert files.target.suffix == ".csv"


def test_rows_with_too_many_or_too_few_cells_keep_all_they_have(tmp_path: Path) -> None:
    files = Files(tmp_path, "people.csv", "id,name,title\nann,Ann\nbob,Bob,Vet,Leeds,York\n")

    _, few, many = csv.reader(files.write().splitlines())

    assert few[0] == many[0] == "row"
    assert few[2:] == ["ann", "Ann"]
    assert many[2:] == ["bob", "Bob", "Vet", "Leeds", "York"]


def test_other_encodings_become_utf_8_that_spreadsheets_know(tmp_path: Path) -> None:
    files = Files(tmp_path, "people.csv", "id,name,title,bio\nann,,Vet,Zoë\n".encode("cp1252"))

    assert "Zoë" in files.write("cp1252")
    assert files.target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_mapping_reads_them_as_it_read_the_source(tmp_path: Path) -> None:
    mapping = Mapping(fields={"who": "name", "pet": None}, defaults={"position_1_title": "Mentor {id}"})
    files = Files(tmp_path, "board.csv", "id,who,pet,country\nann,Ann,cat,Narnia\n", mapping)
    files.write()

    (record,) = files.mend(",Narnia", ",GB")

    assert (record["name"], record["positions"][0]["title"]) == ("Ann", "Mentor ann")


@pytest.mark.parametrize("name", ["people.json", "people.jsonl", "people.ndjson"])
def test_rejected_records_of_json_stand_as_they_stood_one_a_line(tmp_path: Path, name: str) -> None:
    bad = {"id": "bob", "name": "Bób", "positions": [{"title": "Vet"}], "country": "Narnia", "years": 1.5}
    people = [{"id": "ann", "name": "Ann", "title": "Vet"}, bad]
    content = json.dumps(people) if name.endswith(".json") else "\n".join(map(json.dumps, people))
    files = Files(tmp_path, name, content)

    (line,) = files.write().splitlines()

    told = json.loads(line)
    assert list(told.items())[2:] == list(bad.items())
    assert told[FIELD] == "country; years"
    assert "Bób" in line
    (record,) = files.mend('"Narnia", "years": 1.5', '"GB"')
    assert record["country"] == "GB"


def test_lines_that_are_no_record_stand_alone(tmp_path: Path) -> None:
    deep = "[" * 100_000
    files = Files(tmp_path, "people.jsonl", f'{{"id": "ann", \n["bob"]\n{deep}\n{{"id": "\\ud800"}}\n')

    *first, last = files.write().splitlines()

    assert first == ['{"id": "ann",', '["bob"]', deep]
    assert json.loads(last)["id"] == "\ud800"


def test_no_cell_is_a_formula_and_each_is_read_as_it_was(tmp_path: Path) -> None:
    cells = ["=1+1", "+44 20", "-x", "@you", "'quoted", "\t=1"]
    files = Files(tmp_path, "people.csv", "")
    with files.source.open("w", newline="") as file:
        csv.writer(file).writerows([["id", "title", "bio"], *(["ann", "Vet", cell] for cell in cells)])

    rows = list(csv.reader(files.write().splitlines()))

    assert [row[4] for row in rows[1:]] == [f"'{cell}" for cell in cells]
    assert [row.record["bio"] for row in read_rows(files.target)] == cells


@given(st.text())
def test_marking_is_undone_exactly(cell: str) -> None:
    assert unmarked(marked(cell)) == cell
    assert not marked(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    files = Files(tmp_path, "people.csv", "id,name,title\nann,,Vet\n")

    with pytest.raises(InvalidFile, match=r"cannot be written to .*: No such file or directory"):
        write_rejected(files.source, None, [Rejection(2, "name", "is missing.")], tmp_path / "none" / "x.csv")
