"""Searches the ranking's weights and its floor: raw signals are collected once, then scored as arrays.

`scores` is the relevance of service.search.rank over arrays; a test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scripts.relevance.dream_job import SAME, TODAY, Found
from scripts.relevance.metrics import dcg
from service.search.rank import held_worth

Floats = NDArray[np.float64]

# Wishes that no job answers: above the floor nobody should be shown for them.
NONSENSE = (
    *("asdf qwertz", "xxx", "lorem ipsum dolor sit amet", "123456", "aaaaaaaaaa", "foo bar baz", "zzyzx blorp"),
    *("pizza with pineapple", "the weather tomorrow", "how tall is the Eiffel Tower", "cheap flights to Rome"),
    *("unicorn", "dragon rider", "wizard at Hogwarts", "king of the moon", "vampire hunter", "time traveller"),
    *("my cat is grey", "purple", "happy birthday", "what is love", "bicycle tyre 28 inch", "select * from users"),
    *("lottery winner", "world peace", "chocolate cake recipe", "football results", "good morning", "no idea"),
)
# The score of a place in the arrays that no candidate fills.
_NOBODY = -1.0


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Raw signals of q queries with up to c candidates, sorted by id, of up to p positions.

    `title` and what the position's `occupation` is worth are (q, c, p), zeros where there is no position. So are
    `held` and `held_past`: with a setting's `past` a position counts held + past * held_past for when it was held.
    `certainty` (q,) is that of the query's reading, `ideal` (q,) the DCG@10 of the best order, `same`
    (q,) the number of all people of grade 3. `best_bm25` (q,) is that of everybody. All others are (q, c).
    """

    kinds: list[str]
    somebody: NDArray[np.bool_]
    title: Floats
    occupation: Floats
    held: Floats
    held_past: Floats
    certainty: Floats
    profile: Floats
    bm25: Floats
    best_bm25: Floats
    grades: NDArray[np.int64]
    ideal: Floats
    same: Floats


@dataclass(frozen=True, slots=True)
class Setting:
    """The weights of three signals, which sum to 1, that of a certain occupation, and what a past job counts."""

    title: float
    profile: float
    lexical: float
    occupation: float
    past: float


def collect(found: Sequence[Found]) -> Signals:
    """Return the signals of what an engine found."""
    width = max(len(one.retrieved.candidates) for one in found)
    most = max((len(c.positions) for one in found for c in one.retrieved.candidates), default=1)
    title, occupation = np.zeros((len(found), width, most)), np.zeros((len(found), width, most))
    held, held_past = np.zeros((len(found), width, most)), np.zeros((len(found), width, most))
    profile, bm25 = np.zeros((len(found), width)), np.zeros((len(found), width))
    grades = np.zeros((len(found), width), np.int64)
    somebody = np.zeros((len(found), width), np.bool_)
    for row, one in enumerate(found):
        for column, candidate in enumerate(sorted(one.retrieved.candidates, key=lambda candidate: candidate.id)):
            place = row, column
            somebody[place] = True
            grades[place] = one.grades.get(candidate.id, 0)
            profile[place], bm25[place] = candidate.profile_similarity, candidate.bm25
            for ordinal, (position, years) in enumerate(
                zip(candidate.positions, candidate.facts.years, strict=True)
            ):
                cell = *place, ordinal
                title[cell] = position.similarity
                occupation[cell] = one.wanted.shares.get(position.occupation, 0.0)
                held[cell] = held_worth(years, 0.0, TODAY.year)
                held_past[cell] = held_worth(years, 1.0, TODAY.year) - held[cell]
    everybody = [sorted(one.grades.values(), reverse=True)[:10] for one in found]
    return Signals(
        kinds=[one.query.kind for one in found],
        somebody=somebody,
        title=np.clip(title, 0.0, 1.0),
        occupation=occupation,
        held=held,
        held_past=held_past,
        certainty=np.array([one.wanted.certainty for one in found]),
        profile=np.clip(profile, 0.0, 1.0),
        bm25=bm25,
        best_bm25=np.array([one.retrieved.best_bm25 for one in found]),
        grades=grades,
        ideal=np.array([dcg(best) for best in everybody]),
        same=np.array([sum(grade == SAME for grade in one.grades.values()) for one in found], np.float64),
    )


def without_relevant(signals: Signals) -> Signals:
    """Return the same without everybody whose grade is above 0: what unanswerable queries would find."""
    left = signals.somebody & (signals.grades == 0)
    return replace(signals, somebody=left, bm25=np.where(left, signals.bm25, 0.0))


def title_values(signals: Signals, past: float) -> Floats:
    """Return everybody's best title (q, c), and _NOBODY in empty places."""
    return np.where(signals.somebody, (signals.title * _now(signals, past)).max(axis=2), _NOBODY)


def _now(signals: Signals, past: float) -> Floats:
    return signals.held + past * signals.held_past


def scores(signals: Signals, setting: Setting) -> Floats:
    """Return everybody's score (q, c), and _NOBODY in empty places."""
    best = signals.best_bm25[:, None]
    lexical = np.divide(signals.bm25, best, out=np.zeros_like(signals.bm25), where=best > 0)
    of_occupation = (setting.occupation * signals.certainty)[:, None]
    rest = 1 - of_occupation
    position = rest[:, :, None] * setting.title * signals.title + of_occupation[:, :, None] * signals.occupation
    score = (position * _now(signals, setting.past)).max(axis=2) + rest * (
        setting.profile * signals.profile + setting.lexical * lexical
    )
    return np.where(signals.somebody, np.minimum(1.0, score), _NOBODY)


def quality(signals: Signals, setting: Setting) -> dict[str, float]:
    """Return nDCG@10 of every kind and "all kinds", their mean, and "recall@50" likewise; no floor."""
    order = np.argsort(-scores(signals, setting), axis=1, kind="stable")[:, :50]
    first = np.take_along_axis(signals.grades, order, axis=1)
    discounts = 1 / np.log2(np.arange(2, 12))[: first.shape[1]]
    gains = ((2.0 ** first[:, :10] - 1) * discounts).sum(axis=1)
    return _by_kind(signals.kinds, gains / signals.ideal) | {
        "recall@50": _by_kind(signals.kinds, (first == SAME).sum(axis=1) / signals.same)["all kinds"]
    }


def _by_kind(kinds: Sequence[str], values: Floats) -> dict[str, float]:
    labels = np.array(kinds)
    means = {kind: float(values[labels == kind].mean()) for kind in dict.fromkeys(kinds)}
    return {"all kinds": sum(means.values()) / len(means)} | means


def grid(
    step: float = 0.1,
    occupations: Sequence[float] = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6),
    pasts: Sequence[float] = (0.9, 1.0),
) -> list[Setting]:
    """Return every setting whose weights are multiples of `step`, with each of `occupations` and `pasts`."""
    parts = round(1 / step)
    return [
        Setting(
            round(title * step, 4),
            round(profile * step, 4),
            round((parts - title - profile) * step, 4),
            occupation,
            past,
        )
        for title in range(parts + 1)
        for profile in range(parts + 1 - title)
        for occupation in occupations
        for past in pasts
    ]


def floor_table(
    values: Floats, signals: Signals, unanswerable: Floats, nonsense: Floats, floors: Sequence[float]
) -> list[dict[str, float]]:
    """Return what each floor does; `values` (q, c) are what it is held against, scores or title signals.

    "unanswerable" and "nonsense" are the shares of such queries that show nobody, "lost" is the share of the
    people of grade 3 among the candidates who are not shown, and "empty" the share of answerable queries that
    show nobody: for titles and misspelt ones, and for texts.
    """
    is_text = np.isin(np.array(signals.kinds), ("description", "task"))
    same = signals.somebody & (signals.grades == SAME)
    rows = []
    for floor in floors:
        shown = values >= floor
        row = {
            "floor": floor,
            "unanswerable": float((unanswerable < floor).all(axis=1).mean()),
            "nonsense": float((nonsense < floor).all(axis=1).mean()),
        }
        for name, chosen in (("titles", ~is_text), ("texts", is_text)):
            if chosen.any():
                found = shown[chosen][same[chosen]]
                row[f"lost, {name}"] = float(1 - found.mean()) if found.size else 0.0
                row[f"empty, {name}"] = float((~shown[chosen]).all(axis=1).mean())
        rows.append(row)
    return rows


# Where readings are told apart: hardly a guess, a guess, likely, and sure (“We read this as”).
_CERTAINTIES = (0.0, 0.2, 0.5, 0.8, 1.0)


def floor_by_certainty(
    values: Floats, unanswerable: Floats, certainty: Floats, floor: float
) -> list[dict[str, float]]:
    """Return what `floor` does to queries that were read for sure and to those that were not.

    The shares that show nobody: of those for a job nobody has, and of those for which there is somebody.
    """
    rows = []
    for low, high in pairwise(_CERTAINTIES):
        chosen = (certainty >= low) & ((certainty < high) | (high == _CERTAINTIES[-1]))
        if chosen.any():
            rows.append(
                {
                    "from": low,
                    "queries": int(chosen.sum()),
                    "unanswerable": float((unanswerable[chosen] < floor).all(axis=1).mean()),
                    "empty": float((values[chosen] < floor).all(axis=1).mean()),
                }
            )
    return rows
