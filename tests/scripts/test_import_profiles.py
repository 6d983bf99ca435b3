"""The import as an operator runs it: files in, a report and an exit status out."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.engines.sqlite import SQLiteEngine
from indexer.errors import EncoderError
from indexer.indexing import BATCH
from scripts import import_profiles
from scripts.import_profiles import main
from tests.factories import profile_record
from tests.fakes import KeywordEncoder

pytestmark = pytest.mark.usefixtures("few_job_titles")

ROOT = Path(__file__).parents[2]
MAPPING = ROOT / "data" / "mappings" / "coding-coach.json"
# A file of the shape of Coding Coach's public list of mentors; these people are made up.
BOARD_CSV = """id,name,title,description,country,languages,tags,open_to_chats
cc-1,Mentor 1,Frontend engineer,"Writes, draws, teaches",IE,en,react; css,yes
cc-2,Mentor 2,Data engineer,,EU,en; de,go; sql,
"""
BOARD_JSON = [
    {
        "id": "cc-1",
        "title": "Frontend engineer",
        "description": "Writes, draws, teaches",
        "country": "IE",
        "spokenLanguages": ["en"],
        "tags": ["react", "css"],
    },
    {
        "id": "cc-2",
        "title": "Data engineer",
        "description": "",
        "country": "EU",
        "spokenLanguages": [],
        "tags": [],
    },
]
REJECTED_CHANGE_NOTHING = (
    "Rejected rows changed nothing: who was in the index stays as they were, with a yes to chats as well."
)
SECRET = {"email": "secret@example.org", "phone": "555-secret", "other": "secret word"}


class Operator:
    """Someone at a terminal: writes files, runs the import, reads what it says."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture, self.index = folder, capture, folder / "index" / "mentors.db"
        self.status, self.out, self.err = -1, "", ""

    def write(self, name: str, content: Any) -> str:
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    def lines(self, *records: Any, name: str = "people.jsonl") -> str:
        return self.write(name, "".join(f"{json.dumps(record)}\n" for record in records))

    def run(self, *arguments: str) -> list[str]:
        self.status = main([*arguments, "--engine", f"sqlite:///{self.index}"])
        self.out, self.err = self.capture.readouterr()
        return self.out.splitlines()

    def stored(self, *ids: str) -> dict[str, Any]:
        with closing(SQLiteEngine(self.index)) as engine:
            return dict(engine.get(ids))

    def delete(self, id_: str) -> None:
        with closing(SQLiteEngine(self.index)) as engine:
            assert engine.delete(id_, datetime.now(UTC))


@pytest.fixture
def operator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Operator]:
    monkeypatch.setattr(import_profiles, "open_encoder", lambda _: KeywordEncoder("nurse", "vet"))
    return Operator(tmp_path, capsys)


def people(count: int, **changes: Any) -> list[dict[str, Any]]:
    return [profile_record(f"p{n}", **changes) for n in range(count)]


class TestReport:
    def test_the_first_import_is_all_new_and_the_second_all_unchanged(self, operator: Operator) -> None:
        file = operator.lines(*people(3))

        assert operator.run(file) == ["3 rows read: 3 new, 0 changed, 0 unchanged, 0 rejected."]
        assert operator.run(file) == ["3 rows read: 0 new, 0 changed, 3 unchanged, 0 rejected."]
        assert (operator.status, operator.err) == (0, "")

    def test_it_names_the_row_the_field_and_the_reason_of_each_rejection(self, operator: Operator) -> None:
        file = operator.write(
            "people.csv",
            "id,name,title,country,chat_minutes\n"
            "ann,Ann,Vet,GB,15; 30\n"
            "bob,,Vet,Narnia,15\n"
            "cem,Cem\n"
            "ann,Another Ann,Nurse,,\n"
            "dee,Dee,Nurse,,2\n",
        )

        assert operator.run(file) == [
            "row 3, name: is missing.",
            "row 3, country: “Narnia” is not a country; use its ISO 3166-1 code of two letters, such as GB.",
            "row 4, row: has 2 cells; the header has 5.",
            "row 5, id: “ann” is the id of row 2 already.",
            "row 6, chat_minutes: entry 1: 2 is not between 5 and 120.",
            "5 rows read: 1 new, 0 changed, 0 unchanged, 4 rejected.",
            REJECTED_CHANGE_NOTHING,
            "1 dormant: who has said neither yes nor no to chats (open_to_chats) is found by no search.",
        ]
        assert operator.status == 1
        assert operator.stored("ann")["ann"].name == "Ann"

    def test_it_tells_stale_deleted_and_dormant_people(self, operator: Operator) -> None:
        operator.run(operator.lines(*people(3, updated_at="2026-02-01")))
        operator.delete("p1")

        *_, counts, stale, deleted, dormant = operator.run(
            operator.lines(*people(2, updated_at="2026-01-01"), profile_record("p3", open_to_chats=None))
        )

        assert counts == "3 rows read: 1 new, 0 changed, 0 unchanged, 0 rejected."
        assert stale.startswith("1 skipped: the index holds a newer version")
        assert deleted.startswith("1 skipped: they were deleted.")
        assert dormant.startswith("1 dormant: ")
        assert operator.status == 0
        assert operator.stored("p1") == {}

    def test_contact_data_are_not_in_it(self, operator: Operator) -> None:
        good = profile_record("ann", contact=SECRET)
        bad = [
            profile_record("bob", name="", contact=SECRET),
            profile_record("cem", contact={"email": "secret", "phone": "secret" * 9, "other": ["secret"]}),
            profile_record("dee", contact=SECRET, email="secret@example.org"),
            profile_record("ann", contact=SECRET),
        ]

        operator.run(operator.lines(good, *bad, '{"contact": "secret'))

        assert operator.status == 1
        assert len(operator.out.splitlines()) == 9
        assert "secret" not in operator.out + operator.err

    def test_it_is_still_a_report_where_the_terminal_lacks_its_signs(self, operator: Operator) -> None:
        file = operator.lines(profile_record("ann", country="日本国国"))
        command = [sys.executable, ROOT / "scripts" / "import_profiles.py", file, "--dry-run"]

        done = subprocess.run(
            [*command, "--engine", f"sqlite:///{operator.index}"],
            capture_output=True,
            check=False,
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
            text=True,
        )

        assert (done.returncode, done.stderr) == (1, "")
        assert r"row 1, country: \u201c\u65e5\u672c" in done.stdout


class TestOptions:
    def test_a_dry_run_tells_everything_and_leaves_nothing_behind(self, operator: Operator) -> None:
        file = operator.lines(*people(2), profile_record("bad", name=""))

        assert operator.run(file, "--dry-run") == [
            "row 3, name: is missing.",
            "Dry run, nothing was written. 3 rows read: 2 new, 0 changed, 0 unchanged, 1 rejected.",
            REJECTED_CHANGE_NOTHING,
        ]
        assert operator.status == 1
        assert not operator.index.parent.exists()

    def test_a_dry_run_compares_with_the_index_and_leaves_it_as_it_is(self, operator: Operator) -> None:
        operator.run(operator.lines(*people(2)))

        *_, counts = operator.run(operator.lines(*people(3, headline="Vet")), "--dry-run")

        assert "1 new, 2 changed, 0 unchanged" in counts
        assert operator.stored("p0", "p2")["p0"].headline == ""

    def test_rejected_rows_are_written_to_be_mended_and_imported(self, operator: Operator) -> None:
        file = operator.write("people.csv", "id,name,title\nann,Ann,Vet\nbob,,Vet\n")
        rejected = operator.folder / "rejected.csv"

        operator.run(file, "--rejected", str(rejected))
        rejected.write_text(rejected.read_text().replace("bob,,", "bob,Bob,"))
        counts = operator.run(str(rejected))[-2]

        assert counts == "1 rows read: 1 new, 0 changed, 0 unchanged, 0 rejected."
        assert operator.stored("bob")["bob"].name == "Bob"

    def test_without_rejected_rows_no_such_file_is_left(self, operator: Operator) -> None:
        rejected = operator.folder / "rejected.jsonl"
        rejected.write_text("of an earlier import")

        operator.run(operator.lines(*people(1)), "--rejected", str(rejected))

        assert not rejected.exists()

    def test_rejected_rows_go_to_a_file_of_their_kind_and_never_over_their_source(
        self, operator: Operator
    ) -> None:
        file = operator.write("people.csv", "id,name,title\nann,,Vet\n")
        before = Path(file).read_text()

        for rejected, words in (("x.jsonl", "let .* end in that"), ("people.csv", "name another file")):
            operator.run(file, "--rejected", str(operator.folder / rejected))
            assert (operator.status, operator.out) == (2, "")
            assert re.search(words, operator.err)
        assert Path(file).read_text() == before

    def test_the_engine_of_the_settings_is_the_default(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MENTOR_SEARCH_ENGINE_URL", f"sqlite:///{operator.index}")

        assert main([operator.lines(*people(1))]) == 0
        assert set(operator.stored("p0")) == {"p0"}

    def test_an_encoding_can_be_named(self, operator: Operator) -> None:
        path = operator.folder / "people.csv"
        path.write_bytes("id,name,title\nzoe,Zoë,Vet\n".encode("cp1252"))

        operator.run(str(path), "--encoding", "cp1252")

        assert operator.stored("zoe")["zoe"].name == "Zoë"

    def test_its_help_names_every_option_and_exit_status(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as end:
            main(["--help"])

        said = capsys.readouterr().out
        assert end.value.code == 0
        for word in ("FILE", "--mapping", "--encoding", "--engine", "--dry-run", "--quiet", "exit status:"):
            assert word in said


class TestBoardFiles:
    def test_a_csv_of_a_board_imports_whole_with_its_mapping(self, operator: Operator) -> None:
        counts, _ = operator.run(operator.write("board.csv", BOARD_CSV), "--mapping", str(MAPPING))

        assert counts == "2 rows read: 2 new, 0 changed, 0 unchanged, 0 rejected."
        first, second = operator.stored("cc-1", "cc-2").values()
        assert (first.positions[0].title, first.bio) == ("Frontend engineer", "Writes, draws, teaches")
        assert (first.country, first.skills, first.open_to_chats) == ("IE", ("react", "css"), "yes")
        assert (second.country, second.languages, second.open_to_chats) == ("", ("en", "de"), "not_said")

    def test_its_json_does_too_and_gets_names_from_the_mapping(self, operator: Operator) -> None:
        counts, _ = operator.run(operator.write("board.json", BOARD_JSON), "--mapping", str(MAPPING))

        assert counts == "2 rows read: 2 new, 0 changed, 0 unchanged, 0 rejected."
        first, second = operator.stored("cc-1", "cc-2").values()
        assert (first.name, first.languages, first.skills) == ("Mentor cc-1", ("en",), ("react", "css"))
        assert (second.country, second.positions[0].title) == ("", "Data engineer")

    def test_without_the_mapping_it_says_which_column_it_does_not_know(self, operator: Operator) -> None:
        operator.run(operator.write("board.csv", BOARD_CSV))

        assert operator.status == 2
        assert "the column “description” is not a field of a profile" in operator.err
        assert "A mapping can name the field that it means" in operator.err

    def test_a_mapping_that_cannot_be_used_is_said_before_anything_is_read(self, operator: Operator) -> None:
        mapping = operator.write("mapping.json", {"fields": {"tags": "skils"}})

        operator.run(operator.lines(*people(1)), "--mapping", mapping)

        assert operator.status == 2
        assert "names “skils”, which is not a field" in operator.err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestProgress:
    def test_a_bar_on_a_terminal_shows_how_far_it_is(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)

        operator.run(operator.lines(*people(5)))

        assert re.search(r"100%.*5/5 .*people", terminal.getvalue())
        assert "people/s" not in operator.out

    def test_quiet_shows_none(self, operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)

        operator.run(operator.lines(*people(5)), "--quiet")

        assert terminal.getvalue() == ""


class TestFailures:
    def test_an_encoder_that_does_not_match_the_index_is_refused_and_nothing_is_lost(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        operator.run(operator.lines(*people(1)))
        monkeypatch.setattr(import_profiles, "open_encoder", lambda _: KeywordEncoder("other"))

        operator.run(operator.lines(*people(3)))

        assert operator.status == 2
        assert "error: The index was made with the encoder keywords:nurse,vet" in operator.err
        assert operator.out.splitlines()[-1] == "3 were read and not imported."
        assert set(operator.stored("p0", "p1")) == {"p0"}

    def test_an_encoder_that_is_not_there_is_said_in_words(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing(spec: str) -> None:
            raise EncoderError("There is no encoder at nowhere.")

        monkeypatch.setattr(import_profiles, "open_encoder", missing)

        operator.run(operator.lines(*people(1)))

        assert (operator.status, operator.err) == (2, "error: There is no encoder at nowhere.\n")
        assert not operator.index.exists()

    @pytest.mark.parametrize(
        ("url", "words"),
        [("postgres://x", "is no engine"), ("http://127.0.0.1:1", "does not answer")],
    )
    def test_an_engine_that_cannot_be_used_is_said_in_words(
        self, operator: Operator, url: str, words: str
    ) -> None:
        assert main([operator.lines(*people(1)), "--engine", url]) == 2
        assert words in operator.capture.readouterr().err

    def test_a_setting_that_cannot_be_used_is_said_in_words(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MENTOR_SEARCH_PORT", "many")

        operator.run(operator.lines(*people(1)))

        assert operator.status == 2
        assert "MENTOR_SEARCH_PORT must be a whole number" in operator.err

    def test_ctrl_c_in_the_middle_keeps_what_was_written_and_says_so(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Interrupted(KeywordEncoder):
            stopped = False

            def encode(self, texts: Any) -> Any:
                if not self.stopped and f"{BATCH}th nurse. Nurse" in texts:
                    self.stopped = True
                    raise KeyboardInterrupt
                return super().encode(texts)

        encoder = Interrupted("nurse", "vet")
        monkeypatch.setattr(import_profiles, "open_encoder", lambda _: encoder)
        rows = people(3 * BATCH)
        rows[BATCH]["headline"] = f"{BATCH}th nurse"
        file = operator.lines(*rows)

        counts, unfinished = operator.run(file)

        assert operator.status == 2
        assert "Stopped. What was imported stays; run the same command again to go on." in operator.err
        assert counts == f"{2 * BATCH} rows read: {BATCH} new, 0 changed, 0 unchanged, 0 rejected."
        assert unfinished == f"{BATCH} were read and not imported."
        assert operator.run(file) == [
            f"{3 * BATCH} rows read: {2 * BATCH} new, 0 changed, {BATCH} unchanged, 0 rejected."
        ]


def test_the_sample_people_pass(operator: Operator) -> None:
    counts, *_ = operator.run(str(ROOT / "data" / "sample_profiles.jsonl"), "--dry-run")

    assert counts.endswith("0 changed, 0 unchanged, 0 rejected.")
    assert operator.status == 0
