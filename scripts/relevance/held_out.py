"""Takes what is asked out of what is known, so that no test finds its own question."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from indexer.taxonomy import Occupation
from scripts.relevance.free_text import masked_texts
from scripts.relevance.queries import Kind, Query
from scripts.relevance.titles import normal_forms


def held_out(occupations: Sequence[Occupation], queries: Sequence[Query]) -> list[Occupation]:
    """Return `occupations` without the titles and tasks of their own that `queries` ask for, and no descriptions.

    A misspelt title stays known: it is the spelling that is tested.
    """
    asked: dict[str, set[str]] = defaultdict(set)
    for query in queries:
        if query.kind is not Kind.MISSPELT:
            asked[query.code].add(query.text)
    return [_without(one, asked[one.code]) for one in occupations]


def _without(occupation: Occupation, asked: set[str]) -> Occupation:
    forms = {form for text in asked for form in normal_forms(text)}

    def kept(titles: Sequence[str]) -> tuple[str, ...]:
        return tuple(title for title in titles if normal_forms(title).isdisjoint(forms))

    return replace(
        occupation,
        description="",
        alternate_titles=kept(occupation.alternate_titles),
        short_titles=kept(occupation.short_titles),
        reported_titles=kept(occupation.reported_titles),
        tasks=tuple(task for task in occupation.tasks if not _is_asked(occupation, task, asked)),
    )


def _is_asked(occupation: Occupation, task: str, asked: set[str]) -> bool:
    return any(masked.text in asked for masked in masked_texts(replace(occupation, description="", tasks=(task,))))
