"""Who is seen: a month of searches on a board with many equals, and how evenly the first page is shared."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from indexer.taxonomy import Occupation
from scripts.relevance.dream_job import Grades
from scripts.relevance.metrics import ndcg
from scripts.relevance.people import Person, make_people
from service.search.order import NEAR, SAME_COMPANY, by_relevance, company
from service.search.rank import Ranked

# A board on which a first page cannot show all who fit: 60 people for each of 50 occupations, with three titles in
# use, so that some 20 hold the title that is searched for.
OCCUPATIONS, PEOPLE, TITLES = 50, 60, 3
SEARCHES, DAYS, PAGE = 10_000, 30, 10
_FIRST_DAY = date(2026, 1, 1)
_SEED = 43
_COMPANIES = 30


@dataclass(frozen=True, slots=True)
class Wish:
    """A title that is searched for: who ranks for it, everybody's grade, and who holds that very title now."""

    ranked: Sequence[Ranked]
    grades: Grades
    equals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is ordered: see by_relevance."""

    near: float
    colleagues: float


# The plain order; the one that is served; that without mixing companies; and others to choose from.
ORDERS = (
    Order(0, 0),
    Order(NEAR, SAME_COMPANY),
    Order(NEAR, 0),
    Order(NEAR / 2, SAME_COMPANY),
    Order(NEAR * 2, SAME_COMPANY),
    Order(NEAR, SAME_COMPANY * 2),
)


def make_board(
    occupations: Sequence[Occupation], borne: Mapping[str, Sequence[str]], codes: Sequence[str]
) -> list[Person]:
    """Return people of `codes` who share few titles, and 30 companies of which the largest has a quarter."""
    rng = random.Random(_SEED)  # noqa: S311  (made-up people, no secrets)
    names = [f"Company {number}" for number in range(1, _COMPANIES + 1)]
    weights = [1 / rank for rank in range(1, _COMPANIES + 1)]  # Zipf
    few = {code: borne[code][:TITLES] for code in codes}
    return [
        replace(
            person,
            profile=replace(
                person.profile,
                positions=tuple(
                    replace(position, company=rng.choices(names, weights)[0])
                    for position in person.profile.positions
                ),
            ),
        )
        for person in make_people(occupations, few, PEOPLE)
    ]


def holders(people: Iterable[Person]) -> dict[str, frozenset[str]]:
    """Return for each title who holds it now."""
    held: dict[str, set[str]] = {}
    for person in people:
        for position in person.profile.positions:
            if position.current:
                held.setdefault(position.title, set()).add(person.profile.id)
    return {title: frozenset(ids) for title, ids in held.items()}


def simulate(wishes: Sequence[Wish], order: Order, track: Callable[[range], Iterable[int]]) -> dict[str, float]:
    """Return what a month of SEARCHES for `wishes`, some of them popular, shows on its first pages.

    "Gini": how unevenly those who hold the very title that is searched for are shown, 0 where all equally often,
    the mean over the searches. "nDCG@10" is the mean of the pages. "one company": how many of the first ten are of
    the commonest company among them.
    """
    rng = random.Random(_SEED)  # noqa: S311
    weights = [1 / rank for rank in range(1, len(wishes) + 1)]
    seen: list[Counter[str]] = [Counter() for _ in wishes]
    searches: Counter[int] = Counter()
    gains, most = [], []
    for number in track(range(SEARCHES)):
        asked = rng.choices(range(len(wishes)), weights)[0]
        day = _FIRST_DAY + timedelta(days=number * DAYS // SEARCHES)
        wish = wishes[asked]
        page = by_relevance(wish.ranked, day, f"{rng.random()}", near=order.near, colleagues=order.colleagues)[
            :PAGE
        ]
        searches[asked] += 1
        seen[asked].update(person.id for person in page)
        gains.append(ndcg([wish.grades.get(p.id, 0) for p in page], [*wish.grades.values()], PAGE))
        most.append(max(Counter(map(company, page)).values()))
    ginis = [gini([seen[asked][id_] for id_ in sorted(wishes[asked].equals)]) for asked in searches]
    return {
        "Gini": float(np.average(ginis, weights=[*searches.values()])),
        "nDCG@10": float(np.mean(gains)),
        "one company, mean": float(np.mean(most)),
        "one company, most": float(max(most)),
    }


def gini(counts: Sequence[int]) -> float:
    """Return the Gini coefficient of `counts`: 0 where all are equal, near 1 where one has all."""
    values = np.sort(np.array(counts, np.float64))
    if not values.sum():
        return 0.0
    places = np.arange(1, len(values) + 1)
    return float((2 * places - len(values) - 1) @ values / (len(values) * values.sum()))
