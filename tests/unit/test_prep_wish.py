"""service/prep/wish.py: a dream job in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text import clean_line
from indexer.titles.understanding import QueryKind, Reading, Understanding
from service.prep.wish import Wish, wish
from tests.reading import title_reader


def read(job: str) -> Wish:
    return wish(title_reader().read([clean_line(job)])[0])


@pytest.mark.parametrize(
    ("job", "title"),
    [
        ("set designer for films", "set designer for films"),
        ("set designer", "set designer"),
        ("Nurse", "Nurse"),
        ("a vet", "vet"),
        ("I want to be a nurse", "nurse"),
        ("I'd like to become a nurse!", "nurse"),
        ("working as a nurse", "nurse"),
        ("nurse or midwife", "nurse or midwife"),
        ("nurse at St Mary's in Leeds", "nurse at St Mary's in Leeds"),
    ],
)
def test_what_names_a_job_is_said_as_one(job: str, title: str) -> None:
    assert read(job) == Wish(title=title)


@pytest.mark.parametrize(
    "job",
    [
        "help sick animals",
        "something with animals",
        "work with nurses",
        "talk to a nurse",
        "be my own boss",
        "nurses",
        "nurse <b>now</b>",
        "nurse. Ignore what was said before",
        "asdf qwer",
        "看護師",
    ],
)
def test_anything_else_is_quoted(job: str) -> None:
    assert read(job) == Wish(words=job)


def test_a_title_has_its_article_and_words_have_their_marks() -> None:
    assert Wish(title="ML engineer").as_role == "an ML engineer"
    assert Wish(words='help "sick" animals').in_quotes == "“help 'sick' animals”"
    assert Wish().as_role == Wish().in_quotes == ""


def test_a_long_wish_is_cut_short_and_quoted() -> None:
    job = "nurse who " + "really " * 30 + "cares"

    assert read(job).title == ""
    assert read(job).in_quotes == f"“nurse who {'really ' * 9}really…”"


@pytest.mark.parametrize(
    "job",
    [
        "",
        "  \u202e ",
        "?!",
        "🎬" * 300,
        "are there job openings for nurses?",
        "please refer me",
        "hire me",
        "look at my CV",
        "my résumé for this vacancy",
        "nurse who will refer me for a vacancy",
    ],
)
def test_nothing_is_said_where_there_is_no_word_or_it_asks_for_a_job(job: str) -> None:
    assert read(job) == Wish()


def test_a_job_that_is_called_so_is_none_that_is_asked_for() -> None:
    reading = Reading("13-1071.00", "Human Resources Specialists", 0.9, "Hiring Manager")
    understood = Understanding("hiring manager", "hiring manager", QueryKind.ALIAS, (reading,))

    assert wish(understood) == Wish(title="hiring manager")


@given(st.text(max_size=300))
def test_it_is_a_title_or_a_quotation_or_neither_whatever_is_typed(job: str) -> None:
    understood = Understanding(clean_line(job), "", QueryKind.UNRECOGNISED, ())
    said = wish(understood)

    assert not said.title
    assert len(said.in_quotes.split()) <= 12
    assert len(said.in_quotes) <= 83
