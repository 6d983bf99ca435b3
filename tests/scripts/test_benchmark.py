"""The benchmark measures what it says: real searches, on an index that it makes and takes away."""

import re
import shutil
from collections.abc import Sequence
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.encoder import DEFAULT_ENCODER
from scripts import benchmark
from scripts.benchmark import main
from scripts.benchmarks.encoding import measure
from scripts.benchmarks.keystrokes import enlarged, make_keystrokes
from scripts.benchmarks.measures import percentiles
from scripts.benchmarks.population import SentenceEncoder, make_people, make_queries, make_titles
from scripts.screenshots import HOW_TO_GET_CHROMIUM, PROGRAMS
from tests.factories import make_catalogue
from tests.fakes import KeywordEncoder
from tests.requirements import lacking


def test_percentiles_are_the_median_and_a_high_one() -> None:
    assert percentiles([*range(1, 101)]) == pytest.approx((50.5, 95.05))
    assert percentiles([*range(1, 101)], 99) == pytest.approx((50.5, 99.01))


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


def test_keystrokes_are_the_beginnings_of_titles_one_letter_after_another() -> None:
    typed = make_keystrokes(500)

    assert len(typed) == 500
    assert typed == make_keystrokes(500)
    assert all(len(later) == 1 or later[:-1] == before for before, later in pairwise(typed))


def test_a_catalogue_gets_as_many_titles_as_asked_for() -> None:
    catalogue = make_catalogue(KeywordEncoder("nurse"), {"Nurse": "29-1141.00", "Vet": "29-1131.00"})

    for count in (1, 2, 50):
        larger = enlarged(catalogue, count)
        assert len({title.title for title in larger.titles}) == len(larger.vectors) == count
        assert larger.titles[0] == catalogue.titles[0]


def test_the_sentence_encoder_gives_the_mean_of_the_sentences() -> None:
    encoder = SentenceEncoder(KeywordEncoder("nurse", "vet"))

    one, both = encoder.encode(["I am a nurse.", "I am a nurse. I was a vet."])

    assert one[1] == 1
    np.testing.assert_allclose(both[[1, 2]], np.sqrt(0.5), atol=1e-6)


@pytest.mark.usefixtures("few_job_titles")
def test_a_search_benchmark_prints_a_row_a_size(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--people", "30", "60", "--queries", "5"]) == 0

    rows = [line for line in capfd.readouterr().out.splitlines() if line.startswith("|")]
    assert [row.split("|")[1].strip() for row in rows] == ["people", "---", "30", "60"]
    assert rows[2].count(" ms ") == 2


@pytest.mark.usefixtures("few_job_titles")
def test_an_import_benchmark_prints_each_rate(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--people", "20"]) == 0

    *_, row = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"\| 20 (\| [\d,]+ ){3}\|", row), row
    rates = [float(cell.replace(",", "")) for cell in row.split("|")[2:5]]
    assert len(rates) == 3
    assert min(rates) > 0


def test_titles_are_distinct() -> None:
    assert len(set(make_titles(10_000))) == 10_000


def rows(out: str) -> list[list[str]]:
    """Return the cells of the table's rows."""
    _, *lines = [line for line in out.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def test_the_shipped_encoder_is_measured_alone_where_there_is_nothing_to_compare_with(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["encoder", "--queries", "40", "--titles", "60"]) == 0

    out = capsys.readouterr().out
    assert "Without --against" in out
    ((name, latency, rate),) = rows(out)
    p50, _, p99, _ = latency.split()
    assert name == DEFAULT_ENCODER.name
    assert 0 < float(p50) <= float(p99)
    assert float(rate.replace(",", "")) > 0


def test_a_comparison_without_its_extra_says_so_and_measures_the_shipped_encoder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark, "find_spec", {}.get)

    assert main(["encoder", "--against", "any", "--queries", "20", "--titles", "20"]) == 0

    out = capsys.readouterr().out
    assert "needs the extra `train`" in out
    assert [name for name, *_ in rows(out)] == [DEFAULT_ENCODER.name]


def test_encoders_take_turns_and_embed_every_query_and_title() -> None:
    one, other = Noting(), Noting()

    speeds = measure({"one": one, "other": other}, ["a", "b", "c"], ["d", "e"], threads=1)

    assert {name: len(speed.queries) for name, speed in speeds.items()} == {"one": 3, "other": 3}
    assert set(one.seen) == set(other.seen) == set("abcde")


class Noting(KeywordEncoder):
    """Notes the texts that it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen += texts
        return super().encode(texts)


@pytest.mark.usefixtures("few_job_titles")
def test_a_benchmark_of_suggestions_prints_both_latencies(capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["--people", "20", "--titles", "500", "--keystrokes", "30"]
    assert main(["suggest", *arguments]) == 0

    ((people, titles, inside, outside),) = rows(capfd.readouterr().out)
    assert (people, titles) == ("20", "500")
    for latency in (inside, outside):
        p50, _, p95, _ = latency.split()
        assert 0 < float(p50) <= float(p95)


@pytest.mark.browser
@pytest.mark.usefixtures("few_job_titles")
def test_a_benchmark_of_pages_prints_weight_first_paint_and_rendering(capfd: pytest.CaptureFixture[str]) -> None:
    if not any(map(shutil.which, PROGRAMS)):
        lacking("There is no Chromium here.", HOW_TO_GET_CHROMIUM)

    assert main(["pages", "--people", "30", "--queries", "20"]) == 0

    ((people, sent, requests, first_paint, html),) = rows(capfd.readouterr().out)
    assert people == "30"
    assert 5 < float(sent.removesuffix(" kB")) < 60
    # The page, its style, its icon and its scripts.
    assert re.fullmatch(r"[5-9], 0", requests)
    for latency in (first_paint, html):
        usual, _, rare, _ = latency.split()
        assert 0 < float(usual) <= float(rare)


def test_without_chromium_pages_are_not_measured_and_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert main(["pages", "--people", "20", "--queries", "5"]) == 2

    assert "apt-get install chromium" in capsys.readouterr().err


def test_an_engine_that_does_not_answer_is_an_error_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--people", "20", "--engine", "http://127.0.0.1:1"]) == 2

    assert "does not answer" in capsys.readouterr().err
