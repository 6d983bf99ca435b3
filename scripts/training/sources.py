"""What training may read of O*NET and ESCO: one group per occupation or concept, held-out titles left out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.taxonomy import Concept, Occupation
from indexer.text import tokens
from scripts.relevance.split import Split, split_of
from scripts.relevance.titles import within_parentheses, without_parentheses

# What stands in parentheses is an abbreviation up to this length, and a remark when it is longer.
_LONGEST_ABBREVIATION = 30
# O*NET's rest classes hold unlike jobs, so their titles are no synonyms.
_REST_CLASS = "all other"
# A negative must be a wrong answer, and O*NET's nearest occupations often are a right one.
_NEARLY_THE_SAME = "Primary-Short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Titles of one job. `key` is its code or URI, `near` the keys of groups that mean nearly the same.

    `neighbours` are keys of groups that a reader could confuse it with: they give the hard negatives.
    """

    key: str
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    abbreviations: tuple[tuple[str, str], ...] = ()
    near: frozenset[str] = frozenset()
    neighbours: tuple[str, ...] = ()


@lru_cache(maxsize=1_000_000)
def singular_form(title: str) -> str:
    """Return the words of `title` in the singular, without parentheses: one form for all its spellings.

    It makes more titles equal than the tests' `normal_forms`: what training may not see must not slip by in the
    plural ("Pilots" and "pilot").
    """
    return " ".join(_singular(token) for token in tokens(without_parentheses(title)))


def training_groups(occupations: Sequence[Occupation], concepts: Sequence[Concept]) -> list[Group]:
    """Return the groups of O*NET, then of ESCO, without anything of a development or test occupation.

    No title equal to one of a held-out occupation is kept, and an ESCO concept that shares a label with
    held-out occupations only is left out whole, because its other labels and its description mean the same job.
    """
    held_out = [one for one in occupations if split_of(one.code) is not Split.TRAIN]
    train = [one for one in occupations if split_of(one.code) is Split.TRAIN]
    closed = _singular_forms(held_out)
    only_held_out = closed - _singular_forms(train) | {singular_form(one.title) for one in held_out}
    kept_concepts = [
        concept
        for concept in concepts
        if only_held_out.isdisjoint(singular_form(label) for label in _labels(concept))
    ]
    groups = [*_onet_groups(train, closed), *_esco_groups(kept_concepts, closed)]
    return _with_shared_titles_near([group for group in groups if group.titles])


def _singular(token: str) -> str:
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token


def _titles(occupation: Occupation) -> list[str]:
    return [occupation.title, *occupation.reported_titles, *occupation.alternate_titles, *occupation.short_titles]


def _labels(concept: Concept) -> tuple[str, ...]:
    return (concept.preferred_label, *concept.alternative_labels)


def _singular_forms(occupations: Iterable[Occupation]) -> set[str]:
    spellings = (title for one in occupations for title in _titles(one))
    return {singular_form(part) for title in spellings for part in (title, *_abbreviation(title))}


def _abbreviation(title: str) -> tuple[str, ...]:
    """Return (long, short) where an abbreviation of the title stands at its end in parentheses, else nothing."""
    match within_parentheses(title):
        case [short] if title.endswith(f"({short})") and len(short) <= _LONGEST_ABBREVIATION:
            return without_parentheses(title), short
    return ()


def _distinct(titles: Iterable[str], closed: set[str]) -> tuple[str, ...]:
    """Return the open titles, the first spelling of each."""
    first: dict[str, str] = {}
    for title in titles:
        first.setdefault(singular_form(title), without_parentheses(title))
    return tuple(title for key, title in first.items() if key and key not in closed)


def _onet_groups(occupations: Sequence[Occupation], closed: set[str]) -> list[Group]:
    codes = {one.code for one in occupations}
    groups = []
    for one in occupations:
        if _REST_CLASS in one.title.casefold():
            continue
        pairs = [_abbreviation(title) for title in (*one.alternate_titles, *one.reported_titles)]
        groups.append(
            Group(
                key=one.code,
                titles=_distinct([one.title, *one.reported_titles, *one.alternate_titles], closed),
                texts=(one.description, *one.tasks),
                abbreviations=tuple(
                    dict.fromkeys(
                        (pair[0], pair[1])
                        for pair in pairs
                        if pair and closed.isdisjoint(map(singular_form, pair))
                    )
                ),
                near=frozenset(code for code, tier in one.related.items() if tier == _NEARLY_THE_SAME),
                neighbours=tuple(
                    code for code, tier in one.related.items() if tier != _NEARLY_THE_SAME and code in codes
                ),
            )
        )
    return groups


def _esco_groups(concepts: Sequence[Concept], closed: set[str]) -> list[Group]:
    by_isco = defaultdict(list)
    for concept in concepts:
        by_isco[concept.isco_group].append(concept.uri)
    return [
        Group(
            key=concept.uri,
            titles=_distinct(_labels(concept), closed),
            texts=(concept.description,) if concept.description else (),
            neighbours=tuple(uri for uri in by_isco[concept.isco_group] if uri != concept.uri),
        )
        for concept in concepts
    ]


def _with_shared_titles_near(groups: Sequence[Group]) -> list[Group]:
    """Return the groups where two that share a title are near each other, both ways, and never neighbours."""
    keys_of = defaultdict(set)
    for group in groups:
        for title in group.titles:
            keys_of[singular_form(title)].add(group.key)
    near = {group.key: set(group.near) for group in groups}
    for keys in keys_of.values():
        for key in keys:
            near[key] |= keys - {key}
    for group in groups:
        for other in group.near & near.keys():
            near[other].add(group.key)
    known = near.keys()
    return [
        replace(
            group,
            near=frozenset(near[group.key]),
            neighbours=tuple(key for key in group.neighbours if key in known and key not in near[group.key]),
        )
        for group in groups
    ]
