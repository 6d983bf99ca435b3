"""BM25 is added up word by word, and is that of combined fields; what is kept has an end."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.sqlite import word_scores
from indexer.engines.sqlite.bm25 import Lengths
from indexer.engines.sqlite.schema import TABLES
from indexer.engines.sqlite.word_scores import WordScores
from tests.bm25 import combined_bm25

WORDS = ("nurse", "ward", "cplusplus", "or", "near", "set", "pilot")
TEXTS = [("nurse", "ward nurse"), ("set pilot", ""), ("cplusplus", "near set"), ("nurse or pilot", "set set set")]


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


def _scores(texts: list[tuple[str, str]]) -> WordScores:
    titles, about = (np.array([len(words.split()) for words in column]) for column in zip(*texts, strict=True))
    return WordScores(_rowids(len(texts)), Lengths(titles, about))


# Up to 150 words, since a byte keeps the lengths of short texts alone exactly.
text = st.tuples(st.lists(st.sampled_from(WORDS), max_size=6), st.integers(1, 25)).map(
    lambda words: " ".join(words[0] * words[1])
)


@settings(deadline=None)
@given(
    texts=st.lists(st.tuples(text, text), min_size=1, max_size=8),
    tokens=st.lists(st.sampled_from(WORDS), unique=True, min_size=1),
)
def test_the_total_of_some_words_is_the_sum_of_their_bm25_over_titles_and_the_rest(
    texts: list[tuple[str, str]], tokens: list[str]
) -> None:
    with closing(_filled(texts)) as connection:
        scores = _scores(texts)
        total = scores.total(connection, tuple(tokens))
        again = scores.total(connection, tuple(tokens))

    expected = np.sum([combined_bm25(token, texts) for token in tokens], axis=0)
    assert total == pytest.approx(expected, rel=1e-4)
    assert again.tolist() == total.tolist()


def test_a_word_is_found_in_its_other_forms_and_earns_the_same() -> None:
    texts = [("nurse", ""), ("pilot", "ward nurses"), ("pilot", "ward")]
    with closing(_filled(texts)) as connection:
        singular, plural = (_scores(texts).total(connection, (token,)).tolist() for token in ("nurse", "nurses"))

    assert np.flatnonzero(singular).tolist() == [0, 1]
    assert plural == singular


@pytest.mark.parametrize("token", ['a"b', "c++", "node.js", "or", "near"])
def test_no_word_is_taken_for_the_language_of_queries(token: str) -> None:
    texts = [(token, ""), ("pilot", "")]
    with closing(_filled(texts)) as connection:
        assert np.flatnonzero(_scores(texts).total(connection, (token,))).tolist() == [0]


def test_a_word_is_read_once(connection: sqlite3.Connection) -> None:
    scores = _scores(TEXTS)
    statements: list[str] = []
    connection.set_trace_callback(statements.append)

    for _ in range(3):
        scores.total(connection, ("nurse", "set"))

    assert len([one for one in statements if "group_concat" in one]) == 2


def test_who_is_not_in_the_snapshot_has_no_score(connection: sqlite3.Connection) -> None:
    everybody = _scores(TEXTS).total(connection, ("set",))

    some = WordScores(np.array([20, 40]), Lengths(np.array([2, 3]), np.array([0, 3])))
    nobody = WordScores(np.array([], np.int64), Lengths(np.array([], np.int64), np.array([], np.int64)))

    assert np.flatnonzero(everybody).tolist() == [1, 2, 3]
    assert np.flatnonzero(some.total(connection, ("set",))).tolist() == [0, 1]
    assert nobody.total(connection, ("set",)).tolist() == []


def test_no_words_score_nothing(connection: sqlite3.Connection) -> None:
    assert _scores(TEXTS).total(connection, ()).tolist() == [0, 0, 0, 0]


def test_what_is_kept_is_bounded_and_the_word_that_was_asked_longest_ago_goes_first(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_scores, "_MOST_KEPT", 5)
    scores = _scores(TEXTS)
    scores.total(connection, ("nurse", "set"))  # 2 and 3 people
    scores.total(connection, ("nurse",))
    scores.total(connection, ("cplusplus",))  # 1 more: "set" has to go
    statements: list[str] = []
    connection.set_trace_callback(statements.append)

    scores.total(connection, ("nurse", "cplusplus"))
    assert statements == []
    scores.total(connection, ("set",))
    assert statements
