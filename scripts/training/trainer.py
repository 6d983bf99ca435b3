"""The training itself, with sentence-transformers' trainer: from two files of data to a folder with a model."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset, DatasetDict, disable_progress_bars
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss
from transformers import EarlyStoppingCallback

from indexer.errors import MentorSearchError
from indexer.taxonomy import read_esco, read_onet
from scripts.export_encoder import packaged_model
from scripts.training.development import FIGURE, DevelopmentEvaluator
from scripts.training.loss import MaskedRankingLoss
from scripts.training.masks import meanings
from scripts.training.pairs import Kind, Pair, Recipe, build_pairs
from scripts.training.sources import training_groups

# Titles have 3 to 15 tokens. Longer texts are cut in training only: a step costs what its longest text costs.
_TRAINED_TOKENS = 48
_WARM_UP_SHARE = 0.1
_KEPT_CHECKPOINTS = 2
_LOGGED_STEPS = 20


class TrainingError(MentorSearchError):
    """The training cannot start or go on as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that shapes the result, besides the data. The defaults are the shipped recipe."""

    model: str | None = None
    steps: int = 1400
    batch: int = 96
    learning_rate: float = 1e-4
    matryoshka: tuple[int, ...] = (128,)
    texts: bool = True
    hard_negatives: bool = False
    evaluate_every: int = 100
    patience: int = 5
    seed: int = 17


def train(onet: Path, esco: Path, output: Path, settings: Settings, *, resume: bool = False) -> dict[str, float]:
    """Train, write the model to `output`, and return its development figures. Raises MentorSearchError.

    Checkpoints go to `output`/checkpoints. `resume` goes on from the last one, with the settings it was made with.
    """
    occupations, concepts = read_onet(onet), read_esco(esco)
    groups = training_groups(occupations, concepts)
    recipe = Recipe(texts=settings.texts, hard_negatives=settings.hard_negatives, seed=settings.seed)
    pairs = build_pairs(groups, recipe)
    print(f"{len(groups)} jobs to learn from; pairs: {_counts(pairs)}.")
    checkpoints = _checkpoints(output, settings, resume)
    model = SentenceTransformer(settings.model or packaged_model())
    read_tokens, model.max_seq_length = model.max_seq_length, _TRAINED_TOKENS
    loss: Any = MaskedRankingLoss(model, meanings(pairs, groups))
    if settings.matryoshka:
        loss = MatryoshkaLoss(model, loss, [model.get_embedding_dimension(), *settings.matryoshka])
    evaluator = DevelopmentEvaluator(occupations)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=_arguments(checkpoints, settings),
        train_dataset=_data(pairs),
        loss=loss,
        evaluator=evaluator,
        callbacks=[EarlyStoppingCallback(settings.patience)],
    )
    trainer.train(resume_from_checkpoint=resume or None)
    model.max_seq_length = read_tokens
    model.save(str(output))
    return evaluator(model)


def _counts(pairs: Sequence[Pair]) -> str:
    return ", ".join(f"{sum(pair.kind is kind for pair in pairs)} {kind.value}" for kind in Kind)


def _checkpoints(output: Path, settings: Settings, resume: bool) -> Path:
    """Return the folder of checkpoints, ready for this run. Raises TrainingError."""
    folder = output / "checkpoints"
    described, wanted = folder / "settings.json", json.loads(json.dumps(asdict(settings)))
    begun = any(folder.glob("checkpoint-*"))
    if resume and not begun:
        raise TrainingError(f"{folder} holds no checkpoint to go on from. Leave out --resume.")
    if begun and not resume:
        raise TrainingError(f"{output} holds a begun training. Give --resume, or another folder.")
    if resume and (known := json.loads(described.read_text(encoding="utf-8"))) != wanted:
        other = [field.name for field in fields(settings) if known.get(field.name) != wanted[field.name]]
        raise TrainingError(f"The begun training has another {other[0]}: {known.get(other[0])}.")
    folder.mkdir(parents=True, exist_ok=True)
    described.write_text(json.dumps(wanted, indent=1) + "\n", encoding="utf-8")
    return folder


def _data(pairs: Sequence[Pair]) -> DatasetDict:
    """Return one data set a kind; `label` is the row in `pairs`, by which the loss finds the meaning."""
    disable_progress_bars()
    found = {}
    for kind in Kind:
        rows = [(row, pair) for row, pair in enumerate(pairs) if pair.kind is kind]
        columns: dict[str, list[Any]] = {
            "anchor": [pair.anchor for _, pair in rows],
            "positive": [pair.positive for _, pair in rows],
            "negative": [pair.negative for _, pair in rows],
            "label": [row for row, _ in rows],
        }
        if None in columns["negative"]:
            del columns["negative"]
        if rows:
            found[kind.value] = Dataset.from_dict(columns)
    return DatasetDict(found)


def _arguments(checkpoints: Path, settings: Settings) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=str(checkpoints),
        max_steps=settings.steps,
        per_device_train_batch_size=settings.batch,
        learning_rate=settings.learning_rate,
        warmup_steps=int(settings.steps * _WARM_UP_SHARE),
        lr_scheduler_type="cosine",
        weight_decay=0.01,
        seed=settings.seed,
        eval_strategy="steps",
        eval_steps=settings.evaluate_every,
        save_steps=settings.evaluate_every,
        save_total_limit=_KEPT_CHECKPOINTS,
        load_best_model_at_end=True,
        metric_for_best_model=FIGURE,
        greater_is_better=True,
        logging_steps=_LOGGED_STEPS,
        report_to="none",
        dataloader_drop_last=True,  # a small last batch has too few wrong answers
        dataloader_pin_memory=torch.cuda.is_available(),
        disable_tqdm=not sys.stderr.isatty(),
    )
