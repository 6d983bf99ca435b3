"""GET /api/v1/titles."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.shape import assert_error
from tests.factories import make_profile

Index = Callable[..., None]


def suggest(client: FlaskClient, q: str, **parameters: Any) -> dict[str, Any]:
    response = client.get("/api/v1/titles", query_string={"q": q, **parameters})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


@pytest.mark.usefixtures("titles")
class TestAnswer:
    def test_it_has_exactly_the_documented_fields(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", "Nurse"))

        assert suggest(client, " nur ") == {
            "query": "nur",
            "results": [
                {"title": "Nurse", "occupations": [{"code": "29-1141.00", "title": "Nurse"}], "people": 1},
                {
                    "title": "Nurse Midwife",
                    "occupations": [{"code": "29-1161.00", "title": "Nurse Midwife"}],
                    "people": 0,
                },
            ],
        }

    def test_it_may_be_kept_for_a_minute_by_the_browser_alone(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        assert client.get("/api/v1/titles?q=nur").headers["Cache-Control"] == "private, max-age=60"

    def test_a_slip_is_forgiven(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        assert [one["title"] for one in suggest(client, "midwfie")["results"]] == ["Nurse Midwife"]

    @pytest.mark.parametrize("q", ["", " ", "xylophone"])
    def test_nothing_is_suggested_for_nothing_known(self, client: FlaskClient, index: Index, q: str) -> None:
        index(make_profile("ann"))

        assert suggest(client, q)["results"] == []

    def test_no_more_are_given_than_asked_for(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        assert len(suggest(client, "n", limit=1)["results"]) == 1

    @given(q=st.text(max_size=320))
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_text_gets_an_answer_or_a_reason(self, client: FlaskClient, index: Index, q: str) -> None:
        index(make_profile("ann"))
        response = client.get("/api/v1/titles", query_string={"q": q})

        assert response.status_code == 200 or list(assert_error(response, 422)["errors"]["query"]) == ["q"]


@pytest.mark.parametrize(
    ("query", "field", "reason"),
    [
        ("limit=0", "limit", "0 is not between 1 and 20."),
        ("limit=21", "limit", "21 is not between 1 and 20."),
        ("q=" + "x" * 301, "q", "at most 300 characters"),
        ("query=nurse", "query", "is not a parameter of this search."),
    ],
)
def test_a_value_that_cannot_be_one_is_named(client: FlaskClient, query: str, field: str, reason: str) -> None:
    body = assert_error(client.get(f"/api/v1/titles?{query}"), 422)

    ((name, messages),) = body["errors"]["query"].items()
    assert name == field
    assert reason in messages[0]


def test_without_a_job_title_index_it_is_out_of_order(client: FlaskClient, index: Index) -> None:
    index(make_profile("ann"))

    assert_error(client.get("/api/v1/titles?q=nur"), 503)
