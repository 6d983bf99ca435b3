"""Avatars: a letter or two of any name, in a colour that stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.initials import COLOURS, colour, initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Okafor", "AO"),
        ("Dr Åsa Maria Lind, PhD", "ÅL"),
        ("madonna", "M"),
        ("王小明", "王"),
        ("محمد علي", "مع"),
        ("e\u0301lise n\u0303andu", "ÉÑ"),
        ("🦄 Rainbow 🦄", "R"),
        ("Jo (they/them) O'Neill", "JO"),
        ("Prof.", "P"),
        ("ßen", "ß"),
        ("12 34", "1"),
        ("🦄🦄", "🦄"),
        ("(🦄)", "🦄"),
        ("(Ann)", "A"),
        ("… ?", "…"),
        ("", ""),
    ],
)
def test_they_are_the_first_letters_of_the_first_and_the_last_name(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.text(max_size=300))
def test_they_fit_whatever_the_name(name: str) -> None:
    assert len(initials(name)) <= 6
    assert not any(character.isspace() for character in initials(name))
    assert initials(name) or not any(unicodedata.category(one)[0] in "LNSP" for one in name)
    assert 1 <= colour(name) <= COLOURS
    assert colour(name) == colour(name)
