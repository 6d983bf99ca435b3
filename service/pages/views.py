"""/ searches, /profiles/{id} shows one person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from indexer.engines import Engine
from indexer.facts import facts_of
from indexer.profile import Availability, availability
from indexer.text import clean_line
from indexer.titles import KnownOccupation
from indexer.titles.reader import TitleReader
from service.api.codes import check_codes
from service.api.schemas import SIMILAR, SearchQuerySchema
from service.names import country_names, language_name, language_names
from service.pages import career
from service.pages.addresses import carried_parameters, own_parameters, same_url
from service.pages.initials import colour, initials
from service.pages.isolated import isolated
from service.pages.marked import marked
from service.pages.seeker import remembered_seeker, searching_seeker
from service.people import shown_profile
from service.prep import Preparer
from service.prep.letters import ways
from service.search import SearchAnswer, Searcher, SearchRequest, SimilarPeople
from service.search.facets import FacetValue
from service.search.order import Sort
from service.search.reasons import chats, in_common
from service.search.request import LONGEST_QUERY
from service.search.seeker import shared
from service.titles import CountedOccupation, OccupationDirectory

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
# What a seeker chooses among, in the order of the page, as it is called there.
FACET_LABELS = {
    "occupation": "Job",
    "chat_minutes": "Chat length",
    "language": "Language",
    "country": "Country",
    "industry": "Industry",
    "company": "Company",
    "school": "School",
}
SORTS = {Sort.RELEVANCE: "Best match", Sort.ACTIVE: "Recently active", Sort.ROOM: "Most room this month"}
# The fields of the form before a search, and after one.
_BEFORE = frozenset({"q", "chat_minutes", "language", "country"})
_AFTER = frozenset({"q", "sort", "booked", *FACET_LABELS})


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is chosen, and the address without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Release:
    """The facet whose choice keeps out most: what is chosen there, and who is found without it."""

    label: str
    people: int
    address: str


def pages_blueprint(
    engine: Engine,
    searcher: Searcher,
    reader: TitleReader,
    similar_people: SimilarPeople,
    directory: OccupationDirectory,
    *,
    preparer: Preparer,
) -> Blueprint:
    """Return the routes of the pages."""
    blueprint = Blueprint("pages", __name__)
    blueprint.add_app_template_filter(marked)
    blueprint.add_app_template_filter(isolated)
    blueprint.add_app_template_filter(initials)
    blueprint.add_app_template_filter(colour, "avatar_colour")
    blueprint.add_app_template_filter(career.years)
    blueprint.add_app_template_filter(career.duration)
    blueprint.add_app_template_filter(language_name)
    blueprint.add_app_template_filter(ways)
    blueprint.add_app_template_filter(lambda code: country_names().get(code, code), "country_name")
    blueprint.add_app_template_global(same_url)

    @blueprint.get("/")
    def search() -> ResponseReturnValue:
        asked = own_parameters()
        if not {"q", "occupation"} & asked.keys():
            return _form()
        try:
            wanted = SearchQuerySchema().load(asked)
            check_codes(wanted, reader)
        except ValidationError as error:
            return _form(error.normalized_messages()), 422  # type: ignore[no-untyped-call]
        wanted = replace(wanted, seeker=searching_seeker())
        chosen = wanted.filters.occupations
        answer = searcher.search(wanted, date.today())
        return _results(
            answer,
            wanted,
            chosen=named(chosen),
            left_out=named(wanted.dropped),
            nearest=[] if answer.total else nearest(answer, chosen),
        )

    def named(codes: Sequence[str]) -> list[KnownOccupation]:
        """Return the occupations of `codes`, which are known."""
        return [reader.occupations()[code] for code in codes] if codes else []

    def nearest(answer: SearchAnswer, chosen: Sequence[str]) -> list[CountedOccupation]:
        """Return occupations near to what was asked for that somebody has had, where nobody was found."""
        codes = [*chosen, *(reading.code for reading in answer.understanding.readings)]
        known = directory.occupation(codes[0], date.today()) if codes else None
        return [one for one in known.neighbours if one.people] if known else []

    @blueprint.get("/profiles/<profile_id>")
    def profile(profile_id: str) -> str:
        today = date.today()
        shown = shown_profile(engine, profile_id, today)
        if shown is None:
            abort(404, "Nobody of this address is open to chats.")
        job = clean_line(request.args.get("job", ""))[:LONGEST_QUERY]
        return render_template(
            "profile.html",
            profile=shown,
            job=job,
            matched=preparer.matched_position(shown, job, today) if job else None,
            today=today,
            chats=chats(shown),
            booked=availability(shown, today) is Availability.BOOKED,
            in_common=in_common(shared(remembered_seeker(), facts_of(shown))),
            similar=similar_people.similar(shown, (), SIMILAR, today),
        )

    return blueprint


def _form(messages: dict[str, Any] | None = None) -> str:
    """Return the page before a search, which also says what is wrong with one: `messages` of the schema."""
    messages = messages or {}
    return render_template(
        "search.html",
        problems=_problems(messages),
        # Nobody could mend what the form does not show.
        carried=carried_parameters(_BEFORE | messages.keys()),
        examples=EXAMPLES,
        minute_options=[(minutes, f"{minutes} minutes") for minutes in CHAT_MINUTES],
        languages=language_names(),
        countries=country_names(),
    )


def _results(
    answer: SearchAnswer,
    wanted: SearchRequest,
    *,
    chosen: Sequence[KnownOccupation],
    left_out: Sequence[KnownOccupation],
    nearest: Sequence[CountedOccupation],
) -> str:
    """Return the page of an answer; `chosen` and `left_out` are the occupations that `wanted` names.

    `nearest` are some to go on from.
    """
    # Without a query the occupations are the dream job itself, which no filter takes away.
    optional = [name for name in FACET_LABELS if name != "occupation" or answer.query]
    chips = [
        Chip(value.label, same_url(**{name: _others(answer.facets[name], value)}))
        for name in FACET_LABELS
        if name != "occupation"  # its chips are those of the reading
        for value in answer.facets[name]
        if value.chosen
    ]
    if wanted.filters.booked:
        chips.append(Chip("Booked people, too", same_url(booked=[])))
    return render_template(
        "search.html",
        answer=answer,
        chosen=chosen,
        left_out=left_out,
        nearest=nearest,
        examples=EXAMPLES,
        carried=carried_parameters(_AFTER),
        chips=chips,
        release=None if answer.total else _release(answer, optional),
        cleared=same_url(booked=[], **{name: [] for name in optional}),
        facets=[(name, label, answer.facets[name]) for name, label in FACET_LABELS.items() if answer.facets[name]],
        sorts=SORTS,
        wanted=wanted,
        sure=SURE,
    )


def _release(answer: SearchAnswer, optional: Collection[str]) -> Release | None:
    """Return which one of the `optional` facets to let go, where that alone finds anybody."""
    people, name = max(((answer.total_without.get(name, 0), name) for name in optional), default=(0, ""))
    if not people:
        return None
    chosen = [value.label for value in answer.facets[name] if value.chosen]
    return Release(" or ".join(chosen), people, same_url(**{name: []}))


def _others(values: Collection[FacetValue], left_out: FacetValue) -> list[str]:
    return [value.value for value in values if value.chosen and value is not left_out]


def _problems(messages: dict[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with the form's fields, one sentence each."""
    labels = {
        "q": "",
        "occupation": "",
        "not_occupation": "",
        "chat_minutes": "Chat length ",
        "per_page": "People per page ",
        "cursor": "The link to this page ",
    }
    return tuple(
        f"{labels.get(name, name.capitalize() + ' ')}{reason}"
        for name, reasons in messages.items()
        for reason in (reasons if isinstance(reasons, list) else chain.from_iterable(reasons.values()))
    )
