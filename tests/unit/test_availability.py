"""When a person may be found."""

from datetime import date
from typing import Any

import pytest

from indexer.profile import Availability, availability
from tests.factories import make_profile

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Availability.OPEN),
        ({"open_to_chats": "no"}, Availability.CLOSED),
        ({"open_to_chats": "not_said"}, Availability.DORMANT),
        ({"open_to_chats": "no", "paused_until": "2027-01-01"}, Availability.CLOSED),
        ({"paused_until": "2026-11-25"}, Availability.PAUSED),
        ({"paused_until": "2026-11-24"}, Availability.OPEN),
        ({"monthly_capacity": 2, "chats_this_month": 1}, Availability.OPEN),
        ({"monthly_capacity": 2, "chats_this_month": 2}, Availability.BOOKED),
        ({"monthly_capacity": 0}, Availability.BOOKED),
        ({"chats_this_month": 9}, Availability.OPEN),
        ({"paused_until": "2026-11-25", "monthly_capacity": 0}, Availability.PAUSED),
    ],
)
def test_only_who_said_yes_is_not_paused_and_has_room_is_open(
    changes: dict[str, Any], expected: Availability
) -> None:
    assert availability(make_profile("ann", **changes), TODAY) is expected


def test_who_never_said_anything_is_dormant() -> None:
    profile = make_profile("ann", open_to_chats=None)

    assert availability(profile, TODAY) is Availability.DORMANT
