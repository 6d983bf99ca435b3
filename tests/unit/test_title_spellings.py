"""How one title is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.titles.keys import title_key
from indexer.titles.spellings import forms, technology_spellings, unbounded


@pytest.mark.parametrize(
    ("title", "given"),
    [
        ("Chief Executive Officer (CEO)", ("Chief Executive Officer", "CEO")),
        ("NC Operator (Numerical Control Operator)", ("NC Operator", "Numerical Control Operator")),
        ("Detail Technician (Detail Tech)", ("Detail Technician", "Detail Tech")),
        ("Singer (Burning)", ("Singer (Burning)",)),
        ("Recreational Vehicle (RV) Repairer", ("Recreational Vehicle (RV) Repairer",)),
        ("Nurse", ("Nurse",)),
    ],
)
def test_brackets_give_a_title_where_they_say_the_same(title: str, given: tuple[str, ...]) -> None:
    assert forms(title) == given


@given(st.text())
def test_any_text_gives_titles_without_losing_a_word(title: str) -> None:
    words = {word for form in forms(title) for word in title_key(form).split()}

    assert words == set(title_key(title).split())


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("Kindergarten Teachers, Except Special Education", "Kindergarten Teachers"),
        ("Dentists, General", "Dentists"),
        ("Surgeons, All Other", "Surgeons, All Other"),
        ("General and Operations Managers", "General and Operations Managers"),
    ],
)
def test_what_bounds_a_class_is_no_part_of_the_job(official: str, plain: str) -> None:
    assert unbounded(official) == plain


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("JavaScript Developer", {"JS Developer", "java script Developer"}),
        ("js web developer", {"JavaScript web developer"}),
        ("Front End Engineer", {"frontend Engineer"}),
        ("Node.js Developer", {"node Developer"}),
        ("R Programmer", {"R language Programmer"}),
        ("R and D Engineer", set()),
        ("Go-Kart Attendant", set()),
        ("Front End Loader Operator", set()),
        ("Reactor Engineer", set()),
    ],
)
def test_only_a_technical_job_has_other_spellings_of_its_technology(title: str, others: set[str]) -> None:
    found = technology_spellings(title)

    assert others <= set(found)
    assert bool(found) == bool(others)
