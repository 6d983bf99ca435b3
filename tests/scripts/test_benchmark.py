"""The benchmark measures what it says: real searches, on an index that it makes and takes away."""

from itertools import islice

import numpy as np
import pytest

from scripts.benchmark import main
from scripts.benchmarks.measures import percentiles
from scripts.benchmarks.population import SentenceEncoder, make_people, make_queries
from tests.fakes import KeywordEncoder


def test_percentiles_are_the_median_and_the_95th() -> None:
    assert percentiles([*range(1, 101)]) == pytest.approx((50.5, 95.05))


def test_people_are_the_same_each_time_and_as_many_as_asked_for() -> None:
    people = list(make_people(50))

    assert people == list(make_people(50))
    assert len({person.id for person in people}) == 50
    assert len({person.bio for person in people}) > 45
    assert {person.open_to_chats for person in people} == {"yes"}


def test_a_larger_population_begins_with_the_smaller_one() -> None:
    assert list(islice(make_people(1_000_000), 20)) == list(make_people(20))


def test_queries_are_distinct() -> None:
    assert len(set(make_queries(1000))) == 1000


def test_the_sentence_encoder_gives_the_mean_of_the_sentences() -> None:
    encoder = SentenceEncoder(KeywordEncoder("nurse", "vet"))

    one, both = encoder.encode(["I am a nurse.", "I am a nurse. I was a vet."])

    assert one[1] == 1
    np.testing.assert_allclose(both[[1, 2]], np.sqrt(0.5), atol=1e-6)


def test_a_search_benchmark_prints_a_row_a_size(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--people", "30", "60", "--queries", "5"]) == 0

    rows = [line for line in capfd.readouterr().out.splitlines() if line.startswith("|")]
    assert [row.split("|")[1].strip() for row in rows] == ["people", "---", "30", "60"]
    assert rows[2].count(" ms ") == 2


def test_an_import_benchmark_prints_each_rate(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--people", "20"]) == 0

    *_, row = capsys.readouterr().out.splitlines()
    rates = [float(cell.replace(",", "")) for cell in row.split("|")[2:5]]
    assert len(rates) == 3
    assert min(rates) > 0


def test_an_engine_that_does_not_answer_is_an_error_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--people", "20", "--engine", "http://127.0.0.1:1"]) == 2

    assert "does not answer" in capsys.readouterr().err
