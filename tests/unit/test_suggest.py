"""service/titles/suggest.py: job titles while somebody types."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import Engine, open_engine
from indexer.indexing import ImportReport, import_profiles
from indexer.profile import Profile
from indexer.titles import JobTitle
from indexer.titles.reader import TitleReader
from service.titles import Suggester, suggest
from service.titles.suggest import best_first
from tests.factories import make_catalogue, make_profile
from tests.fakes import KeywordEncoder

TODAY = date(2026, 11, 24)
ENCODER = KeywordEncoder("nurse", "vet", "pilot")
WORDS = {"nurse": 5, "registered": 2, "veterinarian": 2, "pilot": 2, "airline": 1, "rn": 1, "nursery": 1}
CATALOGUE = make_catalogue(
    ENCODER,
    {
        "Registered Nurse": "29-1141.00",
        "Veterinarian": "29-1131.00",
        "Nurse": ["29-1141.00", "31-1131.00"],
        "Airline Pilot": "53-2011.00",
        "RN": "29-1141.00",
        "Nursery Worker": "45-2092.00",
        "Nurse, Registered": "29-1141.00",
    },
    words=WORDS,
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(open_engine(f"sqlite:///{tmp_path}/index.db")) as engine:
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        engine.titles.replace(CATALOGUE)
        yield engine


@pytest.fixture
def index(engine: Engine) -> Callable[..., None]:
    def imported(*profiles: Profile) -> None:
        codes = TitleReader(engine.titles, lambda: ENCODER).occupation_codes
        import_profiles(profiles, engine, lambda: ENCODER, codes, ImportReport())

    return imported


@pytest.fixture
def suggester(engine: Engine) -> Suggester:
    return Suggester(engine, TitleReader(engine.titles, lambda: ENCODER))


Index = Callable[..., None]


def titles(suggester: Suggester, typed: str, limit: int = 8) -> list[str]:
    return [one.title for one in suggester.suggest(typed, limit, TODAY)]


class TestSuggester:
    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("veteri", "Veterinarian"),
            ("pil", "Airline Pilot"),  # a word inside
            ("pilot air", "Airline Pilot"),  # in another order
            ("rn", "RN"),  # another name
            ("vetrin", "Veterinarian"),  # one letter too few
            ("airlien pil", "Airline Pilot"),  # two that changed places, and a second word
            ("VETERINARIAN", "Veterinarian"),
        ],
    )
    def test_it_finds_titles_by_what_is_typed_so_far(self, suggester: Suggester, typed: str, first: str) -> None:
        assert titles(suggester, typed)[0] == first

    @pytest.mark.parametrize("typed", ["", " ", "!?", "baker", "\u202e", "nurse xylophone"])
    def test_nothing_is_made_up(self, suggester: Suggester, typed: str) -> None:
        assert titles(suggester, typed) == []

    def test_two_spellings_of_one_title_are_one_suggestion(self, suggester: Suggester) -> None:
        assert titles(suggester, "registered") == ["Registered Nurse"]

    def test_there_are_no_more_than_asked_for(self, suggester: Suggester) -> None:
        assert titles(suggester, "nurs", 2) == titles(suggester, "nurs")[:2]

    def test_each_names_its_occupations_and_the_people_it_leads_to(
        self, suggester: Suggester, index: Index
    ) -> None:
        index(make_profile("ann", "Registered Nurse"), make_profile("bob", "Pilot"))

        (nurse,) = suggester.suggest("registered", 8, TODAY)

        assert [(one.code, one.title) for one in nurse.occupations] == [("29-1141.00", "Registered Nurse")]
        assert nurse.people == 1

    @pytest.mark.parametrize(
        "change",
        [{"open_to_chats": "no"}, {"paused_until": "2099-01-01"}, {"monthly_capacity": 1, "chats_this_month": 1}],
    )
    def test_who_cannot_be_asked_is_not_counted(
        self, suggester: Suggester, index: Index, change: dict[str, Any]
    ) -> None:
        index(make_profile("ann", "Veterinarian", **change), make_profile("bob", "Pilot"))

        (vet,) = suggester.suggest("veterinarian", 8, TODAY)

        assert vet.people == 0

    def test_people_are_counted_anew_after_a_minute_and_on_another_day(
        self, suggester: Suggester, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def people(today: date) -> int:
            (vet,) = suggester.suggest("veterinarian", 8, today)
            return vet.people

        index(make_profile("bob", "Veterinarian", paused_until="2026-11-25"))
        assert people(TODAY) == 0
        assert people(date(2026, 11, 25)) == 1
        later = suggest.time.monotonic() + suggest.KEPT_SECONDS + 1
        index(make_profile("cat", "Veterinarian"))
        monkeypatch.setattr(suggest.time, "monotonic", lambda: later)
        assert people(date(2026, 11, 25)) == 2


def named(*names: str) -> list[JobTitle]:
    return [JobTitle(name, ()) for name in names]


def order(typed: str, *names: str, **bearers: int) -> list[str]:
    return [title.title for title in best_first(typed.split(), named(*names), bearers)]


class TestOrder:
    def test_what_was_typed_in_full_comes_first_then_what_begins_with_it(self) -> None:
        found = ("Vet Nurse", "Nurse Manager", "Nurse")

        assert order("nurse", *found) == ["Nurse", "Nurse Manager", "Vet Nurse"]

    def test_likelier_titles_come_first(self) -> None:
        assert order("nurs", "Nurse", "Nursery Worker") == ["Nurse", "Nursery Worker"]
        assert order("nurs", "Nursery Worker", "Nurse") == ["Nursery Worker", "Nurse"]

    def test_who_bears_a_title_lifts_it(self) -> None:
        found = ("Baker", "Bank Teller", "Barista")

        assert order("ba", *found) == ["Baker", "Bank Teller", "Barista"]
        assert order("ba", *found, Barista=4) == ["Barista", "Baker", "Bank Teller"]

    def test_bearers_do_not_lift_a_title_above_one_that_begins_with_what_was_typed(self) -> None:
        assert order("chef", "Pastry Chef", "Chef de Partie", **{"Pastry Chef": 50})[0] == "Chef de Partie"

    @given(
        names=st.lists(st.sampled_from(["Nurse", "Nurses", "Vet Nurse", "Nurse, Vet", "Pilot"]), unique=True),
        bearers=st.dictionaries(st.sampled_from(["Nurse", "Vet Nurse"]), st.integers(0, 9)),
    )
    def test_no_title_is_made_up_and_none_is_lost_but_for_its_other_spellings(
        self, names: list[str], bearers: dict[str, int]
    ) -> None:
        kept = order("nurse", *names, **bearers)

        assert set(kept) <= set(names)
        assert len(kept) == len({suggest.title_key(name) for name in names})
