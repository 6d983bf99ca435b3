"""/you: what a seeker tells of themselves, kept in their own browser."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from service.names import language_name, language_names
from service.pages.about import MOST, AboutSchema, AboutTooLong
from service.pages.security import sent_by_other_site
from service.pages.seeker import forget, remember, remembered_seeker
from service.search import Seeker

# Of the form: what is told one a line.
_LISTS = ("schools", "companies", "communities", "languages")
_TOO_LONG = "This is more than a browser keeps for one site. Take away some lines, or shorten them."


def you_blueprint() -> Blueprint:
    """Return the routes of the page."""
    blueprint = Blueprint("you", __name__, url_prefix="/you")

    @blueprint.before_request
    def _refuse_other_sites() -> None:
        if request.method == "POST" and sent_by_other_site():
            abort(403, "Another site has sent this form. Please open “About you” here, and send it from there.")

    @blueprint.get("")
    def about() -> str:
        seeker = remembered_seeker()
        return _page(_written(seeker), kept=seeker.tells)

    @blueprint.post("")
    def save() -> ResponseReturnValue:
        kept = remembered_seeker().tells
        response = redirect(url_for("you.about"), 303)
        try:
            seeker = AboutSchema().load(_told(request.form))
            if seeker.tells:
                remember(response, seeker)
            else:
                forget(response)
        except ValidationError as error:
            return _page(request.form, kept=kept, problems=_problems(error, request.form)), 422
        except AboutTooLong:
            return _page(request.form, kept=kept, problems={"form": [_TOO_LONG]}), 422
        return response

    @blueprint.post("/forget")
    def forgotten() -> ResponseReturnValue:
        response = redirect(url_for("you.about"), 303)
        forget(response)
        return response

    return blueprint


def _page(form: Mapping[str, str], *, kept: bool, problems: Mapping[str, list[str]] | None = None) -> str:
    return render_template("you.html", form=form, kept=kept, problems=problems or {}, most=MOST)


def _written(seeker: Seeker) -> dict[str, str]:
    """Return what `seeker` tells as the form has it."""
    lines = {name: getattr(seeker, name) for name in _LISTS}
    lines["languages"] = map(language_name, seeker.languages)
    return {name: "\n".join(values) for name, values in lines.items()} | {"location": seeker.location}


def _told(form: Mapping[str, str]) -> dict[str, Any]:
    """Return what is written in `form`, as AboutSchema takes it."""
    told = {name: [line for _, line in _lines(form, name)] for name in _LISTS}
    # The names that our own pages show, some of which ISO 639 has not.
    codes = {name.casefold(): code for code, name in language_names().items()}
    told["languages"] = [codes.get(line.casefold(), line) for line in told["languages"]]
    return {**told, "location": form.get("location", "")}


def _lines(form: Mapping[str, str], name: str) -> list[tuple[int, str]]:
    """Return the lines of a field that are not empty, each with its number."""
    numbered = enumerate(form.get(name, "").splitlines(), start=1)
    return [(number, line.strip()) for number, line in numbered if line.strip()]


def _problems(error: ValidationError, form: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what is wrong with each field, in sentences."""
    messages: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call]
    return {name: _sentences(name, reasons, form) for name, reasons in messages.items()}


def _sentences(name: str, reasons: Any, form: Mapping[str, str]) -> list[str]:
    if isinstance(reasons, dict):
        lines = _lines(form, name)
        return [f"Line {lines[place][0]} {reason}" for place, said in reasons.items() for reason in said]
    return [reason if name in _LISTS else f"This {reason}" for reason in reasons]
