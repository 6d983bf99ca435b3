"""GET /api/v1/search."""

from datetime import date

from flask_smorest import Blueprint, abort
from marshmallow import ValidationError

from indexer.titles.reader import TitleReader
from service.api.codes import check_codes
from service.api.schemas import ErrorSchema, SearchAnswerSchema, SearchQuerySchema
from service.search import SearchAnswer, Searcher, SearchRequest


def search_blueprint(searcher: Searcher, reader: TitleReader) -> Blueprint:
    """Return the routes of the search."""
    blueprint = Blueprint("search", __name__, description="Find people by dream job")

    @blueprint.get("/search")
    # unknown=None leaves the choice to the schema; webargs would drop misspelt parameters.
    @blueprint.arguments(SearchQuerySchema, location="query", unknown=None)
    @blueprint.response(200, SearchAnswerSchema)
    @blueprint.alt_response(503, schema=ErrorSchema, description="The index or its server is out of order.")
    def search(request: SearchRequest) -> SearchAnswer:
        """Rank the people who do, or did, the dream job and are open to a chat now."""
        try:
            check_codes(request, reader)
        except ValidationError as error:
            abort(422, errors={"query": error.messages})
        return searcher.search(request, date.today())

    return blueprint
