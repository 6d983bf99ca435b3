"""Profiles for tests: whole ones, of which a test changes what it is about."""

from typing import Any

from indexer.profile import Profile
from indexer.profile.schema import read_profile


def make_profile(id_: str, title: str = "Nurse", **changes: Any) -> Profile:
    """Return a person who said yes to chats; `changes` are fields as in a JSON file."""
    profile = read_profile(profile_record(id_, title, **changes))
    assert isinstance(profile, Profile), profile
    return profile


def profile_record(id_: str, title: str = "Nurse", **changes: Any) -> dict[str, Any]:
    """Return the same as JSON values."""
    record = {
        "id": id_,
        "name": f"Person {id_}",
        "positions": [{"title": title}],
        "open_to_chats": "yes",
    }
    return record | changes
