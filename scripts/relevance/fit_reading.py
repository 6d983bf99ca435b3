"""Fits the weights of indexer/titles/confidence.py, on the development split alone."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.encoder import Encoder
from indexer.errors import EncoderError
from indexer.titles import weights
from indexer.titles.confidence import COLUMNS, design
from indexer.titles.evidence import Evidence
from scripts.relevance.logit import Choice, fit
from scripts.relevance.reading import Case, Kind, Trial, reader

WEIGHTS_MODULE = Path(weights.__file__)
# What each kind of text counts in all. Titles that the catalogue does not know are what confidence is for; one
# task is too little to be sure by, and misspelt titles are read by their correction.
_COUNTS = {Kind.MISSPELT: 0.25, Kind.HELD_OUT: 1.0, Kind.DESCRIPTION: 0.5, Kind.TASK: 0.25, Kind.NONE: 0.5}
# Of 1e-4 to 1e-2, where accuracy on folds is flat; what separates perfectly gets a finite weight by it.
_PENALTY = 1e-2
_FOLDS = 4
_TEMPERATURES = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2.0)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What weights.py holds: weights of COLUMNS with and without an encoder, and how sure known titles are."""

    meaning: tuple[float, ...]
    words_alone: tuple[float, ...]
    named_as_written: float
    named_when_corrected: float


def fit_weights(trials: Sequence[Trial], encoder: Encoder) -> Fitted:
    """Return what fits `trials` best. Deterministic. Raises EncoderError and EngineError."""
    read = [(case, evidence) for trial in trials for case, evidence in _wordings(trial, lambda: encoder)]
    by_words = [(case, evidence) for trial in trials for case, evidence in _wordings(trial, _no_encoder)]
    return Fitted(
        meaning=_weights(read),
        words_alone=_weights(by_words),
        named_as_written=_share_right(read, is_corrected=False),
        named_when_corrected=_share_right(read, is_corrected=True),
    )


def weights_source(fitted: Fitted, fingerprint: str) -> str:
    """Return the text of the module with the weights."""
    return "\n".join(
        [
            '"""What confidence.py weighs by, fitted with the encoder',
            f"{fingerprint}.",
            "",
            "Written by scripts/evaluate_relevance.py fit-reading; not to be edited by hand.",
            '"""',
            "",
            "# How often a known title means one of its occupations, when it stands there as it is and when only",
            "# a corrected spelling gives it.",
            f"NAMED_AS_WRITTEN = {fitted.named_as_written}",
            f"NAMED_WHEN_CORRECTED = {fitted.named_when_corrected}",
            "",
            "# The weights of confidence.COLUMNS, with an encoder and without.",
            *_lines("MEANING", fitted.meaning),
            *_lines("WORDS_ALONE", fitted.words_alone),
            "",
        ]
    )


def _lines(name: str, weights: Sequence[float]) -> list[str]:
    columns = (f"    {weight},  # {column}" for weight, column in zip(weights, COLUMNS, strict=True))
    return [f"{name} = (", *columns, ")"]


def _wordings(trial: Trial, open_encoder: Callable[[], Encoder]) -> Iterator[tuple[Case, Evidence]]:
    """Yield each text with the evidence of each of its wordings, all as one job."""
    with reader(trial, open_encoder) as reading:
        found = reading.evidence([case.text for case in trial.cases])
    for case, text in zip(trial.cases, found, strict=True):
        for evidence in text.whole.wordings if text else ():
            yield case, evidence


def _weights(read: Sequence[tuple[Case, Evidence]]) -> tuple[float, ...]:
    unnamed = [(case, evidence) for case, evidence in read if evidence.named is None and case.kind in _COUNTS]
    counts = Counter(case.kind for case, _ in unnamed)
    cases = [case for case, _ in unnamed]
    choices = [_choice(case, evidence, _COUNTS[case.kind] / counts[case.kind]) for case, evidence in unnamed]
    weights = fit(choices, _PENALTY) / _temperature(cases, choices)
    return tuple(round(float(weight), 4) for weight in weights)


def _temperature(cases: Sequence[Case], choices: Sequence[Choice]) -> float:
    """Return what weights are to be divided by, so that they are not surer than right.

    It is the one of _TEMPERATURES with the best likelihood for the held-out titles of each fold of occupations,
    given the weights that fit the other folds (Guo et al., "On Calibration of Modern Neural Networks", 2017).
    """
    folds = [
        int(hashlib.sha256((case.codes[0][:7] if case.codes else case.text).encode()).digest()[0] % _FOLDS)
        for case in cases
    ]
    likelihood = np.zeros(len(_TEMPERATURES))
    for fold in range(_FOLDS):
        weights = fit([choice for choice, own in zip(choices, folds, strict=True) if own != fold], _PENALTY)
        for case, choice, own in zip(cases, choices, folds, strict=True):
            if own == fold and case.kind is Kind.HELD_OUT:
                utilities = (choice.design @ weights)[:, None] / np.array(_TEMPERATURES)
                highest = utilities.max(axis=0)
                likelihood += choice.chosen @ utilities - highest - np.log(np.exp(utilities - highest).sum(axis=0))
    return _TEMPERATURES[int(likelihood.argmax())]


def _choice(case: Case, evidence: Evidence, weight: float) -> Choice:
    rows = design(evidence).astype(np.float32)
    chosen = np.zeros(len(rows), np.float32)
    chosen[[evidence.occupations.row[code] for code in case.codes] or [-1]] = 1
    return Choice(rows, chosen, weight)


def _share_right(read: Sequence[tuple[Case, Evidence]], *, is_corrected: bool) -> float:
    """Return how often a title that a text is equal to is right, by Laplace's rule: never quite always."""
    right = [
        not set(evidence.named.title.codes).isdisjoint(case.codes)
        for case, evidence in read
        if evidence.named is not None and evidence.wording.is_corrected is is_corrected
    ]
    return round((sum(right) + 1) / (len(right) + 2), 4)


def _no_encoder() -> Encoder:
    raise EncoderError("Words alone are measured here.")
