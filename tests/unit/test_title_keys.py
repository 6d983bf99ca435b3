"""The key of a title: what equal titles share, and what keeps others apart."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.titles.keys import title_key, word_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reporter, Sports", "Sports Reporter"),
        ("Director of Marketing", "Marketing Director"),
        ("Waitresses", "Waiter"),
        ("Chairwoman", "Chairman"),
        ("Salespeople", "Salesperson"),
        ("Firemen", "Fireman"),
        ("Midwives", "Midwife"),
        ("Secretaries", "secretary"),
        ("Paediatrician", "Pediatrician"),
        ("Anaesthetist", "Anesthetist"),
        ("Jeweller", "Jeweler"),
        ("Theatre Programme Organiser", "Theater Program Organizer"),
        ("Colourist", "Colorist"),
    ],
)
def test_two_ways_to_write_a_title_share_a_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C Developer", "C++ Developer"),
        ("C++ Developer", "C# Developer"),
        ("Network Developer", ".NET Developer"),
        ("Node Developer", "Node.js Developer"),
        ("R Programmer", "R&D Programmer"),
        ("Chemist", "Chemistry Teacher"),
        ("Nurse", "Nurse Manager"),
        ("Host", "Ghost"),
        ("Bus Driver", "Driver"),
    ],
)
def test_other_titles_have_other_keys(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


def test_a_title_of_joining_words_alone_keeps_them() -> None:
    assert title_key("The A of the And") != ""


# Without c and j, which stand for technologies beside another word: "Objective C", "Node JS".
WORDS = st.lists(st.text(alphabet="abdefghiklmnoprstuwy", min_size=1, max_size=12), min_size=1, max_size=5)


@given(WORDS, st.randoms(use_true_random=False))
def test_a_key_is_the_same_for_any_case_and_order(words: list[str], chance: Random) -> None:
    shuffled = chance.sample(words, len(words))

    assert title_key(" ".join(shuffled).upper()) == title_key(" ".join(words))


@pytest.mark.parametrize(
    "word", ["waitresses", "chairwomen", "organisers", "secretaries", "counsellors", "salespeople"]
)
def test_a_folded_word_is_folded_no_further(word: str) -> None:
    """Keys of an index and of a query are made alike, whichever of them was folded before."""
    once = word_key(word)

    assert once != word
    assert word_key(once) == once
