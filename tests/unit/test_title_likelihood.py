"""How likely somebody means a title."""

from indexer.taxonomy import Occupation
from indexer.titles.likelihood import likeliest_first
from indexer.titles.naming import namings
from tests.relevance.occupations import make_occupation


def order(*titles: str, official: str = "Zzz, All Other", named_by: dict[str, int] | None = None) -> list[str]:
    """Return `titles` of one occupation, the likeliest first."""
    occupation = make_occupation("1", title=official, alternate_titles=titles, named_by=named_by or {})
    return spellings(occupation)


def spellings(*occupations: Occupation) -> list[str]:
    named = namings(occupations)
    rest = {one.code for one in occupations if "All Other" in one.title}
    found = [named[key].spelling for key in likeliest_first(named, rest)]
    return [title for title in found if "All Other" not in title]


def test_a_title_that_others_end_in_is_likelier() -> None:
    assert order("Crab Peeler", "Line Cook", "Fish Line Cook", "Head Line Cook")[0] == "Line Cook"


def test_a_title_of_more_sources_is_likelier() -> None:
    assert order("Crab Peeler", "Fish Smoker", named_by={"Fish Smoker": 3})[0] == "Fish Smoker"


def test_a_title_of_more_occupations_is_likelier() -> None:
    both = [make_occupation(code, title="Zzz, All Other", alternate_titles=("Fish Smoker",)) for code in "12"]
    one = make_occupation("3", title="Zzz, All Other", alternate_titles=("Crab Peeler",))

    assert spellings(*both, one) == ["Fish Smoker", "Crab Peeler"]


def test_an_official_title_is_likelier() -> None:
    assert order("Crab Peeler", official="Fish Smoker")[0] == "Fish Smoker"


def test_a_title_of_fewer_words_and_then_letters_is_likelier() -> None:
    assert order("Small Fish Smoker", "Crab Cook", "Peeler", "Cod Cook") == [
        "Peeler",
        "Cod Cook",
        "Crab Cook",
        "Small Fish Smoker",
    ]


def test_what_stands_for_a_title_is_as_well_known() -> None:
    nurses = make_occupation(
        "1",
        title="Zzz, All Other",
        alternate_titles=("Registered Nurse", "Crab"),
        named_by={"Registered Nurse": 7},
    )

    assert spellings(nurses)[0] == "RN"
