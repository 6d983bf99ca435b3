from scripts.relevance.titles import ambiguous_forms, borne_titles, normal_forms, without_parentheses
from tests.relevance.occupations import make_occupation


def test_a_title_is_equal_to_its_form_without_the_acronym_and_to_the_acronym() -> None:
    assert normal_forms("Chief Executive Officer (CEO)") == {
        "chief executive officer ceo",
        "chief executive officer",
        "ceo",
    }


def test_parentheses_go_but_never_the_whole_title() -> None:
    assert without_parentheses("Registered Nurse (RN)") == "Registered Nurse"
    assert without_parentheses("(RN)") == "(RN)"


def test_a_title_of_two_codes_is_ambiguous_in_whatever_case() -> None:
    nurse = make_occupation("29-1141.00", reported_titles=("Head Nurse",))
    midwife = make_occupation("29-1161.00", alternate_titles=("head nurse", "Midwife"))

    assert ambiguous_forms([nurse, midwife]) == {"head nurse"}


def test_people_bear_reported_titles_of_their_code_alone_and_without_acronyms() -> None:
    nurse = make_occupation("29-1141.00", reported_titles=("Registered Nurse (RN)", "Charge Nurse"))
    midwife = make_occupation("29-1161.00", alternate_titles=("Charge Nurse",), reported_titles=("Charge Nurse",))

    assert borne_titles([nurse, midwife]) == {"29-1141.00": ["Registered Nurse"]}
