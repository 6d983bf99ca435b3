"""How likely each occupation is meant, given the evidence: a multinomial logit, as in discrete choice. Pure.

The utility of an occupation is a weighted sum of its signals, that of "no job at all" one of its own; the chances
are their softmax (McFadden, "Conditional logit analysis of qualitative choice behavior", 1974). So the confidences
of all readings and of none sum to 1. The weights are in weights.py, fitted by scripts/evaluate_relevance.py
fit-reading.
"""

import numpy as np
from numpy.typing import NDArray

from indexer.titles.evidence import SIGNALS, Evidence
from indexer.titles.weights import WEIGHTS

# The columns of `design`. A signal counts otherwise in a sentence than in a title.
COLUMNS = (
    *(f"{signal} of a title" for signal in SIGNALS),
    *(f"{signal} of a sentence" for signal in SIGNALS),
    "named as written",
    "named when corrected",
    "named first of several",
    "named alone",
    "no job: title",
    "no job: sentence",
    "no job: known words",
    "no job: corrected",
)


def model(evidence: Evidence) -> str:
    """Return which weights fit: what a known title names is another question than what a text means."""
    named = "unnamed" if evidence.named is None else "named"
    return f"{named}, words alone" if evidence.by_vector is None else named


def design(evidence: Evidence) -> NDArray[np.float64]:
    """Return what is weighed: one row an occupation and a last one for "no job at all", one column of COLUMNS."""
    signals, sentence, corrected = evidence.signals, evidence.sentence, evidence.wording.is_corrected
    rows = np.zeros((len(signals) + 1, len(COLUMNS)))
    rows[:-1, : len(SIGNALS)] = signals * (1 - sentence)
    rows[:-1, len(SIGNALS) : 2 * len(SIGNALS)] = signals * sentence
    named = 2 * len(SIGNALS)
    if match := evidence.named:
        places = [evidence.occupations.row[code] for code in match.title.codes]
        rows[places, named + int(corrected)] = 1
        rows[places[0], named + (2 if len(places) > 1 else 3)] = 1
    rows[-1, named + 4 :] = 1 - sentence, sentence, evidence.by_words.known, corrected
    return rows


def confidences(evidence: Evidence) -> NDArray[np.float64]:
    """Return how likely each occupation is meant, shape (occupations,); what is missing to 1 is "no job"."""
    utilities = design(evidence) @ np.array(WEIGHTS[model(evidence)])
    chances = np.exp(utilities - utilities.max())
    return np.asarray(chances[:-1] / chances.sum())
