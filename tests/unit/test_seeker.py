"""service/search/seeker.py: what a seeker and a person have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.facts import Facts
from indexer.text import name_key, name_keys
from service.search.seeker import Seeker, Shared, shared

names = st.sampled_from(["", "Leeds", "University of Leeds", "The Mill", "Pixar"])
some = st.lists(names, max_size=3).map(tuple)
seekers = st.builds(
    Seeker,
    schools=some,
    companies=some,
    communities=some,
    location=names,
    languages=st.just(()) | st.just(("cy",)),
)
people = st.builds(
    Facts, schools=some, companies=some, communities=some, location=names, languages=st.just(()) | st.just(("cy",))
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Walt Disney Co.", "walt  disney"),
        ("Mill Ltd", "THE MILL"),
        ("Söhne & Töchter GmbH", "Sohne Tochter"),
        ("St. John's College", "St Johns college"),
        ("Univ. of Leeds", "University of Leeds"),
        ("Uni of Leeds, UK", "University of Leeds"),
        ("Google UK Ltd", "Google"),
        ("Google UK", "Google, Inc."),
        ("Siemens AG", "Siemens"),
        ("Bau GmbH & Co. KG", "Bau"),
        ("Marks and Spencer plc", "Marks & Spencer"),
        ("M.I.T.", "MIT"),
        ("Turnverein Mitte e.V.", "Turnverein Mitte"),
        ("Int'l Rescue Center", "International Rescue Centre"),
    ],
)
def test_one_name_has_one_key_however_it_is_written(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boston University", "Boston College"),
        ("C++ Guild", "C# Guild"),
        ("University of Leeds", "Leeds"),
        ("University of Washington", "Washington University"),
        ("Air France", "Air Canada"),
        ("Toys R Us", "Toys R"),
        ("Co-op Bank", "Op Bank"),
        ("SAS Institute", "Institute"),
        ("Bank of America", "Bank of Scotland"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(names | st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


def test_a_name_of_optional_words_alone_keeps_them() -> None:
    assert name_key("The Co.") == "the co"
    assert name_keys(["The Co.", "–", "the co", ""]) == ["the co"]


def test_what_is_shared_is_told_in_the_words_of_the_profile() -> None:
    seeker = Seeker(("leeds",), ("the mill ltd", "Pixar"), ("PYLADIES",), "Leeds, UK", ("cy", "en"))
    facts = Facts(
        schools=["Leeds", "MIT"],
        companies=["The Mill", "", "The Mill"],
        communities=["PyLadies"],
        location="Leeds",
        languages=["fr", "cy", "en"],
    )

    assert shared(seeker, facts) == Shared(("The Mill",), ("Leeds",), ("PyLadies",), "Leeds", ("cy",))


@given(seekers, people)
def test_nothing_is_shared_that_the_profile_does_not_hold(seeker: Seeker, facts: Facts) -> None:
    common = shared(seeker, facts)

    for kind in ("companies", "schools", "communities", "languages"):
        assert set(getattr(common, kind)) <= set(getattr(facts, kind)) - {""}
    assert common.location in {"", facts.location}
    assert 0 <= common.worth <= 1
    assert (common.worth > 0) <= seeker.tells


@given(people)
def test_who_tells_nothing_shares_nothing(facts: Facts) -> None:
    assert shared(Seeker(token="x"), facts) == Shared()
    assert Shared().worth == 0.0


def test_the_more_is_shared_the_more_it_is_worth() -> None:
    school = Shared(schools=("Leeds",))
    more = Shared(schools=("Leeds",), location="Leeds")

    assert 0 < Shared(languages=("cy",)).worth < school.worth < more.worth < 1
    assert Shared(schools=("Leeds", "MIT")).worth == school.worth


@pytest.mark.parametrize(
    ("told", "held", "same"),
    [
        ("Leeds", "leeds", True),
        ("Leeds", "Leeds, UK", True),
        ("Leeds, UK", "Leeds,  uk", True),
        ("Paris, Texas", "Paris, France", False),
        ("Leeds", "Leeds Castle", False),
        ("", "", False),
        (",", ",", False),
    ],
)
def test_a_town_is_the_same_with_or_without_its_country(told: str, held: str, same: bool) -> None:
    assert bool(shared(Seeker(location=told), Facts(location=held)).location) is (same and bool(held))
