"""GET /api/v1/occupations and /api/v1/occupations/{code}: browsing by occupation."""

from datetime import date
from typing import Any

from flask_smorest import Blueprint, abort

from service.api.schemas import ErrorSchema, OccupationSchema, OccupationsQuerySchema, OccupationsSchema
from service.titles import OccupationDirectory
from service.titles.directory import OccupationDetails


def occupations_blueprint(directory: OccupationDirectory) -> Blueprint:
    """Return the routes of the occupations."""
    blueprint = Blueprint("occupations", __name__, description="Occupations to browse")

    @blueprint.get("/occupations")
    @blueprint.arguments(OccupationsQuerySchema, location="query", unknown=None)
    @blueprint.response(200, OccupationsSchema)
    @blueprint.alt_response(503, schema=ErrorSchema, description="The index or its server is out of order.")
    def occupations(asked: dict[str, str]) -> Any:
        """List the major groups or, of one group, its occupations."""
        if not asked["group"]:
            return {"groups": directory.groups(date.today()), "occupations": []}
        if found := directory.group(asked["group"], date.today()):
            group, members = found
            return {"groups": [group], "occupations": members}
        reason = f"“{asked['group']}” is not the code of a major group here, such as 29."
        return abort(422, errors={"query": {"group": [reason]}})

    @blueprint.get("/occupations/<code>")
    @blueprint.response(200, OccupationSchema)
    @blueprint.alt_response(404, schema=ErrorSchema, description="There is no occupation of this code.")
    @blueprint.alt_response(503, schema=ErrorSchema, description="The index or its server is out of order.")
    def occupation(code: str) -> OccupationDetails | None:
        """Show one occupation; GET /api/v1/search?occupation={code} has its people."""
        found = directory.occupation(code, date.today())
        if found is None:
            abort(404, message="There is no occupation of this code.")
        return found

    return blueprint
