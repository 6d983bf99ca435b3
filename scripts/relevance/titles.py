"""Which titles of O*NET may be used: those of one occupation, and for queries only what no person bears."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.taxonomy import Occupation
from indexer.text import tokens

_PARENTHESES = re.compile(r"\s*\(([^()]*)\)")


def without_parentheses(title: str) -> str:
    """Return "Chief Executive Officer" for "Chief Executive Officer (CEO)"."""
    return " ".join(_PARENTHESES.sub(" ", title).split()) or title


def within_parentheses(title: str) -> list[str]:
    """Return ["CEO"] for "Chief Executive Officer (CEO)"."""
    return _PARENTHESES.findall(title)


def normal_forms(title: str) -> set[str]:
    """Return what makes two titles equal: the words of the whole, without parentheses, and within them."""
    forms = (title, without_parentheses(title), *within_parentheses(title))
    return {" ".join(tokens(form)) for form in forms} - {""}


def ambiguous_forms(occupations: Iterable[Occupation]) -> set[str]:
    """Return the normal forms that belong to several codes: no test can say which is meant."""
    codes: dict[str, set[str]] = defaultdict(set)
    for o in occupations:
        for title in (o.title, *o.alternate_titles, *o.short_titles, *o.reported_titles):
            for form in normal_forms(title):
                codes[form].add(o.code)
    return {form for form, owners in codes.items() if len(owners) > 1}


def borne_titles(occupations: Sequence[Occupation]) -> dict[str, list[str]]:
    """Return the titles that people of each code bear: reported ones of that code alone, without acronyms.

    An occupation without any is not in the answer.
    """
    ambiguous = ambiguous_forms(occupations)
    borne = {o.code: list(dict.fromkeys(map(without_parentheses, o.reported_titles))) for o in occupations}
    kept = {
        code: [title for title in titles if normal_forms(title).isdisjoint(ambiguous)]
        for code, titles in borne.items()
    }
    return {code: titles for code, titles in kept.items() if titles}
