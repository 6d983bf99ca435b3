"""The readers of O*NET and ESCO, on small files of their shapes."""

import csv
from pathlib import Path

import pytest

from indexer.errors import InvalidFile
from indexer.taxonomy import (
    MAJOR_GROUPS,
    Concept,
    Occupation,
    esco_occupations,
    major_group,
    read_esco,
    read_onet,
)

CODE = "O*NET-SOC Code"
ONET = {
    "Occupation Data.txt": [
        (CODE, "Title", "Description"),
        ("29-1131.00", "Veterinarians", 'Treat "patients" of all kinds.'),
        ("27-2011.00", "Actors", "Play parts."),
    ],
    "Alternate Titles.txt": [
        (CODE, "Alternate Title", "Short Title", "Source(s)"),
        ("29-1131.00", "Doctor of Veterinary Medicine", "DVM", "04"),
        ("29-1131.00", "Animal Doctor", "n/a", "04,08"),
        ("29-1131.00", "Animal Doctor", "", "02"),
    ],
    "Sample of Reported Titles.txt": [
        (CODE, "Reported Job Title", "Shown in My Next Move"),
        ("29-1131.00", "Small Animal Vet", "Y"),
    ],
    "Task Statements.txt": [(CODE, "Task ID", "Task"), ("27-2011.00", "1", "Learn lines.")],
    "Related Occupations.txt": [
        (CODE, "Related O*NET-SOC Code", "Relatedness Tier"),
        ("29-1131.00", "29-1151.00", "Primary-Short"),
    ],
    "Job Zones.txt": [(CODE, "Job Zone", "Date"), ("29-1131.00", "5", "07/2014")],
}
# Releases before 26.3 have no tiers of related occupations, and job zones are a matter of display.
NOT_NEEDED = ("Related Occupations.txt", "Job Zones.txt")


@pytest.fixture
def onet(tmp_path: Path) -> Path:
    for name, rows in ONET.items():
        (tmp_path / name).write_text("".join("\t".join(row) + "\n" for row in rows))
    return tmp_path


class TestONET:
    def test_every_occupation_is_read_in_the_order_of_codes(self, onet: Path) -> None:
        actor, vet = read_onet(onet)

        assert (actor.code, actor.tasks, actor.related, actor.job_zone) == (
            "27-2011.00",
            ("Learn lines.",),
            {},
            None,
        )
        assert vet == Occupation(
            code="29-1131.00",
            title="Veterinarians",
            description='Treat "patients" of all kinds.',
            alternate_titles=("Doctor of Veterinary Medicine", "Animal Doctor"),
            short_titles=("DVM",),
            reported_titles=("Small Animal Vet",),
            tasks=(),
            related={"29-1151.00": "Primary-Short"},
            job_zone=5,
            named_by={"Doctor of Veterinary Medicine": 1, "DVM": 1, "Animal Doctor": 2},
        )

    def test_the_major_group_is_the_beginning_of_the_code(self, onet: Path) -> None:
        assert [occupation.major_group for occupation in read_onet(onet)] == ["27", "29"]

    @pytest.mark.parametrize("name", NOT_NEEDED)
    def test_a_release_without_a_file_that_is_not_needed_is_read(self, onet: Path, name: str) -> None:
        (onet / name).unlink()

        _, vet = read_onet(onet)

        assert vet.title == "Veterinarians"
        assert not (vet.related and vet.job_zone)

    def test_a_release_that_does_not_tell_its_sources_is_read(self, onet: Path) -> None:
        rows = [row[:3] for row in ONET["Alternate Titles.txt"]]
        (onet / "Alternate Titles.txt").write_text("".join("\t".join(row) + "\n" for row in rows))

        _, vet = read_onet(onet)

        assert set(vet.named_by.values()) == {1}

    def test_a_job_zone_that_there_is_not_is_named(self, onet: Path) -> None:
        (onet / "Job Zones.txt").write_text(f"{CODE}\tJob Zone\n29-1131.00\tV\n")

        with pytest.raises(InvalidFile, match=r"gives 29-1131\.00 the job zone “V”, not 1 to 5"):
            read_onet(onet)

    @pytest.mark.parametrize("name", sorted(ONET.keys() - NOT_NEEDED))
    def test_a_missing_file_is_named(self, onet: Path, name: str) -> None:
        (onet / name).unlink()

        with pytest.raises(InvalidFile, match=rf"{name} cannot be read: No such file.*O\*NET database"):
            read_onet(onet)

    @pytest.mark.parametrize("name", ONET)
    def test_a_missing_column_is_named(self, onet: Path, name: str) -> None:
        (onet / name).write_text("Code\tName\n1\t2\n")

        with pytest.raises(InvalidFile, match=f"{name} has no column “"):
            read_onet(onet)

    def test_a_file_that_is_no_text_is_refused(self, onet: Path) -> None:
        (onet / "Occupation Data.txt").write_bytes(b"\xff\xfe\x00")

        with pytest.raises(InvalidFile, match="is not UTF-8 text"):
            read_onet(onet)


HEADER = ("conceptUri", "iscoGroup", "preferredLabel", "altLabels", "status", "description")
VET = (
    "http://example.org/1",
    "2250",
    "veterinarian",
    "vet\n animal  doctor\nvet\nveterinarian",
    "released",
    "Treats\nanimals.",
)


def esco(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "occupations_en.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


class TestESCO:
    def test_an_occupation_is_read_with_each_other_label_once(self, tmp_path: Path) -> None:
        assert read_esco(esco(tmp_path, HEADER, VET)) == [
            Concept(
                uri="http://example.org/1",
                isco_group="2250",
                preferred_label="veterinarian",
                alternative_labels=("vet", "animal doctor"),
                description="Treats animals.",
            )
        ]

    def test_only_released_occupations_are_read(self, tmp_path: Path) -> None:
        obsolete = (*VET[:4], "obsolete", VET[5])

        assert len(read_esco(esco(tmp_path, HEADER, obsolete, VET, obsolete))) == 1

    def test_a_file_without_a_status_is_read_whole(self, tmp_path: Path) -> None:
        rows = [(*row[:4], row[5]) for row in (HEADER, VET, VET)]

        assert len(read_esco(esco(tmp_path, *rows))) == 2

    def test_a_missing_column_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidFile, match=r"has no column “altLabels”; is it ESCO's occupations_en\.csv"):
            read_esco(esco(tmp_path, ("conceptUri", "iscoGroup", "preferredLabel", "description")))

    def test_a_missing_file_is_said_to_be(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidFile, match="cannot be read: No such file"):
            read_esco(tmp_path / "none.csv")

    def test_a_file_that_is_no_text_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "occupations_en.csv"
        path.write_bytes(b"conceptUri\xff\n")

        with pytest.raises(InvalidFile, match="is not ESCO's CSV"):
            read_esco(path)

    def test_a_concept_is_an_occupation_with_a_code_of_its_group_and_its_address(self, tmp_path: Path) -> None:
        address = "http://data.europa.eu/esco/occupation/1a2b3c4d-90ab-cdef-1234-567890abcdef"
        (occupation,) = esco_occupations(read_esco(esco(tmp_path, HEADER, (address, *VET[1:]))))

        assert (occupation.code, occupation.major_group) == ("esco:2250.1a2b3c4d", "2")
        assert (occupation.title, occupation.alternate_titles) == ("veterinarian", ("vet", "animal doctor"))
        assert (occupation.description, occupation.tasks, occupation.related) == ("Treats animals.", (), {})

    def test_the_armed_forces_have_the_zero_back_that_the_file_lost(self, tmp_path: Path) -> None:
        (concept,) = read_esco(esco(tmp_path, HEADER, (VET[0], "210", *VET[2:])))

        assert (concept.isco_group, major_group(concept.code)) == ("0210", "0")


class TestMajorGroups:
    def test_there_are_those_of_the_soc_and_of_isco(self) -> None:
        names = {len(key): len([one for one in MAJOR_GROUPS if len(one) == len(key)]) for key in MAJOR_GROUPS}

        assert names == {2: 23, 1: 10}

    @pytest.mark.parametrize(
        ("code", "name"),
        [
            ("11-1011.00", "Management"),
            ("55-3016.00", "Military Specific"),
            ("esco:0110.3f2a9c01", "Armed Forces Occupations"),
            ("esco:1420.3f2a9c01", "Managers"),
        ],
    )
    def test_a_code_is_in_the_group_of_its_first_digits(self, code: str, name: str) -> None:
        assert MAJOR_GROUPS[major_group(code)] == name

    @pytest.mark.parametrize("code", ["own:chief-fun-officer", "own:11-1011", "12-1011.00", "11", ""])
    def test_other_codes_are_in_none(self, code: str) -> None:
        assert major_group(code) == ""
