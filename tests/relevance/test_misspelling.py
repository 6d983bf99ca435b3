import random

from hypothesis import given
from hypothesis import strategies as st

from scripts.relevance.misspelling import misspelt


def test_a_misspelt_title_is_a_slip_or_two_away() -> None:
    slips = {misspelt("Ward Sister", random.Random(seed)) for seed in range(40)}

    assert "ward sister" not in slips
    assert {"ward siser", "ward sistter"} & slips
    assert all(abs(len(text) - len("ward sister")) <= 1 for text in slips)


@given(st.text(max_size=30), st.integers(0, 99))
def test_any_title_can_be_misspelt_without_losing_its_first_letter(title: str, seed: int) -> None:
    assert misspelt(title, random.Random(seed))[:1] == title.lower()[:1]


def test_a_title_of_short_words_keeps_its_spelling() -> None:
    assert misspelt("vet CEO", random.Random(0)) == "vet ceo"


def test_the_same_seed_makes_the_same_slip() -> None:
    assert misspelt("paramedic", random.Random(5)) == misspelt("paramedic", random.Random(5))
