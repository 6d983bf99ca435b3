"""service/prep/focus.py: the seeker in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.prep.focus import Focus, statement


@pytest.mark.parametrize(
    ("now", "find_out", "said"),
    [
        (
            "teach biology",
            "how vets learn",
            "At the moment I teach biology, and I would like to find out how vets learn.",
        ),
        (
            "I teach biology.",
            "How vets learn?",
            "At the moment I teach biology, and I would like to find out how vets learn.",
        ),
        ("At the moment I am at school", "", "At the moment I am at school."),
        ("I'm between two lives", "", "At the moment I'm between two lives."),
        ("Currently, I draw", "", "At the moment I draw."),
        ("", "what it takes", "I would like to find out what it takes."),
        ("", "I'd like to know what it takes!", "I would like to find out what it takes."),
        ("", "to learn what it takes", "I would like to find out what it takes."),
        ("Work in IT", "", "At the moment I work in IT."),
        ("a teacher", "", "At the moment I am a teacher."),
        ("A teacher", "", "At the moment I am a teacher."),
        ("Studying law", "", "At the moment I am studying law."),
        ("sing in a choir", "", "At the moment I sing in a choir."),
        ("", "how you learn English", "I would like to find out how you learn English."),
        ("UX design", "", "At the moment I UX design."),
        ("student", "", "At the moment I am a student."),
        ("UX designer", "", "At the moment I am a UX designer."),
        ("Law student", "", "At the moment I am a law student."),
        ("run a theater", "", "At the moment I run a theater."),
        ("", "What is a normal day like?", "I would like to find out the answer to “What is a normal day like?”."),
        ("", "to become a vet", "I would like to find out how to become a vet."),
        ("teach", "to get hired", "At the moment I teach."),
        ("", "learn", "I would like to find out learn."),
        ("  ", "?!", ""),
        ("", "", ""),
    ],
)
def test_answers_of_any_form_make_one_sentence(now: str, find_out: str, said: str) -> None:
    assert statement(Focus(now, find_out)) == said


@given(st.text(max_size=300), st.text(max_size=300))
def test_it_is_one_short_line_that_ends_once(now: str, find_out: str) -> None:
    said = statement(Focus(now, find_out))

    assert said == " ".join(said.split())
    assert len(said.split()) <= 16 + 16 + 12
    if said:
        assert said.endswith((".", "…", "!", "?"))
        assert not said.endswith("..")
