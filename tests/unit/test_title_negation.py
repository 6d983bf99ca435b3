"""What a text says that it does not mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text import clean_line
from indexer.titles.negation import without_negated


@pytest.mark.parametrize(
    ("text", "meant", "denied"),
    [
        ("not a lawyer", "", "not a lawyer"),
        ("no lawyer", "", "no lawyer"),
        ("anything but a lawyer", "", "anything but a lawyer"),
        ("anything except teaching", "", "anything except teaching"),
        ("nothing with computers", "", "nothing with computers"),
        ("neither doctor nor nurse", "", "neither doctor nor nurse"),
        ("I would rather not teach", "", "not teach"),
        ("I don't want to be a teacher", "", "don't want to be a teacher"),
        ("paralegal but not a lawyer", "paralegal", "not a lawyer"),
        ("not a lawyer but a judge", "a judge", "not a lawyer"),
        ("doctor rather than nurse", "doctor", "rather than nurse"),
        ("marketing, no sales, no calls", "marketing", "no sales, no calls"),
        ("work with animals, not a vet, outdoors", "work with animals, outdoors", "not a vet"),
        ("teacher who does not shout", "teacher", "not shout"),
        ("Nurse (not in a hospital)", "Nurse", "not in a hospital"),
        ("not a .NET developer", "", "not a .NET developer"),
        ("nurse → never a doctor → teacher", "nurse → teacher", "never a doctor"),
    ],
)
def test_what_is_denied_is_told_apart_from_what_is_meant(text: str, meant: str, denied: str) -> None:
    assert without_negated(text) == (meant, denied)


@pytest.mark.parametrize(
    "text",
    [
        "nurse",
        "not only a nurse but a midwife",
        "not sure: nurse or doctor",
        "nurse who is not afraid of blood",
        "not-for-profit manager",
        "no code developer",
        "no-till farmer",
        "No. 1 chef",
        "nothing but music",
        "Notary, Norwegian",
        "Disc Jockeys, Except Radio",
        "Doctor without borders",
    ],
)
def test_what_denies_nothing_stays_as_it_is(text: str) -> None:
    assert without_negated(text) == (text, "")


@given(st.text(st.sampled_from("not but a no, .nurse"), max_size=60).map(clean_line))
def test_no_word_is_made_up(text: str) -> None:
    meant, denied = without_negated(text)

    assert set(meant.split()) <= set(text.split())
    assert all(part in text for part in denied.split(", "))
