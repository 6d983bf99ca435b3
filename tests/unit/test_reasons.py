"""service/search/reasons.py: words for public facts that the profile holds, and no others."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.facts import facts_of
from indexer.profile import Contact, Link, Position, Profile, School
from indexer.text import tokens
from service.names import language_name
from service.search.reasons import career, chats, in_common, reasons
from service.search.seeker import Seeker, Shared, shared
from tests.factories import make_profile

NOTHING = Shared()
# In letters that no word of ours has.
words = st.text("xzXZ ", min_size=1, max_size=12).filter(str.strip).map(lambda word: " ".join(word.split()))
dates = st.sampled_from(["", "1998", "2016-09", "2021-06-30"])
positions = st.builds(Position, title=words, company=st.just("") | words, start=dates, end=dates)
minutes = st.lists(st.integers(5, 120), max_size=8).map(tuple)
lists = st.lists(words, max_size=3).map(tuple)
# Everything private is of a letter that nothing else has.
PRIVATE = "qqqq"
profiles = st.builds(
    Profile,
    id=st.just("ann"),
    name=st.just("Ann"),
    positions=st.lists(positions, min_size=1, max_size=3).map(tuple),
    skills=lists,
    topics=lists,
    schools=st.lists(st.builds(School, school=words), max_size=2).map(tuple),
    communities=lists,
    location=st.just("") | words,
    languages=st.lists(st.sampled_from(["cy", "fr"]), max_size=2).map(tuple),
    links=st.just((Link(url=f"https://{PRIVATE}.example", label=PRIVATE, public=False),)),
    open_to_chats=st.just("yes"),
    consent_at=st.just(date(1987, 6, 5)),
    last_active_at=st.just(date(1988, 6, 5)),
    chat_minutes=minutes,
    monthly_capacity=st.none() | st.just(77),
    chats_this_month=st.sampled_from([76, 77]),
    contact=st.just(Contact(email=f"{PRIVATE}@example.org", phone="+44 6666 666666", other=PRIVATE)),
)
TEMPLATES = """Was at since until in Has worked too Also went to Is speaks Welsh French Likes to talk about Knows
Open to chats minute minutes of or Booked this month""".split()


@pytest.mark.parametrize(
    ("position", "said"),
    [
        (Position(title="Nurse"), "Nurse"),
        (Position(title="Nurse", company="X"), "Nurse at X"),
        (Position(title="Nurse", company="X", start="2016-09"), "Nurse at X since 2016"),
        (Position(title="Nurse", company="X", start="2016", end="2021-06-30"), "Was Nurse at X, 2016\u20132021"),
        (Position(title="Nurse", start="2021", end="2021-06-30"), "Was Nurse in 2021"),
        (Position(title="Nurse", end="2021"), "Was Nurse until 2021"),
    ],
)
def test_a_career_says_what_where_and_when(position: Position, said: str) -> None:
    assert career(position) == said


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        ([], "Open to chats"),
        ([15], "Open to 15-minute chats"),
        ([30, 15], "Open to chats of 15 or 30 minutes"),
        ([60, 15, 30, 15], "Open to chats of 15, 30 or 60 minutes"),
    ],
)
def test_chats_say_which_lengths_are_offered(offered: list[int], said: str) -> None:
    assert chats(make_profile("ann", chat_minutes=offered)) == said


def test_who_has_no_room_is_not_called_open() -> None:
    assert chats(make_profile("ann", monthly_capacity=2, chats_this_month=2)) == "Booked this month"


@given(profiles, st.integers(0, 2), st.booleans(), words)
def test_reasons_are_made_of_public_facts_and_our_own_words_alone(
    profile: Profile, place: int, alike: bool, asked: str
) -> None:
    position = profile.positions[place % len(profile.positions)]
    seeker = Seeker(
        schools=tuple(school.school for school in profile.schools),
        companies=tuple(position.company for position in profile.positions),
        communities=profile.communities,
        location=profile.location,
        languages=profile.languages,
    )
    common = shared(seeker, facts_of(profile)) if alike else NOTHING

    said = reasons(profile, position, common, asked.split())

    assert 1 <= len(said) <= 3
    facts = [position.title, position.company, profile.location, *profile.skills, *profile.topics]
    facts += [*profile.communities, *(school.school for school in profile.schools)]
    facts += [one.company for one in profile.positions]
    known = {word for fact in facts for word in fact.split()}
    for number in re.findall(r"\d+", " ".join(said)):
        assert number in {position.start[:4], position.end[:4], *map(str, profile.chat_minutes)}
    for word in re.findall(r"[^\W\d]+", " ".join(said)):
        assert word in known or word in TEMPLATES
    if not alike:
        assert not {"too", "Also"} & {word for reason in said for word in re.findall(r"\w+", reason)}


def test_the_reason_is_the_position_that_matched_and_not_another() -> None:
    profile = make_profile("ann", positions=[{"title": "Pilot"}, {"title": "Nurse", "end": "2020"}])

    assert reasons(profile, profile.positions[1], NOTHING)[0] == "Was Nurse until 2020"


def test_what_connects_most_is_named_first_and_only_that() -> None:
    profile = make_profile("ann", schools=[{"school": "Leeds"}], topics=["nurse training"])
    common = Shared(companies=("Pixar",), schools=("Leeds",), location="Leeds", languages=("cy",))

    assert in_common(common) == [
        "Has worked at Pixar, too",
        "Also went to Leeds",
        "Also in Leeds",
        "Also speaks Welsh",
    ]
    assert reasons(profile, profile.positions[0], common, ["nurse", "training"])[1:] == [
        "Has worked at Pixar, too",
        "Open to chats",
    ]


def test_words_of_the_query_that_the_title_lacks_are_named_where_they_stand() -> None:
    profile = make_profile("ann", "Nurse", topics=["night shifts"], skills=["wound care", "nursing"])
    (nurse,) = profile.positions

    assert reasons(profile, nurse, NOTHING, ["nurse", "shift"])[1] == "Likes to talk about night shifts"
    assert reasons(profile, nurse, NOTHING, ["nurse", "wounds"])[1] == "Knows wound care"
    assert len(reasons(profile, nurse, NOTHING, ["nurse"])) == 2


OURS = {word.casefold() for word in TEMPLATES}


@st.composite
def marked_profiles(draw: st.DrawFn) -> Profile:
    """Return a strategy of profiles in which every text is a word, or some, of its own."""
    numbers = count(1)

    def word() -> str:
        return f"q{''.join(chr(ord('a') + int(digit)) for digit in str(next(numbers)))}z"

    def words(most: int) -> tuple[str, ...]:
        return tuple(word() for _ in range(draw(st.integers(0, most))))

    def maybe() -> str:
        return word() if draw(st.booleans()) else ""

    def position() -> Position:
        return Position(title=word(), company=maybe(), industry=maybe(), start=draw(dates), end=draw(dates))

    day = st.none() | st.dates(date(2001, 1, 1), date(2009, 12, 31))
    return Profile(
        id=word(),
        name=word(),
        positions=tuple(position() for _ in range(draw(st.integers(1, 3)))),
        headline=maybe(),
        bio=maybe(),
        location=maybe(),
        country="GB",
        languages=tuple(draw(st.lists(st.sampled_from(["cy", "fr", "en"]), unique=True))),
        links=tuple(Link(url=f"https://{word()}.org", label=word(), public=yes) for yes in (True, False)),
        skills=words(3),
        topics=words(3),
        schools=tuple(School(school=name, degree=word(), year=1971) for name in words(2)),
        communities=words(2),
        open_to_chats="yes",
        consent_at=draw(day),
        chat_minutes=tuple(draw(st.lists(st.integers(5, 120), max_size=3))),
        channels=("video",),
        paused_until=draw(day),
        monthly_capacity=draw(st.none() | st.integers(3001, 3009)),
        chats_this_month=draw(st.integers(2990, 3010)),
        last_active_at=draw(day),
        updated_at=datetime(1981, 1, 1, tzinfo=UTC),
        contact=Contact(email=f"{word()}@{word()}.org", phone="+44 1632 960001"),
    )


def texts_of(profile: Profile) -> list[str]:
    """Return every text of `profile` that a seeker may read, and some that nobody may."""
    lists = *profile.skills, *profile.topics, *profile.communities, *(school.school for school in profile.schools)
    held = [text for position in profile.positions for text in (position.title, position.company)]
    private = profile.contact.email, profile.links[1].url, profile.links[1].label, profile.id
    return [profile.headline, profile.bio, profile.location, *lists, *held, *private]


@given(marked_profiles(), st.data())
def test_a_reason_never_says_what_the_public_profile_does_not_hold(profile: Profile, data: st.DataObject) -> None:
    told = st.lists(st.sampled_from(texts_of(profile)), max_size=4).map(tuple)
    # Even one who guesses what is private gets no answer to it.
    seeker = Seeker(data.draw(told), data.draw(told), data.draw(told), data.draw(told.map("".join)), ("cy", "fr"))
    query = [token for text in data.draw(told) for token in tokens(text)]
    position = data.draw(st.sampled_from(profile.positions))

    said = reasons(profile, position, shared(seeker, facts_of(profile)), query)

    public = {
        *tokens(f"{position.title} {position.company} {profile.location}"),
        *(token for other in profile.positions for token in tokens(other.company)),
        *(token for text in (*profile.skills, *profile.topics, *profile.communities) for token in tokens(text)),
        *(token for school in profile.schools for token in tokens(school.school)),
        *(token for code in profile.languages for token in tokens(language_name(code))),
        *(position.start[:4], position.end[:4], *map(str, profile.chat_minutes)),
    }
    assert {token for text in said for token in tokens(text)} <= OURS | public
    assert 1 <= len(said) <= 3
    assert all(said)


@given(marked_profiles(), st.data())
def test_private_fields_change_no_reason(profile: Profile, data: st.DataObject) -> None:
    bare = replace(
        profile,
        contact=Contact(),
        links=profile.links[:1],
        consent_at=None,
        paused_until=None,
        last_active_at=None,
        updated_at=None,
    )
    position = data.draw(st.sampled_from(profile.positions))
    query = [token for text in texts_of(profile) for token in tokens(text)]

    assert reasons(bare, position, Shared(), query) == reasons(profile, position, Shared(), query)
