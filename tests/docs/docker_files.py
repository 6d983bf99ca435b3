"""What the Docker files say, as values."""

import re
import shlex
from pathlib import Path
from typing import Any

import yaml

DOCKERFILE = Path("docker/Dockerfile")
COMPOSE = Path("docker/compose.yaml")


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions, such as ("USER", "10001:10001"), in order."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text("utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    return [(name, rest) for name, rest in lines]


def final_stage() -> list[tuple[str, str]]:
    """Return the instructions of the image that is kept."""
    every = instructions()
    last = max(place for place, (name, _) in enumerate(every) if name == "FROM")
    return every[last:]


def only(name: str) -> str:
    """Return what the last stage says in its one instruction `name`."""
    (value,) = [rest for found, rest in final_stage() if found == name]
    return value


def copied(stage: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the sources and targets of all COPY instructions from the project."""
    parts = [rest.split() for name, rest in stage if name == "COPY" and not rest.startswith("--from")]
    return [(source, target) for *sources, target in parts for source in sources]


def image_environment() -> dict[str, str]:
    """Return the variables that the image sets."""
    return dict(pair.split("=", 1) for pair in shlex.split(only("ENV")))


def compose() -> dict[str, Any]:
    """Return the compose file, its merges done."""
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE.read_text("utf-8"))
    return loaded
