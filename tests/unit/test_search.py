"""service/search/search.py: encode, retrieve, rank, load, say why."""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.document import unread
from indexer.engines import Engine, Filters, open_engine
from indexer.errors import EncoderError, IndexMismatch, IndexMissing
from indexer.indexing import ImportReport, import_profiles
from indexer.profile import Profile
from service.search import SearchAnswer, Searcher, SearchRequest
from service.search.cursor import read
from tests.factories import make_profile, make_searcher
from tests.fakes import KeywordEncoder

TODAY = date(2026, 11, 24)


class CountingEncoder(KeywordEncoder):
    """Remembers what it was asked, and fails while `broken`."""

    def __init__(self, *keywords: str) -> None:
        super().__init__(*keywords)
        self.asked: list[str] = []
        self.broken = False

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        if self.broken:
            raise EncoderError("The encoder failed: out of memory.")
        return super().encode(texts)


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder("nurse", "vet", "pilot")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(open_engine(f"sqlite:///{tmp_path}/index.db")) as engine:
        yield engine


@pytest.fixture
def index(engine: Engine) -> Callable[..., None]:
    def imported(*profiles: Profile) -> None:
        encoder = KeywordEncoder("nurse", "vet", "pilot")
        import_profiles(profiles, engine, lambda: encoder, unread, ImportReport())

    return imported


@pytest.fixture
def searcher(engine: Engine, encoder: CountingEncoder) -> Searcher:
    return make_searcher(engine, lambda: encoder)


Index = Callable[..., None]


def ids(searcher: Searcher, query: str, *, today: date = TODAY, page: int = 1, per_page: int = 10) -> list[str]:
    answer = searcher.search(SearchRequest(query, page=page, per_page=per_page), today)
    return [result.profile.id for result in answer.results]


def test_the_nearest_people_come_first_with_position_and_reasons(searcher: Searcher, index: Index) -> None:
    index(
        make_profile("ann", positions=[{"title": "Pilot"}, {"title": "Nurse", "end": "2020"}]),
        make_profile("bob", "Nurse", chat_minutes=[15]),
    )

    answer = searcher.search(SearchRequest("nurse"), TODAY)

    assert [(r.profile.id, r.position.title) for r in answer.results] == [("bob", "Nurse"), ("ann", "Nurse")]
    assert answer.results[0].reasons == ["Nurse", "Open to 15-minute chats"]
    assert (answer.total, answer.eligible, answer.degraded) == (2, 2, False)


def test_meaning_is_found_where_no_word_is_shared(searcher: Searcher, index: Index, engine: Engine) -> None:
    index(make_profile("ann", "Nurse"), make_profile("bob", "Baker", bio="Bread"))

    # To this encoder all texts without a keyword mean the same.
    assert ids(searcher, "pâtissier") == ["bob"]


def test_filters_and_the_day_reach_the_engine(searcher: Searcher, index: Index) -> None:
    index(make_profile("ann", country="FR"), make_profile("bob", country="GB", paused_until="2026-12-01"))

    french = searcher.search(SearchRequest("nurse", Filters(countries=("FR",))), TODAY)

    assert (french.eligible, [result.profile.id for result in french.results]) == (1, ["ann"])
    assert ids(searcher, "nurse") == ["ann"]
    assert sorted(ids(searcher, "nurse", today=date(2026, 12, 1))) == ["ann", "bob"]


def test_pages_are_cut_from_one_order(searcher: Searcher, index: Index) -> None:
    index(*(make_profile(f"p{n}") for n in range(5)))

    (all_of_them, *pages) = [
        ids(searcher, "nurse", page=page, per_page=size)
        for page, size in ((1, 5), (1, 2), (2, 2), (3, 2), (10**9, 2))
    ]

    assert sorted(all_of_them) == [f"p{n}" for n in range(5)]
    assert pages == [all_of_them[:2], all_of_them[2:4], all_of_them[4:], []]


def test_a_query_is_encoded_once_however_it_is_spaced(
    searcher: Searcher, index: Index, encoder: CountingEncoder
) -> None:
    index(make_profile("ann"))

    for query in ("vet nurse", " vet  nurse\n", "vet nurse\u200b"):
        assert ids(searcher, query) == ["ann"]

    assert encoder.asked == ["vet nurse"]


def test_when_the_encoder_fails_words_decide_and_the_answer_and_the_log_say_so(
    searcher: Searcher, index: Index, encoder: CountingEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    index(make_profile("ann", "Nurse"), make_profile("bob", "Pilot"))
    encoder.broken = True

    answer = searcher.search(SearchRequest("nurse"), TODAY)

    assert answer.degraded
    (only,) = answer.results
    assert only.profile.id == "ann"
    assert {name for name, signal in only.signals.items() if signal} == {"lexical", "availability"}
    assert "out of memory" in caplog.text


def test_an_encoder_that_recovers_is_used_again(
    searcher: Searcher, index: Index, encoder: CountingEncoder
) -> None:
    index(make_profile("ann"))
    encoder.broken = True
    assert searcher.search(SearchRequest("nurse"), TODAY).degraded

    encoder.broken = False

    assert not searcher.search(SearchRequest("nurse"), TODAY).degraded


def test_an_encoder_that_cannot_be_opened_degrades_too(engine: Engine, index: Index) -> None:
    def missing() -> KeywordEncoder:
        raise EncoderError("There is no encoder.")

    index(make_profile("ann"))

    assert make_searcher(engine, missing).search(SearchRequest("nurse"), TODAY).degraded


def test_an_index_of_another_encoder_is_refused_rather_than_compared(engine: Engine, index: Index) -> None:
    index(make_profile("ann"))
    other = KeywordEncoder("nurse")

    with pytest.raises(IndexMismatch, match="made with the encoder keywords:nurse,vet,pilot"):
        make_searcher(engine, lambda: other).search(SearchRequest("nurse"), TODAY)


def test_a_missing_index_is_refused(searcher: Searcher) -> None:
    with pytest.raises(IndexMissing, match="import profiles"):
        searcher.search(SearchRequest("nurse"), TODAY)


class Interrupted:
    """An engine to which something happens between the search and the reading of profiles."""

    def __init__(self, engine: Engine, happens: Callable[[], object]) -> None:
        self._engine, self._happens = engine, happens
        self.search, self.titles = engine.search, engine.titles

    def get(self, ids: Collection[str]) -> dict[str, Profile]:
        self._happens()
        return self._engine.get(ids)


def test_who_is_deleted_in_between_is_left_out(engine: Engine, index: Index, encoder: CountingEncoder) -> None:
    index(make_profile("ann"), make_profile("bob"))
    interrupted = Interrupted(engine, lambda: engine.delete("ann", datetime.now(UTC)))

    assert ids(make_searcher(interrupted, lambda: encoder), "nurse") == ["bob"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [{"open_to_chats": "no"}, {"paused_until": "2099-01-01"}, {"monthly_capacity": 1, "chats_this_month": 1}],
)
def test_so_is_who_takes_the_yes_back_in_between(
    engine: Engine, index: Index, encoder: CountingEncoder, change: dict[str, Any]
) -> None:
    index(make_profile("ann"), make_profile("bob"))
    interrupted = Interrupted(engine, lambda: index(make_profile("ann", **change)))

    assert ids(make_searcher(interrupted, lambda: encoder), "nurse") == ["bob"]  # type: ignore[arg-type]


def test_threads_get_the_same_answer(searcher: Searcher, index: Index) -> None:
    index(*(make_profile(f"p{n}", "Vet nurse" if n % 2 else "Nurse") for n in range(20)))
    alone = ids(searcher, "nurse")

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda _: ids(searcher, "nurse"), range(40)))

    assert together == [alone] * 40


class TestWalking:
    """Page by page with cursors, while people change: nobody comes twice, and nobody who stayed is skipped."""

    @pytest.mark.parametrize("seed", range(8))
    def test_a_walk_meets_everybody_who_stayed_once(
        self, searcher: Searcher, engine: Engine, index: Index, seed: int
    ) -> None:
        rng = Random(seed)
        stay = [f"stay{n:02}" for n in range(15)]
        index(*(make_profile(id_) for id_ in stay), *(make_profile(f"change{n}") for n in range(10)))
        met: list[str] = []
        cursor = ""

        for turn in range(100):
            request = SearchRequest("nurse", per_page=3, seen=read(cursor) if cursor else None)
            answer = searcher.search(request, TODAY)
            met += [result.profile.id for result in answer.results]
            cursor = answer.next_page
            if not cursor:
                break
            whom = f"change{rng.randrange(10)}"
            if rng.random() < 0.4:
                engine.delete(whom, datetime(2026, 1, 1, tzinfo=UTC))
            else:
                later = datetime(2026, 11, 24, 12, turn % 60, tzinfo=UTC).isoformat()
                index(make_profile(whom, rng.choice(["Nurse", "Vet nurse", "Pilot"]), updated_at=later))
                index(make_profile(f"new{turn}", updated_at=later))

        assert len(met) == len(set(met))
        assert set(stay) <= set(met)

    def test_going_back_shows_the_same_people_again(self, searcher: Searcher, index: Index) -> None:
        index(*(make_profile(f"p{n:02}") for n in range(9)))

        def page(cursor: str) -> SearchAnswer:
            return searcher.search(
                SearchRequest("nurse", per_page=3, seen=read(cursor) if cursor else None), TODAY
            )

        first = page("")
        second = page(first.next_page)
        third = page(second.next_page)

        assert [third.page, third.next_page, second.previous_page, first.previous_page] == [3, "", "", ""]
        assert page(third.previous_page).results == second.results

    def test_a_page_by_its_number_and_a_walk_are_of_one_order(self, searcher: Searcher, index: Index) -> None:
        index(*(make_profile(f"p{n:02}") for n in range(9)))

        by_number = searcher.search(SearchRequest("nurse", page=2, per_page=3), TODAY)
        onward = searcher.search(SearchRequest("nurse", per_page=3, seen=read(by_number.next_page)), TODAY)

        assert [result.profile.id for result in onward.results] == ids(searcher, "nurse", page=3, per_page=3)
