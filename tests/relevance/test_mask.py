import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.relevance.mask import mask, stem, title_stems


@pytest.mark.parametrize(
    "family",
    [
        "engineer engineers engineering",
        "teacher teachers teaching teach",
        "manager management manage managing",
        "accountant accounting accounts",
        "nurse nurses nursing",
        "librarian libraries",
        "analyst analyze",
        "designers designing design",
    ],
)
def test_words_of_one_family_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_short_words_that_differ_stay_apart() -> None:
    assert len({stem(word) for word in ("car", "care", "cook", "law", "late")}) == 5


def test_the_words_of_a_title_go_and_the_others_stay() -> None:
    stems = title_stems(["Airline Pilots", "Captain (Commercial)"])

    assert (
        mask("Pilot and navigate the flight of commercial aircraft.", stems)
        == "and navigate the flight of aircraft"
    )


def test_punctuation_does_not_stay_where_its_word_went() -> None:
    stems = title_stems(["Nurse"])

    assert mask("Care, nurse, and (nursing) comfort; the nurse's work.", stems) == "Care, and comfort; the work"


def test_words_such_as_and_or_of_are_never_taken_out() -> None:
    assert title_stems(["Heads of the State and Others"]) == {stem("heads"), stem("state"), stem("others")}


@given(st.text(alphabet="abcing er,.()-'", max_size=40), st.text(alphabet="abcing er", max_size=20))
def test_no_word_of_the_title_is_left(text: str, title: str) -> None:
    stems = title_stems([title])

    assert stems.isdisjoint(title_stems([mask(text, stems)]))
