"""Relevance of the shipped encoder and ranking on titles of 60 occupations: the tripwire of `make test`."""

import json
from pathlib import Path

import pytest

from indexer.encoder import DEFAULT_ENCODER, open_encoder
from scripts.relevance.small_set import FIGURES, OCCUPATIONS, read_small_set, small_figures
from scripts.relevance.split import Split, split_of

DATA = Path(__file__).parent / "data"
WRITTEN: dict[str, float] = json.loads((DATA / FIGURES).read_text(encoding="utf-8"))
REWRITE = "scripts/evaluate_relevance.py small-figures tests/relevance/data"


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    return small_figures(read_small_set(DATA), open_encoder(str(DEFAULT_ENCODER)))


def test_relevance_has_not_fallen(measured: dict[str, float]) -> None:
    fallen = (
        f"nDCG@10 fell from {WRITTEN} to {measured}. If that is meant, say why in the commit and run {REWRITE}"
    )

    assert measured["all kinds"] >= WRITTEN["all kinds"] - 0.01, fallen
    # Single kinds have fewer queries, so the same change moves them more.
    assert all(measured[kind] >= figure - 0.03 for kind, figure in WRITTEN.items()), fallen


def test_the_written_figures_are_of_today(measured: dict[str, float]) -> None:
    """An old figure would hide the next fall."""
    assert measured["all kinds"] <= WRITTEN["all kinds"] + 0.01, f"Relevance rose. Write it down: {REWRITE}"


def test_only_titles_of_the_development_split_are_shipped() -> None:
    records = json.loads((DATA / OCCUPATIONS).read_text(encoding="utf-8"))

    assert len(records) == 60
    assert {split_of(record["code"]) for record in records} == {Split.DEVELOPMENT}
    # O*NET's sentences may not be in the project.
    assert {key for record in records for key in record} == {
        *("code", "title", "alternate_titles", "short_titles", "reported_titles", "related")
    }
