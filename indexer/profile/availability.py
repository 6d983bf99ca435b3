"""When a person may be found: the one rule that engines, API and pages follow."""

from datetime import date
from enum import StrEnum

from indexer.profile.model import Profile


class Availability(StrEnum):
    """Whether a person can be asked for a chat on a given day."""

    OPEN = "open"
    BOOKED = "booked"  # said yes, and has had as many chats this month as they want
    PAUSED = "paused"  # said yes, and takes a break that ends by itself
    CLOSED = "closed"  # said no
    DORMANT = "dormant"  # has not said; imported, never shown


def availability(profile: Profile, today: date) -> Availability:
    """Return whether `profile` can be asked for a chat on `today`; a search finds only the open ones.

    A pause lasts up to, not including, the day `paused_until`.
    """
    if profile.open_to_chats == "no":
        return Availability.CLOSED
    if profile.open_to_chats != "yes":
        return Availability.DORMANT
    if profile.paused_until is not None and today < profile.paused_until:
        return Availability.PAUSED
    return Availability.OPEN if has_room(profile) else Availability.BOOKED


def has_room(profile: Profile) -> bool:
    """Return whether the person's month has room for one more chat."""
    left = room(profile)
    return left is None or left > 0


def room(profile: Profile) -> int | None:
    """Return how many more chats the person takes this month, None where they set no limit."""
    if profile.monthly_capacity is None:
        return None
    return max(0, profile.monthly_capacity - profile.chats_this_month)
