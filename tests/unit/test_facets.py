"""service/search/facets.py: which values the people listed have, counted honestly."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from indexer.engines import Engine, Filters, Retrieved, open_engine
from indexer.indexing import ImportReport, import_profiles
from indexer.text import name_key
from indexer.titles.reader import TitleReader
from service.search import SearchAnswer, Searcher, SearchRequest
from service.search.facets import FACETS, MOST_VALUES, FacetValue, chosen, count, without
from service.search.rank import Ranked, rank
from service.search.wanted import Wanted
from tests.candidates import TODAY, VET, candidate, pools
from tests.factories import make_catalogue, make_profile, make_searcher
from tests.fakes import KeywordEncoder

FIELDS = {
    "occupation": "occupations",
    "industry": "industries",
    "company": "companies",
    "country": "countries",
    "language": "languages",
    "chat_minutes": "chat_minutes",
    "school": "schools",
}


def people(*facts: dict[str, Any]) -> list[Ranked]:
    return [Ranked(candidate(f"p{n}", 0.5, **each), 0, 0.5, {}) for n, each in enumerate(facts)]


def values(found: list[FacetValue]) -> list[tuple[str, int]]:
    return [(one.value, one.people) for one in found]


def test_every_facet_is_a_filter() -> None:
    assert set(FACETS) == set(FIELDS)
    for name, field in FIELDS.items():
        narrowed = Filters(**{field: ("x",)})  # type: ignore[arg-type]
        assert chosen(narrowed) == [name]
        assert without(narrowed, name) == Filters()


def test_one_name_written_in_several_ways_is_one_value_as_most_people_write_it() -> None:
    listed = people(
        {"companies": ["The Mill", "THE MILL"]}, {"companies": ["Mill Ltd"]}, {"companies": ["The Mill"]}
    )

    assert values(count("company", listed, Filters(), {})) == [("The Mill", 3)]


def test_the_most_frequent_come_first_and_what_is_chosen_always() -> None:
    listed = people(*({"languages": [f"{n:02}"] * 2 + ["en"]} for n in range(20)))

    found = count("language", listed, Filters(languages=("cy", "en")), {})

    assert values(found)[:3] == [("cy", 0), ("en", 20), ("00", 1)]
    assert [one.chosen for one in found] == [True, True] + [False] * MOST_VALUES


def test_values_have_names_for_people() -> None:
    catalogue = make_catalogue(KeywordEncoder("vet"), {"Veterinarians": VET})
    known = {one.code: one for one in catalogue.occupations}
    chats, land = (
        people({"chat_minutes": [15], "country": "GB", "languages": ["cy"]}),
        Filters(occupations=(VET, "9")),
    )

    assert count("chat_minutes", chats, Filters(), {}) == [FacetValue("15", "15 minutes", 1, chosen=False)]
    assert count("country", chats, Filters(), {}) == [FacetValue("GB", "United Kingdom", 1, chosen=False)]
    assert count("language", chats, Filters(), {}) == [FacetValue("cy", "Welsh", 1, chosen=False)]
    assert [one.label for one in count("occupation", chats, land, known)] == ["Veterinarians", "9"]


@given(pools())
def test_a_count_is_how_many_of_the_people_have_the_value(pool: Retrieved) -> None:
    listed = rank(pool, Wanted(), TODAY, floor=0)

    for value in count("language", listed, Filters(), {}):
        assert value.people == sum(value.value in one.candidate.facts.languages for one in listed)
    for value in count("occupation", listed, Filters(), {}):
        held = [{position.occupation for position in one.candidate.positions} for one in listed]
        assert value.people == sum(value.value in codes for codes in held)


def held_by(name: str, one: Ranked) -> set[Any]:
    """Return what `one` has in the facet `name`, names by their keys."""
    facts = one.candidate.facts
    if name == "occupation":
        return {position.occupation for position in one.candidate.positions} - {""}
    if name == "country":
        return {facts.country} - {""}
    if name in ("language", "chat_minutes"):
        return {str(value) for value in getattr(facts, FIELDS[name])}
    return {*map(name_key, getattr(facts, FIELDS[name]))} - {""}


@pytest.mark.parametrize("name", FACETS)
@given(pool=pools())
@settings(max_examples=30)
def test_no_frequent_value_is_missing_and_none_is_listed_twice(name: str, pool: Retrieved) -> None:
    listed = rank(pool, Wanted(), TODAY, floor=0)
    by_hand = Counter(value for one in listed for value in held_by(name, one))
    key = name_key if name in ("industry", "company", "school") else str

    counted = count(name, listed, Filters(), {})

    # The made-up people have fewer values than are listed at most.
    assert len(by_hand) <= MOST_VALUES
    assert len(counted) == len(by_hand)
    assert {key(value.value): value.people for value in counted} == by_hand
    assert [value.people for value in counted] == sorted(by_hand.values(), reverse=True)


class TestOfASearch:
    """On a real index: a count promises what choosing the value shows."""

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        with closing(open_engine(f"sqlite:///{tmp_path}/index.db")) as engine:
            yield engine

    @pytest.fixture
    def search(self, engine: Engine) -> Callable[..., SearchAnswer]:
        encoder = KeywordEncoder("nurse", "vet", "pilot")
        engine.create(encoder.fingerprint, encoder.short_dimensions)
        engine.titles.replace(make_catalogue(encoder, {"Nurse": "29-1141.00", "Vet": VET}, words={"nurse": 1}))
        read = TitleReader(engine.titles, lambda: encoder).occupation_codes
        board = [
            make_profile(
                f"p{n}",
                positions=[
                    {
                        "title": "Nurse",
                        "company": ("The Mill", "Mill Ltd", "", "Pixar")[n % 4],
                        "industry": ("Health", "HEALTH", "Animals")[n % 3],
                    }
                ],
                country=("GB", "FR")[n % 2],
                languages=[("en", "fr", "cy")[n % 3], "en"],
                chat_minutes=[(15, 30)[n % 2], 60],
                schools=[{"school": ("Leeds", "MIT")[n % 2]}],
            )
            for n in range(40)
        ]
        import_profiles(board, engine, lambda: encoder, read, ImportReport())
        searcher: Searcher = make_searcher(engine, lambda: encoder)

        def search(**filters: tuple[Any, ...]) -> SearchAnswer:
            return searcher.search(SearchRequest("nurse", Filters(**filters)), date(2026, 11, 24))  # type: ignore[arg-type]

        return search

    @pytest.mark.parametrize("name", [name for name in FACETS if name != "occupation"])
    def test_choosing_a_value_shows_as_many_as_were_counted(
        self, search: Callable[..., SearchAnswer], name: str
    ) -> None:
        found = search().facets[name]

        assert found
        for value in found:
            typed = int(value.value) if name == "chat_minutes" else value.value
            assert search(**{FIELDS[name]: (typed,)}).total == value.people

    def test_who_chose_an_occupation_sees_at_least_those_counted(
        self, search: Callable[..., SearchAnswer]
    ) -> None:
        for value in search().facets["occupation"]:
            assert search(occupations=(value.value,)).total >= value.people

    def test_a_second_value_adds_what_its_count_says(self, search: Callable[..., SearchAnswer]) -> None:
        welsh = search(languages=("cy",))
        counts = {value.value: value.people for value in welsh.facets["language"]}

        both = search(languages=("cy", "fr"))

        assert counts == {value.value: value.people for value in search().facets["language"]}
        assert both.total == counts["cy"] + counts["fr"]

    def test_the_other_facets_follow_the_choice(self, search: Callable[..., SearchAnswer]) -> None:
        british = search(countries=("GB",))

        for name in set(FACETS) - {"country", "occupation", "language", "chat_minutes"}:
            assert sum(value.people for value in british.facets[name]) <= british.total
        assert {value.value for value in british.facets["school"]} == {"Leeds"}
        assert {value.value: value.people for value in british.facets["country"]} == {"GB": 20, "FR": 20}
