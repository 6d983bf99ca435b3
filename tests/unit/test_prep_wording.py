"""service/prep/wording.py: others' words in sentences of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.prep.wording import article, brief, listed, place_name, quoted, role, sentence, short_title


@pytest.mark.parametrize(
    ("an", "phrases"),
    [
        (
            "an",
            "ML engineer,MRI technician,SRE,HR manager,NHS manager,X-ray technician,A&E nurse,R&D engineer",
        ),
        (
            "an",
            "actor,engineer,umpire,urban planner,usher,unmanned aircraft pilot,hourly worker,heir,honest broker",
        ),
        (
            "an",
            "8-year-old,11th grade teacher,18-wheeler driver,80s DJ,EU official,iOS developer,Élève,“ER” nurse",
        ),
        (
            "a",
            "set designer,UX designer,UI designer,UN officer,C# developer,2nd assistant director,911 operator",
        ),
        ("a", "NASA engineer,SCUBA diver,NICU nurse,SaaS seller,TEACHER,UNION REP,118 operator,1st officer"),
        (
            "a",
            "university lecturer,union rep,unicorn keeper,European officer,one-man band,user researcher,urologist",
        ),
        (
            "a",
            "utility worker,Ukrainian translator,hotelier,herbalist,Übersetzer's aide".removesuffix(
                ",Übersetzer's aide"
            ),
        ),
        ("a", "看護師,🎬,,-"),
    ],
)
def test_the_article_is_that_of_the_sound(an: str, phrases: str) -> None:
    assert {phrase: article(phrase) for phrase in phrases.split(",")} == dict.fromkeys(phrases.split(","), an)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Set Designer", "a Set Designer"),
        ("Head of Design", "Head of Design"),
        ("Co-founder and CTO", "Co-founder and CTO"),
        ("CEO", "CEO"),
        ("Directory Clerk", "a Directory Clerk"),
        ("", ""),
    ],
)
def test_an_office_has_no_article(title: str, said: str) -> None:
    assert role(title) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Charge Nurse, Intensive Care", "Charge Nurse"),
        ("Counsellor (Trade and Climate)", "Counsellor"),
        ("CNC Programmer / Machinist", "CNC Programmer"),
        ("Firefighter, later Fire Captain", "Fire Captain"),
        ("Sous Chef, then Chef de Cuisine", "Chef de Cuisine"),
        ("EMT-P", "EMT-P"),
        (".NET Developer", ".NET Developer"),
        ("(trainee)", "(trainee)"),
        ("Engineer \u2013 Bridges", "Engineer"),
        (
            "Lead of a very long name that nobody can say in one breath at all",
            "Lead of a very long name that…",
        ),
        ("\u202erotcoD", "rotcoD"),
        ("-", ""),
    ],
)
def test_a_sentence_takes_the_title_without_what_is_set_apart(title: str, said: str) -> None:
    assert short_title(title) == said


@given(st.text(max_size=300), st.integers(1, 12), st.integers(1, 80))
def test_what_is_cut_short_is_one_line_within_its_length(text: str, words: int, letters: int) -> None:
    short = brief(text, words, letters)

    assert len(short.split()) <= words
    assert len(short) <= letters + len("…")
    assert short == " ".join(short.split())
    assert "\n" not in short


@given(st.text("abc XYZ.", max_size=30))
def test_what_is_short_stays_as_it_is(text: str) -> None:
    assert brief(text) == " ".join(text.split())


def test_a_name_that_english_says_with_the_has_it() -> None:
    assert place_name("University of Leeds") == "the University of Leeds"
    assert place_name("Ministry of Health") == "the Ministry of Health"
    assert place_name("Leeds University") == "Leeds University"
    assert place_name("The Mill") == "The Mill"


def test_a_sentence_ends_once() -> None:
    assert sentence("I work at Acme Inc.") == "I work at Acme Inc."
    assert sentence("I work at Yahoo!") == "I work at Yahoo!"
    assert sentence("I work at Acme") == "I work at Acme."


@given(st.text(max_size=100))
def test_quotation_marks_stand_only_around_a_quotation(text: str) -> None:
    said = quoted(text)

    assert said.startswith("“")
    assert said.endswith("”")
    assert not set('“”"') & set(said[1:-1])


def test_a_list_reads_as_one_says_it() -> None:
    assert listed([], "or") == ""
    assert listed(["a"], "or") == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
