"""What is looked for is counted beside the searches: numbers alone, none lost, and never in their way."""

import threading
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import SearchCounts
from indexer.errors import EngineUnavailable
from indexer.titles.understanding import QueryKind, Reading, Understanding
from service.search import demand as module
from service.search.demand import FEW, DemandCounter

TODAY = date(2026, 11, 25)


class Store:
    """Adds up as an engine does; while it is `broken` it takes nothing."""

    def __init__(self) -> None:
        self.broken = False
        self.counts: dict[tuple[date, str], SearchCounts] = {}

    def add(self, day: date, counts: Mapping[str, SearchCounts]) -> None:
        if self.broken:
            raise EngineUnavailable("The index cannot be used now.")
        for code, new in counts.items():
            old = self.counts.get((day, code), SearchCounts(0, 0))
            self.counts[day, code] = SearchCounts(old.searches + new.searches, old.in_vain + new.in_vain)

    def since(self, day: date) -> dict[str, SearchCounts]:
        return {code: counts for (on, code), counts in self.counts.items() if on >= day}


def read(*codes: str) -> Understanding:
    readings = tuple(Reading(code, code.title(), 0.9, code) for code in codes)
    return Understanding("any words", "any words", QueryKind.ALIAS, readings)


def test_the_first_reading_counts_and_few_people_are_in_vain() -> None:
    store = Store()
    counter = DemandCounter(store)
    for close in (FEW, FEW - 1, 0):
        counter.count(read("vet", "nurse"), close, TODAY)
    counter.count(read(), 0, TODAY)
    counter.write()

    assert store.since(TODAY) == {"vet": SearchCounts(3, 2), "": SearchCounts(1, 1)}


def test_nothing_is_written_before_a_minute_is_over_and_then_by_another_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, now, written_by = Store(), [0.0], []
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    add, done = store.add, threading.Event()

    def noted(day: date, counts: Mapping[str, SearchCounts]) -> None:
        add(day, counts)
        written_by.append(threading.current_thread())
        done.set()

    monkeypatch.setattr(store, "add", noted)
    counter = DemandCounter(store)
    counter.count(read("vet"), 0, TODAY)
    now[0] = 59.0
    counter.count(read("vet"), 0, TODAY)
    assert store.counts == {}
    now[0] = 61.0
    counter.count(read("vet"), 0, TODAY)

    assert done.wait(10)
    assert store.since(TODAY) == {"vet": SearchCounts(3, 3)}
    assert written_by != [threading.main_thread()]


def test_what_could_not_be_written_is_written_next_time(caplog: pytest.LogCaptureFixture) -> None:
    store = Store()
    counter = DemandCounter(store)
    counter.count(read("vet"), 0, TODAY)
    store.broken = True
    counter.write()
    assert "not written yet" in caplog.text
    store.broken = False
    counter.count(read("vet"), FEW, TODAY)
    counter.write()
    counter.write()

    assert store.since(TODAY) == {"vet": SearchCounts(2, 1)}


@given(st.lists(st.tuples(st.sampled_from(["vet", "nurse", ""]), st.integers(0, 9), st.booleans(), st.booleans())))
def test_no_search_is_lost_or_counted_twice(searches: list[tuple[str, int, bool, bool]]) -> None:
    store = Store()
    counter = DemandCounter(store)
    for code, close, write, broken in searches:
        counter.count(read(code) if code else read(), close, TODAY)
        store.broken = broken
        if write:
            counter.write()
    store.broken = False
    counter.write()

    assert {code: counts.searches for code, counts in store.since(TODAY).items()} == {
        code: sum(one[0] == code for one in searches) for code in {one[0] for one in searches}
    }
    assert sum(counts.in_vain for counts in store.since(TODAY).values()) == sum(one[1] < FEW for one in searches)
