"""service/titles/slips.py: one slip in what is typed is corrected, also in the beginning of a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.titles.slips import Beginnings

WORDS = {"engineer": 9, "engine": 2, "scientist": 5, "sculptor": 1, "veterinarian": 3, "veteran": 4, "nurse": 7}
BEGINNINGS = Beginnings(WORDS)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("enginer", "engineer"),  # a letter too few
        ("enginr", "engine"),
        ("enginx", "engine"),
        ("sscien", "scien"),  # too many
        ("sciemt", "scient"),  # wrong
        ("sceintist", "scientist"),  # two that changed places
        ("unrse", "nurse"),
        ("vetrin", "veterin"),
    ],
)
def test_one_slip_is_corrected(typed: str, first: str) -> None:
    assert BEGINNINGS.corrected(typed)[0] == first


@pytest.mark.parametrize("typed", ["engi", "scientist", "vete"])
def test_what_begins_a_word_stays(typed: str) -> None:
    assert BEGINNINGS.corrected(typed) == []


@pytest.mark.parametrize("typed", ["egn", "x", ""])
def test_what_is_short_stays(typed: str) -> None:
    assert BEGINNINGS.corrected(typed) == []


def test_a_letter_at_the_end_that_is_none_of_the_words_is_left_out_last() -> None:
    assert Beginnings({"nurse": 1, "nutter": 5}).corrected("nursq") == ["nurse", "nurs"]


def test_two_slips_are_too_many() -> None:
    assert BEGINNINGS.corrected("veeternian") == []


def test_the_most_used_correction_comes_first() -> None:
    assert Beginnings({"farmer": 1, "former": 8}).corrected("frmer") == ["former", "farmer"]
    assert Beginnings({"farmer": 8, "former": 1}).corrected("frmer") == ["farmer", "former"]


def test_a_beginning_is_used_as_often_as_all_its_words() -> None:
    assert BEGINNINGS.uses("engine") == 11
    assert BEGINNINGS.uses("engineer") == 9
    assert BEGINNINGS.uses("baker") == 0


@given(word=st.sampled_from(sorted(WORDS)), place=st.integers(0, 20), letter=st.sampled_from("aeqz"))
def test_any_wrong_letter_leads_back_to_the_word(word: str, place: int, letter: str) -> None:
    place %= len(word)
    slipped = word[:place] + letter + word[place + 1 :]

    # Nothing to correct where the slip makes the beginning of another word.
    assert word in (*BEGINNINGS.corrected(slipped), slipped) or BEGINNINGS.uses(slipped)


@given(typed=st.text(max_size=20))
def test_corrections_are_known_beginnings(typed: str) -> None:
    assert all(BEGINNINGS.uses(one) for one in BEGINNINGS.corrected(typed))
