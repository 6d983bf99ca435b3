"""service/search/reasons.py: words for facts that the profile holds, and no others."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.profile import Position, Profile
from service.search.reasons import career, chats, reasons
from tests.factories import make_profile

# In letters that "at", "since" and "until" do not hold.
words = st.text("xyzXYZ ", min_size=1, max_size=12).filter(str.strip)
dates = st.sampled_from(["", "1998", "2016-09", "2021-06-30"])
positions = st.builds(Position, title=words, company=st.just("") | words, start=dates, end=dates)
minutes = st.lists(st.integers(5, 120), max_size=8).map(tuple)


@pytest.mark.parametrize(
    ("position", "said"),
    [
        (Position(title="Nurse"), "Nurse"),
        (Position(title="Nurse", company="X"), "Nurse at X"),
        (Position(title="Nurse", company="X", start="2016-09"), "Nurse at X since 2016"),
        (Position(title="Nurse", company="X", start="2016", end="2021-06-30"), "Nurse at X until 2021"),
        (Position(title="Nurse", end="2021"), "Nurse until 2021"),
    ],
)
def test_a_career_says_what_where_and_when(position: Position, said: str) -> None:
    assert career(position) == said


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        ([], "Open to chats"),
        ([15], "Open to 15 minutes"),
        ([30, 15], "Open to 15 or 30 minutes"),
        ([60, 15, 30, 15], "Open to 15, 30 or 60 minutes"),
    ],
)
def test_chats_say_which_lengths_are_offered(offered: list[int], said: str) -> None:
    assert chats(make_profile("ann", chat_minutes=offered)) == said


@given(positions)
def test_a_career_is_made_of_the_position_alone(position: Position) -> None:
    known = {position.title, position.company, position.start[:4], position.end[:4]}
    rest = career(position)
    for fact in sorted(known, key=len, reverse=True):
        rest = rest.replace(fact, "|") if fact else rest

    assert set(re.findall(r"[^\W\d]+|\d+", rest)) <= {"at", "until", "since"}
    assert ("until" in career(position)) >= (not position.current)


@given(positions, minutes)
def test_every_number_in_a_reason_is_one_of_the_profile(position: Position, offered: tuple[int, ...]) -> None:
    profile = Profile(id="ann", name="Ann", positions=(position,), chat_minutes=offered)

    job, offer = reasons(profile, position)

    assert set(re.findall(r"\d+", job)) <= {position.start[:4], position.end[:4]}
    assert {int(number) for number in re.findall(r"\d+", offer)} == set(offered)


def test_the_reason_is_the_position_that_matched_and_not_another() -> None:
    profile = make_profile("ann", positions=[{"title": "Pilot"}, {"title": "Nurse", "end": "2020"}])

    assert reasons(profile, profile.positions[1])[0] == "Nurse until 2020"
