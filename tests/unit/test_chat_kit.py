"""service/prep/kit.py: whatever a profile holds and a seeker dreams of, the texts can be sent as they are."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.facts import facts_of
from indexer.profile import Contact, Link, Position, Profile, School
from indexer.profile.schema import CHANNELS
from indexer.text import clean_line
from indexer.titles import KnownOccupation
from indexer.titles.understanding import QueryKind, Understanding
from service.prep import ChatKit, Focus, chat_kit
from service.prep.questions import Career
from service.prep.wish import Wish, wish
from service.search.seeker import Seeker, Shared, shared
from tests.candidates import CODES, TODAY
from tests.factories import make_occupation, make_profile
from tests.fakes import KeywordEncoder

# In these letters none of the words is spelt that are looked for below.
LETTERS = "dklmuwDKU"
plain = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=15).map(" ".join)
# What people type and import: any sign, brackets, commas and quotation marks at the edges, directions, emoji.
hostile = st.text(max_size=120) | st.text("(){}[],;:.-/ \u201c\u201d\"'\u202e🎬a", max_size=60)
# Everything private is of a letter that nothing else has.
PRIVATE = "qqqq"
dates = st.sampled_from(["", "1988", "1998", "2016-09", "2021-06-30", "2025", "2026-01"])
OCCUPATIONS = {
    code: make_occupation(KeywordEncoder(), code, "Title", job_zone=zone)
    for zone, code in enumerate([*CODES, "own:mentor"], start=2)
}


def profiles(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Profile]:
    few = st.lists(texts, max_size=3).map(tuple)
    return st.builds(
        Profile,
        id=st.just("ann"),
        name=texts,
        positions=st.lists(
            st.builds(Position, title=texts, company=st.just("") | texts, start=dates, end=dates),
            min_size=1,
            max_size=5,
        ).map(tuple),
        topics=few,
        schools=st.lists(st.builds(School, school=texts), max_size=2).map(tuple),
        communities=few,
        location=st.just("") | texts,
        languages=st.lists(st.sampled_from(["cy", "fr"]), max_size=2).map(tuple),
        links=st.lists(
            st.sampled_from(
                [
                    Link(url=f"https://{PRIVATE}.example", label=PRIVATE, public=False),
                    Link(url="https://cal.example/book", label="Book a time", public=True),
                    Link(url="https://work.example", public=True),
                ]
            ),
            max_size=3,
        ).map(tuple),
        channels=st.lists(st.sampled_from(CHANNELS), max_size=4, unique=True).map(tuple),
        chat_minutes=st.lists(st.integers(5, 120), max_size=4).map(tuple),
        consent_at=st.just(date(1977, 6, 5)),
        last_active_at=st.just(date(1977, 6, 5)),
        monthly_capacity=st.just(77),
        chats_this_month=st.just(76),
        contact=st.just(Contact(email=f"{PRIVATE}@example.org", phone="+44 77777 77777", other=PRIVATE)),
    )


@st.composite
def kits(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> ChatKit:
    """The kit for any person, any wish, read in any way, and any seeker."""
    profile = draw(profiles(texts))
    codes = draw(
        st.lists(
            st.sampled_from(["", *OCCUPATIONS]), min_size=len(profile.positions), max_size=len(profile.positions)
        )
    )
    said = wish(Understanding(clean_line(draw(texts)), "", QueryKind.UNRECOGNISED, ()))
    if draw(st.booleans()) and said.words:
        said = Wish(title=said.in_quotes[1:-1])
    alike = Seeker(
        schools=tuple(school.school for school in profile.schools),
        companies=tuple(position.company for position in profile.positions),
        communities=profile.communities,
        location=profile.location,
        languages=profile.languages,
    )
    seeker = draw(st.sampled_from([Seeker(), alike, Seeker(location=profile.location)]))
    focus = draw(st.just(Focus()) | st.builds(Focus, st.just("") | texts, st.just("") | texts))
    return chat_kit(
        Career(profile, draw(st.integers(0, len(codes) - 1)), codes, OCCUPATIONS),
        said,
        occupation=draw(st.sampled_from(["", *OCCUPATIONS])),
        shared=shared(seeker, facts_of(profile)),
        focus=focus,
        today=TODAY,
    )


NO_WISH, NOTHING, NO_ANSWERS = Wish(), Shared(), Focus()


def kit_for(
    profile: Profile, job: Wish = NO_WISH, *, common: Shared = NOTHING, focus: Focus = NO_ANSWERS
) -> ChatKit:
    career = Career(profile, 0, [""] * len(profile.positions), {})
    return chat_kit(career, job, occupation="", shared=common, focus=focus, today=TODAY)


def texts_of(kit: ChatKit) -> Iterator[str]:
    """Every text of ours, line by line."""
    for letter in (kit.ask, kit.follow_up, kit.thanks):
        yield letter.subject
        yield from letter.message.split("\n")
    yield kit.focus
    yield from kit.questions
    yield from (step.what for agenda in kit.agendas for step in agenda.steps)
    if occupation := kit.background.occupation:
        yield from (occupation.daily_work, occupation.way_in)


@given(kits(plain))
def test_no_text_has_a_hole(kit: ChatKit) -> None:
    for text in texts_of(kit):
        assert text == text.strip()
        assert not re.search(r"None|[{}\[\]]|\(\s*\)|\s\s|\s[,.;:?!]|,,|\.\.|“\s*”", text), text
        assert not re.search(r"\b(?:a|an|as|at|about|for|from|in|of|the|(?<!talk )to|with)[.,;:?!”]", text), text
        assert not re.search(r"\b(?:a|an) (?:at|as|before|and|for)\b|\bas at\b|\bat at\b", text), text


@given(kits(plain) | kits(hostile))
def test_an_ask_keeps_to_its_length(kit: ChatKit) -> None:
    for letter in (kit.ask, kit.follow_up, kit.thanks):
        assert len(letter.message.split()) <= 150
        assert 10 <= len(letter.subject) <= 120
        assert "\n" not in letter.subject
        assert len(letter.message) <= 1500


def test_the_longest_ask_keeps_to_its_length() -> None:
    words = " ".join(["of"] * 20)
    longest = make_profile(
        "ann",
        name=words[:23],
        positions=[{"title": words, "company": f"School {words}", "end": "2020"}],
        channels=[*CHANNELS],
    )
    shared_school = Shared(schools=(f"School {words}",))

    for job, focus in (
        (Wish(words=words), NO_ANSWERS),
        (Wish(title=" ".join(["of"] * 12)), NO_ANSWERS),
        (NO_WISH, Focus(words, words)),
    ):
        message = kit_for(longest, job, common=shared_school, focus=focus).ask.message
        assert 130 < len(message.split()) <= 150


@given(kits(plain) | kits(hostile))
def test_a_letter_greets_asks_for_minutes_and_thanks(kit: ChatKit) -> None:
    greeting, *_, regards = kit.ask.message.split("\n\n")

    assert re.fullmatch(r"Dear \S.*,|Hello,", greeting)
    assert regards == "Kind regards,"
    assert kit.minutes in (15, 30)
    assert f"{kit.minutes} minutes" in kit.ask.message
    assert f"{kit.minutes} minutes" in kit.ask.subject
    assert "Thank you in advance" in kit.ask.message
    assert "advice" in kit.ask.message
    assert "thank you" in kit.follow_up.message
    assert "Thank you" in kit.thanks.message


@given(kits(plain))
def test_no_text_of_ours_asks_for_a_job(kit: ChatKit) -> None:
    asking = r"\bjobs?\b|opening|hir(e|ing)|\brefer|vacanc|r[eé]sum[eé]|\bCV\b|recruit|apply|application|recommend"
    for text in texts_of(kit):
        assert not re.search(asking, text, re.IGNORECASE), text


@given(kits(plain))
def test_no_text_tells_what_is_private(kit: ChatKit) -> None:
    shown = "\n".join([*texts_of(kit), repr(kit.background), repr(kit.booking)])

    assert PRIVATE not in shown
    assert not re.search("77|76", shown)


@given(kits(plain) | kits(hostile))
def test_there_are_five_to_ten_questions_each_its_own(kit: ChatKit) -> None:
    assert 5 <= len(kit.questions) <= 10
    assert len(set(kit.questions)) == len(kit.questions)
    for question in kit.questions:
        assert question.endswith("?")
        assert len(question) <= 200
        assert "\n" not in question


@given(kits(plain) | kits(hostile))
def test_each_agenda_fills_its_minutes_without_a_gap(kit: ChatKit) -> None:
    assert [agenda.minutes for agenda in kit.agendas] == [15, 30]
    for agenda in kit.agendas:
        starts, ends = zip(*((step.start, step.end) for step in agenda.steps), strict=True)
        assert starts == (0, *ends[:-1])
        assert ends[-1] == agenda.minutes
        assert all(start < end for start, end in zip(starts, ends, strict=True))
        said = str(agenda)
        assert "Is there anybody else I should talk to?" in said
        assert "What can I do for you?" in said


def opening(kit: ChatKit) -> str:
    return kit.ask.message.split("\n\n")[1]


DESIGNER = make_profile("ann", positions=[{"title": "Set Designer", "company": "Harbour Films", "start": "2019"}])


def test_what_is_shared_opens_the_ask_that_first_which_connects_most() -> None:
    every = Shared(("Pixar",), ("University of Leeds",), ("Crew Network",), "Leeds", ("cy",))
    first = {
        every: "We have both worked at Pixar, so I was glad to find you here.",
        Shared(
            (), every.schools, every.communities, "Leeds", ("cy",)
        ): "We both went to the University of Leeds, so",
        Shared((), (), every.communities, "Leeds", ("cy",)): "We are both in Crew Network, so",
        Shared((), (), (), "Leeds", ("cy",)): "We both live in Leeds, so",
        Shared(languages=("cy",)): "We both speak Welsh, so",
        Shared(): "I would like to find out",
    }
    for common, said in first.items():
        assert opening(kit_for(DESIGNER, common=common)).startswith(said)


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (
            Wish(title="film designer"),
            "I would like to find out what it is really like to work as a film designer. I am writing to you "
            "because of your work as a Set Designer at Harbour Films.",
        ),
        (
            Wish(title="set designer"),
            "I would like to find out what it is really like to work as a set designer. I am writing to you "
            "because you do this work at Harbour Films yourself.",
        ),
        (
            Wish(words="build worlds"),
            "The work I dream of is “build worlds”, and I would like to find out what it is really like. I am "
            "writing to you because of your work as a Set Designer at Harbour Films.",
        ),
        (
            Wish(),
            "I would like to find out what it is really like to work as a Set Designer. I am writing to you "
            "because you do this work at Harbour Films yourself.",
        ),
    ],
)
def test_the_ask_says_what_for_and_why_this_person(job: Wish, said: str) -> None:
    assert opening(kit_for(DESIGNER, job)) == said


def test_of_a_past_position_the_ask_speaks_as_past() -> None:
    past = make_profile("ann", positions=[{"title": "Nurse", "company": "St Mary's", "end": "2020"}])

    assert "you have done this work at St Mary's and can look back on it" in opening(kit_for(past))
    assert "because of your time as a Nurse at St Mary's." in opening(kit_for(past, Wish(title="vet")))
    assert kit_for(past).ask.subject == "15 minutes about your time as a Nurse?"


def test_answers_about_oneself_take_the_place_of_the_purpose() -> None:
    focus = Focus("teach art", "how you began")
    said = "At the moment I teach art, and I would like to find out how you began."
    kit = kit_for(DESIGNER, Wish(title="set designer"), focus=focus)

    assert kit.focus == said
    assert opening(kit) == f"{said} I am writing to you because of your work as a Set Designer at Harbour Films."


def test_who_only_writes_is_asked_to_write() -> None:
    kit = kit_for(make_profile("ann", channels=["mail"]))

    assert "Could you answer a few questions by mail, in 15 minutes of your time?" in kit.ask.message
    assert "These times" not in kit.ask.message


def test_the_ways_to_meet_are_those_that_the_person_offers() -> None:
    kit = kit_for(make_profile("ann", channels=["video", "in_person"]))

    assert "Could you spare 15 minutes for a chat by video or in person?" in kit.ask.message


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Amara", "Dear Amara,"),
        ("Dr Jane Doe", "Dear Dr Jane Doe,"),
        ("王 小明", "Dear 王 小明,"),
        ("Jane Doe, PhD, M.D.", "Dear Jane Doe,"),
        ("Jane Doe (she/her)", "Dear Jane Doe,"),
        ("Doe, Jane", "Dear Doe, Jane,"),
        ("Sammy Davis Jr.", "Dear Sammy Davis Jr.,"),
        ("ma", "Dear ma,"),
        ("()", "Hello,"),
        ("Pablo Diego José Francisco de Paula Juan Nepomuceno María Picasso", "Hello,"),
        ("w" * 120, "Hello,"),
    ],
)
def test_a_person_is_addressed_by_the_whole_name(name: str, greeting: str) -> None:
    assert kit_for(make_profile("ann", name=name)).ask.message.startswith(f"{greeting}\n")


def test_words_of_the_person_stay_theirs() -> None:
    """A title, a company and a topic are quoted as they are, also where we would never use the word."""
    kit = kit_for(
        make_profile("ann", positions=[{"title": "Hiring Manager", "company": "CV Ltd"}], topics=["job openings"])
    )

    assert "as a Hiring Manager?" in kit.ask.subject
    assert any("“job openings”" in question for question in kit.questions)


@pytest.mark.parametrize("company", ["Freelance", "self-employed", "N/A", "-", ""])
def test_nobody_works_at_freelance(company: str) -> None:
    profile = make_profile("ann", positions=[{"title": "Illustrator", "company": company, "start": "2001"}])
    kit = kit_for(profile)

    assert "because you do this work yourself." in kit.ask.message
    assert kit.background.company == ""
    assert not any("have been at" in question for question in kit.questions)


@pytest.mark.parametrize(
    ("links", "booking", "reading"),
    [
        ([], "", []),
        ([("https://a.example/book", "", False)], "", []),
        ([("https://a.example/x", "Portfolio", True)], "", ["Portfolio"]),
        (
            [("https://a.example/x", "Portfolio", True), ("https://a.example/y", "Book a time", True)],
            "Book a time",
            ["Portfolio"],
        ),
        ([("https://cal.com/ann", "Coffee?", True)], "Coffee?", []),
        ([("https://meetup.com/ann", "My meetup", True)], "", ["My meetup"]),
    ],
)
def test_a_public_link_to_book_a_time_is_told_apart_from_what_to_read(
    links: list[tuple[str, str, bool]], booking: str, reading: list[str]
) -> None:
    given_links = [{"url": url, "label": label, "public": public} for url, label, public in links]
    kit = kit_for(make_profile("ann", links=given_links))

    assert (kit.booking.label if kit.booking else "") == booking
    assert [link.label for link in kit.background.links] == reading


def test_the_background_tells_of_the_occupation_what_is_known() -> None:
    profile = make_profile("ann")
    known: dict[str, KnownOccupation] = OCCUPATIONS

    def of(code: str) -> ChatKit:
        return chat_kit(
            Career(profile, 0, [code], known), Wish(), occupation=code, shared=Shared(), focus=Focus(), today=TODAY
        )

    nurse, own, none = (of(code).background.occupation for code in ("29-1141.00", "own:mentor", ""))
    assert nurse
    assert nurse.daily_work.startswith("On most days they ")
    assert ", and " in nurse.daily_work
    assert nurse.way_in.startswith("Most people ")
    assert nurse.onet_url == "https://www.onetonline.org/link/summary/29-1141.00"
    assert own
    assert (own.daily_work, own.onet_url) == ("", "")
    assert none is None


def test_plain_letters_spell_no_word_that_is_looked_for() -> None:
    """Else the tests above would blame a profile of theirs."""
    looked_for = "None job opening hire hiring refer vacancy resume CV recruit apply a an as at of the to".split()
    assert [word for word in looked_for if set(word.lower()) <= set(LETTERS.lower())] == []
