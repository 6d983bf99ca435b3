"""/operator/demand: what seekers look for, that first which they find least of."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request

from indexer.engines import Engine, SearchCounts
from service.titles import OccupationDirectory

# A month for what is wanted now, a quarter for what is wanted always; older counts are not kept.
PERIODS = (30, 90)
# As many as one can look for people for.
MOST = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """One job that was looked for; `code` is "" where none was recognised."""

    code: str
    title: str
    searches: int
    in_vain: int
    people: int


def demand_blueprint(engine: Engine, directory: OccupationDirectory) -> Blueprint:
    """Return the route of the page about what is looked for."""
    blueprint = Blueprint("demand", __name__)

    @blueprint.get("/demand")
    def demand() -> str:
        days = PERIODS[1] if request.args.get("days") == str(PERIODS[1]) else PERIODS[0]
        today = date.today()
        found = engine.demand.since(today - timedelta(days=days))
        titles = directory.titles()
        people = engine.occupation_counts(today)
        wanted = [
            Wanted(code, titles.get(code, code), counts.searches, counts.in_vain, people.get(code, 0))
            for code, counts in in_vain_first(found)
            if code
        ]
        return render_template(
            "operator/demand.html",
            wanted=wanted,
            unrecognised=found.get("", SearchCounts(0, 0)).searches,
            searches=sum(counts.searches for counts in found.values()),
            days=days,
            periods=PERIODS,
        )

    return blueprint


def in_vain_first(found: dict[str, SearchCounts]) -> list[tuple[str, SearchCounts]]:
    """Return the MOST jobs that were looked for in vain most often."""
    order = sorted(found.items(), key=lambda item: (-item[1].in_vain, -item[1].searches, item[0]))
    return [(code, counts) for code, counts in order if counts.in_vain][:MOST]
