"""service/prep/preparing.py: what a chat is about is read as a search reads it."""

import pytest

from indexer.errors import EncoderError
from indexer.profile import Profile
from indexer.titles.reader import TitleReader
from service.prep import ChatKit, Preparer
from service.search import QueryVectors, Seeker
from tests.candidates import MIDWIFE, NURSE, TODAY, VET
from tests.factories import make_catalogue, make_profile
from tests.fakes import KeywordEncoder, MemoryTitles

ENCODER = KeywordEncoder("nurse", "vet", "pilot", "midwife")
CATALOGUE = make_catalogue(
    ENCODER,
    {"Nurse": NURSE, "Vet": VET, "Nurse Midwife": MIDWIFE, "Ward Pilot": NURSE},
    words={"nurse": 3, "vet": 2, "midwife": 1},
    related={NURSE: "Primary-Short"},
    job_zone=4,
)
NURSE_ONCE = make_profile(
    "ann",
    positions=[
        {"title": "Vet", "company": "Zoo", "start": "2020"},
        {"title": "Nurse", "company": "St Mary's", "start": "2010", "end": "2020"},
    ],
)


def kit(profile: Profile, job: str, titles: MemoryTitles | None = None, seeker: Seeker | None = None) -> ChatKit:
    vectors = QueryVectors(lambda: ENCODER)
    reader = TitleReader(titles or MemoryTitles(CATALOGUE), lambda: vectors)
    return Preparer(reader, vectors).kit(profile, job, seeker or Seeker(), TODAY)


@pytest.mark.parametrize(("job", "title"), [("nurse", "Nurse"), ("vet", "Vet"), ("nurse midwife", "Nurse")])
def test_the_position_to_talk_about_is_the_one_that_the_job_matches(job: str, title: str) -> None:
    made = kit(NURSE_ONCE, job)

    assert (made.position.title, made.job) == (title, job)


@pytest.mark.parametrize(
    ("job", "place"), [("nurse", 1), ("vet", 0), ("midwife nurse", 1), ("xqzvw blorptang", None)]
)
def test_the_position_that_a_search_finds_them_by_is_told(job: str, place: int | None) -> None:
    vectors = QueryVectors(lambda: ENCODER)
    preparer = Preparer(TitleReader(MemoryTitles(CATALOGUE), lambda: vectors), vectors)

    assert preparer.matched_position(NURSE_ONCE, job, TODAY) == place
    assert preparer.matched_position(make_profile("cem", "Pilot"), job, TODAY) is None


def test_the_present_position_goes_before_an_earlier_one_of_the_same_work() -> None:
    positions = [{"title": "Ward Pilot", "start": "2020"}, {"title": "Nurse", "start": "2010", "end": "2020"}]

    assert kit(make_profile("ann", positions=positions), "nurse").position.title == "Ward Pilot"


def test_without_a_job_it_is_the_present_one() -> None:
    made = kit(NURSE_ONCE, "")

    assert (made.position.title, made.job) == ("Vet", "")


def test_a_job_that_nobody_could_read_is_quoted_and_the_position_is_the_present_one() -> None:
    made = kit(NURSE_ONCE, "xqzvw blorptang")

    assert (made.position.title, made.job) == ("Vet", "xqzvw blorptang")
    assert "The work I dream of is “xqzvw blorptang”" in made.ask.message


def test_who_does_something_far_from_the_job_is_asked_about_their_own_work() -> None:
    made = kit(make_profile("ann", "Pilot"), "vet")

    assert made.job == ""
    assert "as a Pilot" in made.ask.message
    assert "vet" not in made.ask.message
    assert made.background.occupation is None


def test_the_occupation_to_read_about_is_that_of_the_job() -> None:
    made = kit(NURSE_ONCE, "nurse midwife")

    assert made.background.occupation
    assert made.background.occupation.code == MIDWIFE


def test_without_a_job_the_occupation_is_that_of_the_position() -> None:
    made = kit(NURSE_ONCE, "")

    assert made.background.occupation
    assert made.background.occupation.code == VET


def test_what_both_share_opens_the_ask() -> None:
    profile = make_profile("ann", schools=[{"school": "Leeds"}])
    seeker = Seeker(schools=("LEEDS",))

    assert "We both went to Leeds" in kit(profile, "nurse", seeker=seeker).ask.message
    assert "We both" not in kit(profile, "nurse").ask.message


def test_without_job_titles_the_job_is_quoted() -> None:
    made = kit(NURSE_ONCE, "nurse", MemoryTitles())

    assert "“nurse”" in made.ask.message
    assert made.background.occupation is None
    assert not any("before you became" in question for question in made.questions)


def test_where_the_encoder_fails_a_kit_is_made_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> KeywordEncoder:
        raise EncoderError("This encoder always fails.")

    vectors = QueryVectors(broken)
    preparer = Preparer(TitleReader(MemoryTitles(CATALOGUE), broken), vectors)

    made = preparer.kit(NURSE_ONCE, "nurse", Seeker(), TODAY)

    assert made.position.title == "Vet"
    assert "as a nurse" in made.ask.message
    assert "The encoder failed" in caplog.text
