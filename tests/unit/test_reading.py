"""What texts are read as, with 50 occupations and the shipped encoder: one line a promise."""

import pytest

from indexer.titles.understanding import QueryKind, Understanding
from tests.reading import reader_of_words, title_reader

EXACT, ALIAS, NEAR, FREE = QueryKind.EXACT_TITLE, QueryKind.ALIAS, QueryKind.NEAR_TITLE, QueryKind.FREE_TEXT
NURSES, DEVELOPERS = "Registered Nurses", "Software Developers"


def read(text: str) -> Understanding:
    return title_reader().read([text])[0]


def first(text: str) -> str:
    return next((reading.title for reading in read(text).readings), "")


@pytest.mark.parametrize(
    ("query", "kind", "title"),
    [
        ("Software Developers", EXACT, DEVELOPERS),
        ("software developer", EXACT, DEVELOPERS),
        ("Veterinarian", EXACT, "Veterinarians"),
        ("waitress", EXACT, "Waiters and Waitresses"),
        ("saleswoman", EXACT, "Retail Salespersons"),
        ("RN", ALIAS, NURSES),
        ("SWE", ALIAS, DEVELOPERS),
        ("vet", ALIAS, "Veterinarians"),
        ("Sr. Software Engineer II", EXACT, DEVELOPERS),
        ("Senior Data Scientist (remote)", EXACT, "Data Scientists"),
        ("Head Chef", EXACT, "Chefs and Head Cooks"),
        ("Chief Executive Officer", EXACT, "Chief Executives"),
        ("Head of Marketing", EXACT, "Marketing Managers"),
        ("data sceintist", NEAR, "Data Scientists"),
        ("softwareengineer", NEAR, DEVELOPERS),
        ("regstered nurse", NEAR, NURSES),
        ("bar tender", EXACT, "Bartenders"),
        ("C++ developer", EXACT, DEVELOPERS),
        ("C# developer", EXACT, DEVELOPERS),
        (".NET developer", EXACT, DEVELOPERS),
        ("Node.js developer", ALIAS, "Web Developers"),
        ("R developer", ALIAS, "Data Scientists"),
        ("I want to become a veterinarian", EXACT, "Veterinarians"),
        ("help sick animals", FREE, "Veterinary Assistants and Laboratory Animal Caretakers"),
        ("someone who designs sets for movies", NEAR, "Set and Exhibit Designers"),
        ("I'd love to teach small children to read", FREE, "Elementary School Teachers, Except Special Education"),
    ],
)
def test_a_query_is_read_as(query: str, kind: QueryKind, title: str) -> None:
    understood = read(query)

    assert (understood.kind, understood.readings[0].title) == (kind, title)
