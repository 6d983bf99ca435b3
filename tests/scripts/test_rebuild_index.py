"""The rebuild as an operator runs it."""

import io
import re
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.document import make_documents, unread
from indexer.engines import IndexStatus
from indexer.engines.sqlite import SQLiteEngine
from indexer.errors import EncoderError
from indexer.indexing import BATCH
from scripts import import_profiles, rebuild_index
from tests.factories import make_profile
from tests.fakes import KeywordEncoder

pytestmark = pytest.mark.usefixtures("few_job_titles")

OLD = KeywordEncoder("nurse", dimensions=8)
NEW = KeywordEncoder("vet", "nurse", dimensions=12)
SWITCHED = (
    f"3 people embedded; the index has switched to {NEW.fingerprint}. "
    "Now restart the service with the same MENTOR_SEARCH_ENCODER."
)


class Operator:
    """Someone at a terminal, with an index of three people and a new encoder in the settings."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.index, self.capture = folder / "mentors.db", capture
        self.status, self.out, self.err = -1, "", ""
        self.write(3)

    def write(self, count: int) -> None:
        with closing(SQLiteEngine(self.index)) as engine:
            engine.create(OLD.fingerprint, OLD.short_dimensions)
            people = [make_profile(f"p{n}", contact={"email": "secret@example.org"}) for n in range(count)]
            engine.upsert(make_documents(people, OLD, datetime.now(UTC), unread))

    def run(self, *arguments: str) -> str:
        self.status = rebuild_index.main([*arguments, "--engine", f"sqlite:///{self.index}"])
        self.out, self.err = self.capture.readouterr()
        return self.out.rstrip()

    def sees(self) -> IndexStatus:
        with closing(SQLiteEngine(self.index)) as engine:
            return engine.status()


@pytest.fixture
def operator(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Operator:
    monkeypatch.setattr(rebuild_index, "open_encoder", lambda _: NEW)
    return Operator(tmp_path, capsys)


class TestReport:
    def test_the_index_switches_and_it_says_what_is_next(self, operator: Operator) -> None:
        assert operator.run() == SWITCHED

        assert (operator.status, operator.err) == (0, "")
        assert (operator.sees().fingerprint, operator.sees().people) == (NEW.fingerprint, 3)

    def test_a_second_run_has_nothing_to_do(self, operator: Operator) -> None:
        operator.run()

        assert operator.run() == f"Nothing to do: the index has the vectors of {NEW.fingerprint}."
        assert operator.status == 0

    def test_what_an_import_refuses_and_names_is_what_to_run(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(import_profiles, "open_encoder", lambda _: NEW)
        file = operator.index.with_name("people.csv")
        file.write_text("id,name,title\nnew,New,Nurse\n")
        command = [str(file), "--engine", f"sqlite:///{operator.index}"]
        assert import_profiles.main(command) == 2
        assert (
            "Run scripts/rebuild_index.py to bring the index to the encoder" in operator.capture.readouterr().err
        )

        operator.run()

        assert import_profiles.main(command) == 0

    def test_contact_data_are_not_in_it(self, operator: Operator) -> None:
        operator.run()

        assert "secret" not in operator.out + operator.err


class TestOptions:
    def test_the_engine_and_the_encoder_of_the_settings_are_the_defaults(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[str] = []
        monkeypatch.setattr(rebuild_index, "open_encoder", lambda spec: opened.append(spec) or NEW)
        monkeypatch.setenv("MENTOR_SEARCH_ENGINE_URL", f"sqlite:///{operator.index}")
        monkeypatch.setenv("MENTOR_SEARCH_ENCODER", "models/new")

        assert rebuild_index.main([]) == 0

        assert opened == ["models/new"]
        assert operator.sees().fingerprint == NEW.fingerprint

    def test_its_help_names_every_option_and_exit_status(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as end:
            rebuild_index.main(["--help"])

        said = capsys.readouterr().out
        assert end.value.code == 0
        for word in ("MENTOR_SEARCH_ENCODER", "--engine", "--quiet", "exit status:"):
            assert word in said


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestProgress:
    def test_a_bar_on_a_terminal_shows_how_far_it_is(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)

        operator.run()

        assert re.search(r"100%.*3/3 .*people", terminal.getvalue())

    def test_quiet_shows_none(self, operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)

        operator.run("--quiet")

        assert terminal.getvalue() == ""


class TestFailures:
    def test_ctrl_c_in_the_middle_leaves_the_old_vectors_and_the_same_command_goes_on(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Interrupted(KeywordEncoder):
            batches = 0

            def encode(self, texts: Any) -> Any:
                self.batches += 1
                if self.batches == 2:
                    raise KeyboardInterrupt
                return super().encode(texts)

        encoder = Interrupted(*NEW.keywords, dimensions=NEW.dimensions)
        monkeypatch.setattr(rebuild_index, "open_encoder", lambda _: encoder)
        operator.write(BATCH + 3)

        assert operator.run() == ""

        assert operator.status == 2
        assert "Stopped. The old vectors serve as before; run the same command again to go on." in operator.err
        assert operator.sees().fingerprint == OLD.fingerprint
        assert operator.run() == SWITCHED

    def test_an_encoder_that_is_not_there_is_said_in_words(
        self, operator: Operator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing(spec: str) -> None:
            raise EncoderError("There is no encoder at nowhere.")

        monkeypatch.setattr(rebuild_index, "open_encoder", missing)

        operator.run()

        assert (operator.status, operator.err) == (2, "error: There is no encoder at nowhere.\n")

    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("postgres://x", "is no engine"),
            ("http://127.0.0.1:1", "does not answer"),
            ("sqlite:///nowhere/at.all", "import profiles first"),
        ],
    )
    def test_an_engine_that_cannot_be_used_is_said_in_words(
        self, operator: Operator, url: str, words: str
    ) -> None:
        assert rebuild_index.main(["--engine", url]) == 2
        assert words in operator.capture.readouterr().err
