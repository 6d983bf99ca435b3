"""What a body must be before a schema can read it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from flask_smorest import abort
from werkzeug.exceptions import BadRequest


def json_body(view: Callable[..., Any]) -> Callable[..., Any]:
    """Return `view` for requests whose body is JSON; others end with 415, or 400 if it cannot be read."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if not request.is_json:
            abort(415, message="Send the profile as JSON, with Content-Type: application/json.")
        try:
            # webargs reads it again, but lets the errors of too deep nesting and too long numbers through.
            request.get_json()
        except (BadRequest, RecursionError):
            abort(400, message="The body cannot be read as JSON.")
        return view(*args, **kwargs)

    return checked
