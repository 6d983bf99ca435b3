"""service/search/search.py: encode, retrieve, rank, load, say why."""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.document import unread
from indexer.engines import Engine, Filters, open_engine
from indexer.errors import EncoderError, IndexMismatch, IndexMissing
from indexer.indexing import ImportReport, import_profiles
from indexer.profile import Profile
from service.search import Searcher, SearchRequest
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
