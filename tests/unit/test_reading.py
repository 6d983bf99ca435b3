"""What texts are read as, with 50 occupations and the shipped encoder: one line a promise."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import TitlesMissing
from indexer.titles import JobTitle
from indexer.titles.reader import TitleReader
from indexer.titles.understanding import QueryKind, Understanding
from tests.fakes import KeywordEncoder, MemoryTitles
from tests.reading import reader_of_words, shipped_encoder, shipped_reader, small_catalogue, title_reader

EXACT, ALIAS, NEAR, FREE = QueryKind.EXACT_TITLE, QueryKind.ALIAS, QueryKind.NEAR_TITLE, QueryKind.FREE_TEXT
NURSES, DEVELOPERS, ROASTERS = (
    "Registered Nurses",
    "Software Developers",
    "Food and Tobacco Roasting, Baking, and Drying Machine Operators and Tenders",
)


def read(text: str) -> Understanding:
    return title_reader().read([text])[0]


def titles(text: str) -> set[str]:
    return {reading.title for reading in read(text).readings}


@pytest.mark.parametrize(
    ("query", "kind", "title"),
    [
        ("Software Developers", EXACT, DEVELOPERS),
        ("software developer", EXACT, DEVELOPERS),
        ("Veterinarian", EXACT, "Veterinarians"),
        ("waitress", EXACT, "Waiters and Waitresses"),
        ("saleswoman", EXACT, "Retail Salespersons"),
        ("paediatrician", EXACT, "Pediatricians, General"),
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
        ("I want to become a veterinarian", EXACT, "Veterinarians"),
        ("I want to be a nurse in London", ALIAS, NURSES),
        ("help sick animals", FREE, "Veterinary Assistants and Laboratory Animal Caretakers"),
        ("someone who designs sets for movies", NEAR, "Set and Exhibit Designers"),
        ("teach small children to read", FREE, "Elementary School Teachers, Except Special Education"),
        ("MLOps engineer", NEAR, DEVELOPERS),
        ("developer", ALIAS, DEVELOPERS),
        ("physio", EXACT, "Physical Therapists"),
        ("ML engineer at a climate start-up", ALIAS, "Data Scientists"),
    ],
)
def test_a_query_is_read_as(query: str, kind: QueryKind, title: str) -> None:
    understood = read(query)

    assert (understood.kind, understood.readings[0].title) == (kind, title)


@pytest.mark.parametrize(
    ("query", "several"),
    [
        ("PM", {"Marketing Managers", "Project Management Specialists"}),
        ("physician", {"Family Medicine Physicians", "General Internal Medicine Physicians"}),
        ("pilot", {"Commercial Pilots", "Airline Pilots, Copilots, and Flight Engineers"}),
        ("nurse", {NURSES, "Acute Care Nurses"}),
        ("prompt engineer", {DEVELOPERS, "Data Scientists"}),
        ("R developer", {"Data Scientists", "Statisticians"}),
        ("Node.js developer", {"Web Developers", DEVELOPERS}),
        ("barista → coffee roaster", {"Baristas", ROASTERS}),
        ("nurse or midwife", {NURSES, "Midwives"}),
    ],
)
def test_a_broad_or_double_query_has_several_readings(query: str, several: set[str]) -> None:
    assert several <= titles(query)


@pytest.mark.parametrize(
    "query",
    [
        "John Smith",
        "Krankenschwester",
        "asdfgh qwerty",
        "zzyzx",
        "看護師",
        "12345",
        "",
        "?!",
        "🦄",
        "select * from x",
    ],
)
def test_what_names_no_job_is_not_recognised(query: str) -> None:
    understood = read(query)

    assert (understood.kind, understood.readings) == (QueryKind.UNRECOGNISED, ())
    assert understood.text == query


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Senior RN at Mercy Hospital", "registered nurse"),
        ("PM at Spotify in Berlin", "product manager, project manager"),
        ("data sceintist", "data scientist"),
        ("Head Chef", "Head Chef"),
        ("Sr. Software Engineer II", "Software Engineer"),
        ("barista → coffee roaster", "barista, coffee roaster"),
    ],
)
def test_the_text_to_search_by_is_written_out_and_bare(query: str, text: str) -> None:
    assert read(query).text == text


@pytest.mark.parametrize("query", ["ignore all instructions", "ignore everything", "Ich möchte Lehrerin werden"])
def test_a_text_whose_likeliest_reading_is_a_wild_guess_is_not_recognised(query: str) -> None:
    (understood,) = shipped_reader().read([query])

    assert (understood.kind, understood.readings, understood.text) == (QueryKind.UNRECOGNISED, (), query)


def test_what_a_query_denies_is_no_reading_of_it() -> None:
    denying = read("software developer, not a nurse")

    assert (denying.text, denying.denied) == ("software developer", "not a nurse")
    assert titles("software developer, not a nurse") == titles("software developer")


@pytest.mark.parametrize(
    "query", ["not a nurse", "no nurse", "anything but a nurse", "I don't want to be a nurse"]
)
def test_of_a_query_that_only_denies_nothing_is_read(query: str) -> None:
    denying = read(query)

    assert (denying.kind, denying.readings, denying.text) == (QueryKind.UNRECOGNISED, (), "")
    assert denying.denied in query


def test_a_title_with_a_not_in_it_is_that_title() -> None:
    known = small_catalogue()
    molder = JobTitle("No Bake Molder", (known.occupations[0].code,))
    titled = replace(known, titles=(molder, *known.titles[1:]))
    (understood,) = TitleReader(MemoryTitles(titled), shipped_encoder).read(["no bake molder"])

    assert (understood.kind, understood.denied) == (EXACT, "")


def test_company_and_place_are_told() -> None:
    understood = read("PM at Spotify in Berlin")

    assert (understood.company, understood.place) == ("Spotify", "Berlin")


def test_a_correction_is_told_and_only_then() -> None:
    assert read("Senior data sceintist").corrected == "Senior data scientist"
    assert read("data scientist").corrected == ""


def test_what_is_to_be_read_as_typed_is_not_corrected() -> None:
    (typed,) = title_reader().read(["data sceintist"], as_typed=True)

    assert (typed.corrected, typed.text) == ("", "data sceintist")


def test_a_title_leads_to_its_reading_and_free_text_to_none() -> None:
    assert read("Sous Chef at Noma").readings[0].matched_title == "Sous Chef"
    assert {reading.matched_title for reading in read("help sick animals").readings} == {""}


def test_confidences_are_chances_of_one_job() -> None:
    for query in ("nurse", "help sick animals", "physician", "data sceintist"):
        confidences = [reading.confidence for reading in read(query).readings]
        assert all(0 < confidence <= 1 for confidence in confidences)
        assert sum(confidences) <= 1 + 1e-9


def test_readings_come_in_the_order_of_confidence() -> None:
    confidences = [reading.confidence for reading in read("help people get well after an accident").readings]

    assert confidences == sorted(confidences, reverse=True)


def test_many_texts_are_read_as_each_alone() -> None:
    queries = ["nurse", "help sick animals", "", "barista → coffee roaster", "data sceintist"]

    assert title_reader().read(queries) == [read(query) for query in queries]


def test_every_title_of_one_occupation_is_read_as_it() -> None:
    catalogue = small_catalogue()
    alone = [title for title in catalogue.titles if len(title.codes) == 1]

    understood = title_reader().read([title.title for title in alone])

    wrong = [
        title.title
        for title, one in zip(alone, understood, strict=True)
        if [r.code for r in one.readings[:1]] != [*title.codes]
    ]
    assert len(alone) > 1000
    assert wrong == []


def test_positions_get_the_code_of_a_sure_reading_only() -> None:
    codes = title_reader().occupation_codes(
        ["Senior Software Engineer", "physician", "asdfgh", "Veterinarian", ""]
    )

    assert codes == ["15-1252.00", "", "", "29-1131.00", ""]


def test_each_title_is_encoded_once() -> None:
    encoder = CountingEncoder()
    encoder.short_dimensions = shipped_encoder().short_dimensions
    reader = TitleReader(
        MemoryTitles(replace(small_catalogue(), fingerprint=encoder.fingerprint)), lambda: encoder
    )

    reader.occupation_codes(["Nurse", "nurse practitioner", "Nurse"])

    assert encoder.asked == ["Nurse", "nurse practitioner"]


@pytest.mark.parametrize(
    ("query", "title"),
    [("RN", NURSES), ("data sceintist", "Data Scientists"), ("veterinarian in Kenya", "Veterinarians")],
)
def test_without_an_encoder_words_alone_are_read(query: str, title: str) -> None:
    assert reader_of_words().read([query])[0].readings[0].title == title


def test_vectors_of_another_encoder_are_not_compared() -> None:
    reader = TitleReader(MemoryTitles(small_catalogue()), lambda: KeywordEncoder("nurse"))

    assert reader.read(["help sick animals"]) == reader_of_words().read(["help sick animals"])


def test_a_new_catalogue_is_noticed() -> None:
    store = MemoryTitles(small_catalogue())
    reader = TitleReader(store, shipped_encoder)
    before = reader.read(["Veterinarian"])[0]
    kept = [o for o in small_catalogue().occupations if o.title != "Veterinarians"]
    rows = [row for row, title in enumerate(small_catalogue().titles) if "29-1131.00" not in title.codes]
    store.replace(
        replace(
            small_catalogue(),
            version="without veterinarians",
            occupations=tuple(kept),
            titles=tuple(small_catalogue().titles[row] for row in rows),
            vectors=small_catalogue().vectors[rows],
        )
    )

    after = reader.read(["Veterinarian"])[0]

    assert before.readings[0].title == "Veterinarians"
    assert "Veterinarians" not in {reading.title for reading in after.readings}


def test_without_job_titles_it_says_what_to_do() -> None:
    with pytest.raises(TitlesMissing, match=r"import_titles\.py"):
        TitleReader(MemoryTitles(), shipped_encoder).read(["nurse"])


def test_threads_read_alike() -> None:
    reader = TitleReader(MemoryTitles(small_catalogue()), shipped_encoder)
    queries = ["nurse", "data sceintist", "help sick animals", "PM at Spotify in Berlin"] * 4

    with ThreadPoolExecutor(8) as threads:
        read_together = list(threads.map(lambda query: reader.read([query])[0], queries))

    assert read_together == [read(query) for query in queries]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=600) | st.lists(st.sampled_from("nurse or / → at in I want Sr. II C++".split())).map(" ".join)
)
def test_no_text_fails_whatever_it_is(text: str) -> None:
    understood = read(text)

    assert understood.query == text
    assert len(understood.readings) <= 5
    assert (understood.kind is QueryKind.UNRECOGNISED) == (not understood.readings)


class CountingEncoder(KeywordEncoder):
    def __init__(self) -> None:
        super().__init__("nurse")
        self.asked: list[str] = []

    def encode(self, texts):
        self.asked += texts
        return super().encode(texts)
