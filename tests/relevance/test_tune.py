import numpy as np
import pytest
from hypothesis import given

from indexer.engines import Retrieved
from scripts.relevance.dream_job import TODAY, Found
from scripts.relevance.queries import Kind, Query
from scripts.relevance.tune import (
    Setting,
    collect,
    floor_by_certainty,
    floor_table,
    grid,
    quality,
    scores,
    without_relevant,
)
from service.search.rank import AVAILABILITY, rank
from service.search.wanted import Wanted
from tests.candidates import candidate, pools, retrieved

SETTING = Setting(title=0.5, profile=0.2, lexical=0.3, occupation=0.4, past=0.9)
WANTED = Wanted(0.5, {"29-1141.00": 1.0, "29-1161.00": 0.5})


def found(pool: Retrieved, kind: Kind = Kind.TITLE, **grades: int) -> Found:
    return Found(Query(kind, "29-1141.00", "nurse"), grades, pool, retrieved([]), WANTED)


@given(pools(), pools())
def test_the_scores_are_the_relevance_of_the_ranking(first: Retrieved, second: Retrieved) -> None:
    signals = collect([found(first), found(second), found(retrieved([candidate("a", 0.5)]))])

    weights = {"title": 0.5, "profile": 0.2, "lexical": 0.3}
    for row, pool in zip(scores(signals, SETTING), (first, second), strict=False):
        ranked = rank(pool, WANTED, TODAY, weights=weights, occupation=0.4, past=0.9, floor=0)
        relevance = {
            one.id: (sum(one.signals.values()) - one.signals["availability"]) / (1 - AVAILABILITY)
            for one in ranked
        }
        expected = [min(1, relevance[id_]) for id_ in sorted(relevance)]
        assert len(expected) == len(pool.candidates)
        assert row[: len(expected)] == pytest.approx(expected, abs=1e-9)
        assert (row[len(expected) :] < 0).all()


def test_quality_is_the_mean_of_the_kinds_and_follows_the_weights() -> None:
    people = retrieved([candidate("right", 0.2, bm25=8), candidate("wrong", 0.9, bm25=1)])
    signals = collect([found(people, Kind.TITLE, right=3), found(people, Kind.TASK, wrong=3)])

    by_words = quality(signals, Setting(title=0, profile=0, lexical=1, occupation=0, past=1))
    by_title = quality(signals, Setting(title=1, profile=0, lexical=0, occupation=0, past=1))

    second = 1 / np.log2(3)
    assert (by_words["title"], by_words["task"]) == pytest.approx((1, second))
    assert (by_title["title"], by_title["task"]) == pytest.approx((second, 1))
    assert by_words["all kinds"] == pytest.approx((1 + second) / 2)
    assert by_words["recall@50"] == 1


def test_the_grid_holds_every_mixture_once_and_each_sums_to_1() -> None:
    settings = grid(step=0.5, occupations=(0.0, 0.4), pasts=(1.0,))

    assert len(settings) == len(set(settings)) == 12
    assert all(one.title + one.profile + one.lexical == pytest.approx(1) for one in settings)


def test_the_floor_is_judged_by_who_it_loses_and_by_what_it_leaves_empty() -> None:
    people = retrieved([candidate("right", 0.6), candidate("weak", 0.2), candidate("wrong", 0.4)])
    signals = collect([found(people, right=3, weak=3)])
    alone = Setting(title=1, profile=0, lexical=0, occupation=0, past=1)
    values, unanswerable = scores(signals, alone), scores(without_relevant(signals), alone)

    low, middle, high = floor_table(values, signals, unanswerable, np.array([[0.3]]), [0.1, 0.5, 0.7])

    assert (low["lost, titles"], low["unanswerable"], low["nonsense"]) == (0, 0, 0)
    assert (middle["lost, titles"], middle["unanswerable"], middle["nonsense"]) == (0.5, 1, 1)
    assert (middle["empty, titles"], high["empty, titles"]) == (0, 1)


def test_words_count_against_the_best_of_all_even_where_those_are_left_out() -> None:
    people = retrieved([candidate("right", 0.0, bm25=8), candidate("wrong", 0.0, bm25=2)])
    signals = collect([found(people, right=3)])

    left = scores(without_relevant(signals), Setting(title=0, profile=0, lexical=1, occupation=0, past=1))

    assert left.tolist() == [[-1, 0.25]]


def test_the_floor_is_told_apart_by_how_surely_a_query_was_read() -> None:
    certainty = np.array([0.1, 0.9, 1.0])
    values, unanswerable = np.array([[0.2], [0.9], [0.3]]), np.array([[0.5], [0.3], [0.3]])

    guessed, sure = floor_by_certainty(values, unanswerable, certainty, 0.4)

    assert guessed == {"from": 0.0, "queries": 1, "unanswerable": 0.0, "empty": 1.0}
    assert sure == {"from": 0.8, "queries": 2, "unanswerable": 1.0, "empty": 0.5}
