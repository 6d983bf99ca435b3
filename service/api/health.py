"""/healthz says that the process lives, /readyz that it can answer a search."""

import logging
from collections.abc import Callable

from flask_smorest import Blueprint, abort

from indexer.encoder import Encoder
from indexer.engines import Engine
from indexer.engines.mismatch import check_encoder
from indexer.errors import EncoderError, EngineError, IndexMismatch, IndexMissing, MentorSearchError
from service.api.access import has_api_key
from service.api.schemas import AliveSchema, ErrorSchema, ReadySchema

_log = logging.getLogger(__name__)

# What anybody may read of an error; its own text can name servers and folders. The first that applies counts.
_IN_SHORT: tuple[tuple[type[MentorSearchError], str], ...] = (
    (IndexMissing, "There is no index yet: import profiles first."),
    (IndexMismatch, "The index was made by another version or with another encoder."),
    (EncoderError, "The encoder does not work."),
    (EngineError, "The search engine does not answer as it should."),
)
_WHERE_MORE = "The log says why, and so does this address with an API key."


def health_blueprint(engine: Engine, open_encoder: Callable[[], Encoder], api_keys: tuple[str, ...]) -> Blueprint:
    """Return the routes of the health checks; who has one of `api_keys` is told all that is wrong."""
    blueprint = Blueprint("health", __name__, description="For load balancers and operators")

    @blueprint.get("/healthz")
    @blueprint.response(200, AliveSchema)
    def healthz() -> dict[str, str]:
        """Say that the process lives."""
        return {"status": "alive"}

    @blueprint.get("/readyz")
    @blueprint.response(200, ReadySchema)
    @blueprint.alt_response(503, schema=ErrorSchema, description="What is out of order; why, with an API key.")
    def readyz() -> dict[str, object]:
        """Say whether the engine answers, the encoder works, and the index was made with it."""
        try:
            status = engine.status()
            encoder = open_encoder()
            check_encoder(status.fingerprint, encoder.fingerprint)
            encoder.encode(["ready"])
        except (EngineError, EncoderError) as error:
            _log.warning("Not ready: %s: %s", type(error).__name__, error)
            in_short = next(text for kind, text in _IN_SHORT if isinstance(error, kind))
            abort(503, message=str(error) if has_api_key(api_keys) else f"{in_short} {_WHERE_MORE}")
        return {"status": "ready", "people": status.people, "open_to_chats": status.open_to_chats["yes"]}

    return blueprint
