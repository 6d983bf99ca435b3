"""/healthz says that the process lives, /readyz that it can answer a search."""

from collections.abc import Callable

from flask_smorest import Blueprint, abort

from indexer.encoder import Encoder
from indexer.engines import Engine
from indexer.engines.mismatch import check_encoder
from indexer.errors import MentorSearchError
from service.api.schemas import AliveSchema, ErrorSchema, ReadySchema


def health_blueprint(engine: Engine, open_encoder: Callable[[], Encoder]) -> Blueprint:
    """Return the routes of the health checks."""
    blueprint = Blueprint("health", __name__, description="For load balancers and operators")

    @blueprint.get("/healthz")
    @blueprint.response(200, AliveSchema)
    def healthz() -> dict[str, str]:
        """Say that the process lives."""
        return {"status": "alive"}

    @blueprint.get("/readyz")
    @blueprint.response(200, ReadySchema)
    @blueprint.alt_response(503, schema=ErrorSchema, description="What is out of order, and what to do.")
    def readyz() -> dict[str, object]:
        """Say whether the engine answers, the encoder works, and the index was made with it."""
        try:
            status = engine.status()
            encoder = open_encoder()
            check_encoder(status.fingerprint, encoder.fingerprint)
            encoder.encode(["ready"])
        except MentorSearchError as error:
            abort(503, message=str(error))
        return {"status": "ready", "people": status.people, "open_to_chats": status.open_to_chats["yes"]}

    return blueprint
