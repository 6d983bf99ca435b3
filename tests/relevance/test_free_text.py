from dataclasses import replace

from scripts.relevance.free_text import MaskedText, clipped, evaluate_free_text, masked_texts
from scripts.relevance.split import split_of
from service.search.request import LONGEST_QUERY
from tests.fakes import KeywordEncoder
from tests.relevance.occupations import make_occupation

ENCODER = KeywordEncoder("fever", "wings")
DOCTOR = make_occupation(
    "29-1215.00",
    title="Physician",
    alternate_titles=("Fever Doctor",),
    description="Physicians find out why fever came and what heals people soon.",
    tasks=("Physicians work.",),
)
PILOT = make_occupation("53-2011.00", title="Pilot", alternate_titles=("Wings",))
RIVAL = make_occupation("29-1216.00", title="Fever")


def test_texts_lose_the_titles_words_and_those_left_too_short_are_dropped() -> None:
    assert masked_texts(DOCTOR) == [
        MaskedText("description", "29-1215.00", "find out why fever came and what heals people soon")
    ]


def test_only_the_words_of_the_official_title_are_lost() -> None:
    doctor = replace(DOCTOR, reported_titles=("Fever Expert",))

    assert masked_texts(doctor) == masked_texts(DOCTOR)


def test_an_occupation_is_found_by_the_best_of_all_its_titles() -> None:
    (score,) = evaluate_free_text([DOCTOR, PILOT], split_of(DOCTOR.code), ENCODER)

    assert score.values == {"top-1": 1.0, "top-5": 1.0}
    assert (score.kind, score.group) == ("description", "29")


def test_an_equal_rival_takes_half_the_first_place() -> None:
    (score,) = evaluate_free_text([RIVAL, DOCTOR, PILOT], split_of(DOCTOR.code), ENCODER)

    assert score.values == {"top-1": 0.5, "top-5": 1.0}


def test_a_text_is_cut_between_words_where_a_seeker_must_stop() -> None:
    text = "word " * LONGEST_QUERY

    assert len(clipped(text)) <= LONGEST_QUERY
    assert set(clipped(text).split()) == {"word"}
    assert clipped("short text") == "short text"
