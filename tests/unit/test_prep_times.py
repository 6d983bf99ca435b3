"""service/prep/times.py: when to meet, and how long."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.prep.times import Window, chat_length, windows


@given(st.dates(date(1971, 1, 1), date(2100, 1, 1)))
def test_times_are_on_three_weekdays_of_the_week_after(today: date) -> None:
    offered = windows(today)

    days = [window.day for window in offered]
    assert len(set(days)) == 3
    assert all(2 <= (day - today).days <= 10 and day.weekday() < 5 for day in days)
    assert all(day.isocalendar().week != today.isocalendar().week for day in days)
    assert all(window.start < window.end for window in offered)


def test_a_time_is_said_in_english_on_any_server() -> None:
    assert str(Window(date(2026, 12, 1), time(8, 30), time(10))) == "Tuesday 1 December, 08:30 to 10:00"


@pytest.mark.parametrize(
    ("offered", "asked"),
    [
        ([], 15),
        ([15], 15),
        ([30], 30),
        ([15, 30], 15),
        ([30, 60], 30),
        ([45, 60], 30),
        ([10], 15),
        ([25], 30),
        ([20, 45], 15),
    ],
)
def test_the_length_to_ask_for_is_the_nearest_to_what_is_offered(offered: list[int], asked: int) -> None:
    assert chat_length(offered) == asked
