"""/ searches, /profiles/{id} shows one person."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, ValidationError

from indexer.engines import Engine
from indexer.profile import Availability, availability
from indexer.titles import KnownOccupation
from indexer.titles.reader import TitleReader
from service.api.codes import check_codes
from service.api.schemas import SearchQuerySchema
from service.names import country_names, language_name, language_names
from service.people import shown_profile
from service.search import SearchAnswer, Searcher
from service.search.reasons import career, chats

EXAMPLES = (
    "set designer for films",
    "ML engineer at a climate start-up",
    "help sick animals",
    "barista or coffee roaster",
    "public defender",
    "C# game developer",
)
CHAT_MINUTES = (15, 30, 45, 60)
# From here on nine readings in ten are right (docs/relevance.md), and the page says so without a "perhaps".
SURE = 0.8
_PARAMETERS = frozenset(SearchQuerySchema().fields)


def pages_blueprint(engine: Engine, searcher: Searcher, reader: TitleReader) -> Blueprint:
    """Return the routes of the pages."""
    blueprint = Blueprint("pages", __name__)
    blueprint.add_app_template_filter(career)
    blueprint.add_app_template_filter(language_name)
    blueprint.add_app_template_filter(lambda code: country_names().get(code, code), "country_name")
    blueprint.add_app_template_global(_same_url, "same_url")

    @blueprint.get("/")
    def search() -> ResponseReturnValue:
        if not {"q", "occupation"} & request.args.keys():
            return _search_page()
        try:
            # A link that was passed on may carry parameters of others, such as utm_source.
            wanted = SearchQuerySchema(unknown=EXCLUDE).load(request.args)
            check_codes(wanted, reader)
        except ValidationError as error:
            return _search_page(problems=_problems(error)), 422
        chosen = wanted.filters.occupations
        occupations = [reader.occupations()[code] for code in chosen] if chosen else []
        return _search_page(searcher.search(wanted, date.today()), occupations)

    @blueprint.get("/profiles/<profile_id>")
    def profile(profile_id: str) -> str:
        shown = shown_profile(engine, profile_id, date.today())
        if shown is None:
            abort(404, "Nobody of this address is open to chats.")
        booked = availability(shown, date.today()) is Availability.BOOKED
        return render_template("profile.html", profile=shown, chats=chats(shown), booked=booked)

    return blueprint


def _search_page(
    answer: SearchAnswer | None = None,
    chosen: Sequence[KnownOccupation] = (),
    problems: tuple[str, ...] = (),
) -> str:
    return render_template(
        "search.html",
        answer=answer,
        chosen=chosen,
        problems=problems,
        sure=SURE,
        examples=EXAMPLES,
        minute_options=[(minutes, f"{minutes} minutes") for minutes in CHAT_MINUTES],
        languages=language_names(),
        countries=country_names(),
    )


def _problems(error: ValidationError) -> tuple[str, ...]:
    """Return what is wrong with the form's fields, one sentence each."""
    labels = {
        "q": "",
        "occupation": "",
        "not_occupation": "",
        "chat_minutes": "Chat length ",
        "per_page": "People per page ",
    }
    messages: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call]
    return tuple(
        f"{labels.get(name, name.capitalize() + ' ')}{reason}"
        for name, reasons in messages.items()
        for reason in (reasons if isinstance(reasons, list) else chain.from_iterable(reasons.values()))
    )


def _same_url(**changes: list[str]) -> str:
    """Return the address of this page with other values for the parameters in `changes`, and of its first page."""
    # Of the parameters only our own: url_for takes some, such as _external, for itself.
    asked = {name: values for name, values in request.args.to_dict(flat=False).items() if name in _PARAMETERS}
    asked.pop("page", None)
    arguments: dict[str, Any] = {**(request.view_args or {}), **asked, **changes}
    return url_for(request.endpoint or "pages.search", **arguments)
