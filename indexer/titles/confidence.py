"""How likely each occupation is meant, given the evidence. Pure.

A text that is a known title is read as that; what is left of certainty goes to what its words mean. That is a
multinomial logit: the utility of an occupation is a weighted sum of its signals, that of "no job at all" one of
its own, and the chances are their softmax (McFadden, "Conditional logit analysis of qualitative choice behavior",
1974). So the confidences of all readings and of none sum to 1. What is fitted is in weights.py.
"""

import numpy as np
from numpy.typing import NDArray

from indexer.titles.evidence import SIGNALS, Evidence
from indexer.titles.weights import MEANING, NAMED_AS_WRITTEN, NAMED_WHEN_CORRECTED, WORDS_ALONE

# The columns of `design`. A signal counts otherwise in a sentence than in a title.
COLUMNS = (
    *(f"{signal}, title" for signal in SIGNALS),
    *(f"{signal}, sentence" for signal in SIGNALS),
    "no job, title",
    "no job, sentence",
    "no job, by how much of the words some occupation explains",
    "no job, spelling corrected",
)


def design(evidence: Evidence) -> NDArray[np.float64]:
    """Return what is weighed: one row an occupation and a last one for "no job at all", one column of COLUMNS."""
    signals, sentence = evidence.signals, evidence.sentence
    rows = np.zeros((len(signals) + 1, len(COLUMNS)))
    rows[:-1, : len(SIGNALS)] = signals * (1 - sentence)
    rows[:-1, len(SIGNALS) : 2 * len(SIGNALS)] = signals * sentence
    rows[-1, -4:] = 1 - sentence, sentence, evidence.by_words.known, evidence.wording.is_corrected
    return rows


def confidences(evidence: Evidence) -> NDArray[np.float64]:
    """Return how likely each occupation is meant, shape (occupations,); what is missing to 1 is "no job"."""
    chances = _by_meaning(evidence)
    if named := evidence.named:
        sure = NAMED_WHEN_CORRECTED if evidence.wording.is_corrected else NAMED_AS_WRITTEN
        chances *= 1 - sure
        rows = [evidence.occupations.row[code] for code in named.title.codes]
        chances[rows] += sure * _by_place(len(rows))
    return chances


def _by_meaning(evidence: Evidence) -> NDArray[np.float64]:
    utilities = design(evidence) @ np.array(WORDS_ALONE if evidence.by_vector is None else MEANING)
    chances = np.exp(utilities - utilities.max())
    return np.asarray(chances[:-1] / chances.sum())


def _by_place(count: int) -> NDArray[np.float64]:
    """Return the shares of the occupations that one title names: the first counts twice the second, and so on.

    The catalogue has the likeliest first, and nothing measured says by how much; Zipf's law is the usual guess.
    """
    shares = 1 / np.arange(1, count + 1)
    return np.asarray(shares / shares.sum())
