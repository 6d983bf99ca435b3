"""Other ways to write the same."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.training.spelling import SHORT_FORMS, masked, misspelt, spelling_pairs


@given(st.integers())
def test_a_slip_changes_one_word_by_at_most_one_letter_more_or_less(seed: int) -> None:
    words = misspelt("marine biologist", random.Random(seed)).split()

    assert len(words) == 2
    assert [word[0] for word in words] == ["m", "b"]
    assert abs(len("".join(words)) - len("marinebiologist")) <= 1
    assert "marine" in words or "biologist" in words


def test_most_slips_change_the_title() -> None:
    changed = [misspelt("marine biologist", random.Random(seed)) != "marine biologist" for seed in range(100)]

    assert sum(changed) > 90


def test_a_title_of_short_words_keeps_its_spelling() -> None:
    assert misspelt("vet CEO", random.Random(0)) == "vet CEO"


def test_the_same_seed_makes_the_same_slip() -> None:
    assert misspelt("paramedic", random.Random(5)) == misspelt("paramedic", random.Random(5))


@pytest.mark.parametrize(
    ("text", "title", "left"),
    [
        ("Film editors cut films.", "film editor", "cut"),
        ("Examine animals to detect illness.", "Veterinarians", "Examine animals to detect illness."),
        ("Teach mathematics, and teach it well.", "Mathematics Teacher", "and it well."),
        ("", "Pilot", ""),
    ],
)
def test_a_masked_text_has_no_word_of_the_title(text: str, title: str, left: str) -> None:
    assert masked(text, title) == left


def test_technologies_are_paired_with_their_usual_spelling() -> None:
    pairs = spelling_pairs()

    assert {("C sharp developer", "C# developer"), ("JS engineer", "JavaScript engineer")} <= set(pairs)
    assert set(SHORT_FORMS) <= set(pairs)
    assert all(one != other for one, other in pairs)
