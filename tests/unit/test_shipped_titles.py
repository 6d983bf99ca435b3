"""The job titles that are shipped: written, read, and what is in the folder."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.taxonomy import MAJOR_GROUPS, major_group
from indexer.titles import TitleCatalogue
from indexer.titles.build import build_catalogue
from indexer.titles.everyday import EVERYDAY_TITLES
from indexer.titles.keys import title_key
from indexer.titles.own import read_own_titles
from indexer.titles.shipped import AS_SHIPPED, shipped_catalogue, shipped_version, write_shipped
from indexer.titles.short_forms import SHORT_FORMS
from tests.fakes import KeywordEncoder
from tests.relevance.occupations import make_occupation

ENCODER = KeywordEncoder("vet", "nurse", "animals", dimensions=4)


class Forbidden(KeywordEncoder):
    """The same encoder, which must not be asked."""

    def encode(self, texts: object) -> np.ndarray:
        raise AssertionError(f"{texts} was embedded")


@pytest.fixture
def built() -> TitleCatalogue:
    vets = make_occupation(
        "29-1131.00",
        title="Veterinarians",
        description="Treat animals.",
        alternate_titles=("Vet", "Vet Nurse"),
        related={"29-1141.00": "Primary-Long", "29-9999.00": "Supplemental"},
        job_zone=5,
    )
    nurses = make_occupation("29-1141.00", title="Nurses", alternate_titles=("Vet Nurse",))
    return build_catalogue([vets, nurses], ENCODER, "O*NET 27.0, as shipped")


class TestWritingAndReading:
    def test_a_catalogue_comes_back_as_it_was_written_without_embedding(
        self, built: TitleCatalogue, tmp_path: Path
    ) -> None:
        write_shipped(built, tmp_path)
        read = shipped_catalogue(Forbidden(*ENCODER.keywords, dimensions=4), folder=tmp_path)

        assert (read.source, read.version, read.fingerprint) == (built.source, built.version, built.fingerprint)
        assert read.titles == built.titles
        assert np.allclose(read.vectors, built.vectors, atol=0.004)  # half a step of int8
        for one, other in zip(read.occupations, built.occupations, strict=True):
            assert (one.code, one.title, one.job_zone, one.words) == (
                other.code,
                other.title,
                other.job_zone,
                other.words,
            )
            assert np.allclose(one.vector, other.vector, atol=0.001)
        assert shipped_version(tmp_path) == built.version

    def test_related_occupations_that_do_not_exist_are_left_out(
        self, built: TitleCatalogue, tmp_path: Path
    ) -> None:
        write_shipped(built, tmp_path)
        vets, nurses = shipped_catalogue(ENCODER, folder=tmp_path).occupations

        assert (vets.related, nurses.related) == ({"29-1141.00": "Primary-Long"}, {})

    def test_vectors_have_unit_length(self, built: TitleCatalogue, tmp_path: Path) -> None:
        write_shipped(built, tmp_path)
        read = shipped_catalogue(ENCODER, folder=tmp_path)
        vectors = np.concatenate([read.vectors, [one.vector for one in read.occupations]])

        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
        assert vectors.dtype == np.float32

    def test_the_same_catalogue_gives_the_same_bytes(self, built: TitleCatalogue, tmp_path: Path) -> None:
        for name in ("one", "other"):
            write_shipped(built, tmp_path / name)

        written = [{path.name: path.read_bytes() for path in (tmp_path / n).iterdir()} for n in ("one", "other")]
        assert written[0] == written[1]
        assert len(written[0]) == 3

    def test_of_sentences_only_their_words_are_written_in_no_telling_order(self, tmp_path: Path) -> None:
        vets = make_occupation("1", title="Vet", description="Treat many animals.")
        write_shipped(build_catalogue([vets], ENCODER, ""), tmp_path)
        content = json.loads(gzip.decompress((tmp_path / "catalogue.json.gz").read_bytes()))

        assert list(content["occupations"][0]["words"]) == ["animals", "many", "treat", "vet"]

    def test_another_encoder_embeds_the_titles_and_knows_occupations_by_them(
        self, built: TitleCatalogue, tmp_path: Path
    ) -> None:
        write_shipped(built, tmp_path)
        other = KeywordEncoder("nurse", dimensions=3)
        read = shipped_catalogue(other, folder=tmp_path)

        assert read.fingerprint == other.fingerprint
        assert np.allclose(read.vectors, other.encode([one.title for one in built.titles]))
        nurses = read.occupations[1]  # "Nurses", which is no keyword, and "Vet Nurse"
        assert nurses.vector == pytest.approx(np.array([1, 1, 0]) / np.sqrt(2))

    def test_vectors_of_another_version_are_not_taken(self, built: TitleCatalogue, tmp_path: Path) -> None:
        write_shipped(replace(built, version="old", vectors=-built.vectors), tmp_path)
        write_shipped(built, tmp_path / "new")
        (tmp_path / "new" / "vectors.npz").write_bytes((tmp_path / "vectors.npz").read_bytes())

        assert np.allclose(shipped_catalogue(ENCODER, folder=tmp_path / "new").vectors, built.vectors)


@pytest.fixture(scope="module")
def shipped() -> TitleCatalogue:
    return shipped_catalogue(KeywordEncoder("nurse", dimensions=2))


@pytest.fixture(scope="module")
def codes(shipped: TitleCatalogue) -> dict[str, tuple[str, ...]]:
    return {title_key(one.title): one.codes for one in shipped.titles}


class TestWhatIsShipped:
    def test_it_has_all_of_onet(self, shipped: TitleCatalogue) -> None:
        assert shipped.source == f"O*NET 27.0{AS_SHIPPED}"
        assert shipped.version == shipped_version()
        assert len(shipped.occupations) == 1016
        assert len(shipped.titles) > 43_000
        assert {major_group(one.code) for one in shipped.occupations} == {
            key for key in MAJOR_GROUPS if len(key) == 2
        }
        assert sum(one.job_zone is not None for one in shipped.occupations) == 923
        assert sum(len(one.related) for one in shipped.occupations) > 18_000

    def test_every_title_is_there_once_and_names_an_occupation(
        self, shipped: TitleCatalogue, codes: dict[str, tuple[str, ...]]
    ) -> None:
        known = {one.code for one in shipped.occupations}

        assert len(codes) == len(shipped.titles)
        assert all(named and known.issuperset(named) for named in codes.values())

    def test_all_that_everyday_names_stand_for_is_in_it(
        self, shipped: TitleCatalogue, codes: dict[str, tuple[str, ...]]
    ) -> None:
        official = {title_key(one.title) for one in shipped.occupations}

        assert [one for _, *meant in EVERYDAY_TITLES for one in meant if title_key(one) not in official] == []
        assert [one for pair in SHORT_FORMS for one in pair if title_key(one) not in codes] == []

    @pytest.mark.parametrize(
        ("title", "meant"),
        [
            ("SWE", ["Software Developers"]),
            ("SRE", ["Network and Computer Systems Administrators", "Software Developers"]),
            ("RN", ["Registered Nurses"]),
            ("PM", ["Marketing Managers", "Project Management Specialists"]),
            ("Dr.", ["General Internal Medicine Physicians", "Family Medicine Physicians"]),
            ("UX", ["Web and Digital Interface Designers"]),
            ("Full Stack Developer", ["Software Developers", "Web Developers"]),
            ("C# Developer", ["Software Developers"]),
            ("veterinarian", ["Veterinarians"]),
            ("CEO", ["Chief Executives"]),
            ("Coffee Roaster", ["Food and Tobacco Roasting, Baking, and Drying Machine Operators and Tenders"]),
        ],
    )
    def test_well_known_titles_mean_what_people_mean(
        self, shipped: TitleCatalogue, codes: dict[str, tuple[str, ...]], title: str, meant: list[str]
    ) -> None:
        name = {one.code: one.title for one in shipped.occupations}

        assert [name[code] for code in codes[title_key(title)]][: len(meant)] == meant

    def test_the_documented_example_of_own_titles_can_be_added(
        self, shipped: TitleCatalogue, tmp_path: Path
    ) -> None:
        (example,) = re.findall(r"```csv\n(.*?)```", Path("docs/job-titles.md").read_text("utf-8"), re.DOTALL)
        (tmp_path / "own.csv").write_text(example)
        own, errors = read_own_titles([tmp_path / "own.csv"], shipped)

        assert errors == []
        assert [one.codes[0] for one in own if one.new_occupation] == ["own:community-weaver"]
        assert len(own) == 4
