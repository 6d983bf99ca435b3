"""/operator: the state of the index. /operator/inactive: who has not been active for long."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import Blueprint, render_template

from indexer.encoder import Encoder
from indexer.engines import Engine
from indexer.errors import EncoderError, EngineError
from indexer.profile import Availability

# Enough to ask this week; who was asked and answers leaves the list.
MOST_INACTIVE = 200
# In the order of the page, each with what it means.
AVAILABILITIES = {
    Availability.OPEN: ("Open to a chat now", "found by a search"),
    Availability.BOOKED: ("Booked this month", "found when a seeker asks for them"),
    Availability.PAUSED: ("Paused", "come back by themselves"),
    Availability.CLOSED: ("Closed", "said no"),
    Availability.DORMANT: ("Dormant", "have said neither yes nor no, and are found by no search"),
}


def state_blueprint(engine: Engine, open_encoder: Callable[[], Encoder], inactive_after_days: int) -> Blueprint:
    """Return the routes of the pages about the index."""
    blueprint = Blueprint("state", __name__)

    def _inactive_before() -> date:
        return date.today() - timedelta(days=inactive_after_days)

    @blueprint.get("")
    def overview() -> str:
        try:
            status = engine.status()
            people = engine.availability_counts(date.today())
            titles = engine.titles.status()
            inactive = engine.inactive(_inactive_before(), 0).total
        except EngineError as error:
            # A page and no error: here one sees what is out of order, and the way to mend it may be an import.
            return _overview(problem=error)
        return _overview(status=status, people=people, titles=titles, inactive=inactive)

    def _overview(**found: object) -> str:
        encoder: Encoder | EncoderError
        try:
            encoder = open_encoder()
        except EncoderError as error:
            return _page(encoder_problem=error, **found)
        return _page(fingerprint=encoder.fingerprint, **found)

    def _page(**found: object) -> str:
        return render_template(
            "operator/overview.html",
            label=engine.label,
            availabilities=AVAILABILITIES,
            days=inactive_after_days,
            **found,
        )

    @blueprint.get("/inactive")
    def inactive() -> str:
        before = _inactive_before()
        return render_template(
            "operator/inactive.html", found=engine.inactive(before, MOST_INACTIVE), before=before
        )

    return blueprint
