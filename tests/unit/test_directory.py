"""service/titles/directory.py: occupations to browse, each with the people who can be asked now."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from indexer.engines import Engine, open_engine
from indexer.indexing import ImportReport, import_profiles
from indexer.profile import Profile
from indexer.titles.reader import TitleReader
from service.titles import OccupationDirectory
from service.titles.directory import OWN_GROUP, CountedOccupation, MajorGroup
from tests.factories import make_catalogue, make_profile
from tests.fakes import KeywordEncoder

TODAY = date(2026, 11, 24)
ENCODER = KeywordEncoder("nurse", "veterinarian", "pilot", "baker")
NURSE, VET, MEDIC, PILOT, OWN = "29-1141.00", "29-1131.00", "29-2042.00", "53-2011.00", "x-7"
CATALOGUE = make_catalogue(
    ENCODER,
    {"Nurse": NURSE, "Veterinarian": VET, "Medic": MEDIC, "Pilot": PILOT, "Cheese Whisperer": OWN},
    related={VET: "Primary-Long", MEDIC: "Primary-Short"},
    job_zone=3,
)

Index = Callable[..., None]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(open_engine(f"sqlite:///{tmp_path}/index.db")) as engine:
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        engine.titles.replace(CATALOGUE)
        yield engine


@pytest.fixture
def index(engine: Engine) -> Index:
    def imported(*profiles: Profile) -> None:
        codes = TitleReader(engine.titles, lambda: ENCODER).occupation_codes
        import_profiles(profiles, engine, lambda: ENCODER, codes, ImportReport())

    return imported


@pytest.fixture
def directory(engine: Engine) -> OccupationDirectory:
    return OccupationDirectory(engine, TitleReader(engine.titles, lambda: ENCODER))


def positions(*titles: str) -> list[dict[str, str]]:
    return [{"title": title} for title in titles]


class TestGroups:
    def test_they_are_those_with_occupations_and_the_operators_own_come_last(
        self, directory: OccupationDirectory
    ) -> None:
        assert [(group.code, group.occupations) for group in directory.groups(TODAY)] == [
            ("29", 3),
            ("53", 1),
            (OWN_GROUP, 1),
        ]

    def test_who_has_had_two_occupations_of_a_group_counts_once(
        self, directory: OccupationDirectory, index: Index
    ) -> None:
        index(
            make_profile("ann", positions=positions("Nurse", "Veterinarian", "Pilot")),
            make_profile("bob", "Veterinarian"),
            make_profile("no", "Nurse", open_to_chats="no"),
        )

        people = {group.code: group.people for group in directory.groups(TODAY)}

        assert people == {"29": 2, "53": 1, OWN_GROUP: 0}

    def test_the_engine_is_asked_once_however_many_groups_there_are(
        self, engine: Engine, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index(make_profile("ann", positions=positions("Nurse", "Veterinarian", "Pilot")))
        directory = OccupationDirectory(engine, TitleReader(engine.titles, lambda: ENCODER))
        directory.titles()
        asked: list[str] = []
        for name in ("search", "occupation_counts", "group_counts", "title_counts"):
            answer = getattr(engine, name)
            monkeypatch.setattr(engine, name, lambda *a, n=name, f=answer: (asked.append(n), f(*a))[1])

        assert len(directory.groups(TODAY)) == 3

        assert asked == ["group_counts"]

    def test_one_lists_its_occupations_by_title_with_their_people(
        self, directory: OccupationDirectory, index: Index
    ) -> None:
        index(
            make_profile("ann", positions=positions("Nurse", "Veterinarian")), make_profile("bob", "Veterinarian")
        )

        found = directory.group("29", TODAY)

        assert found == (
            MajorGroup("29", "Healthcare Practitioners and Technical", 3, 2),
            [
                CountedOccupation(MEDIC, "Medic", 0),
                CountedOccupation(NURSE, "Nurse", 1),
                CountedOccupation(VET, "Veterinarian", 2),
            ],
        )

    @pytest.mark.parametrize("group", ["", "11", "99", "29-1141.00", "nurses"])
    def test_one_without_occupations_is_none(self, directory: OccupationDirectory, group: str) -> None:
        assert directory.group(group, TODAY) is None


class TestOccupation:
    def test_it_is_told_with_its_people_and_its_neighbours_the_nearest_first(
        self, directory: OccupationDirectory, index: Index
    ) -> None:
        index(make_profile("ann", "Nurse"), make_profile("bob", "Veterinarian"))

        nurse = directory.occupation(NURSE, TODAY)

        assert nurse is not None
        assert (nurse.title, nurse.job_zone, nurse.people, nurse.group_code) == ("Nurse", 3, 1, "29")
        assert nurse.neighbours == [
            CountedOccupation(MEDIC, "Medic", 0),
            CountedOccupation(VET, "Veterinarian", 1),
        ]

    def test_where_nobody_is_the_nearest_with_people_are_offered(
        self, directory: OccupationDirectory, index: Index
    ) -> None:
        index(make_profile("bob", "Veterinarian"))

        nurse = directory.occupation(NURSE, TODAY)

        assert nurse is not None
        assert (nurse.people, nurse.neighbours) == (0, [CountedOccupation(VET, "Veterinarian", 1)])

    def test_that_leads_to_people_however_far_away_they_are(
        self, directory: OccupationDirectory, index: Index
    ) -> None:
        index(make_profile("cat", "Pilot"))

        nurse = directory.occupation(NURSE, TODAY)

        assert nurse is not None
        assert nurse.neighbours == [CountedOccupation(PILOT, "Pilot", 1)]

    def test_where_nobody_is_at_all_nothing_is_offered(self, directory: OccupationDirectory, index: Index) -> None:
        index(make_profile("no", "Pilot", open_to_chats="no"))

        nurse = directory.occupation(NURSE, TODAY)

        assert nurse is not None
        assert (nurse.people, nurse.neighbours) == (0, [])

    def test_an_operators_own_is_in_a_group_too(self, directory: OccupationDirectory) -> None:
        own = directory.occupation(OWN, TODAY)

        assert own is not None
        assert (own.group_code, own.group_title) == (OWN_GROUP, "Other occupations")

    def test_an_unknown_code_is_none(self, directory: OccupationDirectory) -> None:
        assert directory.occupation("99-9999.99", TODAY) is None
