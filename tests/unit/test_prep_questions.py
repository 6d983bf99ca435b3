"""service/prep/questions.py and career.py: what a career suggests to ask, and what it does not."""

from typing import Any

import pytest

from service.prep.career import before, leads, main_position
from service.prep.questions import Career, questions
from service.search.seeker import Shared
from tests.candidates import MIDWIFE, NURSE, TODAY, VET
from tests.factories import make_occupation, make_profile
from tests.fakes import KeywordEncoder

ENCODER = KeywordEncoder()
KNOWN = {
    NURSE: make_occupation(ENCODER, NURSE, "Nurses", related={MIDWIFE: "Primary-Short"}),
    MIDWIFE: make_occupation(ENCODER, MIDWIFE, "Midwives"),
    VET: make_occupation(ENCODER, VET, "Vets"),
}


def asked(*positions: dict[str, Any], codes: list[str] | None = None, place: int = 0, **changes: Any) -> list[str]:
    """What is asked beyond what anybody is asked who does the work."""
    common = changes.pop("shared", Shared())
    profile = make_profile("ann", positions=list(positions), **changes)
    career = Career(profile, place, codes or [""] * len(positions), KNOWN)
    found = questions(career, common, TODAY.year)
    plain = questions(Career(make_profile("bob"), 0, [""], {}), Shared(), TODAY.year)
    return [question for question in found if question not in plain]


def held(title: str, company: str = "", start: str = "", end: str = "") -> dict[str, str]:
    return {"title": title, "company": company, "start": start, "end": end}


VET_ONCE_NURSE = held("Vet", "Zoo", "2020"), held("Nurse", "St Mary's", "2015", "2020")


def test_who_changed_their_work_is_asked_how() -> None:
    assert asked(*VET_ONCE_NURSE, codes=[VET, NURSE]) == [
        "You were a Nurse before you became a Vet; how did you make the change?"
    ]


@pytest.mark.parametrize("codes", [[VET, VET], [MIDWIFE, NURSE], [NURSE, MIDWIFE], ["", NURSE], [VET, ""]])
def test_a_step_within_the_work_or_an_unknown_one_is_no_change(codes: list[str]) -> None:
    assert asked(*VET_ONCE_NURSE, codes=codes) == []


def test_without_dates_nobody_knows_what_came_first() -> None:
    assert asked(held("Vet"), held("Nurse"), codes=[VET, NURSE]) == []


def test_who_does_it_no_more_is_asked_in_the_past_and_why_they_moved_on() -> None:
    found = asked(*VET_ONCE_NURSE, codes=[VET, NURSE], place=1)

    assert found == [
        "What did you do on an ordinary day?",
        "What made you move on after your time as a Nurse at St Mary's?",
        "You were a Nurse before you became a Vet; how did you make the change?",
        "What did you like most about that work, and what least?",
    ]


@pytest.mark.parametrize(
    "title",
    ["Head of Design", "Engineering Manager", "Shift Supervisor", "Team Leader", "Director of Development"],
)
def test_who_leads_is_asked_about_leading(title: str) -> None:
    assert asked(held(title)) == ["What surprised you when you began to lead other people?"]


@pytest.mark.parametrize(
    "title", ["Film Director", "Product Manager", "Leading Actor", "Account Manager", "Nurse"]
)
def test_who_leads_a_work_and_not_people_is_not(title: str) -> None:
    assert not leads(make_profile("ann", title).positions[0])


@pytest.mark.parametrize("title", ["Founder and CEO", "Co-founder", "Florist and Owner", "Freelance Illustrator"])
def test_who_works_for_themselves_is_asked_about_that(title: str) -> None:
    assert asked(held(title)) == ["What do you wish you had known before you worked for yourself?"]


def test_a_long_stay_counts_all_positions_with_one_employer() -> None:
    found = asked(held("Senior Vet", "The Zoo", "2021"), held("Vet", "the zoo", "2014", "2021"))

    assert found == ["You have been at The Zoo for 12 years; what has kept you there?"]


def test_a_long_stay_that_is_over_is_past() -> None:
    found = asked(held("Vet", "Zoo", "2024"), held("Vet", "St Mary's", "2010", "2024"))

    assert found == ["You stayed at St Mary's for 14 years; what kept you there?"]


def test_seven_years_are_no_long_stay() -> None:
    assert asked(held("Vet", "Zoo", "2019")) == []


def test_who_moved_often_is_asked_what_it_taught() -> None:
    short = [held("Vet", f"Zoo {n}", f"{2015 + n}", f"{2016 + n}") for n in range(3)]

    assert asked(held("Vet", "Zoo 9", "2019"), *short) == [
        "You have worked in several places for a short time each; what did the moves teach you?"
    ]
    assert asked(held("Vet", "Zoo 9", "2019"), *short[:2]) == []


def test_what_is_shared_is_asked_about() -> None:
    common = Shared(schools=("University of Leeds",), companies=("Pixar",))

    assert asked(held("Vet"), shared=common) == [
        "How well did the University of Leeds prepare you for this work?",
        "What did you learn at Pixar that you still use?",
    ]


def test_topics_are_quoted_and_at_most_two() -> None:
    assert asked(held("Vet"), topics=["night shifts", "-", "zoos", "money"]) == [
        "You like to talk about “night shifts”; what should somebody at the start know about it?",
        "What do people most often get wrong about “zoos”?",
    ]


def test_there_is_room_for_what_anybody_can_be_asked() -> None:
    everything = asked(
        held("Head of Animals", "Zoo", "2020"),
        *[held("Nurse", "St Mary's", "2001", "2015")],
        codes=[VET, NURSE],
        shared=Shared(schools=("Leeds",), companies=("St Mary's",)),
        topics=["a", "b"],
    )

    assert len(everything) == 5
    assert not any("like to talk" in question for question in everything)


@pytest.mark.parametrize(
    ("positions", "place"),
    [
        ([held("A", end="2020"), held("B")], 1),
        ([held("A"), held("B")], 0),
        ([held("A", start="2001"), held("B", start="2010")], 1),
        ([held("A", end="2001"), held("B", end="2010")], 1),
    ],
)
def test_the_position_to_talk_about_is_the_present_or_the_latest(
    positions: list[dict[str, str]], place: int
) -> None:
    assert main_position(make_profile("ann", positions=positions).positions) == place


def test_the_position_before_is_the_latest_that_began_earlier() -> None:
    positions = make_profile(
        "ann", positions=[held("A", start="2020"), held("B", start="2001"), held("C", start="2010-05"), held("D")]
    ).positions

    assert [before(positions, place) for place in range(4)] == [2, None, 1, None]
