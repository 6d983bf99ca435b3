"""The pairs that training learns from. All choices are seeded, so the same data gives the same pairs."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from scripts.relevance.mask import mask, title_stems
from scripts.relevance.misspelling import misspelt
from scripts.training.sources import Group, singular_form
from scripts.training.spelling import spelling_pairs

# A title that this many groups share ("Operator", "Supervisor") says too little to learn from.
_TOO_COMMON = 4
_SHORTEST_TEXT = 5


class Kind(StrEnum):
    """What a batch is made of: pairs of one kind only, so a batch cannot be told apart by form."""

    ESCO_TITLES = "esco_titles"
    ONET_TITLES = "onet_titles"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How many pairs of what. A cap is per group: without it a few groups of 300 titles would rule."""

    esco_cap: int = 10
    onet_cap: int = 30
    texts_cap: int = 6
    misspelt_share: float = 0.1
    masked_share: float = 0.7
    texts: bool = True
    hard_negatives: bool = False
    seed: int = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts that mean one job, and one that does not. `key` names the group; a hand-made pair has none."""

    kind: Kind
    key: str
    anchor: str
    positive: str
    negative: str | None


def build_pairs(groups: Sequence[Group], recipe: Recipe) -> list[Pair]:
    """Return the pairs of every group, in the order of the groups, and the hand-made spellings last."""
    by_key = {group.key: group for group in groups}
    count: dict[str, int] = defaultdict(int)
    for group in groups:
        for title in group.titles:
            count[singular_form(title)] += 1
    common = {title for title, number in count.items() if number >= _TOO_COMMON}
    pairs: list[Pair] = []
    for group in groups:
        chance = random.Random(f"{recipe.seed} {group.key}")  # noqa: S311  # no secret: the same pairs every time
        pairs += _group_pairs(group, by_key, common, recipe, chance)
    chance = random.Random(recipe.seed)  # noqa: S311
    jobs = [group.titles[0] for group in groups]
    for anchor, positive in spelling_pairs():
        negative = chance.choice(jobs) if recipe.hard_negatives else None
        pairs.append(Pair(kind=Kind.ONET_TITLES, key="", anchor=anchor, positive=positive, negative=negative))
    return pairs


def _group_pairs(
    group: Group, by_key: Mapping[str, Group], common: set[str], recipe: Recipe, chance: random.Random
) -> Iterator[Pair]:
    is_onet = not group.key.startswith("http")
    kind = Kind.ONET_TITLES if is_onet else Kind.ESCO_TITLES
    titles = [title for title in group.titles if singular_form(title) not in common]
    couples = _couples(titles, recipe.onet_cap if is_onet else recipe.esco_cap, chance)
    couples += [pair for pair in group.abbreviations if singular_form(pair[0]) not in common]
    for first, second in couples:
        left, right = (first, second) if chance.random() < 0.5 else (second, first)
        if chance.random() < recipe.misspelt_share:
            left = misspelt(left, chance)
        negative = _negative(group, by_key, chance) if recipe.hard_negatives else None
        yield Pair(kind=kind, key=group.key, anchor=left, positive=right, negative=negative)
    if recipe.texts and titles:
        for text, title in _told(group, titles, recipe, chance):
            negative = _negative(group, by_key, chance) if recipe.hard_negatives else None
            yield Pair(kind=Kind.TEXTS, key=group.key, anchor=text, positive=title, negative=negative)


def _couples(titles: Sequence[str], cap: int, chance: random.Random) -> list[tuple[str, str]]:
    """Return up to `cap` couples: half with the first title, which names the group, and half of any two."""
    if len(titles) < 2:
        return []
    first, *others = titles
    with_first = [(first, other) for other in chance.sample(others, min(len(others), (cap + 1) // 2))]
    rest = list(combinations(others, 2))
    return with_first + chance.sample(rest, min(len(rest), cap - len(with_first)))


def _told(group: Group, titles: Sequence[str], recipe: Recipe, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Return texts that tell of the job, most with the title's words left out, each with a title."""
    if not group.texts:
        return
    description, *tasks = group.texts
    told = [description, description, *chance.sample(tasks, min(len(tasks), recipe.texts_cap - 2))]
    for text in told:
        title = titles[0] if chance.random() < 0.5 else chance.choice(titles)
        shown = mask(text, title_stems([title])) if chance.random() < recipe.masked_share else text
        if len(shown.split()) >= _SHORTEST_TEXT:
            yield shown, title


def _negative(group: Group, by_key: Mapping[str, Group], chance: random.Random) -> str:
    """Return a title of a neighbour that is no title of the group, or of any group where it has no neighbour."""
    own = {singular_form(title) for title in group.titles}
    for _ in range(10):
        key = chance.choice(group.neighbours) if group.neighbours else chance.choice(list(by_key))
        title = chance.choice(by_key[key].titles)
        if key not in group.near and key != group.key and singular_form(title) not in own:
            return title
    return chance.choice(by_key[chance.choice(list(by_key))].titles)
