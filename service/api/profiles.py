"""/api/v1/profiles/{id}, who is similar, and who has not been active for long."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any

from flask_smorest import Blueprint, abort

from indexer.document import unread
from indexer.encoder import Encoder
from indexer.engines import Engine
from indexer.errors import TitlesMissing
from indexer.indexing import ImportReport, import_profiles
from indexer.profile import Profile, ProfileSchema
from indexer.titles.reader import TitleReader
from service.api.access import require_api_key
from service.api.body import json_body
from service.api.schemas import (
    ErrorSchema,
    InactiveQuerySchema,
    InactiveSchema,
    PublicProfileSchema,
    SimilarQuerySchema,
    SimilarSchema,
    WrittenSchema,
)
from service.people import shown_profile
from service.search import SimilarPeople
from service.settings import Settings


def profiles_blueprint(
    engine: Engine,
    open_encoder: Callable[[], Encoder],
    reader: TitleReader,
    similar_people: SimilarPeople,
    settings: Settings,
) -> Blueprint:
    """Return the routes of profiles; those of operators need one of the API keys in `settings`."""
    blueprint = Blueprint("profiles", __name__, description="One person")

    def refuses(status: int, reason: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return blueprint.alt_response(status, schema=ErrorSchema, description=reason)  # type: ignore[no-any-return]

    def operator(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            require_api_key(settings.api_keys)
            return view(*args, **kwargs)

        secured = blueprint.doc(security=[{"operator": []}])(checked)
        secured = refuses(401, "The API key is missing or wrong.")(secured)
        return refuses(403, "No API keys are set.")(secured)

    def occupation_codes(titles: Sequence[str]) -> list[str]:
        try:
            return reader.occupation_codes(titles)
        except TitlesMissing:
            return unread(titles)  # without job titles people are found by words and vectors alone

    @blueprint.get("/profiles/<profile_id>")
    @blueprint.response(200, PublicProfileSchema)
    @refuses(404, "Nobody of this id is open to chats.")
    def get_profile(profile_id: str) -> Profile | None:
        """Show what everybody may see of a person who is open to chats."""
        profile = shown_profile(engine, profile_id, date.today())
        if profile is None:
            abort(404, message="Nobody of this id is open to chats.")
        return profile

    @blueprint.get("/profiles/<profile_id>/similar")
    @blueprint.arguments(SimilarQuerySchema, location="query", unknown=None)
    @blueprint.response(200, SimilarSchema)
    @refuses(404, "Nobody of this id is open to chats.")
    @refuses(503, "The index or its server is out of order.")
    def similar(asked: dict[str, Any], profile_id: str) -> Any:
        """Say who else to talk to: people whose careers are like this person's, of several companies."""
        profile = shown_profile(engine, profile_id, date.today())
        if profile is None:
            return abort(404, message="Nobody of this id is open to chats.")
        found = similar_people.similar(profile, asked.get("seen", ()), asked["limit"], date.today())
        return {"results": found}

    @blueprint.get("/inactive-profiles")
    @operator
    @blueprint.arguments(InactiveQuerySchema, location="query", unknown=None)
    @blueprint.response(200, InactiveSchema)
    @refuses(503, "The index or its server is out of order.")
    def inactive(asked: dict[str, Any]) -> Any:
        """List who said yes and has not been active for long, to be asked whether the yes still holds."""
        before = date.today() - timedelta(days=settings.inactive_after_days)
        found = engine.inactive(before, asked["limit"])
        return {"before": before, "total": found.total, "people": found.people}

    @blueprint.put("/profiles/<profile_id>")
    @operator
    @refuses(415, "The body is not JSON.")
    @json_body
    @blueprint.arguments(ProfileSchema)
    @blueprint.response(200, WrittenSchema)
    @blueprint.alt_response(201, schema=WrittenSchema, description="The person is new.")
    @refuses(409, "The index holds a newer version, or the person was deleted.")
    def put_profile(profile: Profile, profile_id: str) -> Any:
        """Write a person's whole profile, in place of the one before."""
        if profile.id != profile_id:
            abort(422, message=f"The id in the body, “{profile.id}”, is not the one in the address.")
        report = ImportReport()
        import_profiles([profile], engine, open_encoder, occupation_codes, report)
        if report.stale:
            abort(409, message="The index holds a newer version of this person (updated_at).")
        if report.deleted:
            abort(
                409,
                message="This person was deleted. To bring them back, send an updated_at after the deletion.",
            )
        outcome = "new" if report.new else "changed" if report.changed else "unchanged"
        return {"id": profile.id, "outcome": outcome}, 201 if report.new else 200

    @blueprint.delete("/profiles/<profile_id>")
    @operator
    @blueprint.response(204)
    @refuses(404, "Nobody of this id is in the index.")
    def delete_profile(profile_id: str) -> None:
        """Remove a person and their contact for good; an older file does not bring them back."""
        if not engine.delete(profile_id, datetime.now(UTC)):
            abort(404, message="Nobody of this id is in the index.")

    return blueprint
