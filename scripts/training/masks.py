"""Which in-batch negatives are no negatives: texts of the same job, or of one that means nearly the same."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.training.pairs import Pair
from scripts.training.sources import Group, singular_form


@dataclass(frozen=True, slots=True)
class Meaning:
    """The groups that a pair's texts belong to, and those that are too near to them to count as wrong."""

    anchor: frozenset[str]
    positive: frozenset[str]
    negative: frozenset[str]
    not_wrong: frozenset[str]


def meanings(pairs: Sequence[Pair], groups: Sequence[Group]) -> list[Meaning]:
    """Return the meaning of each pair."""
    near = {group.key: group.near for group in groups}
    keys_of: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for title in group.titles:
            keys_of[singular_form(title)].add(group.key)

    def groups_of(text: str | None) -> set[str]:
        key = singular_form(text or "")
        return keys_of.get(key, set()) | {key}  # the text itself too: a misspelt or hand-made one has no group

    found = []
    for pair in pairs:
        own = ({pair.key} if pair.key else set()) | groups_of(pair.positive)
        anchor = groups_of(pair.anchor) | own
        not_wrong = anchor.union(*(near.get(key, ()) for key in anchor))
        found.append(
            Meaning(frozenset(anchor), frozenset(own), frozenset(groups_of(pair.negative)), frozenset(not_wrong))
        )
    return found


def wrong_answers(batch: Sequence[Meaning], candidates: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    """Return for each pair (row) and candidate text (column) whether it is a wrong answer."""
    return np.array([[one.not_wrong.isdisjoint(keys) for keys in candidates] for one in batch], dtype=bool)
