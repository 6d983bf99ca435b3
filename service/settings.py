"""Every setting of the service, read from environment variables that start with MENTOR_SEARCH_."""

import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

from indexer.encoder import DEFAULT_ENCODER
from indexer.errors import MentorSearchError
from service.search.rank import INACTIVE_AFTER_DAYS

PREFIX = "MENTOR_SEARCH_"
# 16 random letters and digits hold over 90 bits: nobody guesses them over a network.
SHORTEST_KEY = 16


class InvalidSetting(MentorSearchError):
    """An environment variable has a value that cannot be used."""


def _setting(default: Any, explanation: str, *, secret: bool = False, allowed: range = range(0)) -> Any:
    return field(default=default, repr=not secret, metadata={"help": explanation, "allowed": allowed})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, with their defaults. `ENGINE_URL` here is MENTOR_SEARCH_ENGINE_URL in the environment."""

    # A URL can carry a password, so it stays out of the repr, and so out of logs.
    engine_url: str = _setting(
        "sqlite:///var/mentors.db",
        "Where the index lives: sqlite:///folder/file.db, or https://user:password@host:9200/mentors.",
        secret=True,
    )
    elasticsearch_api_key: str = _setting("", "API key for Elasticsearch, in place of a password.", secret=True)
    elasticsearch_ca_certs: str = _setting(
        "", "PEM file of the authority that signed Elasticsearch's certificate."
    )
    encoder: str = _setting(
        str(DEFAULT_ENCODER),
        "The encoder: a folder made by scripts/export_encoder.py, or sentence-transformers:NAME.",
    )
    api_keys: tuple[str, ...] = _setting(
        (),
        "Keys that may write and delete profiles, and log in as operator, separated by commas. None: nobody may.",
        secret=True,
    )
    upload_folder: str = _setting(
        "var/uploads",
        "Folder for files that operators upload, until they are imported; all server processes share it.",
    )
    inactive_after_days: int = _setting(
        INACTIVE_AFTER_DAYS,
        "After so many days without activity or a new yes a person sinks and is listed as inactive.",
        allowed=range(1, 3651),
    )
    host: str = _setting("127.0.0.1", "The address to listen on.")
    port: int = _setting(8000, "The port to listen on; 0 takes a free one.", allowed=range(65536))
    workers: int = _setting(
        1,
        "Server processes; each holds its own copy of the encoder and of SQLite's vectors.",
        allowed=range(1, 257),
    )
    threads: int = _setting(4, "Requests that one process answers at the same time.", allowed=range(1, 257))
    log_level: str = _setting("info", "debug, info, warning or error.")


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` gives, and defaults for the rest.

    Raises InvalidSetting for a value of the wrong kind and for a misspelt name.
    """
    known = {f"{PREFIX}{item.name.upper()}": item for item in fields(Settings)}
    if unknown := [name for name in environ if name.startswith(PREFIX) and name not in known]:
        raise InvalidSetting(f"{unknown[0]} is no setting; docs/settings.md lists them.")
    given: dict[str, Any] = {
        item.name: _read(name, environ[name].strip(), item)
        for name, item in known.items()
        if environ.get(name, "").strip()
    }
    return Settings(**given)


def _read(name: str, written: str, item: Field[Any]) -> object:
    if isinstance(item.default, tuple):
        return _keys(name, written)
    if isinstance(item.default, int):
        return _whole(name, written, item.metadata["allowed"])
    if item.name == "log_level" and written not in ("debug", "info", "warning", "error"):
        raise InvalidSetting(f"{name} must be debug, info, warning or error; it is “{written}”.")
    return written


def _keys(name: str, written: str) -> tuple[str, ...]:
    keys = tuple(part.strip() for part in written.split(",") if part.strip())
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise InvalidSetting(
            f"{name} holds a key of under {SHORTEST_KEY} characters, which could be guessed. Make one with: "
            "openssl rand -hex 24"
        )
    return keys


def _whole(name: str, written: str, allowed: range) -> int:
    # Ten digits are more than any limit; int() of very many would fail.
    if not re.fullmatch("[0-9]{1,10}", written) or int(written) not in allowed:
        raise InvalidSetting(
            f"{name} must be a whole number from {allowed[0]} to {allowed[-1]}; it is “{written[:40]}”."
        )
    return int(written)
