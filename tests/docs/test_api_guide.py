"""The examples of docs/api.md, run as they stand there."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from indexer.engines import open_engine
from indexer.indexing import ImportReport, import_rows
from indexer.readers import read_rows
from indexer.titles.reader import TitleReader
from service.app import create_app
from service.settings import Settings
from tests.docs.conftest import shell_environment
from tests.docs.markdown import read
from tests.factories import make_catalogue
from tests.fakes import KeywordEncoder
from tests.requirements import lacking

_KEY = "operator-key"
_ID = "sample-0197"
_TITLES = {
    "Set Designer": "27-1027.00",
    "Stage Set Designer": "27-1027.00",
    "Interior Designer": "27-1025.00",
    "Actor": "27-2011.00",
    "Manager": "11-1021.00",
}


@dataclass(frozen=True)
class Example:
    command: str
    status: int
    answer: Any


def _examples() -> list[Example]:
    found = re.findall(r"```sh\n(.*?)```\n\nAnswers (\d+)([^\n]*)\n(?:\n```json\n(.*?)```)?", _text(), re.DOTALL)
    return [
        Example(command, int(status), json.loads(answer) if rest.endswith(":") else None)
        for command, status, rest, answer in found
    ]


def _text() -> str:
    return read("docs/api.md")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A service that holds the sample's people of the examples and some others."""
    with closing(open_engine(f"sqlite:///{tmp_path}/index.db")) as engine:
        encoder = KeywordEncoder("set", "designer")
        engine.create(encoder.fingerprint, encoder.short_dimensions)
        engine.titles.replace(make_catalogue(encoder, _TITLES, job_zone=5))
        codes = TitleReader(engine.titles, lambda: encoder).occupation_codes
        sample = read_rows(Path("data/sample_profiles.jsonl"))
        # To this encoder all jobs without a keyword are alike: others of the example's country would be related.
        rows = [row for row in islice(sample, 250) if row.record.get("country") != "GB" or row.record["id"] == _ID]
        import_rows(rows, engine, lambda: encoder, codes, ImportReport(), file="people.csv")
        app = create_app(Settings(api_keys=(_KEY,)), engine=engine, encoder=encoder)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def test_each_command_answers_as_documented(address: str) -> None:
    if not shutil.which("curl"):
        lacking("There is no curl.", "apt-get install curl")
    examples = _examples()
    assert len(examples) == len(re.findall("```sh\n", _text())) >= 7
    for example in examples:
        status, answer = _run(example.command.replace("127.0.0.1:8000", address))
        assert status == example.status, example.command
        assert _shape(answer) == _shape(example.answer), example.command


def _run(command: str) -> tuple[int, Any]:
    # curl itself, told to print the status too.
    script = f"curl() {{ command curl -sS -w '\\n%{{http_code}}' \"$@\"; }}\n{command}"
    done = subprocess.run(
        ["sh", "-c", script], env=shell_environment(KEY=_KEY), capture_output=True, text=True, check=True
    )
    body, _, status = done.stdout.rpartition("\n")
    return int(status), json.loads(body) if body.strip() else None


def _shape(value: Any) -> Any:
    """Return the names and kinds in an answer; of a list, those of its first entry."""
    if isinstance(value, dict):
        return {name: _shape(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
