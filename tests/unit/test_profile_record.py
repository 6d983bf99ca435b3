"""A profile as a record: what engines store, and what they compare."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.profile import Contact, Link, Position, Profile, School, content_hash, from_record, to_record
from indexer.profile.record import contact_record
from tests.factories import make_profile

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SAID = WORDS.filter(bool)
DAYS = st.none() | st.dates(date(1971, 1, 1), date(2100, 12, 31))
POSITIONS = st.builds(Position, title=SAID, company=WORDS, industry=WORDS, start=WORDS, end=WORDS)
PROFILES = st.builds(
    Profile,
    id=SAID,
    name=SAID,
    positions=st.lists(POSITIONS, min_size=1, max_size=3).map(tuple),
    headline=WORDS,
    bio=WORDS,
    country=WORDS,
    languages=st.lists(WORDS, max_size=2).map(tuple),
    links=st.lists(st.builds(Link, url=SAID, label=WORDS, public=st.booleans()), max_size=2).map(tuple),
    skills=st.lists(WORDS, max_size=2).map(tuple),
    schools=st.lists(
        st.builds(School, school=SAID, degree=WORDS, year=st.none() | st.integers(1900, 2100)), max_size=2
    ).map(tuple),
    open_to_chats=st.sampled_from(["yes", "no", "not_said"]),
    consent_at=DAYS,
    chat_minutes=st.lists(st.integers(5, 120), max_size=2).map(tuple),
    paused_until=DAYS,
    monthly_capacity=st.none() | st.integers(0, 100),
    chats_this_month=st.integers(0, 1000),
    last_active_at=DAYS,
    updated_at=st.none() | st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    contact=st.builds(Contact, email=WORDS, phone=WORDS, other=WORDS),
)
SECRET = {"email": "secret@example.org", "phone": "555-secret", "other": "secret word"}


@given(PROFILES)
def test_a_record_gives_back_the_profile_without_its_contact(profile: Profile) -> None:
    stored = json.loads(json.dumps(to_record(profile)))

    assert from_record(stored) == replace(profile, contact=Contact())


@given(PROFILES, st.datetimes(timezones=st.just(UTC)))
def test_the_hash_does_not_see_when_a_profile_was_updated(profile: Profile, moment: datetime) -> None:
    assert content_hash(replace(profile, updated_at=moment)) == content_hash(profile)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Another"},
        {"positions": [{"title": "Vet"}]},
        {"positions": [{"title": "Nurse", "end": "2020"}]},
        {"open_to_chats": "no"},
        {"monthly_capacity": 0},
        {"paused_until": "2026-12-01"},
        {"links": [{"url": "https://example.org"}]},
        {"contact": {"email": "ann@example.org"}},
    ],
)
def test_the_hash_sees_everything_else(change: dict[str, Any]) -> None:
    assert content_hash(make_profile("ann", **change)) != content_hash(make_profile("ann"))


def test_a_capacity_of_nothing_is_not_a_capacity_not_given() -> None:
    assert from_record(to_record(make_profile("ann", monthly_capacity=0))).monthly_capacity == 0


def test_a_record_holds_nothing_that_was_not_said() -> None:
    assert to_record(make_profile("ann")) == {
        "id": "ann",
        "name": "Person ann",
        "positions": [{"title": "Nurse"}],
        "open_to_chats": "yes",
        "chats_this_month": 0,
    }


def test_the_contact_is_in_its_own_record_only() -> None:
    profile = make_profile("ann", contact=SECRET)

    assert contact_record(profile) == SECRET
    assert "secret" not in json.dumps(to_record(profile))


def test_the_contact_is_not_shown_when_a_profile_is_printed() -> None:
    profile = make_profile("ann", contact=SECRET)

    assert "secret" not in f"{profile!r} {profile} {profile.contact!r}"
