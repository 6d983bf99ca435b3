"""Texts whose occupation is known, each with a catalogue that has not seen what the text is taken from."""

import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indexer.encoder import Encoder
from indexer.taxonomy import Occupation
from indexer.text import query_tokens
from indexer.titles import TitleCatalogue
from indexer.titles.build import build_catalogue
from indexer.titles.keys import title_key
from indexer.titles.spellings import forms
from scripts.relevance.free_text import clipped
from scripts.relevance.mask import mask, title_stems
from scripts.relevance.negatives import negatives
from scripts.relevance.queries import misspelt
from scripts.relevance.split import Split, split_of

_SEED = 42
# Texts of one kind that an occupation gives at most: a few with hundreds of titles must not outweigh the rest.
_MOST = 10
_MOST_MISSPELT = 5
# One in so many titles is held out: what is left is still the occupation as people know it.
_HELD_OUT = 5
# A masked text with fewer telling words than this says too little to be judged by.
_FEWEST_WORDS = 5


class Kind(StrEnum):
    """Where a text comes from, and so what the catalogue must not know."""

    KNOWN = "known title"  # in the catalogue, of one occupation alone
    SEVERAL = "title of several"  # in the catalogue, of more than one
    MISSPELT = "misspelt title"  # a known title with one or two slips of the keyboard
    HELD_OUT = "held-out title"  # taken out of the catalogue
    DESCRIPTION = "masked description"  # without the official title's words; no description is in the catalogue
    TASK = "masked task"  # likewise; neither descriptions nor this task are
    NONE = "no job"  # people's names, random letters, other languages, wishes for no job


@dataclass(frozen=True, slots=True)
class Case:
    """A text, and the codes of the occupations that it names: none for Kind.NONE."""

    kind: Kind
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Texts to be read by one catalogue."""

    catalogue: TitleCatalogue
    cases: list[Case]


def trials(occupations: Sequence[Occupation], split: Split, encoder: Encoder) -> Iterator[Trial]:
    """Yield the texts of the occupations in `split`, all occupations being candidates. Raises EncoderError."""
    owners = _owners(occupations)
    asked = [occupation for occupation in occupations if split_of(occupation.code) is split]
    known = {one.code: _own_titles(one, owners) for one in asked}
    yield Trial(build_catalogue(occupations, encoder, "everything"), list(_seen(asked, known, owners, split)))
    held_out = {code: titles[: min(_MOST, len(titles) // _HELD_OUT)] for code, titles in known.items()}
    keys = {title_key(title) for titles in held_out.values() for title in titles}
    yield Trial(
        build_catalogue([_without_titles(one, keys) for one in occupations], encoder, "without titles"),
        [Case(Kind.HELD_OUT, title, (code,)) for code, titles in held_out.items() for title in titles],
    )
    undescribed = [replace(one, description="") for one in occupations]
    yield Trial(build_catalogue(undescribed, encoder, "without descriptions"), _masked(Kind.DESCRIPTION, asked))
    untold = [replace(one, tasks=tuple(task for task in one.tasks if task != _a_task(one))) for one in undescribed]
    yield Trial(build_catalogue(untold, encoder, "without a task"), _masked(Kind.TASK, asked))


def _seen(
    asked: Sequence[Occupation],
    known: dict[str, list[str]],
    owners: dict[str, set[str]],
    split: Split,
) -> Iterator[Case]:
    for one in asked:
        generator = random.Random(f"{_SEED} {one.code}")  # noqa: S311  (not a secret)
        titles = known[one.code][::-1]
        if len(owners[title_key(one.title)]) == 1:
            titles.insert(0, one.title)
        yield from (Case(Kind.KNOWN, title, (one.code,)) for title in titles[:_MOST])
        yield from (
            Case(Kind.MISSPELT, misspelt(title, generator), (one.code,)) for title in titles[:_MOST_MISSPELT]
        )
        shared = [title for title in one.alternate_titles if len(owners[title_key(title)]) > 1]
        for title in shared[:_MOST_MISSPELT]:
            yield Case(Kind.SEVERAL, title, tuple(sorted(owners[title_key(title)])))
    yield from (Case(Kind.NONE, text, ()) for text in negatives(split))


def _masked(kind: Kind, asked: Sequence[Occupation]) -> list[Case]:
    texts = [(one, one.description if kind is Kind.DESCRIPTION else _a_task(one)) for one in asked]
    masked = [(one.code, mask(clipped(text), title_stems((one.title,)))) for one, text in texts]
    return [Case(kind, text, (code,)) for code, text in masked if len(query_tokens(text)) >= _FEWEST_WORDS]


def _a_task(occupation: Occupation) -> str:
    """Return a task from the middle: O*NET has the most important ones first, and rare ones last."""
    return occupation.tasks[len(occupation.tasks) // 2] if occupation.tasks else ""


def _own_titles(occupation: Occupation, owners: dict[str, set[str]]) -> list[str]:
    """Return the titles of `occupation` alone, without the official one, in a random order."""
    titles = {title_key(form): form for title in _titles(occupation) for form in forms(title)[:1]}
    titles.pop(title_key(occupation.title), None)
    own = sorted(title for key, title in titles.items() if len(owners[key]) == 1)
    random.Random(f"{_SEED} {occupation.code}").shuffle(own)  # noqa: S311  (not a secret)
    return own


def _without_titles(occupation: Occupation, keys: Collection[str]) -> Occupation:
    def kept(titles: Sequence[str]) -> tuple[str, ...]:
        return tuple(title for title in titles if keys.isdisjoint(map(title_key, forms(title))))

    return replace(
        occupation,
        alternate_titles=kept(occupation.alternate_titles),
        short_titles=kept(occupation.short_titles),
        reported_titles=kept(occupation.reported_titles),
    )


def _owners(occupations: Sequence[Occupation]) -> dict[str, set[str]]:
    """Return by its key the codes of each title."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for one in occupations:
        for title in (one.title, *_titles(one), *one.short_titles):
            for form in forms(title):
                owners[title_key(form)].add(one.code)
    return owners


def _titles(occupation: Occupation) -> tuple[str, ...]:
    return (*occupation.alternate_titles, *occupation.reported_titles)
