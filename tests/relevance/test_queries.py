from scripts.relevance.queries import Kind, make_queries
from scripts.relevance.split import Split, split_of
from tests.relevance.occupations import make_occupation

NURSE = make_occupation(
    "29-1141.00",
    title="Registered Nurses",
    alternate_titles=("Charge Nurse", "Ward Sister", "Hospital Nurse (HN)", "Care Lead"),
    short_titles=("HN", "RN"),
    reported_titles=("Registered Nurse (RN)", "Charge Nurse"),
    description="Nurses assess the health of patients and give them medicine in hospitals at night.",
    tasks=("Record the vital signs of patients and report changes to doctors.",),
)
LEAD = make_occupation("11-1011.00", alternate_titles=("Care Lead",))
BORNE = {"29-1141.00": ["Registered Nurse", "Charge Nurse"]}


def asked(kind: Kind) -> set[str]:
    return {query.text for query in make_queries([NURSE, LEAD], BORNE, None) if query.kind is kind}


def test_no_query_is_a_title_that_somebody_bears_or_that_two_codes_have() -> None:
    assert asked(Kind.TITLE) == {"Ward Sister", "Hospital Nurse"}


def test_acronyms_are_asked_because_people_bear_the_long_form() -> None:
    assert asked(Kind.SHORT) == {"HN", "RN"}


def test_texts_are_asked_without_the_titles_words() -> None:
    assert asked(Kind.DESCRIPTION) == {
        "assess the health of patients and give them medicine in hospitals at night"
    }
    assert asked(Kind.TASK) == {"Record the vital signs of patients and report changes to doctors"}


def test_an_occupation_that_nobody_has_is_not_asked_for() -> None:
    assert {query.code for query in make_queries([NURSE, LEAD], BORNE, None)} == {"29-1141.00"}


def test_queries_come_from_the_occupations_of_the_split_alone() -> None:
    occupations = [make_occupation(f"{n}-1011.00", alternate_titles=(f"Sailor {n}",)) for n in range(11, 60)]
    borne = {occupation.code: ["Seaman"] for occupation in occupations}

    codes = {split: {q.code for q in make_queries(occupations, borne, split)} for split in Split}

    assert all(split_of(code) is split for split, own in codes.items() for code in own)
    assert all(codes.values())
