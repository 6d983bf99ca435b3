"""The examples of docs/api.md, run as they stand there, on the sample people that `make run` serves."""

import json
import math
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from scripts.screenshots import sample_service
from tests.docs.conftest import shell_environment
from tests.docs.markdown import read
from tests.requirements import lacking

_KEY = "the-key-of-an-operator"
# What another day or another machine tells otherwise.
_OF_THE_DAY = {"availability", "score", "took_ms"}


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
    with sample_service(tmp_path, API_KEYS=_KEY) as address:
        yield urlsplit(address).netloc


# The sample takes 20 s to import on a quiet machine.
@pytest.mark.timeout(300)
def test_each_command_answers_as_documented(address: str) -> None:
    if not shutil.which("curl"):
        lacking("There is no curl.", "apt-get install curl")
    examples = _examples()
    assert len(examples) == len(re.findall("```sh\n", _text())) >= 7
    for example in examples:
        status, answer = _run(example.command.replace("127.0.0.1:8000", address))
        assert status == example.status, example.command
        assert list(_differences(example.answer, answer)) == [], example.command


def _run(command: str) -> tuple[int, Any]:
    # curl itself, told to print the status too.
    script = f"curl() {{ command curl -sS -w '\\n%{{http_code}}' \"$@\"; }}\n{command}"
    done = subprocess.run(
        ["sh", "-c", script], env=shell_environment(KEY=_KEY), capture_output=True, text=True, check=True
    )
    body, _, status = done.stdout.rpartition("\n")
    return int(status), json.loads(body) if body.strip() else None


def _differences(shown: Any, answered: Any, where: str = "answer") -> Iterator[str]:
    """Yield how an answer differs from what is `shown` of it: some entries of a list, a text up to its "…"."""
    if type(shown) is not type(answered):
        yield f"{where} is {answered!r}, not {shown!r}"
    elif isinstance(shown, dict):
        if shown.keys() != answered.keys():
            yield f"{where} has {sorted(answered)}, not {sorted(shown)}"
        for name in (shown.keys() & answered.keys()) - _OF_THE_DAY:
            yield from _differences(shown[name], answered[name], f"{where}.{name}")
    elif isinstance(shown, list):
        if answered and not shown:
            yield f"{where} is not empty: {answered!r}"
        for entry in shown:
            if all(any(_differences(entry, one)) for one in answered):
                yield f"{where} has no {entry!r} in {answered!r}"
    elif isinstance(shown, str):
        told, cut, _ = shown.partition("…")
        if not answered.startswith(told) or not (cut or answered == shown):
            yield f"{where} is {answered!r}, not {shown!r}"
    elif not (math.isclose(shown, answered, abs_tol=0.01) if isinstance(shown, float) else shown == answered):
        yield f"{where} is {answered!r}, not {shown!r}"


def test_a_number_of_an_earlier_day_is_noticed() -> None:
    assert list(_differences([{"people": 3}], [{"people": 4}, {"people": 5}]))
    assert list(_differences({"bio": "Most of …"}, {"bio": "Mostly"}))
    assert list(_differences({"bio": "Most of …", "score": 0.5}, {"bio": "Most of us", "score": 0.6})) == []
