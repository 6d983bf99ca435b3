"""service/people.py: who may be shown by a link."""

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

from indexer.profile import Profile
from service.people import shown_profile
from tests.factories import make_profile

TODAY = date(2026, 11, 24)


class OnePerson:
    """An engine that holds one person."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def get(self, ids: Collection[str]) -> dict[str, Profile]:
        return {self._profile.id: self._profile} if self._profile.id in ids else {}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({}, True),
        ({"monthly_capacity": 2, "chats_this_month": 2}, True),
        ({"paused_until": "2026-11-24"}, True),
        ({"paused_until": "2026-11-25"}, False),
        ({"paused_until": "2026-11-25", "monthly_capacity": 0}, False),
        ({"open_to_chats": "no"}, False),
        ({"open_to_chats": "not_said"}, False),
        ({"open_to_chats": "no", "monthly_capacity": 0}, False),
    ],
)
def test_only_who_said_yes_and_takes_no_break_is_shown_booked_or_not(said: dict[str, Any], shown: bool) -> None:
    engine: Any = OnePerson(make_profile("ann", **said))

    assert (shown_profile(engine, "ann", TODAY) is not None) is shown


def test_nobody_is_shown_for_an_unknown_id() -> None:
    engine: Any = OnePerson(make_profile("ann"))

    assert shown_profile(engine, "bob", TODAY) is None
