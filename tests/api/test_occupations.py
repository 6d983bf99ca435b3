"""GET /api/v1/occupations and /api/v1/occupations/{code}."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.api.shape import assert_error
from tests.factories import make_profile

Index = Callable[..., None]

pytestmark = pytest.mark.usefixtures("titles")


@pytest.fixture(autouse=True)
def _people(titles: None, index: Index) -> None:
    index(
        make_profile("ann", positions=[{"title": "Nurse"}, {"title": "Vet", "end": "2020"}]),
        make_profile("bob", "Nurse"),
        make_profile("no", "Pilot", open_to_chats="no"),
    )


def test_the_groups_have_the_numbers_of_occupations_and_people(client: FlaskClient) -> None:
    assert client.get("/api/v1/occupations").get_json() == {
        "groups": [
            {"code": "29", "title": "Healthcare Practitioners and Technical", "occupations": 3, "people": 2},
            {"code": "53", "title": "Transportation and Material Moving", "occupations": 1, "people": 0},
        ],
        "occupations": [],
    }


def test_a_group_has_its_occupations(client: FlaskClient) -> None:
    answer = client.get("/api/v1/occupations?group=29").get_json()

    assert [group["code"] for group in answer["groups"]] == ["29"]
    assert answer["occupations"] == [
        {"code": "29-1141.00", "title": "Nurse", "people": 2},
        {"code": "29-1161.00", "title": "Nurse Midwife", "people": 0},
        {"code": "29-1131.00", "title": "Vet", "people": 1},
    ]


def test_an_occupation_has_its_people_and_its_neighbours(client: FlaskClient) -> None:
    assert client.get("/api/v1/occupations/29-1161.00").get_json() == {
        "code": "29-1161.00",
        "title": "Nurse Midwife",
        "job_zone": 4,
        "people": 0,
        "group": "29",
        "neighbours": [{"code": "29-1141.00", "title": "Nurse", "people": 2}],
    }


def test_its_people_are_those_of_a_search_for_it(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?occupation=29-1131.00").get_json()

    assert [result["profile"]["id"] for result in found["results"]] == ["ann"]
    assert found["results"][0]["position"]["title"] == "Vet"
    assert found["eligible"] == client.get("/api/v1/occupations/29-1131.00").get_json()["people"]


def test_an_unknown_group_is_named(client: FlaskClient) -> None:
    body = assert_error(client.get("/api/v1/occupations?group=99"), 422)

    assert body["errors"] == {"query": {"group": ["“99” is not the code of a major group here, such as 29."]}}


def test_an_unknown_occupation_is_not_there(client: FlaskClient) -> None:
    body = assert_error(client.get("/api/v1/occupations/99-9999.99"), 404)

    assert body["message"] == "There is no occupation of this code."


def test_a_misspelt_parameter_is_refused(client: FlaskClient) -> None:
    body = assert_error(client.get("/api/v1/occupations?grop=29"), 422)

    assert list(body["errors"]["query"]) == ["grop"]
