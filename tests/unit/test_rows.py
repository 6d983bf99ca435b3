"""Rows of CSV, JSON and JSON Lines, one at a time."""

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import InvalidFile
from indexer.profile.schema import read_profile
from indexer.readers import Mapping, Row, read_rows

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str) -> Path:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def records(path: Path, mapping: Mapping | None = None) -> list[Any]:
    rows = list(read_rows(path, mapping))
    assert [row.problem for row in rows if row.problem] == []
    return [row.record for row in rows]


def problem(path: Path, mapping: Mapping | None = None) -> str:
    (row,) = read_rows(path, mapping)
    return row.problem


ANN = {"id": "ann", "name": "Ann", "positions": [{"title": "Vet"}], "skills": ["cats", "dogs"]}


class TestCSV:
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_the_separator_is_the_one_of_the_header(self, write: Write, separator: str) -> None:
        cells = ["id", "name", "title", "topics"], ["ann", "Ann", "Vet", '"a, b; c"']

        path = write("people.csv", "\n".join(separator.join(row) for row in cells))

        (record,) = records(path)
        assert record["positions"] == [{"title": "Vet"}]
        assert record["topics"] == ["a, b", "c"]

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_lines_may_end_in_any_way(self, write: Write, newline: str) -> None:
        path = write("people.csv", newline.join(["id,name,title,skills", "ann,Ann,Vet,cats; dogs", ""]))

        assert records(path) == [ANN]

    def test_a_quoted_cell_may_hold_line_breaks_and_quotes(self, write: Write) -> None:
        path = write("people.csv", 'id,bio,name\nann,"One\n""two"", three",Ann\n')

        assert records(path) == [{"id": "ann", "bio": 'One\n"two", three', "name": "Ann"}]

    def test_a_row_has_the_number_that_a_spreadsheet_shows(self, write: Write) -> None:
        path = write("people.csv", 'id,bio\nann,"two\nlines"\n\n , \nbob,\n')

        assert [(row.number, row.record["id"]) for row in read_rows(path)] == [(2, "ann"), (5, "bob")]

    def test_a_ragged_row_stops_no_other(self, write: Write) -> None:
        path = write("people.csv", "id,name\nann\nbob,Bob\ncem,Cem,x\n")

        assert list(read_rows(path)) == [
            Row(2, problem="has 1 cells; the header has 2."),
            Row(3, {"id": "bob", "name": "Bob"}),
            Row(4, problem="has 3 cells; the header has 2."),
        ]

    def test_lists_that_do_not_fit_together_are_a_problem_of_their_row(self, write: Write) -> None:
        path = write("people.csv", "id,position_title,position_company\nann,a; b,c\n")

        assert problem(path).startswith("position_company has 1 entries and position_title has 2")

    @pytest.mark.parametrize(
        ("header", "reason"),
        [
            ("id,nmae", "the column “nmae” is not a field of a profile. Did you mean name?"),
            ("id,Xyzzy", "the column “Xyzzy” is not a field of a profile. A mapping"),
            ("id,name,", "a column has no name in the header"),
            ("id,skills,skills", "two columns mean skills"),
            ("id,title,Job title", "two columns mean position_1_title"),
        ],
    )
    def test_a_header_that_is_not_understood_refuses_the_file(
        self, write: Write, header: str, reason: str
    ) -> None:
        path = write("people.csv", f"{header}\nann,b,c\n")

        with pytest.raises(InvalidFile, match=f"people.csv: {reason}"):
            next(read_rows(path))

    def test_a_mapping_names_columns_and_leaves_them_out(self, write: Write) -> None:
        path = write("people.csv", "No,What,Secret,Secret\n7,Vet,a,b\n")
        fields = {"No": "id", "What": "position_1_title", "Secret": None}

        assert records(path, Mapping(fields=fields, defaults={"name": "Member {No}"})) == [
            {"id": "7", "positions": [{"title": "Vet"}], "name": "Member 7"}
        ]

    def test_a_default_without_its_key_is_a_problem_of_the_row(self, write: Write) -> None:
        path = write("people.csv", "id,title\nann,Vet\n")

        assert problem(path, Mapping(defaults={"name": "{nick}"})) == "has no 'nick' for a default of the mapping."

    def test_a_header_alone_is_no_file_of_profiles(self, write: Write) -> None:
        with pytest.raises(InvalidFile, match="has a header and no rows"):
            list(read_rows(write("people.csv", "id,name\n")))


def told(path: Path, mapping: Mapping | None = None) -> list[tuple[str, str]]:
    """What is wrong with the rows, by the columns of the file."""
    errors = ((row, read_profile(row.record)) for row in read_rows(path, mapping))
    return [row.told(error) for row, found in errors if isinstance(found, list) for error in found]


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("header", "row", "column", "reason"),
        [
            ("chat_minutes", "15; 2", "chat_minutes", "entry 2: 2 is not between 5 and 120."),
            (
                "Languages",
                "en; tlh-x",
                "Languages",
                "entry 2: “tlh-x” is not a language; use its ISO 639 code, such",
            ),
            ("Employer", "x" * 121, "Employer", "is 121 characters long; at most 120 are kept."),
            ("contact_email", "ann", "contact_email", "is not an e-mail address."),
            ("position_3_title,position_3_start", "Vet,never", "position_3_start", "“never” is not a date;"),
            ("position_3_company", "Zoo", "position_3_title", "is missing."),
            ("School,school_2_year", "Leeds,1066", "school_2_year", "1066 is not between"),
            ("school_school,School year", "Leeds;York,;1066", "School year", "entry 2: 1066 is not between"),
        ],
    )
    def test_it_is_said_of_the_column_of_the_file(
        self, write: Write, header: str, row: str, column: str, reason: str
    ) -> None:
        path = write("people.csv", f"id,name,title,{header}\nann,Ann,Vet,{row}\n")

        assert [(name, said[: len(reason)]) for name, said in told(path) if name == column] == [(column, reason)]

    def test_a_mapping_is_looked_through(self, write: Write) -> None:
        path = write("people.csv", "No,What,Minutes\nann,,2\n")
        fields = {"No": "id", "What": "position_1_title", "Minutes": "chat_minutes"}

        assert told(path, Mapping(fields=fields, defaults={"name": "Mentor {No}"})) == [
            ("What", "at least one position with a title is needed."),
            ("Minutes", "entry 1: 2 is not between 5 and 120."),
        ]

    def test_a_column_that_is_not_there_is_told_by_our_name(self, write: Write) -> None:
        path = write("people.csv", "id,company\nann,Zoo\n")

        assert sorted(told(path)) == [("name", "is missing."), ("position_1_title", "is missing.")]

    def test_a_list_with_commas_is_told_to_want_semicolons(self, write: Write) -> None:
        path = write("people.csv", 'id,name,title,chat_minutes\nann,Ann,Vet,"15, 30"\n')

        assert told(path) == [
            ("chat_minutes", "entry 1: “15, 30” is not a whole number. Separate several by a semicolon.")
        ]

    def test_of_nested_json_the_place_is_told(self, write: Write) -> None:
        person = ANN | {"positions": [{"title": "Vet"}, {"compny": "Zoo"}], "chat_minutes": [15, 2]}

        assert sorted(told(write("people.jsonl", json.dumps(person)))) == [
            ("chat_minutes", "entry 2: 2 is not between 5 and 120."),
            ("positions", "entry 2, compny: is not a field of a profile. Did you mean company?"),
            ("positions", "entry 2, title: is missing."),
        ]

    def test_lists_of_different_lengths_are_told_by_the_columns_of_the_file(self, write: Write) -> None:
        path = write("people.csv", "id,name,Jobs,Where\nann,Ann,Vet;Nurse,Zoo\n")

        told = problem(path, Mapping(fields={"Jobs": "position_title", "Where": "position_company"}))

        assert told.startswith("Where has 1 entries and Jobs has 2;")


class TestJSON:
    @pytest.mark.parametrize("name", ["people.json", "people.jsonl", "people.ndjson"])
    def test_a_record_may_be_nested_or_flat(self, write: Write, name: str) -> None:
        nested = ANN | {"contact": {"email": "ann@example.org"}}
        flat = {
            "id": "ann",
            "Full name": "Ann",
            "title": "Vet",
            "skills": "cats; dogs",
            "email": "ann@example.org",
        }
        people = [json.dumps(person) for person in (nested, flat)]

        path = write(
            name, f"[{','.join(people)}]" if name.endswith("json") and "nd" not in name else "\n".join(people)
        )

        assert records(path) == [nested, nested]

    def test_a_mapping_names_keys_that_hold_lists(self, write: Write) -> None:
        path = write("people.json", '[{"id": "ann", "tags": ["cats"], "spoken": ["en"], "x": [1]}]')

        assert records(path, Mapping(fields={"tags": "skills", "spoken": "languages", "x": None})) == [
            {"id": "ann", "skills": ["cats"], "languages": ["en"]}
        ]

    @pytest.mark.parametrize(
        ("record", "reason"),
        [
            ('"ann"', "is not a JSON object with the fields of a profile."),
            ("[1]", "is not a JSON object with the fields of a profile."),
            ('{"name": "A", "full_name": "B"}', "two keys mean name; leave one out with a mapping."),
            (
                '{"title": "A", "positions": [{"title": "B"}]}',
                "positions is given twice: as a whole, and in columns of its own.",
            ),
        ],
    )
    def test_a_record_that_is_unclear_is_a_problem_of_its_row(
        self, write: Write, record: str, reason: str
    ) -> None:
        assert problem(write("people.json", f"[{record}]")) == reason
        assert problem(write("people.jsonl", record)) == reason

    def test_an_unknown_key_is_left_to_the_schema(self, write: Write) -> None:
        record = {"id": "ann", "shoe": 42, "position_9_shoe": 1, "position": {"title": "Vet"}}

        assert records(write("people.json", json.dumps([record]))) == [record]

    def test_a_null_says_nothing(self, write: Write) -> None:
        path = write("people.json", '[{"id": "ann", "name": "Ann", "full_name": null, "title": null}]')

        assert records(path) == [{"id": "ann", "name": "Ann"}]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ('{"id": "ann", "na', "is not JSON: Unterminated string"),
            ('{"id": NaN}', "is not JSON: NaN is no JSON value; write null."),
            ('{"id": ' + "1" * 5000 + "}", "is not JSON: Exceeds the limit"),
            ('{"id": ' + "[" * 50_000 + "]" * 50_000 + "}", "is nested too deeply to be a profile."),
        ],
    )
    def test_a_bad_line_stops_no_other(self, write: Write, line: str, reason: str) -> None:
        path = write("people.jsonl", f'{line}\n\n{{"id": "bob"}}\n')

        first, second = read_rows(path)

        assert (first.number, first.problem[: len(reason)]) == (1, reason)
        assert second == Row(3, {"id": "bob"})

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ('{"id": "ann"}', "must be a JSON list of profiles"),
            ("[]", "is an empty list"),
            ('[{"id": "ann"}, {"id": "b', "is not whole JSON: it breaks after 1 profiles"),
            ('[{"id": "ann"}', "is not whole JSON: it breaks after 1 profiles"),
            ('[{"id": "ann"}] {}', "is not whole JSON: it breaks after 1 profiles"),
            ("[NaN]", "is not whole JSON: it breaks after 0 profiles"),
            ("[" * 100_000, "is nested too deeply"),
        ],
    )
    def test_a_list_that_is_not_whole_refuses_the_file(self, write: Write, content: str, reason: str) -> None:
        with pytest.raises(InvalidFile, match=reason):
            list(read_rows(write("people.json", content)))

    def test_the_message_about_a_broken_list_does_not_show_the_text_around_the_fault(self, write: Write) -> None:
        path = write("people.json", '[{"id": "ann", "email": "secret@example.org", oops}]')

        with pytest.raises(InvalidFile) as caught:
            list(read_rows(path))

        assert "secret" not in f"{caught.value} {caught.value.__cause__}"

    def test_lines_without_any_profile_are_no_file_of_profiles(self, write: Write) -> None:
        with pytest.raises(InvalidFile, match="has no rows"):
            list(read_rows(write("people.jsonl", "\n \n")))

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_a_list_may_be_in_any_encoding(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "people.json"
        path.write_text('[{"id": "ann", "name": "Zoë 日本 👩‍⚕️"}]', encoding=encoding)

        assert records(path) == [{"id": "ann", "name": "Zoë 日本 👩‍⚕️"}]


class TestStreaming:
    @pytest.mark.parametrize(
        ("name", "start", "one", "fault"),
        [
            ("people.csv", "id,name\n", "ann,Ann\n", 'bob,"cut off'),
            ("people.json", "[", '{"id": "ann", "name": "Ann"},\n', '{"id": "bob", "na'),
        ],
    )
    def test_rows_come_before_the_file_is_read_to_its_end(
        self, write: Write, name: str, start: str, one: str, fault: str
    ) -> None:
        rows = read_rows(write(name, start + one * 20_000 + fault))

        assert [row.record["id"] for row in islice(rows, 20_000)] == ["ann"] * 20_000
        with pytest.raises(InvalidFile):
            next(rows)

    def test_lines_come_before_the_file_is_read_to_its_end(self, write: Write) -> None:
        path = write("people.jsonl", '{"id": "ann"}\n' * 200_000)
        rows = read_rows(path)

        assert next(rows) == Row(1, {"id": "ann"})
        path.write_text("")  # what was not read yet is gone now
        assert 0 < sum(1 for _ in rows) < 100_000

    def test_a_file_of_another_kind_is_refused_by_its_name(self, write: Write) -> None:
        with pytest.raises(InvalidFile, match=r"must end in one of \.csv, \.tsv, \.json, \.jsonl, \.ndjson"):
            next(read_rows(write("people.xlsx", "x")))
