"""What each error of ours is to an HTTP client, in JSON for the API and as a page for people."""

import logging
from typing import Any

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_smorest import Api
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from indexer.errors import CannotUndo, EncoderError, EngineError, InvalidFile, MentorSearchError
from service.api.schemas import ErrorSchema
from service.imports.folder import TaskFolderUnusable
from service.settings import InvalidSetting

_log = logging.getLogger(__name__)

# Trouble with the index is never the seeker's doing, and often passes: 503 tells clients to come back.
STATUSES: dict[type[MentorSearchError], int] = {
    EngineError: 503,
    EncoderError: 503,
    CannotUndo: 409,
    InvalidFile: 422,
    InvalidSetting: 500,
    TaskFolderUnusable: 503,
}
# Of what the framework finds by itself, in place of its own words.
_WORDS = {
    404: "There is no page at this address. It may have been mistyped, or what was there is gone.",
    405: "This page cannot be used in that way. Please open it anew.",
    413: "That is more than this page takes.",
    500: "Something went wrong here, and it is not your doing. Please try again in a moment.",
}
# What a seeker reads; the operator finds the error itself in the log and, with an API key, at /readyz.
_UNAVAILABLE = "The search cannot answer right now. Please try again in a moment."


def status_of(error: MentorSearchError) -> int:
    """Return the HTTP status for `error`."""
    return next(status for kind, status in STATUSES.items() if isinstance(error, kind))


class ErrorAwareApi(Api):  # type: ignore[misc]
    """flask-smorest's Api, whose one JSON error shape is for the API's own paths; people get a page."""

    ERROR_SCHEMA = ErrorSchema

    def handle_http_exception(self, error: HTTPException) -> ResponseReturnValue:
        """Return the answer for `error`."""
        # Such as Allow, which says what the address can do.
        own_headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
        if not _is_for_programs(request.path):
            said = _WORDS.get(error.code or 500, "") if error.description == type(error).description else ""
            page = render_template("error.html", error=error, description=said or error.description)
            return page, error.code or 500, own_headers
        payload, status, headers = super().handle_http_exception(error)
        invalid = "Some values cannot be used; see errors." if "errors" in payload else error.description
        return {"message": invalid, **payload}, status, {**own_headers, **(headers or {})}


def _is_for_programs(path: str) -> bool:
    return path in ("/healthz", "/readyz") or (path.startswith("/api/") and not path.startswith("/api/docs/"))


def register_errors(app: Flask, api: ErrorAwareApi) -> None:
    """Make `app` answer our own errors like HTTP errors, and log them in full."""

    @app.errorhandler(MentorSearchError)
    def _ours(error: MentorSearchError) -> Any:
        _log.error("%s: %s", type(error).__name__, error)
        http = ServiceUnavailable(_UNAVAILABLE)
        http.code = status_of(error)
        http.data = {"message": _UNAVAILABLE}  # type: ignore[attr-defined]
        return api.handle_http_exception(http)
