"""/browse: from the major groups to an occupation and the people who have had it."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, abort, render_template, request
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from service.api.schemas import SearchQuerySchema
from service.pages.seeker import searching_seeker
from service.search import Searcher
from service.titles import OccupationDirectory

# How much an occupation asks for before one can do it, by job zone:
# https://www.onetonline.org/help/online/zones
PREPARATION = {1: "little or none", 2: "some", 3: "medium", 4: "considerable", 5: "extensive"}


def browse_blueprint(searcher: Searcher, directory: OccupationDirectory) -> Blueprint:
    """Return the routes of the pages to browse."""
    blueprint = Blueprint("browse", __name__, url_prefix="/browse")

    @blueprint.get("")
    def groups() -> str:
        return render_template("groups.html", groups=directory.groups(date.today()))

    @blueprint.get("/<code>")
    def group(code: str) -> str:
        found = directory.group(code, date.today())
        if found is None:
            abort(404, "There is no group of occupations at this address.")
        one, occupations = found
        return render_template("group.html", group=one, occupations=occupations)

    @blueprint.get("/occupations/<code>")
    def occupation(code: str) -> str:
        found = directory.occupation(code, date.today())
        if found is None:
            abort(404, "There is no occupation at this address.")
        places = [(name, value) for name in ("page", "cursor") for value in request.args.getlist(name)]
        try:
            wanted = SearchQuerySchema().load(MultiDict([("occupation", code), *places]))
        except ValidationError:
            abort(404, "The list of people has no such page.")
        answer = searcher.search(replace(wanted, seeker=searching_seeker()), date.today())
        preparation = PREPARATION[found.job_zone] if found.job_zone else ""
        return render_template("occupation.html", occupation=found, answer=answer, preparation=preparation)

    return blueprint
