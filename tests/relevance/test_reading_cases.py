"""What the test of reading asks, and what its catalogues must not have seen."""

from itertools import chain

import pytest

from indexer.titles.keys import title_key
from indexer.titles.understanding import QueryKind, Reading, Understanding
from scripts.relevance.negatives import negatives
from scripts.relevance.reading import (
    Case,
    Kind,
    Trial,
    at_thresholds,
    of_no_job,
    reliability,
    score,
    trials,
)
from scripts.relevance.split import Split, split_of
from tests.fakes import KeywordEncoder
from tests.relevance.occupations import make_occupation

CODE = next(f"29-{n}.00" for n in range(1000, 1200) if split_of(f"29-{n}.00") is Split.DEVELOPMENT)
OTHER = next(f"53-{n}.00" for n in range(1000, 1200) if split_of(f"53-{n}.00") is Split.TRAIN)
WORDS = "Ward Night Clinic School Travel Camp Ship Prison Cancer Heart Infant".split()


@pytest.fixture(scope="module")
def made() -> list[Trial]:
    nurse = make_occupation(
        CODE,
        title="Nurses",
        description="Nurses care for sick people in hospitals day and night and give medicine.",
        alternate_titles=(*(f"{word} Nurse" for word in WORDS), "Helper"),
        tasks=("Give medicine to sick people in hospitals every day and night.", "Write down what was given."),
    )
    porter = make_occupation(
        OTHER, title="Porters", alternate_titles=("Helper",), description="Carry beds and bags."
    )
    return list(trials([nurse, porter], Split.DEVELOPMENT, KeywordEncoder("nurse")))


def of_kind(made: list[Trial], kind: Kind) -> tuple[Trial, list[Case]]:
    trial = next(trial for trial in made if any(case.kind is kind for case in trial.cases))
    return trial, [case for case in trial.cases if case.kind is kind]


def test_a_held_out_title_is_not_in_its_catalogue(made: list[Trial]) -> None:
    trial, cases = of_kind(made, Kind.HELD_OUT)

    known = {title_key(title.title) for title in trial.catalogue.titles}

    assert len(cases) == 1
    assert known.isdisjoint(title_key(case.text) for case in cases)


def test_a_known_title_is_in_its_catalogue_and_of_one_occupation(made: list[Trial]) -> None:
    trial, cases = of_kind(made, Kind.KNOWN)

    known = {title_key(title.title): title.codes for title in trial.catalogue.titles}

    assert cases
    assert {known[title_key(case.text)] for case in cases} == {(CODE,)}


def test_a_title_of_several_names_all_of_them(made: list[Trial]) -> None:
    _, cases = of_kind(made, Kind.SEVERAL)

    assert [(case.text, set(case.codes)) for case in cases] == [("Helper", {CODE, OTHER})]


def test_no_description_is_in_the_catalogue_that_reads_one(made: list[Trial]) -> None:
    trial, cases = of_kind(made, Kind.DESCRIPTION)

    words = set(chain.from_iterable(one.words for one in trial.catalogue.occupations))

    assert [case.text for case in cases] == ["care for sick people in hospitals day and night and give medicine"]
    assert "care" not in words
    assert "medicine" in words


def test_negatives_name_no_occupation(made: list[Trial]) -> None:
    _, cases = of_kind(made, Kind.NONE)

    assert {case.codes for case in cases} == {()}


def test_a_task_is_read_by_a_catalogue_without_it(made: list[Trial]) -> None:
    without_a_task = made[-1].catalogue.occupations[0]

    assert "medicine" in without_a_task.words
    assert "given" not in without_a_task.words


def test_negatives_of_two_splits_are_others() -> None:
    development, test = set(negatives(Split.DEVELOPMENT)), set(negatives(Split.TEST))

    assert min(len(development), len(test)) > 100
    assert development.isdisjoint(test)
    assert negatives(Split.TEST) == negatives(Split.TEST)


def understood(*confidences: float, codes: tuple[str, ...] = ("a", "b")) -> Understanding:
    readings = tuple(
        Reading(code, code, confidence, "") for code, confidence in zip(codes, confidences, strict=False)
    )
    return Understanding("q", "q", QueryKind.NEAR_TITLE if readings else QueryKind.UNRECOGNISED, readings)


def test_the_second_reading_is_right_among_five_only() -> None:
    scored = score(Case(Kind.HELD_OUT, "q", ("b",)), understood(0.6, 0.3))

    assert scored.values == {"top-1": 0.0, "top-5": 1.0}


def test_reliability_compares_confidence_with_what_is_right() -> None:
    case = Case(Kind.HELD_OUT, "q", ("a",))

    table = reliability([(case, understood(0.85, 0.12)), (case, understood(0.95, codes=("b",)))])

    assert table == [
        {"confidence": "0.1 to 0.2", "readings": 1, "mean": 0.12, "right": 0.0},
        {"confidence": "0.8 to 0.9", "readings": 1, "mean": 0.85, "right": 1.0},
        {"confidence": "0.9 to 1.0", "readings": 1, "mean": 0.95, "right": 0.0},
    ]


def test_thresholds_count_first_readings() -> None:
    case = Case(Kind.HELD_OUT, "q", ("a",))

    rows = at_thresholds([(case, understood(0.85)), (case, understood(0.45, codes=("b",)))])

    assert [(row["confidence from"], row["texts"], row["right"]) for row in rows][:3] == [
        (0.3, 1.0, 0.5),
        (0.4, 1.0, 0.5),
        (0.5, 0.5, 1.0),
    ]


def test_texts_of_no_job_are_counted() -> None:
    (row,) = of_no_job([understood(), understood(0.9), understood(0.3), understood(0.6)])

    assert row["unrecognised"] == 0.25
    assert row["confidence of 0.5 or more"] == 0.5
    assert row["confidence of 0.8 or more"] == 0.25
