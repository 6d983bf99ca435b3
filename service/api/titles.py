"""GET /api/v1/titles: job titles for what somebody has typed so far."""

from datetime import date
from typing import Any

from flask_smorest import Blueprint

from service.api.schemas import ErrorSchema, SuggestionsSchema, TitlesQuerySchema
from service.titles import Suggester
from service.titles.suggest import KEPT_SECONDS


def titles_blueprint(suggester: Suggester) -> Blueprint:
    """Return the routes of the job titles."""
    blueprint = Blueprint("titles", __name__, description="Job titles, as they are typed")

    @blueprint.get("/titles")
    @blueprint.arguments(TitlesQuerySchema, location="query", unknown=None)
    @blueprint.response(200, SuggestionsSchema)
    @blueprint.alt_response(503, schema=ErrorSchema, description="The index or its server is out of order.")
    def titles(typed: dict[str, Any]) -> Any:
        """Suggest job titles that begin with what was typed, or hold a word that does."""
        suggestions = suggester.suggest(typed["q"], typed["limit"], date.today())
        # Who deletes a letter asks again what was just answered.
        headers = {"Cache-Control": f"private, max-age={KEPT_SECONDS:.0f}"}
        return {"query": typed["q"], "results": suggestions}, 200, headers

    return blueprint
