"""What operators see of what is looked for: jobs and numbers, and no word of anybody."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.engines import Engine, SearchCounts
from tests.api.operator import Operator
from tests.factories import make_profile

Index = Callable[..., None]
NURSE, VET, PILOT = "29-1141.00", "29-1131.00", "53-2011.00"


@pytest.fixture(autouse=True)
def people(titles: None, index: Index) -> None:
    index(*(make_profile(f"n{number}", positions=[{"title": "Nurse"}]) for number in range(5)))


def test_searches_in_vain_are_counted_by_job_and_lead_to_its_people(
    app: Flask, client: FlaskClient, inside: Operator
) -> None:
    for _ in range(2):
        client.get("/?q=pilot&utm_source=x")
    client.get("/api/v1/search", query_string={"q": "secretword zebra"})
    client.get("/?q=nurse")
    app.extensions["demand"].write()

    shown = inside.page("/operator/demand")

    assert "4 searches in the last 30 days; 1 named no job that we know" in shown.text
    assert "Pilot 2 2 0" in shown.text
    assert f"/browse/occupations/{PILOT}" in shown.values("a", "href")
    for word in ("secretword", "zebra", "Nurse 0"):
        assert word not in shown.text


@pytest.mark.parametrize(
    "address",
    ["/?q=pilot&chat_minutes=15", "/?q=pilot&page=2", f"/?occupation={PILOT}", "/browse/occupations/" + PILOT],
)
def test_filters_later_pages_and_browsing_do_not_count(
    app: Flask, client: FlaskClient, engine: Engine, address: str
) -> None:
    client.get(address)
    app.extensions["demand"].write()

    assert engine.demand.since(date.today()) == {}


def test_the_job_that_is_missed_most_comes_first_and_an_older_one_within_the_quarter(
    engine: Engine, inside: Operator
) -> None:
    today = date.today()
    engine.demand.add(today, {VET: SearchCounts(9, 1), PILOT: SearchCounts(3, 3), NURSE: SearchCounts(50, 0)})
    engine.demand.add(today - timedelta(days=60), {VET: SearchCounts(5, 5)})

    month, quarter = inside.page("/operator/demand").text, inside.page("/operator/demand?days=90").text

    assert month.index("Pilot 3 3 0") < month.index("Vet 1 9 0")
    assert quarter.index("Vet 6 14 0") < quarter.index("Pilot 3 3 0")
    assert "Nurse 0" not in quarter


def test_before_the_first_search_it_says_so(inside: Operator) -> None:
    assert "Nobody has searched yet" in inside.page("/operator/demand").text
