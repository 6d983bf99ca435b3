"""What a text is taken apart into, before anything is looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.titles.parsing import LONGEST_TEXT, parse
from indexer.titles.spelling import Vocabulary

WORDS = Vocabulary(
    dict.fromkeys(
        "nurse head chef chief executive officer manager product software engineer developer director marketing "
        "teacher hospital school coffee roaster barista midwife owner operator specialist finance apple large "
        "writer artist people sick animals help someone designs sets movies reporter sports".split(),
        50,
    )
)


def shortest(text: str) -> str:
    parsed = parse(text, WORDS)
    assert parsed is not None
    return parsed.whole.text


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Sr. Software Engineer II", "Software Engineer"),
        ("senior software engineer", "software engineer"),
        ("Lead Nurse (part-time)", "Nurse"),
        ("aspiring writer", "writer"),
        ("I want to be a nurse", "nurse"),
        ("I'd love to become a chef!", "chef"),
        ("someone who designs sets for movies", "designs sets for movies"),
        ("looking for a job as a teacher", "teacher"),
        ("People Manager", "Manager"),
        ("Head of Marketing", "Marketing manager"),
    ],
)
def test_levels_and_the_words_of_wishing_go(text: str, bare: str) -> None:
    assert shortest(text) == bare


@pytest.mark.parametrize("text", ["Head Chef", "Chief Executive Officer", "People Manager", "Director at Large"])
def test_the_full_title_is_tried_first(text: str) -> None:
    parsed = parse(text, WORDS)

    assert parsed is not None
    assert parsed.whole.forms[0] == text


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("ML engineer at a climate start-up", ["climate ML engineer", "ML engineer"]),
        ("I want to be a Senior Writer at a sports brand", ["sports Writer", "Senior Writer", "Writer"]),
        ("nurse for a charity in London", ["nurse"]),
        ("Owner of a business", ["Owner"]),
    ],
)
def test_the_kind_of_employer_is_not_the_job_but_may_be_its_field(text: str, forms: list[str]) -> None:
    parsed = parse(text, WORDS)

    assert parsed is not None
    assert [*parsed.whole.forms[-len(forms) :]] == forms
    assert parsed.whole.text == forms[-1]
    assert parsed.whole.company == ""


@pytest.mark.parametrize("text", ["work for a charity", "I want to work at a start-up", "a company"])
def test_an_employer_without_a_job_stays(text: str) -> None:
    parsed = parse(text, WORDS)

    assert parsed is not None
    assert text.rsplit(maxsplit=1)[-1] in parsed.whole.text


@pytest.mark.parametrize(
    ("text", "bare", "company", "place"),
    [
        ("Product Manager at Spotify in Berlin", "Product Manager", "Spotify", "Berlin"),
        ("nurse at Mercy Hospital", "nurse", "Mercy Hospital", ""),
        ("software engineer @ Google", "software engineer", "Google", ""),
        ("nurse in Kenya", "nurse", "", "Kenya"),
        ("nurse in london", "nurse", "", "london"),
        ("Teacher, New Zealand", "Teacher", "", "New Zealand"),
        ("specialist in finance", "specialist in finance", "", ""),
        ("Reporter, Sports", "Reporter, Sports", "", ""),
        ("nurse at a hospital", "nurse at a hospital", "", ""),
        ("teacher at school", "teacher at school", "", ""),
    ],
)
def test_company_and_place_are_told_apart_from_the_job(text: str, bare: str, company: str, place: str) -> None:
    parsed = parse(text, WORDS)

    assert parsed is not None
    assert (parsed.whole.text, parsed.whole.company, parsed.whole.place) == (bare, company, place)


def test_a_company_that_may_be_a_word_is_one_only_beside_a_title() -> None:
    parsed = parse("engineer at apple", WORDS)

    assert parsed is not None
    assert not parsed.whole.are_names_sure
    assert parsed.whole.text == "engineer at apple"
    assert parsed.whole.forms == ("engineer at apple", "engineer")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("barista → coffee roaster", ["barista", "coffee roaster"]),
        ("nurse or midwife", ["nurse", "midwife"]),
        ("Owner/Operator", ["Owner", "Operator"]),
        ("writer; artist", ["writer", "artist"]),
        ("software engineer then teacher", ["software engineer", "teacher"]),
        ("UI/UX designer", []),
        ("help sick animals or people in a hospital or at home", []),
    ],
)
def test_several_jobs_are_parted(text: str, parts: list[str]) -> None:
    parsed = parse(text, WORDS)

    assert parsed is not None
    assert [part.text for part in parsed.parts] == parts


@pytest.mark.parametrize("text", ["", "   ", "?!", "→ / ;", "\u202e\ufeff"])
def test_a_text_without_a_word_is_none(text: str) -> None:
    assert parse(text, WORDS) is None


@given(st.text(max_size=2 * LONGEST_TEXT))
def test_no_text_fails_and_no_form_is_empty(text: str) -> None:
    parsed = parse(text, WORDS)

    assert parsed is None or all(form.strip() for job in (parsed.whole, *parsed.parts) for form in job.forms)
