"""indexer/facts.py: the public facts that engines keep of a person."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.facts import Facts, Years, facts_of, from_texts, to_text
from tests.factories import make_profile

words = st.lists(st.text(max_size=12), max_size=3)
years = st.builds(Years, st.none() | st.integers(1900, 2100), st.none() | st.integers(1900, 2100))
facts = st.builds(
    Facts,
    years=st.lists(years, max_size=3),
    companies=words,
    industries=words,
    schools=words,
    communities=words,
    location=st.text(max_size=12),
    country=st.sampled_from(["", "GB"]),
    languages=words,
    chat_minutes=st.lists(st.integers(5, 120), max_size=3),
    room=st.none() | st.integers(0, 100),
    active_on=st.sampled_from(["", "2026-01-02"]),
)


@given(st.lists(facts, max_size=4))
def test_they_come_back_as_they_were(several: list[Facts]) -> None:
    assert from_texts([to_text(one) for one in several]) == several


def test_they_are_those_of_the_profile_and_nothing_private() -> None:
    ann = make_profile(
        "ann",
        positions=[
            {"title": "Vet", "company": "Hill Clinic", "start": "2019-04", "end": "2021"},
            {"title": "Nurse"},
        ],
        schools=[{"school": "Leeds"}, {"school": "Leeds"}],
        languages=["en"],
        chat_minutes=[30, 15, 30],
        monthly_capacity=3,
        chats_this_month=5,
        consent_at="2026-02-01",
        last_active_at="2026-03-01",
        contact={"email": "secret@example.org"},
        links=[{"url": "https://secret.example"}],
    )

    assert facts_of(ann) == Facts(
        years=[Years(2019, 2021), Years(None, None)],
        companies=["Hill Clinic", ""],
        industries=[],
        schools=["Leeds"],
        communities=[],
        languages=["en"],
        chat_minutes=[15, 30],
        room=0,
        active_on="2026-03-01",
    )
    assert "secret" not in to_text(facts_of(ann))


def test_what_is_not_known_stays_unknown() -> None:
    assert facts_of(make_profile("ann")) == Facts(
        years=[Years(None, None)],
        companies=[""],
        industries=[],
        schools=[],
        communities=[],
        languages=[],
        chat_minutes=[],
    )
