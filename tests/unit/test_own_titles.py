"""An operator's own titles: from a file into a catalogue."""

from pathlib import Path

import numpy as np
import pytest

from indexer.errors import InvalidFile
from indexer.titles import TitleCatalogue
from indexer.titles.build import build_catalogue
from indexer.titles.keys import title_key
from indexer.titles.own import OwnTitle, read_own_titles, with_own_titles
from tests.fakes import KeywordEncoder
from tests.relevance.occupations import make_occupation

ENCODER = KeywordEncoder("vet", "coach", "nurse", dimensions=4)
VETS, NURSES, RESEARCHERS = "29-1131.00", "29-1141.00", "19-1042.00"


@pytest.fixture
def catalogue() -> TitleCatalogue:
    occupations = [
        make_occupation(VETS, title="Veterinarians", alternate_titles=("Vet", "Doctor")),
        make_occupation(NURSES, title="Registered Nurses", alternate_titles=("Nurse", "Researcher")),
        make_occupation(RESEARCHERS, title="Researchers", alternate_titles=("Doctor",)),
    ]
    return build_catalogue(occupations, ENCODER, "O*NET")


def read(folder: Path, catalogue: TitleCatalogue, *lines: str) -> tuple[list[OwnTitle], list[str]]:
    (folder / "own.csv").write_text("\n".join(["title,occupation,aliases", *lines]))
    own, errors = read_own_titles([folder / "own.csv"], catalogue)
    return own, [f"{error.path.name} {error.row} {error.field}: {error.reason}" for error in errors]


def codes(catalogue: TitleCatalogue, title: str) -> tuple[str, ...]:
    (found,) = [one.codes for one in catalogue.titles if title_key(one.title) == title_key(title)]
    return found


class TestReading:
    @pytest.mark.parametrize(
        ("occupation", "named"),
        [
            (VETS, (VETS,)),
            ("Veterinarians", (VETS,)),
            ("vet", (VETS,)),
            ("Researcher", (RESEARCHERS,)),  # an official title means its occupation alone
            (f"{NURSES}; Veterinarian", (NURSES, VETS)),
            ("Nurse | 29-1131.00", (NURSES, VETS)),
        ],
    )
    def test_a_title_names_occupations_by_code_or_by_title(
        self, tmp_path: Path, catalogue: TitleCatalogue, occupation: str, named: tuple[str, ...]
    ) -> None:
        assert read(tmp_path, catalogue, f"Animal Medic,{occupation},") == (
            [OwnTitle(("Animal Medic",), named, new_occupation=False)],
            [],
        )

    def test_a_title_that_names_several_means_all_that_the_named_title_means(
        self, tmp_path: Path, catalogue: TitleCatalogue
    ) -> None:
        ((own,), _) = read(tmp_path, catalogue, "Medic,Doctor,")

        assert set(own.codes) == {VETS, RESEARCHERS}

    def test_an_unknown_title_without_occupation_is_a_new_one_that_other_rows_can_name(
        self, tmp_path: Path, catalogue: TitleCatalogue
    ) -> None:
        own, errors = read(
            tmp_path,
            catalogue,
            "Lead Coach,Team Coach,",
            "Team Coach,,Team Trainer; Crew Coach",
            "Head Coach,own:team-coach,",
        )

        assert errors == []
        assert own == [
            OwnTitle(("Lead Coach",), ("own:team-coach",), new_occupation=False),
            OwnTitle(("Team Coach", "Team Trainer", "Crew Coach"), ("own:team-coach",), new_occupation=True),
            OwnTitle(("Head Coach",), ("own:team-coach",), new_occupation=False),
        ]

    def test_a_known_title_without_occupation_gets_other_names(
        self, tmp_path: Path, catalogue: TitleCatalogue
    ) -> None:
        own, _ = read(tmp_path, catalogue, "vets,,Critter Doc|Beast Doc")

        assert own == [OwnTitle(("vets", "Critter Doc", "Beast Doc"), (VETS,), new_occupation=False)]

    def test_it_names_file_row_field_and_reason_of_each_fault(
        self, tmp_path: Path, catalogue: TitleCatalogue
    ) -> None:
        own, errors = read(
            tmp_path,
            catalogue,
            "Animal Medic,99-9999.00,",
            ",Vet,",
            "***,Vet,***;Fine",
            "Medic,Vet",
            f"Medic,Vet,{'x' * 121}",
            "Good Medic,Vet,",
            "medics good,Nurse,",
        )

        assert [title for one in own for title in one.spellings] == ["Good Medic"]
        assert sorted(errors) == sorted(
            [
                "own.csv 2 occupation: “99-9999.00” is neither a code nor a title that is known.",
                "own.csv 3 title: is missing.",
                "own.csv 4 title: “***” has no letter or digit.",
                "own.csv 4 aliases: “***” has no letter or digit.",
                "own.csv 5 row: has 2 cells; the header has 3.",
                f"own.csv 6 aliases: “{'x' * 30}…” is 121 characters long; a title has at most 120.",
                "own.csv 8 title: “medics good” is that of row 7 of own.csv already.",
            ]
        )

    def test_only_the_title_is_needed_and_case_of_columns_and_their_separator_do_not_matter(
        self, tmp_path: Path, catalogue: TitleCatalogue
    ) -> None:
        (tmp_path / "own.csv").write_text("Aliases;TITLE\nCrew Coach;Team Coach\n")
        (tmp_path / "more.csv").write_text("title\nJuggler\n")

        own, errors = read_own_titles([tmp_path / "own.csv", tmp_path / "more.csv"], catalogue)

        assert errors == []
        assert [one.spellings for one in own] == [("Team Coach", "Crew Coach"), ("Juggler",)]

    @pytest.mark.parametrize(
        ("header", "fault"),
        [
            ("title,code", "“code” is none of our columns"),
            ("occupation,aliases", "one of our columns is missing or there twice"),
            ("title,Title", "one of our columns is missing or there twice"),
        ],
    )
    def test_other_columns_are_refused(
        self, tmp_path: Path, catalogue: TitleCatalogue, header: str, fault: str
    ) -> None:
        (tmp_path / "own.csv").write_text(f"{header}\nVet,Nurse\n")

        with pytest.raises(InvalidFile, match=f"{fault}: title, and if you like occupation and aliases"):
            read_own_titles([tmp_path / "own.csv"], catalogue)


class TestAdding:
    def test_own_titles_go_ahead_and_take_the_place_of_equal_ones(self, catalogue: TitleCatalogue) -> None:
        own = [OwnTitle(("Doctors", "Medic"), (NURSES,), new_occupation=False)]
        made = with_own_titles(catalogue, own, ENCODER, "O*NET; own.csv")

        assert [one.title for one in made.titles[:2]] == ["Doctors", "Medic"]
        assert codes(made, "doctor") == (NURSES,)
        assert len(made.titles) == len(catalogue.titles) + 1
        assert np.allclose(made.vectors, ENCODER.encode([one.title for one in made.titles]))

    def test_an_alias_of_two_rows_names_the_occupations_of_both(self, catalogue: TitleCatalogue) -> None:
        own = [
            OwnTitle(("Animal Medic", "Medic"), (VETS,), new_occupation=False),
            OwnTitle(("Human Medic", "Medics"), (NURSES,), new_occupation=False),
        ]

        assert codes(with_own_titles(catalogue, own, ENCODER, "own"), "medic") == (VETS, NURSES)

    def test_a_new_occupation_is_known_by_its_titles(self, catalogue: TitleCatalogue) -> None:
        own = [OwnTitle(("Team Coach", "Crew Nurse"), ("own:team-coach",), new_occupation=True)]
        made = with_own_titles(catalogue, own, ENCODER, "O*NET; own.csv")
        new = made.occupations[-1]

        assert len(made.occupations) == len(catalogue.occupations) + 1
        assert (new.code, new.title, new.job_zone, new.related) == ("own:team-coach", "Team Coach", None, {})
        assert new.words == {"team": 1, "coach": 1, "crew": 1, "nurse": 1}
        assert new.vector == pytest.approx(np.array([0, 0, 1, 1]) / np.sqrt(2))

    def test_source_and_version_are_its_own(self, catalogue: TitleCatalogue) -> None:
        own = [OwnTitle(("Medic",), (VETS,), new_occupation=False)]
        made = with_own_titles(catalogue, own, ENCODER, "O*NET; own.csv")

        assert made.source == "O*NET; own.csv"
        assert made.version != catalogue.version
        assert made.fingerprint == catalogue.fingerprint
