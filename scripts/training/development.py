"""How good a model is on the development occupations: when to stop, and which recipe to choose."""

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
from sentence_transformers.base.evaluation import BaseEvaluator

from indexer.taxonomy import Occupation
from scripts.relevance.free_text import masked_texts
from scripts.relevance.split import Split, split_of
from scripts.training.sources import singular_form

# What decides when to stop and which model is best.
FIGURE = "development"
_TITLES_PER_OCCUPATION = 5
_TEXTS_PER_OCCUPATION = 3


class DevelopmentEvaluator(BaseEvaluator):  # type: ignore[misc,unused-ignore]
    """Mean reciprocal rank of the right occupation: for alternate titles, and for masked sentences.

    The answers are every occupation of O*NET, each by its official title and some reported titles, so that a
    development title must also be told from the occupations that training saw.
    """

    def __init__(self, occupations: Sequence[Occupation], seed: int = 3) -> None:
        super().__init__()
        self.primary_metric = FIGURE
        chance = random.Random(seed)  # noqa: S311
        self._answers, self._owner = _answers(occupations)
        known = {singular_form(answer) for answer in self._answers}
        self._titles: list[tuple[str, int]] = []
        self._texts: list[tuple[str, int]] = []
        for number, one in enumerate(occupations):
            if split_of(one.code) is not Split.DEVELOPMENT:
                continue
            titles = [title for title in one.alternate_titles if singular_form(title) not in known]
            texts = [masked.text for masked in masked_texts(one)]
            for title in chance.sample(titles, min(len(titles), _TITLES_PER_OCCUPATION)):
                self._titles.append((title, number))
            for text in chance.sample(texts, min(len(texts), _TEXTS_PER_OCCUPATION)):
                self._texts.append((text, number))

    def __call__(
        self,
        model: Any,
        output_path: str | None = None,  # noqa: ARG002  # the trainer passes it
        epoch: int = -1,
        steps: int = -1,
    ) -> dict[str, float]:
        """Return the two figures and their mean, which decides."""
        answers = _encoded(model, self._answers)
        titles = _reciprocal_rank(model, self._titles, answers, self._owner)
        texts = _reciprocal_rank(model, self._texts, answers, self._owner)
        figures = {"titles": titles, "texts": texts, FIGURE: (titles + texts) / 2}
        self.store_metrics_in_model_card_data(model, figures, epoch, steps)
        return figures


def _answers(occupations: Sequence[Occupation]) -> tuple[list[str], np.ndarray]:
    rows = [
        (title, number)
        for number, one in enumerate(occupations)
        for title in (one.title, *one.reported_titles[:2])
    ]
    return [title for title, _ in rows], np.array([number for _, number in rows])


def _encoded(model: Any, texts: Sequence[str]) -> np.ndarray:
    vectors: np.ndarray = model.encode(
        list(texts), batch_size=64, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
    )
    return vectors


def _reciprocal_rank(
    model: Any, asked: Sequence[tuple[str, int]], answers: np.ndarray, owner: np.ndarray
) -> float:
    """Return the mean of 1 / rank of the right occupation, where an occupation is as near as its best title."""
    scores = _encoded(model, [text for text, _ in asked]) @ answers.T
    best = np.full((len(asked), owner.max() + 1), -1.0, dtype=scores.dtype)
    for row, found in zip(best, scores, strict=True):
        np.maximum.at(row, owner, found)
    right = best[np.arange(len(asked)), [number for _, number in asked]]
    return float(np.mean(1 / (1 + (best > right[:, None]).sum(axis=1))))
