"""Texts whose occupation is known, each with a catalogue that has not seen what the text is taken from."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from indexer.encoder import Encoder
from indexer.engines import open_engine
from indexer.taxonomy import Occupation
from indexer.text import query_tokens
from indexer.titles import TitleCatalogue
from indexer.titles.build import build_catalogue
from indexer.titles.keys import title_key
from indexer.titles.reader import SURE, TitleReader
from indexer.titles.spellings import forms
from indexer.titles.understanding import QueryKind, Understanding
from scripts.relevance.free_text import clipped
from scripts.relevance.mask import mask, title_stems
from scripts.relevance.misspelling import misspelt
from scripts.relevance.negatives import negatives
from scripts.relevance.scores import QueryScore
from scripts.relevance.split import Split, split_of
from scripts.temporary.index import empty_index

_SEED = 42
# Texts of one kind that an occupation gives at most: a few with hundreds of titles must not outweigh the rest.
_MOST = 10
_MOST_MISSPELT = 5  # and of those that name several occupations
# One in so many titles is held out: what is left is nearly what the index has.
_HELD_OUT = 10
# A masked text with fewer telling words than this says too little to be judged by.
_FEWEST_WORDS = 5
# Of a position's first reading: from which confidence on its code is kept.
_THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


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
    own = {one.code: _own_titles(one, owners) for one in asked}
    everything = build_catalogue(occupations, encoder, "everything")
    yield Trial(everything, list(_seen(asked, own, everything, split)))
    held_out = {code: titles[: min(_MOST, len(titles) // _HELD_OUT)] for code, titles in own.items()}
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
    asked: Sequence[Occupation], own: Mapping[str, Sequence[str]], catalogue: TitleCatalogue, split: Split
) -> Iterator[Case]:
    codes = {title_key(title.title): title.codes for title in catalogue.titles}
    for one in asked:
        generator = random.Random(f"{_SEED} {one.code}")  # noqa: S311  (not a secret)
        # From the end, so that they are other titles than those held out where there are enough.
        titles = [
            title for title in (one.title, *own[one.code][::-1]) if codes.get(title_key(title)) == (one.code,)
        ]
        yield from (Case(Kind.KNOWN, title, (one.code,)) for title in titles[:_MOST])
        yield from (
            Case(Kind.MISSPELT, misspelt(title, generator), (one.code,)) for title in titles[:_MOST_MISSPELT]
        )
        shared = [title for title in one.alternate_titles if len(codes.get(title_key(title), ())) > 1]
        yield from (Case(Kind.SEVERAL, title, codes[title_key(title)]) for title in shared[:_MOST_MISSPELT])
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


def _without_titles(occupation: Occupation, keys: Set[str]) -> Occupation:
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


@contextmanager
def reader(trial: Trial, open_encoder: Callable[[], Encoder]) -> Iterator[TitleReader]:
    """Yield what reads texts by the catalogue of `trial`, kept in SQLite. Raises EngineError."""
    with empty_index(None) as url, closing(open_engine(url)) as engine:
        engine.create(trial.catalogue.fingerprint, trial.catalogue.vectors.shape[1])
        engine.titles.replace(trial.catalogue)
        yield TitleReader(engine.titles, open_encoder)


def read_trial(trial: Trial, encoder: Encoder) -> list[Understanding]:
    """Return what each text of `trial` is read as. Raises EngineError."""
    with reader(trial, lambda: encoder) as reading:
        return reading.read([case.text for case in trial.cases])


def score(case: Case, read: Understanding) -> QueryScore:
    """Return whether the first reading of a text that names a job is right, and whether one of all is."""
    right = [reading.code in case.codes for reading in read.readings]
    return QueryScore(
        case.kind, case.codes[0][:2], {"top-1": float(right[:1] == [True]), "top-5": float(any(right))}
    )


def of_no_job(read: Sequence[Understanding]) -> list[dict[str, object]]:
    """Return the shares of the texts that name no job which are read as none, and as one by so much confidence."""
    surest = [max((reading.confidence for reading in one.readings), default=0.0) for one in read]
    shares = {
        f"confidence of {limit} or more": sum(s >= limit for s in surest) / len(read) for limit in (SURE, 0.8)
    }
    none = sum(one.kind is QueryKind.UNRECOGNISED for one in read) / len(read)
    return [{"texts that name no job": len(read), "unrecognised": none, **shares}]


def reliability(read: Sequence[tuple[Case, Understanding]]) -> list[dict[str, object]]:
    """Return a row for each tenth of confidence: how many readings have it, their mean, and how many are right."""
    shown = [(reading.confidence, reading.code in case.codes) for case, one in read for reading in one.readings]
    rows: list[dict[str, object]] = []
    for tenth in range(10):
        some = [(confidence, right) for confidence, right in shown if min(int(confidence * 10), 9) == tenth]
        if some:
            confidences, rights = zip(*some, strict=True)
            mean, share = sum(confidences) / len(some), sum(rights) / len(some)
            label = f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}"
            rows.append({"confidence": label, "readings": len(some), "mean": mean, "right": share})
    return rows


def at_thresholds(read: Sequence[tuple[Case, Understanding]]) -> list[dict[str, object]]:
    """Return a row for each threshold: of how many texts the first reading passes it, and how many are right."""
    first = [
        (one.readings[0].confidence, one.readings[0].code in case.codes) if one.readings else (0.0, False)
        for case, one in read
    ]
    rows: list[dict[str, object]] = []
    for threshold in _THRESHOLDS:
        passed = [right for confidence, right in first if confidence >= threshold]
        if passed:
            share = sum(passed) / len(passed)
            rows.append({"confidence from": threshold, "texts": len(passed) / len(first), "right": share})
    return rows


def small_reading_figures(occupations: Sequence[Occupation], encoder: Encoder) -> dict[str, float]:
    """Return top-1 and top-5 of titles alone, by kind, for few occupations of the development split."""
    figures: dict[str, float] = {}
    for trial in islice(trials(occupations, Split.DEVELOPMENT, encoder), 2):
        read = read_trial(trial, encoder)
        scored = [score(case, one) for case, one in zip(trial.cases, read, strict=True) if case.codes]
        for kind in dict.fromkeys(one.kind for one in scored):
            rights = [one.values for one in scored if one.kind == kind]
            for metric in rights[0]:
                figures[f"{kind}, {metric}"] = round(sum(one[metric] for one in rights) / len(rights), 4)
    return figures
