"""What every engine promises of the counts of searches (indexer/engines/demand.py)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from indexer.engines import Engine, SearchCounts
from indexer.engines.demand import KEPT_FOR
from indexer.errors import IndexMissing

TODAY = date(2026, 11, 24)
NURSE, VET = "29-1141.00", "29-1131.00"


@pytest.fixture
def engine(another: Callable[[], Engine]) -> Engine:
    engine = another()
    engine.create("any", 3)
    return engine


def test_counts_of_a_day_add_up(engine: Engine) -> None:
    engine.demand.add(TODAY, {NURSE: SearchCounts(3, 1), "": SearchCounts(1, 1)})
    engine.demand.add(TODAY, {NURSE: SearchCounts(2, 0), VET: SearchCounts(1, 0)})

    assert engine.demand.since(TODAY) == {
        NURSE: SearchCounts(5, 1),
        VET: SearchCounts(1, 0),
        "": SearchCounts(1, 1),
    }


def test_days_add_up_from_the_one_asked_for(engine: Engine) -> None:
    for days, searches in enumerate([1, 10, 100]):
        engine.demand.add(TODAY - timedelta(days=days), {NURSE: SearchCounts(searches, 1)})

    assert engine.demand.since(TODAY - timedelta(days=1)) == {NURSE: SearchCounts(11, 2)}


def test_nothing_was_searched_for_at_first(engine: Engine) -> None:
    assert engine.demand.since(TODAY) == {}


def test_no_counts_change_nothing(engine: Engine) -> None:
    engine.demand.add(TODAY, {})

    assert engine.demand.since(TODAY) == {}


def test_old_days_are_forgotten(engine: Engine) -> None:
    engine.demand.add(TODAY - KEPT_FOR - timedelta(days=1), {NURSE: SearchCounts(1, 0)})
    engine.demand.add(TODAY - KEPT_FOR, {VET: SearchCounts(1, 0)})

    engine.demand.add(TODAY, {"": SearchCounts(1, 1)})

    assert engine.demand.since(date.min) == {VET: SearchCounts(1, 0), "": SearchCounts(1, 1)}


def test_processes_that_count_at_once_lose_nothing(engine: Engine, another: Callable[[], Engine]) -> None:
    processes = [another() for _ in range(8)]

    def count(process: Engine) -> None:
        for _ in range(5):
            process.demand.add(TODAY, {NURSE: SearchCounts(2, 1)})

    with ThreadPoolExecutor(len(processes)) as threads:
        list(threads.map(count, processes))

    assert engine.demand.since(TODAY) == {NURSE: SearchCounts(80, 40)}


def test_a_missing_index_counts_nothing(another: Callable[[], Engine]) -> None:
    empty = another()

    with pytest.raises(IndexMissing):
        empty.demand.add(TODAY, {NURSE: SearchCounts(1, 0)})
    with pytest.raises(IndexMissing):
        empty.demand.since(TODAY)
