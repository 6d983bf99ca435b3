"""What seekers type, from sources of O*NET that no person's titles come from. Seeded, and pure."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.taxonomy import Occupation
from scripts.relevance.free_text import masked_texts
from scripts.relevance.misspelling import misspelt
from scripts.relevance.split import Split, split_of
from scripts.relevance.titles import ambiguous_forms, normal_forms, without_parentheses

_SEED = 42
# Queries of one kind that an occupation gives at most: a few with hundreds of titles must not outweigh the rest.
_MOST = {"title": 5, "short": 5, "task": 3, "misspelt": 3}


class Kind(StrEnum):
    """Where a query comes from."""

    TITLE = "title"  # an alternate title
    SHORT = "short"  # a short title or an acronym
    DESCRIPTION = "description"  # the occupation's description without its official title's words
    TASK = "task"  # one task, likewise
    MISSPELT = "misspelt"  # an alternate title with one or two slips of the keyboard


@dataclass(frozen=True, slots=True)
class Query:
    """A dream job in words, and the code of the occupation that is meant."""

    kind: Kind
    code: str
    text: str


def make_queries(
    occupations: Sequence[Occupation],
    borne: Mapping[str, Sequence[str]],
    split: Split | None,
    kinds: Collection[Kind] = tuple(Kind),
) -> list[Query]:
    """Return the queries of the occupations in `split` (None: all) that somebody has: those in `borne`.

    Titles that somebody bears, or that belong to several codes, are left out.
    """
    taken = ambiguous_forms(occupations)
    taken |= {form for titles in borne.values() for title in titles for form in normal_forms(title)}
    asked = [o for o in occupations if o.code in borne and split in (None, split_of(o.code))]
    return [query for o in asked for query in _of(o, taken) if query.kind in kinds]


def _of(occupation: Occupation, taken: Collection[str]) -> list[Query]:
    # A generator of its own, so that a change of one occupation changes no other's queries.
    generator = random.Random(f"{_SEED} {occupation.code}")  # noqa: S311  (not a secret)
    short = [t for t in occupation.short_titles if normal_forms(t).isdisjoint(taken)]
    long = _long_titles(occupation, taken)
    generator.shuffle(long)
    tasks = [masked for masked in masked_texts(occupation) if masked.kind == "task"]
    generator.shuffle(tasks)
    texts = {
        Kind.TITLE: long[: _MOST["title"]],
        Kind.SHORT: short[: _MOST["short"]],
        Kind.DESCRIPTION: [masked.text for masked in masked_texts(occupation) if masked.kind == "description"],
        Kind.TASK: [masked.text for masked in tasks[: _MOST["task"]]],
        # From the end, so that they are other titles where there are enough.
        Kind.MISSPELT: [misspelt(title, generator) for title in long[::-1][: _MOST["misspelt"]]],
    }
    return [Query(kind, occupation.code, text) for kind, several in texts.items() for text in several]


def _long_titles(occupation: Occupation, taken: Collection[str]) -> list[str]:
    titles = dict.fromkeys(map(without_parentheses, occupation.alternate_titles))
    short = {form for title in occupation.short_titles for form in normal_forms(title)}
    return [
        title
        for title in titles
        if normal_forms(title).isdisjoint(taken) and short.isdisjoint(normal_forms(title))
    ]
