"""/ searches, /profiles/{id} shows one person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, ValidationError

from indexer.engines import Engine
from indexer.facts import facts_of
from indexer.profile import Availability, availability
from indexer.titles import KnownOccupation
from indexer.titles.reader import TitleReader
from service.api.codes import check_codes
from service.api.schemas import SIMILAR, SearchQuerySchema
from service.names import country_names, language_name, language_names
from service.pages.marks import marked
from service.pages.you import current_seeker, for_seeker
from service.people import shown_profile
from service.search import SearchAnswer, Searcher, Seeker, SimilarPeople
from service.search.order import Sort
from service.search.reasons import career, chats, in_common
from service.search.seeker import shared

EXAMPLES = (
    "set designer for films",
    "ML engineer at a climate start-up",
    "help sick animals",
    "barista or coffee roaster",
    "public defender",
    "C# game developer",
)
CHAT_MINUTES = (15, 30, 45, 60)
FACET_LABELS = {
    "occupation": "Job",
    "chat_minutes": "Chat length",
    "language": "Language",
    "country": "Country",
    "industry": "Industry",
    "company": "Company",
    "school": "School",
}
SORTS = ((Sort.ACTIVE.value, "Recently active first"), (Sort.ROOM.value, "Most room this month first"))
# From here on nine readings in ten are right (docs/relevance.md), and the page says so without a "perhaps".
SURE = 0.8
_PARAMETERS = frozenset(SearchQuerySchema().fields)


def pages_blueprint(
    engine: Engine, searcher: Searcher, similar_people: SimilarPeople, reader: TitleReader
) -> Blueprint:
    """Return the routes of the pages."""
    blueprint = Blueprint("pages", __name__)
    blueprint.add_app_template_filter(career)
    blueprint.add_app_template_filter(language_name)
    blueprint.add_app_template_filter(lambda code: country_names().get(code, code), "country_name")
    blueprint.add_app_template_filter(marked)
    blueprint.add_app_template_global(_same_url, "same_url")
    blueprint.add_app_template_global(_unfiltered_url, "unfiltered_url")

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

        def found(seeker: Seeker) -> str:
            answer = searcher.search(replace(wanted, seeker=seeker), date.today())
            return _search_page(answer, occupations, seeker=seeker)

        return for_seeker(found)

    @blueprint.get("/profiles/<profile_id>")
    def profile(profile_id: str) -> str:
        shown = shown_profile(engine, profile_id, date.today())
        if shown is None:
            abort(404, "Nobody of this address is open to chats.")
        today, seeker = date.today(), current_seeker()
        return render_template(
            "profile.html",
            profile=shown,
            chats=chats(shown),
            booked=availability(shown, today) is Availability.BOOKED,
            common=in_common(shared(seeker, facts_of(shown))),
            similar=similar_people.similar(shown, (), SIMILAR, today),
        )

    return blueprint


def _search_page(
    answer: SearchAnswer | None = None,
    chosen: Sequence[KnownOccupation] = (),
    problems: tuple[str, ...] = (),
    seeker: Seeker = Seeker(),  # noqa: B008  # frozen
) -> str:
    return render_template(
        "search.html",
        answer=answer,
        chosen=chosen,
        problems=problems,
        seeker=seeker,
        facet_labels=FACET_LABELS,
        sorts=SORTS,
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
    for name in ("page", "cursor"):
        asked.pop(name, None)
    arguments: dict[str, Any] = {**(request.view_args or {}), **asked, **changes}
    return url_for(request.endpoint or "pages.search", **arguments)


def _unfiltered_url() -> str:
    """Return the address of this search without its filters, in the usual order."""
    return _same_url(**{name: [] for name in (*FACET_LABELS, "sort", "booked") if name in request.args})
