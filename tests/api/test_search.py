"""GET /api/v1/search."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from service.search.facets import FACETS
from service.search.rank import AVAILABILITY, FLOOR, WEIGHTS
from tests.api.shape import assert_error
from tests.factories import make_profile

Index = Callable[..., None]


def search(client: FlaskClient, q: str, **parameters: Any) -> dict[str, Any]:
    response = client.get("/api/v1/search", query_string={"q": q, **parameters})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


def ids(answer: dict[str, Any]) -> list[str]:
    return [result["profile"]["id"] for result in answer["results"]]


class TestAnswer:
    def test_it_has_exactly_the_documented_fields(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", "Nurse", chat_minutes=[30, 15]))

        answer = search(client, "nurse")

        assert answer.pop("took_ms") > 0
        position = {"title": "Nurse", "company": "", "industry": "", "start": "", "end": "", "current": True}
        empty_texts = dict.fromkeys(["headline", "bio", "location", "country"], "")
        empty_lists = {
            name: [] for name in ("languages", "links", "skills", "topics", "schools", "communities", "channels")
        }
        assert answer == {
            "query": "nurse",
            "understood_as": [],
            "query_kind": "unrecognised",
            "corrected": "",
            "denied": "",
            "total": 1,
            "eligible": 1,
            "page": 1,
            "per_page": 10,
            "degraded": False,
            "related": [],
            "related_occupations": [],
            "results": [
                {
                    "profile": {
                        "id": "ann",
                        "name": "Person ann",
                        "positions": [position],
                        "chat_minutes": [30, 15],
                    }
                    | empty_texts
                    | empty_lists,
                    "position": position,
                    "score": pytest.approx(0.9 + 0.1 * (0.7 * 0.5 + 0.3)),
                    "signals": pytest.approx(
                        {name: 0.9 * weight for name, weight in WEIGHTS.items()}
                        | {"occupation": 0.0, "shared": 0.0, "availability": 0.1 * (0.7 * 0.5 + 0.3)}
                    ),
                    "reasons": ["Nurse", "Open to chats of 15 or 30 minutes"],
                    "matched_words": ["Nurse"],
                    "booked": False,
                }
            ],
            "next_page": "",
            "previous_page": "",
            "facets": {name: [] for name in FACETS if name != "chat_minutes"}
            | {
                "chat_minutes": [
                    {"value": value, "label": f"{value} minutes", "people": 1, "chosen": False}
                    for value in ("15", "30")
                ]
            },
        }

    def test_it_names_the_best_position_and_says_when_it_was(self, client: FlaskClient, index: Index) -> None:
        past = {"title": "Nurse", "company": "Leeds Clinic", "start": "2015", "end": "2021-06"}
        index(make_profile("ann", positions=[{"title": "Pilot", "start": "2021"}, past]))

        (result,) = search(client, "nurse")["results"]

        assert result["position"] == {**past, "industry": "", "current": False}
        assert result["reasons"][0] == "Was Nurse at Leeds Clinic, 2015\u20132021"

    def test_signals_add_up_to_a_score_between_0_and_1_best_first(self, client: FlaskClient, index: Index) -> None:
        index(
            make_profile("both", "Vet nurse"),
            make_profile("past", positions=[{"title": "Pilot"}, {"title": "Nurse", "end": "2020"}]),
            make_profile("now", "Nurse"),
        )

        results = search(client, "nurse")["results"]

        scores = [result["score"] for result in results]
        assert [result["profile"]["id"] for result in results] == ["now", "past", "both"]
        assert scores == sorted(scores, reverse=True)
        assert all((1 - AVAILABILITY) * FLOOR <= score <= 1 for score in scores)
        assert scores == pytest.approx([sum(result["signals"].values()) for result in results])

    def test_who_is_no_match_is_not_there_to_fill_the_page(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann", "Nurse"), make_profile("bob", "Pilot"))

        answer = search(client, "nurse")

        assert (ids(answer), answer["total"], answer["eligible"]) == (["ann"], 1, 2)

    def test_only_people_who_can_be_asked_now_are_found(self, client: FlaskClient, index: Index) -> None:
        index(
            make_profile("yes"),
            make_profile("no", open_to_chats="no"),
            make_profile("silent", open_to_chats="not_said"),
            make_profile("paused", paused_until="2099-01-01"),
            make_profile("booked", monthly_capacity=1, chats_this_month=1),
        )

        assert ids(search(client, "nurse")) == ["yes"]

    def test_private_links_are_left_out(self, client: FlaskClient, index: Index) -> None:
        links = [
            {"url": "https://private.example"},
            {"url": "https://book.example", "label": "Book", "public": True},
        ]
        index(make_profile("ann", links=links))

        (result,) = search(client, "nurse")["results"]

        assert result["profile"]["links"] == [{"url": "https://book.example", "label": "Book"}]

    def test_the_query_comes_back_clean(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        assert search(client, " nu\u202erse \n\x00 please ")["query"] == "nurse please"


class TestFilters:
    @pytest.fixture(autouse=True)
    def _people(self, index: Index) -> None:
        index(
            make_profile(
                "ann",
                positions=[{"title": "Nurse", "industry": "Health care"}],
                chat_minutes=[15, 30],
                languages=["en", "fr"],
                country="GB",
            ),
            make_profile(
                "bob",
                positions=[{"title": "Nurse", "industry": "Film"}],
                chat_minutes=[45],
                languages=["fr"],
                country="FR",
            ),
        )

    @pytest.mark.parametrize(
        ("parameters", "expected"),
        [
            ({}, ["ann", "bob"]),
            ({"chat_minutes": 15}, ["ann"]),
            ({"chat_minutes": [15, 45]}, ["ann", "bob"]),
            ({"language": "en"}, ["ann"]),
            ({"language": "English"}, ["ann"]),
            ({"country": "FR"}, ["bob"]),
            ({"country": ["FR", "gb"]}, ["ann", "bob"]),
            ({"industry": "HEALTH  care"}, ["ann"]),
            ({"language": "fr", "country": "FR", "industry": "film", "chat_minutes": 45}, ["bob"]),
            ({"language": "en", "country": "FR"}, []),
            # What a form sends for "any", beside what was chosen.
            ({"chat_minutes": "", "language": "", "country": "", "industry": "", "page": ""}, ["ann", "bob"]),
            ({"language": ["", "en"], "country": " "}, ["ann"]),
            ({"industry": "\u200b", "country": "\u200b"}, ["ann", "bob"]),
        ],
    )
    def test_they_narrow_the_search(
        self, client: FlaskClient, parameters: dict[str, Any], expected: list[str]
    ) -> None:
        answer = search(client, "nurse", **parameters)

        assert sorted(ids(answer)) == expected
        assert answer["total"] == answer["eligible"] == len(expected)

    @pytest.mark.parametrize(
        ("parameters", "field", "reason"),
        [
            ({"chat_minutes": "long"}, "chat_minutes", "“long” is not a whole number."),
            ({"chat_minutes": 4}, "chat_minutes", "4 is not between 5 and 120."),
            ({"language": "xx"}, "language", "“xx” is not a language"),
            ({"country": "Atlantis"}, "country", "“Atlantis” is not a country"),
            ({"industry": "x" * 81}, "industry", "81 characters"),
        ],
    )
    def test_a_value_that_cannot_be_one_is_named(
        self, client: FlaskClient, parameters: dict[str, Any], field: str, reason: str
    ) -> None:
        body = assert_error(client.get("/api/v1/search", query_string={"q": "nurse", **parameters}), 422)

        ((name, messages),) = body["errors"]["query"].items()
        assert name == field
        assert reason in messages["0"][0]

    def test_a_misspelt_parameter_is_refused_rather_than_ignored(self, client: FlaskClient) -> None:
        body = assert_error(client.get("/api/v1/search?q=nurse&contry=FR"), 422)

        assert body["errors"] == {"query": {"contry": ["is not a parameter of this search."]}}


NURSE, VET = "29-1141.00", "29-1131.00"


@pytest.mark.usefixtures("titles")
class TestReadings:
    @pytest.fixture(autouse=True)
    def _people(self, titles: None, index: Index) -> None:  # noqa: ARG002
        index(
            make_profile("ann", positions=[{"title": "Pilot"}, {"title": "Nurse", "end": "2020"}]),
            make_profile("bob", "Vet"),
            make_profile("cat", "Nurse"),
        )

    def test_it_says_what_the_query_was_read_as(self, client: FlaskClient) -> None:
        answer = search(client, "nurse")

        (reading,) = answer["understood_as"]
        assert reading.pop("confidence") >= 0.8
        assert reading == {"code": NURSE, "title": "Nurse", "matched_title": "Nurse"}
        assert (answer["query_kind"], answer["corrected"]) == ("exact_title", "")

    def test_it_says_so_when_it_recognised_nothing(self, client: FlaskClient) -> None:
        answer = search(client, "xqzvw blorptang")

        assert (answer["understood_as"], answer["query_kind"]) == ([], "unrecognised")

    def test_a_correction_can_be_declined(self, client: FlaskClient) -> None:
        corrected, typed = search(client, "nurze"), search(client, "nurze", as_typed="true")

        assert (corrected["corrected"], [one["code"] for one in corrected["understood_as"]]) == ("nurse", [NURSE])
        assert (typed["corrected"], typed["understood_as"]) == ("", [])
        assert (ids(corrected), ids(typed)) == (["cat", "ann"], [])

    def test_nobody_is_looked_for_by_what_the_query_denies(self, client: FlaskClient) -> None:
        denying = search(client, "pilot but not a nurse")

        assert (ids(denying), denying["denied"]) == (ids(search(client, "pilot")), "not a nurse")
        assert [reading["title"] for reading in denying["understood_as"]] == ["Pilot"]

    @pytest.mark.parametrize("query", ["not a nurse", "no nurse", "anything but a nurse"])
    def test_for_a_query_that_only_denies_nobody_is_shown(self, client: FlaskClient, query: str) -> None:
        answer = search(client, query)

        assert (ids(answer), answer["understood_as"], answer["denied"]) == ([], [], query)

    def test_an_occupation_narrows_to_those_who_have_had_it(self, client: FlaskClient) -> None:
        answer = search(client, "helper", occupation=VET)

        assert (ids(answer), answer["eligible"]) == (["bob"], 1)
        assert [reading["code"] for reading in answer["understood_as"]] == [VET]

    def test_of_several_occupations_one_is_enough(self, client: FlaskClient) -> None:
        assert search(client, "helper", occupation=[VET, NURSE])["eligible"] == 3

    def test_an_occupation_alone_is_a_search_too(self, client: FlaskClient) -> None:
        answer = client.get(f"/api/v1/search?occupation={NURSE}").get_json()

        assert (answer["query"], ids(answer)) == ("", ["cat", "ann"])
        assert answer["results"][1]["position"]["title"] == "Nurse"

    def test_a_reading_can_be_dropped(self, client: FlaskClient) -> None:
        read = {reading["code"] for reading in search(client, "helper")["understood_as"]}
        kept = [reading["code"] for reading in search(client, "helper", not_occupation=VET)["understood_as"]]

        assert read == {NURSE, VET}
        assert kept == [NURSE]

    def test_who_matches_a_reading_that_is_kept_stays_when_another_is_dropped(
        self, client: FlaskClient, index: Index
    ) -> None:
        index(make_profile("both", positions=[{"title": "Vet"}, {"title": "Nurse", "end": "2024"}]))

        dropped = search(client, "helper", not_occupation=VET)

        assert sorted(ids(dropped)) == ["ann", "both", "cat"]
        assert {result["position"]["title"] for result in dropped["results"]} == {"Nurse"}

    def test_few_close_matches_are_followed_by_people_of_related_occupations(self, client: FlaskClient) -> None:
        answer = search(client, "pilot")

        assert ids(answer) == ["ann"]
        assert answer["related_occupations"] == [{"code": NURSE, "title": "Nurse"}]
        assert [result["profile"]["id"] for result in answer["related"]] == ["cat"]
        assert search(client, "pilot", page=2)["related"] == []

    @pytest.mark.parametrize("name", ["occupation", "not_occupation"])
    def test_a_code_that_is_not_known_is_named(self, client: FlaskClient, name: str) -> None:
        body = assert_error(client.get(f"/api/v1/search?q=nurse&{name}={NURSE}&{name}=99-9999.99"), 422)

        reason = "“99-9999.99” is not the code of an occupation here, such as 29-1131.00."
        assert body["errors"] == {"query": {name: {"1": [reason]}}}

    @pytest.mark.parametrize("parameters", [{"occupation": ""}, {"not_occupation": ""}, {"occupation": "\u200b"}])
    def test_an_empty_code_is_none(self, client: FlaskClient, parameters: dict[str, str]) -> None:
        assert ids(search(client, "nurse", **parameters)) == ids(search(client, "nurse"))


def test_without_a_job_title_index_no_occupation_is_known(client: FlaskClient, index: Index) -> None:
    index(make_profile("ann"))

    assert ids(search(client, "nurse")) == ["ann"]
    assert_error(client.get(f"/api/v1/search?q=nurse&occupation={NURSE}"), 503)


class TestPages:
    def test_together_they_hold_everybody_once_in_one_order(self, client: FlaskClient, index: Index) -> None:
        index(*(make_profile(f"p{n:02}") for n in reversed(range(25))))

        pages = [search(client, "nurse", page=page) for page in (1, 2, 3)]

        assert [len(ids(page)) for page in pages] == [10, 10, 5]
        assert sorted(id_ for page in pages for id_ in ids(page)) == [f"p{n:02}" for n in range(25)]
        assert {(page["total"], page["eligible"]) for page in pages} == {(25, 25)}

    @pytest.mark.parametrize("page", [2, 10**9, 2**53])
    def test_one_beyond_the_end_is_empty_and_keeps_the_total(
        self, client: FlaskClient, index: Index, page: int
    ) -> None:
        index(make_profile("ann"))

        answer = search(client, "nurse", page=page)

        assert (answer["results"], answer["total"], answer["page"]) == ([], 1, page)

    @pytest.mark.parametrize(
        ("parameters", "field"),
        [
            ({"page": 0}, "page"),
            ({"page": -1}, "page"),
            ({"page": 2**53 + 1}, "page"),
            ({"page": "9" * 5000}, "page"),
            ({"page": "1.5"}, "page"),
            ({"page": "one"}, "page"),
            ({"per_page": 0}, "per_page"),
            ({"per_page": 51}, "per_page"),
            ({"per_page": 1000}, "per_page"),
        ],
    )
    def test_a_number_out_of_bounds_is_refused(
        self, client: FlaskClient, parameters: dict[str, Any], field: str
    ) -> None:
        body = assert_error(client.get("/api/v1/search", query_string={"q": "nurse", **parameters}), 422)

        assert list(body["errors"]["query"]) == [field]

    def test_per_page_is_kept(self, client: FlaskClient, index: Index) -> None:
        index(*(make_profile(f"p{n}") for n in range(3)))

        answer = search(client, "nurse", per_page=2)

        assert (len(ids(answer)), answer["per_page"], answer["total"]) == (2, 2, 3)

    def test_a_walk_leads_through_all_of_them_and_back(self, client: FlaskClient, index: Index) -> None:
        index(*(make_profile(f"p{n}") for n in range(5)))
        first = search(client, "nurse", per_page=2)

        second = search(client, "nurse", per_page=2, cursor=first["next_page"])
        third = search(client, "nurse", per_page=2, cursor=second["next_page"])
        back = search(client, "nurse", per_page=2, cursor=third["previous_page"])

        assert [answer["page"] for answer in (first, second, third, back)] == [1, 2, 3, 2]
        assert sorted(ids(first) + ids(second) + ids(third)) == [f"p{n}" for n in range(5)]
        assert (third["next_page"], second["previous_page"], ids(back)) == ("", "", ids(second))

    @pytest.mark.parametrize("cursor", ["x", "====", "AAA", "\u00e9\u00e9\u00e9\u00e9", "A" * 4000])
    def test_a_cursor_that_was_never_given_is_refused_in_words(self, client: FlaskClient, cursor: str) -> None:
        body = assert_error(client.get("/api/v1/search", query_string={"q": "nurse", "cursor": cursor}), 422)

        assert body["errors"] == {"query": {"cursor": ["is not a cursor that a search has given."]}}


class TestTheSeeker:
    def test_shared_ground_comes_first_and_is_named(self, client: FlaskClient, index: Index) -> None:
        index(
            make_profile("stranger", last_active_at="2026-01-01"),
            make_profile("alumna", schools=[{"school": "University of Leeds"}], last_active_at="2026-01-01"),
        )

        (first, second) = search(client, "nurse", my_school="the university of leeds")["results"]

        assert (first["profile"]["id"], second["profile"]["id"]) == ("alumna", "stranger")
        assert first["reasons"] == ["Nurse", "Also went to University of Leeds", "Open to chats"]
        assert first["signals"]["shared"] == pytest.approx(0.2 * 0.6)
        assert second["signals"]["shared"] == 0.0

    def test_what_they_tell_is_not_in_the_answer(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))
        told = {"my_school": "Qxz School", "my_company": "Qxz Inc", "my_community": "Qxz", "my_location": "Qxzton"}

        assert "qxz" not in json.dumps(search(client, "nurse", seeker="qxz1", **told)).lower()

    def test_turns_are_the_same_for_one_seeker_and_others_for_another(
        self, client: FlaskClient, index: Index
    ) -> None:
        index(*(make_profile(f"p{n:02}") for n in range(10)))

        orders = [ids(search(client, "nurse", seeker=token)) for token in ("a", "a", "b", "c")]

        assert orders[0] == orders[1]
        assert len({tuple(order) for order in orders}) == 3


class TestBooked:
    def test_they_are_shown_on_request_and_say_so(self, client: FlaskClient, index: Index) -> None:
        index(
            make_profile("booked", monthly_capacity=1, chats_this_month=1),
            make_profile("open"),
            make_profile("paused", paused_until="2099-01-01"),
            make_profile("closed", open_to_chats="no"),
            make_profile("silent", open_to_chats="not_said"),
        )

        assert ids(search(client, "nurse")) == ["open"]
        shown = search(client, "nurse", booked="true")
        assert ids(shown) == ["open", "booked"]
        assert [result["booked"] for result in shown["results"]] == [False, True]
        assert shown["results"][1]["reasons"][-1] == "Booked this month"


class TestSorting:
    def test_by_activity_and_by_room(self, client: FlaskClient, index: Index) -> None:
        index(
            make_profile("unknown"),
            make_profile("old", last_active_at="2020-01-01", monthly_capacity=5),
            make_profile("new", last_active_at="2026-01-01", monthly_capacity=3, chats_this_month=2),
        )

        assert ids(search(client, "nurse", sort="active")) == ["new", "old", "unknown"]
        assert ids(search(client, "nurse", sort="room")) == ["unknown", "old", "new"]

    def test_another_order_is_refused_with_those_there_are(self, client: FlaskClient) -> None:
        body = assert_error(client.get("/api/v1/search?q=nurse&sort=price"), 422)

        assert body["errors"]["query"]["sort"] == ["must be one of relevance, active, room."]


class TestBadQueries:
    @pytest.mark.parametrize("query", ["", "q=", "q=%20%09%0A", "q=%00", "q=%E2%80%AE", "page=1", "occupation="])
    def test_without_a_wish_it_asks_for_one(self, client: FlaskClient, query: str) -> None:
        body = assert_error(client.get(f"/api/v1/search?{query}"), 422)

        assert body["errors"] == {"query": {"q": ["Say which job you dream of."]}}

    def test_a_very_long_one_is_refused_with_its_length(self, client: FlaskClient) -> None:
        body = assert_error(client.get("/api/v1/search", query_string={"q": "x" * 10_000}), 422)

        assert body["errors"]["query"]["q"] == ["Say it in at most 300 characters; this has 10,000."]

    @pytest.mark.usefixtures("titles")
    @pytest.mark.parametrize("query", ["👩‍🚀🎬", "?!", "–"])
    def test_one_without_a_word_finds_nobody_where_job_titles_are_known(
        self, client: FlaskClient, index: Index, query: str
    ) -> None:
        index(make_profile("ann"))

        assert ids(search(client, query)) == []

    @pytest.mark.parametrize(
        "query",
        [
            "n",
            "nurse " * 50,
            "👩‍🚀🎬",
            "' OR 1=1; DROP TABLE profiles; --",
            '"nurse" AND titles:* NEAR(a b) ^2 ~ (',
            '{"query": {"match_all": {}}}',
            "nurse\x00\x01\x1b[31m",
            "\ud800 nurse",
            "../../etc/passwd",
            "{{ 7 * 7 }}",
        ],
    )
    def test_a_strange_one_gets_an_answer_and_harms_nothing(
        self, client: FlaskClient, index: Index, query: str
    ) -> None:
        index(make_profile("ann"))

        answer = search(client, query.encode("utf-8", "surrogatepass"))  # type: ignore[arg-type]

        assert ids(answer) == (["ann"] if "nurse" in query else [])
        assert ids(search(client, "nurse")) == ["ann"]

    def test_bytes_that_are_no_text_get_an_answer(self, client: FlaskClient, index: Index) -> None:
        index(make_profile("ann"))

        response = client.get("/api/v1/search?q=nurse%20%FF%FE%00%80")

        assert ids(response.get_json()) == ["ann"]

    @given(query=st.text(max_size=350))
    @example("\ufffe\uffff")
    @settings(
        max_examples=60,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_any_text_gets_an_answer_or_a_reason(self, client: FlaskClient, index: Index, query: str) -> None:
        index(make_profile("ann", "Nurse", bio="a e i o u 1 2 3"))
        response = client.get("/api/v1/search", query_string={"q": query})

        if response.status_code == 200:
            assert all(FLOOR <= result["score"] <= 1 for result in response.get_json()["results"])
        else:
            assert list(assert_error(response, 422)["errors"]["query"]) == ["q"]
