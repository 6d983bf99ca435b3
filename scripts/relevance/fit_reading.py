"""Fits the weights of indexer/titles/confidence.py, on the development split alone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from indexer.encoder import Encoder
from indexer.errors import EncoderError
from indexer.titles import weights
from indexer.titles.confidence import COLUMNS, design, model
from indexer.titles.evidence import Evidence
from scripts.relevance.logit import Choice, fit
from scripts.relevance.reading import Case, Kind, Trial, reader

WEIGHTS_MODULE = Path(weights.__file__)
# What each kind of text counts in all. Titles that the catalogue does not know are what confidence is for; one
# task is too little to be sure by, and misspelt titles are read by their correction.
_COUNTS = {
    Kind.KNOWN: 1.0,
    Kind.SEVERAL: 1.0,
    Kind.MISSPELT: 0.25,
    Kind.HELD_OUT: 1.0,
    Kind.DESCRIPTION: 0.5,
    Kind.TASK: 0.25,
    Kind.NONE: 0.5,
}
# Strong enough that a separable signal gets a finite weight; from 1e-5 to 1e-3 accuracy on held-out folds is flat.
_PENALTY = 3e-4
_HEAD = '''"""The weights of confidence.py: for each of its models one for each of its COLUMNS.

Written by scripts/evaluate_relevance.py fit-reading; not to be edited by hand.
"""

FITTED_WITH = "{fingerprint}"

WEIGHTS: dict[str, tuple[float, ...]] = {{
'''


def fit_weights(trials: Sequence[Trial], encoder: Encoder) -> dict[str, tuple[float, ...]]:
    """Return the weights of each model. Deterministic. Raises EncoderError and EngineError."""
    counts = Counter(case.kind for trial in trials for case in trial.cases)
    choices: defaultdict[str, list[Choice]] = defaultdict(list)
    for trial in trials:
        for open_encoder in (lambda: encoder, _no_encoder):
            for case, evidence in _wordings(trial, open_encoder):
                choice = _choice(case, evidence, _COUNTS[case.kind] / counts[case.kind])
                choices[model(evidence)].append(choice)
    return {name: tuple(round(float(w), 4) for w in fit(chosen, _PENALTY)) for name, chosen in choices.items()}


def weights_source(fitted: Mapping[str, Sequence[float]], fingerprint: str) -> str:
    """Return the text of the module with the weights."""
    models = (
        f"    {name!r}: (\n"
        + "".join(f"        {w},  # {c}\n" for w, c in zip(fitted[name], COLUMNS, strict=True))
        for name in sorted(fitted)
    )
    source = _HEAD.format(fingerprint=fingerprint) + "".join(f"{one}    ),\n" for one in models) + "}\n"
    return source.replace("'", '"')


def _wordings(trial: Trial, open_encoder: Callable[[], Encoder]) -> Iterator[tuple[Case, Evidence]]:
    """Yield each text with the evidence of each of its wordings, all as one job."""
    with reader(trial, open_encoder) as reading:
        found = reading.evidence([case.text for case in trial.cases])
    for case, text in zip(trial.cases, found, strict=True):
        for evidence in text.whole.wordings if text else ():
            yield case, evidence


def _choice(case: Case, evidence: Evidence, weight: float) -> Choice:
    rows = design(evidence).astype(np.float32)
    chosen = np.zeros(len(rows), np.float32)
    # A title of several occupations may mean any of them.
    right = [evidence.occupations.row[code] for code in case.codes] or [-1]
    chosen[right] = 1 / len(right)
    return Choice(rows, chosen, weight)


def _no_encoder() -> Encoder:
    raise EncoderError("Words alone are measured here.")
