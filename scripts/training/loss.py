"""The loss: a pair must beat every wrong answer in its batch, both ways; what may be right is not counted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from scripts.training.masks import Meaning, wrong_answers

# 1 / temperature: sentence-transformers' usual 20, at which cosines of 1 and 0 differ by e^20.
SCALE = 20.0
# Texts of like length that run together: without this, more than half of the work went into padding.
_TOGETHER = 48


class MaskedRankingLoss(torch.nn.Module):  # type: ignore[misc,unused-ignore]  # untyped where torch is not installed
    """Cross-entropy over the batch with masked false negatives; labels are the rows of `meanings`."""

    def __init__(self, model: Any, meanings: Sequence[Meaning], scale: float = SCALE) -> None:
        super().__init__()
        self.model = model
        self.meanings = meanings
        self.scale = scale

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """Return the mean loss of the batch, from pairs to their answers and from answers to their pairs."""
        vectors = embedded(self.model, list(sentence_features))
        anchors, positives = vectors[0], vectors[1]
        batch = [self.meanings[row] for row in labels.tolist()]
        answers = [one.positive for one in batch]
        if len(vectors) > 2:
            answers = answers + [one.negative for one in batch]
        forth = self._one_way(anchors, torch.cat(vectors[1:]), batch, answers)
        back = self._one_way(positives, anchors, batch, [one.anchor for one in batch])
        return (forth + back) / 2

    def _one_way(
        self, asked: Tensor, answers: Tensor, batch: Sequence[Meaning], groups: Sequence[frozenset[str]]
    ) -> Tensor:
        right = torch.arange(len(batch), device=asked.device)
        counted = torch.from_numpy(wrong_answers(batch, groups)).to(asked.device)
        counted[right, right] = True
        scores = (asked @ answers.T * self.scale).masked_fill(~counted, float("-inf"))
        loss: Tensor = torch.nn.functional.cross_entropy(scores, right)
        return loss


def embedded(model: Any, columns: Sequence[Mapping[str, Tensor]]) -> list[Tensor]:
    """Return the unit vectors of each column of texts; texts of all columns run together by their length."""
    width = max(column["input_ids"].shape[1] for column in columns)
    joined = {
        name: torch.cat([torch.nn.functional.pad(c[name], (0, width - c[name].shape[1])) for c in columns])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    }
    lengths = joined["attention_mask"].sum(dim=1)
    order = lengths.argsort()
    parts = [
        model({name: rows[part, : int(lengths[part].max())] for name, rows in joined.items()})[
            "sentence_embedding"
        ]
        for part in order.split(_TOGETHER)
    ]
    vectors = torch.nn.functional.normalize(torch.cat(parts)[order.argsort()], dim=-1)
    return list(vectors.split([len(column["input_ids"]) for column in columns]))
