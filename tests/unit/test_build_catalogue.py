"""A catalogue from a taxonomy, with vectors that can be worked out by hand."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.taxonomy import Occupation
from indexer.titles import TitleCatalogue
from indexer.titles.build import build_catalogue
from indexer.titles.keys import title_key
from tests.fakes import KeywordEncoder
from tests.relevance.occupations import make_occupation

VETS = make_occupation(
    "29-1131.00",
    title="Veterinarians",
    description="Treat animals.",
    tasks=("Examine animals.",),
    alternate_titles=("Animal Doctor", "Doctor"),
    related={"29-1151.00": "Primary-Short"},
    job_zone=5,
)
PHYSICIANS = make_occupation(
    "29-1229.00", title="Physicians", alternate_titles=("Doctor",), named_by={"Doctor": 4}
)
OTHERS = make_occupation(
    "29-1299.00", title="Doctors, All Other", alternate_titles=("Doctor", "Healer"), named_by={"Doctor": 9}
)


def catalogue(*occupations: Occupation, encoder: KeywordEncoder | None = None, **options: Any) -> TitleCatalogue:
    return build_catalogue(occupations, encoder or KeywordEncoder("animal", "doctor"), "O*NET", **options)


def codes_of(built: TitleCatalogue, title: str) -> tuple[str, ...]:
    (codes,) = [one.codes for one in built.titles if title_key(one.title) == title_key(title)]
    return codes


class TestTitles:
    def test_the_occupation_that_more_sources_name_so_comes_first_and_rest_classes_last(self) -> None:
        built = catalogue(VETS, PHYSICIANS, OTHERS)

        assert codes_of(built, "Doctor") == (PHYSICIANS.code, VETS.code, OTHERS.code)

    def test_the_occupation_whose_official_title_it_is_comes_first(self) -> None:
        doctors = make_occupation("29-1215.00", title="Doctors")

        assert codes_of(catalogue(PHYSICIANS, doctors), "Doctor") == (doctors.code, PHYSICIANS.code)

    def test_of_equally_many_sources_the_occupation_that_is_nearer_comes_first(self) -> None:
        others = make_occupation("29-1000.00", title="Healers", alternate_titles=("Doctor", "Surgeon"))
        nearer = make_occupation("29-1001.00", title="Doctors of Medicine", alternate_titles=("Doctor",))

        assert codes_of(catalogue(others, nearer), "Doctor") == (nearer.code, others.code)

    def test_an_ambiguous_short_form_names_first_what_each_of_its_meanings_names_first(self) -> None:
        product = make_occupation("11-2021.00", title="Marketers", alternate_titles=("Product Manager",))
        twin = make_occupation("11-2022.00", title="Sellers", alternate_titles=("Product Manager",))
        project = make_occupation("13-1082.00", title="Project Managers")
        codes = codes_of(catalogue(product, twin, project), "PM")

        assert set(codes[:2]) == {project.code, codes_of(catalogue(product, twin), "PM")[0]}
        assert len(codes) == 3

    def test_an_everyday_title_names_what_was_chosen_for_it_in_that_order(self) -> None:
        designers = make_occupation("15-1255.00", title="Designers", alternate_titles=("Web Developer",))
        web = make_occupation("15-1254.00", title="Web Developers", alternate_titles=("Full Stack Developer",))
        software = make_occupation("15-1299.00", title="Software Developers")

        assert codes_of(catalogue(designers, web, software), "full stack developer") == (software.code, web.code)

    def test_titles_are_in_the_order_of_how_likely_somebody_means_them(self) -> None:
        titles = [one.title for one in catalogue(VETS, PHYSICIANS, OTHERS).titles]

        assert titles[0] == "Doctor"  # that three occupations are called so, and that "Animal Doctor" ends in it
        assert titles.index("Physicians") < titles.index("Animal Doctor")
        assert titles[-1] == "Doctors, All Other"

    @given(st.lists(st.lists(st.text("abc DES,()", max_size=9), max_size=4).map(tuple), min_size=1, max_size=4))
    def test_every_title_is_there_once_with_every_occupation_that_has_it(
        self, lists: list[tuple[str, ...]]
    ) -> None:
        occupations = [
            make_occupation(f"{row}", title=f"Job{row}", alternate_titles=titles)
            for row, titles in enumerate(lists)
        ]
        built = catalogue(*occupations)

        keys = [title_key(one.title) for one in built.titles]
        assert len(keys) == len(set(keys))
        assert "" not in keys
        for occupation in occupations:
            assert occupation.code in codes_of(built, occupation.title)
            for title in filter(title_key, occupation.alternate_titles):
                if "(" not in title:
                    assert occupation.code in codes_of(built, title)


class TestVectors:
    def test_a_row_is_the_vector_of_its_title(self) -> None:
        encoder = KeywordEncoder("animal", "doctor", dimensions=8)
        built = catalogue(VETS, PHYSICIANS, encoder=encoder)

        assert built.fingerprint == encoder.fingerprint
        assert np.allclose(built.vectors, encoder.encode([one.title for one in built.titles]))

    def test_titles_and_sentences_of_an_occupation_count_alike(self) -> None:
        # Titles: no keyword, "doctor", "animal doctor"; both sentences: "animals", which is no keyword either.
        encoder = KeywordEncoder("animals", "doctor", dimensions=3)
        (vets,) = catalogue(VETS, encoder=encoder).occupations
        titles = np.array([1, 0, 2], float)  # Veterinarians, Animal Doctor, Doctor
        expected = titles / np.linalg.norm(titles) + [0, 1, 0]

        assert vets.vector == pytest.approx(expected / np.linalg.norm(expected))

    def test_without_sentences_the_titles_alone_count(self) -> None:
        encoder = KeywordEncoder("doctor", dimensions=2)
        (physicians,) = catalogue(PHYSICIANS, encoder=encoder).occupations

        assert physicians.vector == pytest.approx(np.array([1, 1]) / np.sqrt(2))

    def test_each_distinct_text_is_embedded_once_and_progress_is_told(self) -> None:
        asked: list[str] = []
        told: list[int] = []

        class Counting(KeywordEncoder):
            def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
                asked.extend(texts)
                return super().encode(texts)

        def track(batches: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
            for batch in batches:
                yield batch
                told.append(len(batch))

        catalogue(VETS, PHYSICIANS, OTHERS, encoder=Counting("doctor"), track=track)

        assert len(asked) == len(set(asked)) == sum(told)
        assert {"Treat animals.", "Examine animals.", "Doctor"} <= set(asked)


class TestOccupations:
    def test_they_are_in_the_order_of_codes_with_what_the_taxonomy_knows(self) -> None:
        vets, physicians = catalogue(PHYSICIANS, VETS).occupations

        assert (vets.code, vets.title, vets.job_zone) == ("29-1131.00", "Veterinarians", 5)
        assert (vets.related, physicians.job_zone) == ({"29-1151.00": "Primary-Short"}, None)

    def test_words_are_counted_in_titles_and_sentences(self) -> None:
        (vets,) = catalogue(VETS).occupations

        assert vets.words == {"veterinarians": 1, "animal": 1, "doctor": 2, "treat": 1, "examine": 1, "animals": 2}

    def test_the_version_changes_with_the_content_and_not_with_the_encoder(self) -> None:
        one, same = (catalogue(VETS, encoder=KeywordEncoder(word)).version for word in ("animal", "doctor"))

        assert one == same
        assert one != catalogue(VETS, PHYSICIANS).version
