"""/you: what seekers tell of themselves, kept in their own browser and sent along with their searches."""

import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError, fields, post_load

from indexer import text
from indexer.profile.fields import Language, Line
from service.names import language_name
from service.search import Seeker

# What a seeker tells, and the random text that tells seekers apart, by which near-equal people take turns.
TOLD, TOKEN = "you", "seeker"
# Half a year: who still looks around then tells it once more.
_KEPT_SECONDS = 180 * 24 * 60 * 60
# Browsers keep 4,096 bytes of a cookie with its name; 10 names of 120 letters in each of three fields can be more.
_MOST_BYTES = 3800
_MOST_LINES = 10


class _Lines(fields.Field[list[str]]):
    """A text with one value a line, each as `item` takes it."""

    def __init__(self, item: fields.Field[Any]) -> None:
        super().__init__(load_default=list)
        self._item = item

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> list[str]:
        lines = [line for line in map(text.clean_line, str(value).splitlines()) if line]
        if len(lines) > _MOST_LINES:
            raise ValidationError(f"Give at most {_MOST_LINES}, one a line; these are {len(lines)}.")
        values: list[str] = []
        problems: list[Any] = []
        for line in lines:
            try:
                values.append(self._item.deserialize(line, attr, data))
            except ValidationError as error:
                problems += error.messages
        if problems:
            raise ValidationError(problems)
        return values


class YouSchema(Schema):
    """The form, and the cookie that keeps it."""

    schools = _Lines(Line(120))
    companies = _Lines(Line(120))
    communities = _Lines(Line(100))
    location = Line(120, load_default="")
    languages = _Lines(Language())

    @post_load
    def _seeker(self, data: dict[str, Any], **_: Any) -> Seeker:
        return Seeker(
            schools=tuple(data["schools"]),
            companies=tuple(data["companies"]),
            communities=tuple(data["communities"]),
            location=data["location"],
            languages=tuple(data["languages"]),
        )


_SCHEMA = YouSchema()


def you_blueprint() -> Blueprint:
    """Return the routes of the page about the seeker."""
    blueprint = Blueprint("you", __name__, url_prefix="/you")

    @blueprint.get("")
    def page() -> str:
        return _form(_as_form(current_seeker()), saved="saved" in request.args)

    @blueprint.post("")
    def save() -> ResponseReturnValue:
        _check_origin()
        if "forget" in request.form:
            forgotten: Response = make_response(redirect(url_for("you.page"), 303))
            forgotten.delete_cookie(TOLD)
            forgotten.delete_cookie(TOKEN)
            return forgotten
        written = {name: request.form.get(name, "") for name in _SCHEMA.fields}
        try:
            cookie = _written(_SCHEMA.load(written))
        except ValidationError as error:
            return _form(written, problems=error.normalized_messages()), 422  # type: ignore[no-untyped-call]
        response: Response = make_response(redirect(url_for("you.page", saved=1), 303))
        response.set_cookie(
            TOLD, cookie, max_age=_KEPT_SECONDS, secure=request.is_secure, httponly=True, samesite="Lax"
        )
        return response

    return blueprint


def current_seeker() -> Seeker:
    """Return who searches, by the cookies of the request; nobody in particular for one that cannot be read."""
    token = request.cookies.get(TOKEN, "")
    return _read(request.cookies.get(TOLD, ""), token if re.fullmatch("[0-9a-f]{16}", token) else "")


def for_seeker(answer: Callable[[Seeker], ResponseReturnValue]) -> ResponseReturnValue:
    """Return the answer for who searches; a new seeker is told apart from now on, until the browser is closed."""
    seeker = current_seeker()
    if seeker.token:
        return answer(seeker)
    token = secrets.token_hex(8)
    response: Response = make_response(answer(_read(request.cookies.get(TOLD, ""), token)))
    response.set_cookie(TOKEN, token, secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def _read(cookie: str, token: str) -> Seeker:
    nobody = Seeker(token=token)
    try:
        told = json.loads(urlsafe_b64decode(cookie))
        written = {name: value if isinstance(value, str) else "\n".join(value) for name, value in told.items()}
        seeker: Seeker = _SCHEMA.load(written)
    except (ValueError, TypeError, AttributeError, RecursionError, ValidationError):
        return nobody
    return replace(seeker, token=token)


def _written(seeker: Seeker) -> str:
    told = {name: getattr(seeker, name) for name in _SCHEMA.fields}
    cookie = urlsafe_b64encode(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).decode()
    if len(cookie) > _MOST_BYTES:
        raise ValidationError("That is more than a browser keeps. Leave out what matters least.", "schools")
    return cookie


def _as_form(seeker: Seeker) -> dict[str, str]:
    return {
        "schools": "\n".join(seeker.schools),
        "companies": "\n".join(seeker.companies),
        "communities": "\n".join(seeker.communities),
        "location": seeker.location,
        "languages": "\n".join(map(language_name, seeker.languages)),
    }


def _form(values: Mapping[str, str], *, saved: bool = False, problems: Mapping[str, Any] | None = None) -> str:
    return render_template("you.html", values=values, saved=saved, problems=problems or {})


def _check_origin() -> None:
    """Refuse a form that another site sent: it could change what this browser tells of its owner.

    Browsers say where a form comes from. Who says nothing is no browser, and has no cookies to change.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    foreign = site != "same-origin" if site else origin is not None and urlsplit(origin).netloc != request.host
    if foreign:
        abort(403, "This form was sent from another site. Open the page here and send it again.")
