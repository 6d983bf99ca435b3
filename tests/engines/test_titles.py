"""What every engine promises of its job-title index (TitleStore), on SQLite and on a real Elasticsearch."""

import time
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import Engine, TitleMatch, TitleQuery, TitlesStatus
from indexer.errors import IndexMissing, TitlesMissing
from indexer.text import tokens
from indexer.titles import JobTitle, TitleCatalogue
from indexer.titles.keys import title_key
from tests.factories import make_catalogue
from tests.fakes import KeywordEncoder

ENCODER = KeywordEncoder("nurse", "vet", "pilot", dimensions=8)
NURSES = make_catalogue(
    ENCODER,
    {
        "Nurse": "29-1141.00",
        "Registered Nurse": "29-1141.00",
        "Vet": "29-1131.00",
        "Vet Nurse": ["29-2056.00", "29-1131.00"],
        "Nurses, Vet": "29-2056.00",
        "Pilot": "53-2011.00",
    },
)


@pytest.fixture
def store(engine: Engine) -> Callable[[TitleCatalogue], Engine]:
    """Return the engine with this catalogue in it."""

    def with_titles(catalogue: TitleCatalogue) -> Engine:
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        engine.titles.replace(catalogue)
        return engine

    return with_titles


Store = Callable[[TitleCatalogue], Engine]


def ask(text: str) -> TitleQuery:
    return TitleQuery((title_key(text),), ENCODER.encode([text])[0])


def titles(matches: Sequence[TitleMatch] | Sequence[JobTitle]) -> list[str]:
    return [one.title.title if isinstance(one, TitleMatch) else one.title for one in matches]


class TestReplacing:
    def test_the_state_is_that_of_the_catalogue(self, store: Store) -> None:
        assert store(NURSES).titles.status() == TitlesStatus(
            source="Made-up 1.0", version="1", fingerprint=ENCODER.fingerprint, titles=6, occupations=4
        )

    def test_before_the_first_there_is_none(self, engine: Engine) -> None:
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)

        assert engine.titles.status() is None
        for read in (
            engine.titles.occupations,
            lambda: engine.titles.match([ask("nurse")], 5),
            lambda: engine.titles.suggest(["nur"], 5),
        ):
            with pytest.raises(TitlesMissing, match=r"no job-title index at .*run scripts/import_titles\.py"):
                read()

    def test_before_there_is_an_index_nothing_can_be_written_and_nothing_is_there(self, engine: Engine) -> None:
        with pytest.raises(IndexMissing, match="import profiles"):
            engine.titles.replace(NURSES)

        assert engine.titles.status() is None
        with pytest.raises(TitlesMissing, match="import_titles"):
            engine.titles.suggest(["nur"], 5)

    def test_nothing_of_the_one_before_is_left(self, store: Store) -> None:
        engine = store(NURSES)
        assert titles(engine.titles.suggest(["pil"], 5)) == ["Pilot"]
        assert titles(engine.titles.match([ask("pilot")], 1)[0]) == ["Pilot"]

        engine.titles.replace(make_catalogue(ENCODER, {"Vet": "1", "Painter": "2"}, version="2"))

        status = engine.titles.status()
        assert status is not None
        assert (status.version, status.titles, status.occupations) == ("2", 2, 2)
        assert engine.titles.suggest(["pil"], 5) == []
        assert titles(engine.titles.match([ask("pilot")], 5)[0]) == ["Vet", "Painter"]
        assert [occupation.code for occupation in engine.titles.occupations()] == ["1", "2"]

    def test_another_instance_soon_reads_the_newest(self, store: Store, another: Callable[[], Engine]) -> None:
        engine, second = store(NURSES), another()
        assert titles(second.titles.match([ask("pilot")], 1)[0]) == ["Pilot"]

        engine.titles.replace(make_catalogue(ENCODER, {"Vet": "1", "Test Pilot": "2"}, version="2"))

        give_up = time.monotonic() + 10
        while titles(second.titles.match([ask("pilot")], 1)[0]) == ["Pilot"] and time.monotonic() < give_up:
            time.sleep(0.1)
        assert titles(second.titles.match([ask("pilot")], 1)[0]) == ["Test Pilot"]
        assert titles(second.titles.suggest(["p"], 5)) == ["Test Pilot"]

    def test_an_empty_one_answers(self, store: Store) -> None:
        engine = store(make_catalogue(ENCODER, {}))

        assert engine.titles.occupations() == ()
        assert engine.titles.match([ask("nurse")], 5) == [[]]
        assert engine.titles.suggest(["n"], 5) == []


class TestOccupations:
    def test_every_field_comes_back_in_the_order_of_codes(self, store: Store) -> None:
        details = {
            "job_zone": 4,
            "related": {"11-1011.00": "Primary-Short"},
            "words": {"nurs": 3, "日本": 1},
        }
        catalogue = make_catalogue(ENCODER, {"Vet": "9", "Zoë’s «Nurse»": "10", "Pilot": "1"}, **details)

        found = store(catalogue).titles.occupations()

        assert [occupation.code for occupation in found] == ["1", "10", "9"]
        for occupation, written in zip(found, catalogue.occupations, strict=True):
            assert (occupation.code, occupation.title) == (written.code, written.title)
            assert {"job_zone": occupation.job_zone} | {
                "related": occupation.related,
                "words": occupation.words,
            } == details
            assert occupation.vector.dtype == np.float32
            np.testing.assert_array_equal(occupation.vector, written.vector)

    def test_an_unknown_job_zone_stays_unknown(self, store: Store) -> None:
        (occupation, *_) = store(NURSES).titles.occupations()

        assert occupation.job_zone is None


class TestMatching:
    def test_equal_keys_come_first_and_then_the_nearest(self, store: Store) -> None:
        (matches,) = store(NURSES).titles.match([ask("nurse, vet")], 2)

        # "Nurse" is the likeliest of the four that come second, and so it is one of the two nearest.
        assert [(match.title.title, match.has_key, match.similarity) for match in matches] == [
            ("Vet Nurse", True, pytest.approx(1)),
            ("Nurses, Vet", True, pytest.approx(0.7071, abs=1e-3)),
            ("Nurse", False, pytest.approx(0.7071, abs=1e-3)),
        ]

    def test_equally_near_ones_come_by_likelihood(self, store: Store) -> None:
        named = {f"{word} {n}": "1" for n in range(30) for word in ("Vet", "Nurse", "Pilot")}

        (matches,) = store(make_catalogue(ENCODER, named)).titles.match([ask("x vet nurse")], 25)

        assert titles(matches) == [title for title in named if "Pilot" not in title][:25]

    def test_every_title_with_a_key_is_found_however_few_are_asked_for(self, store: Store) -> None:
        named = {f"Vet{' ' * n}Nurse": "1" for n in range(1, 13)}

        (matches,) = store(make_catalogue(ENCODER, named)).titles.match([ask("vet nurse")], 1)

        assert titles(matches) == [*named]
        assert all(match.has_key for match in matches)

    def test_without_a_vector_only_keys_match(self, store: Store) -> None:
        query = TitleQuery((title_key("pilots"), title_key("vet"), title_key("nobody")), None)

        (matches,) = store(NURSES).titles.match([query], 5)

        assert [(m.title.title, m.has_key, m.similarity) for m in matches] == [
            ("Vet", True, 0),
            ("Pilot", True, 0),
        ]

    def test_without_keys_only_the_nearest_match(self, store: Store) -> None:
        (matches,) = store(NURSES).titles.match([TitleQuery((), ENCODER.encode(["pilot"])[0])], 1)

        assert matches == [TitleMatch(JobTitle("Pilot", ("53-2011.00",)), has_key=False, similarity=1.0)]

    def test_a_title_keeps_its_codes_in_their_order(self, store: Store) -> None:
        (matches,) = store(NURSES).titles.match([TitleQuery((title_key("vet nurse"),), None)], 0)

        assert matches[0].title.codes == ("29-2056.00", "29-1131.00")

    def test_many_queries_are_answered_each_in_its_place(self, store: Store) -> None:
        words = ["pilot", "vet", "nurse", "registered nurse"]
        queries = [
            ask(words[n % 4]) if n % 3 else TitleQuery((title_key(words[n % 4]),), None) for n in range(300)
        ]

        answers = store(NURSES).titles.match(queries, 0)

        assert [titles(matches)[0].casefold() for matches in answers] == [words[n % 4] for n in range(300)]

    def test_no_queries_have_no_answers(self, store: Store) -> None:
        assert store(NURSES).titles.match([], 5) == []


class TestSuggesting:
    def test_every_beginning_begins_a_word(self, store: Store) -> None:
        named = [
            "Nurse",
            "C++ Programmer",
            "C# Programmer",
            ".NET Programmer",
            "C Programmer",
            "Vet Nurse",
            "Café Owner",
            "日本語 Teacher",
            "AND OR NOT NEAR",
        ]
        expected = {
            "nur": ["Nurse", "Vet Nurse"],
            "vet n": ["Vet Nurse"],
            "n v": ["Vet Nurse"],
            "C": ["C++ Programmer", "C# Programmer", "C Programmer", "Café Owner"],
            "c++": ["C++ Programmer"],
            "c# prog": ["C# Programmer"],
            ".net": [".NET Programmer"],
            "dot": [".NET Programmer"],
            "cafe": ["Café Owner"],
            "CAFÉ o": ["Café Owner"],
            "日": ["日本語 Teacher"],
            "ⅻ": [],
            "zzz": [],
            "programmer programmer p": ["C++ Programmer", "C# Programmer", ".NET Programmer", "C Programmer"],
            "": named[:5],
        }

        engine = store(make_catalogue(ENCODER, dict.fromkeys(named, "1")))

        assert {text: titles(engine.titles.suggest(tokens(text), 5)) for text in expected} == expected

    def test_a_word_of_the_query_language_is_a_word(self, store: Store) -> None:
        words = ["and", "or", "not", "near", "words"]
        engine = store(make_catalogue(ENCODER, {"Vet": "1"} | {f"{word} Keeper": "2" for word in words}))

        for word in words:
            assert titles(engine.titles.suggest([word], 5)) == [f"{word} Keeper"]

    def test_the_likeliest_come_first_and_no_more_than_asked_for(self, store: Store) -> None:
        named = [f"Nurse {'abcdefghij'[n % 10]}{n}" for n in range(200)]

        found = store(make_catalogue(ENCODER, dict.fromkeys(named, "1"))).titles.suggest(["n"], 12)

        assert titles(found) == named[:12]

    def test_it_suggests_what_a_look_at_every_title_finds(self, store: Store) -> None:
        words = st.text("abcé日ßıσᦰ1", min_size=1, max_size=4)
        random = np.random.default_rng(5)
        some = ["".join(random.choice([*"abcé日ßıσᦰ1"], random.integers(1, 6))) for _ in range(60)]
        named = dict.fromkeys(" ".join(random.choice(some, random.integers(1, 4))) for _ in range(400))
        engine = store(make_catalogue(ENCODER, dict.fromkeys(named, "1")))
        words_of = {title: tokens(title) for title in named}

        @given(st.lists(words, max_size=2))
        def check(typed: list[str]) -> None:
            beginnings = tokens(" ".join(typed))
            expected = [
                title
                for title, own in words_of.items()
                if all(any(word.startswith(start) for word in own) for start in beginnings)
            ]
            assert titles(engine.titles.suggest(beginnings, 10)) == expected[:10]

        check()
