"""BM25 is added up word by word, and is what FTS5 itself says; what is kept has an end."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.sqlite import word_scores
from indexer.engines.sqlite.schema import TABLES, match_expression
from indexer.engines.sqlite.word_scores import WordScores

WORDS = ("nurse", "nurses", "c++", 'a"b', "or", "near", "set", "designer")
TEXTS = [("nurse", "ward nurses"), ("set designer", ""), ("c++", "near set"), ("Nurse or designer", "set set set")]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(_filled(TEXTS)) as connection:
        yield connection


def _filled(texts: list[tuple[str, str]]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    connection.executemany("INSERT INTO profiles_fts (rowid, titles, about) VALUES (?, ?, ?)", _numbered(texts))
    return connection


def _numbered(texts: list[tuple[str, str]]) -> list[tuple[int, str, str]]:
    return [(10 * n, titles, about) for n, (titles, about) in enumerate(texts, start=1)]


def _rowids(count: int) -> np.ndarray:
    return np.arange(10, 10 * count + 1, 10)


text = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@settings(deadline=None)
@given(
    texts=st.lists(st.tuples(text, text), min_size=1, max_size=8),
    tokens=st.lists(st.sampled_from(WORDS), unique=True, min_size=1),
)
def test_the_total_of_some_words_is_what_fts5_says_of_them_together(
    texts: list[tuple[str, str]], tokens: list[str]
) -> None:
    with closing(_filled(texts)) as connection:
        any_of = " OR ".join(map(match_expression, tokens))
        together = dict(
            connection.execute("SELECT rowid, -rank FROM profiles_fts WHERE profiles_fts MATCH ?", (any_of,))
        )
        scores = WordScores(_rowids(len(texts)))
        total = scores.total(connection, tuple(tokens))
        again = scores.total(connection, tuple(tokens))

    expected = [together.get(rowid, 0.0) for rowid in _rowids(len(texts)).tolist()]
    assert total == pytest.approx(expected, abs=1e-8)
    assert again.tolist() == total.tolist()


def test_a_word_is_read_once(connection: sqlite3.Connection) -> None:
    scores = WordScores(_rowids(4))
    statements: list[str] = []
    connection.set_trace_callback(statements.append)

    for _ in range(3):
        scores.total(connection, ("nurse", "set"))

    assert len([one for one in statements if "group_concat" in one]) == 2


def test_who_is_not_in_the_snapshot_has_no_score(connection: sqlite3.Connection) -> None:
    everybody = WordScores(_rowids(4)).total(connection, ("set",))

    assert WordScores(np.array([10, 30])).total(connection, ("set",)).tolist() == everybody[[0, 2]].tolist()
    assert WordScores(np.array([], np.int64)).total(connection, ("set",)).tolist() == []


def test_no_words_score_nothing(connection: sqlite3.Connection) -> None:
    assert WordScores(_rowids(4)).total(connection, ()).tolist() == [0, 0, 0, 0]


def test_what_is_kept_is_bounded_and_the_word_that_was_asked_longest_ago_goes_first(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_scores, "_MOST_KEPT", 5)
    scores = WordScores(_rowids(4))
    scores.total(connection, ("nurse", "set"))  # 2 and 3 people
    scores.total(connection, ("nurse",))
    scores.total(connection, ("c++",))  # 1 more: "set" has to go
    statements: list[str] = []
    connection.set_trace_callback(statements.append)

    scores.total(connection, ("nurse", "c++"))
    assert statements == []
    scores.total(connection, ("set",))
    assert statements
