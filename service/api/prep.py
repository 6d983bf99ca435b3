"""GET /api/v1/profiles/{id}/prep: what one needs for a chat with a person."""

from datetime import date
from typing import Any

from flask_smorest import Blueprint, abort

from indexer.engines import Engine
from service.api.prep_schemas import ChatKitSchema, PrepQuerySchema, PrepRequest
from service.api.schemas import ErrorSchema
from service.people import shown_profile
from service.prep import Preparer


def prep_blueprint(engine: Engine, preparer: Preparer) -> Blueprint:
    """Return the route of the chat kit."""
    blueprint = Blueprint("prep", __name__, description="Prepare a chat")

    @blueprint.get("/profiles/<profile_id>/prep")
    @blueprint.arguments(PrepQuerySchema, location="query", unknown=None)
    @blueprint.response(200, ChatKitSchema)
    @blueprint.alt_response(404, schema=ErrorSchema, description="Nobody of this id is open to chats.")
    @blueprint.alt_response(503, schema=ErrorSchema, description="The index or its server is out of order.")
    def prep(asked: PrepRequest, profile_id: str) -> Any:
        """Suggest an ask, questions, an agenda and what to read for a chat with the person; nothing is sent."""
        profile = shown_profile(engine, profile_id, date.today())
        if profile is None:
            return abort(404, message="Nobody of this id is open to chats.")
        return preparer.kit(profile, asked.job, asked.seeker, date.today())

    return blueprint
