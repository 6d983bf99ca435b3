"""The addresses of our own static files: each carries its content's fingerprint, so that browsers may keep it."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

# A year, in seconds: for ever, as far as caches are concerned.
_KEPT_SECONDS = 365 * 24 * 60 * 60
# Hexadecimal digits of SHA-256, 40 bits: these are versions of one file, not passwords.
_DIGITS = 10


def add_fingerprints(app: Flask) -> None:
    """Make `url_for("static", …)` name the content, and browsers keep what such an address gives for a year.

    Any other address of the file works as well; it is asked for again each time, by its ETag.
    """
    folder = Path(app.static_folder or "")

    @app.url_defaults
    def _name(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and (version := _version(folder / values["filename"])):
            values["v"] = version

    @app.after_request
    def _keep(response: Response) -> Response:
        if request.endpoint != "static" or response.status_code not in (200, 304):
            return response
        # An old page may ask for an old version: it gets the new file, and must not keep it as the old one.
        if request.args.get("v") == _version(folder / (request.view_args or {})["filename"]):
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = _KEPT_SECONDS
            response.cache_control.immutable = True
        return response


def _version(file: Path) -> str:
    """Return the fingerprint of the content of `file`, "" if there is none."""
    return _fingerprint(file, file.stat().st_mtime_ns) if file.is_file() else ""


@lru_cache(maxsize=64)  # of each file one entry, and a few for what a developer changes meanwhile
def _fingerprint(file: Path, changed_ns: int) -> str:  # noqa: ARG001  (a part of the cache's key)
    return hashlib.sha256(file.read_bytes()).hexdigest()[:_DIGITS]
