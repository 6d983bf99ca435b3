"""When to meet: a few times of next week to offer, and how long. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

# Chats that the kit has an agenda for, in minutes.
LENGTHS = (15, 30)
# Days after Monday, and hours: different days and parts of the day, so that one of them suits.
_SLOTS = ((1, time(12), time(14)), (2, time(8, 30), time(10)), (3, time(16), time(18)))
# Not strftime's names, which are those of the server's language.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Window:
    """A time to offer: a chat fits in between `start` and `end` of the `day`, in the seeker's own time."""

    day: date
    start: time
    end: time

    def __str__(self) -> str:
        day = f"{_DAYS[self.day.weekday()]} {self.day.day} {_MONTHS[self.day.month - 1]}"
        return f"{day}, {self.start:%H:%M} to {self.end:%H:%M}"


def chat_length(offered: Sequence[int]) -> int:
    """Return how many minutes to ask for: 15 or 30, whichever is nearest to what is `offered`, and 15 of both."""
    return min(LENGTHS, key=lambda length: (min((abs(length - one) for one in offered), default=0), length))


def windows(today: date) -> list[Window]:
    """Return three times on different weekdays of the week after `today`, at least two days ahead."""
    monday = today + timedelta(days=7 - today.weekday())
    return [Window(monday + timedelta(days=after), start, end) for after, start, end in _SLOTS]
