"""How well titles are read, with 60 occupations and the shipped encoder: the tripwire of `make test`."""

import json
from pathlib import Path

from indexer.encoder import DEFAULT_ENCODER, open_encoder
from scripts.relevance.reading import small_reading_figures
from scripts.relevance.small_set import READING_FIGURES, read_small_set

DATA = Path(__file__).parent / "data"
REWRITE = "scripts/evaluate_relevance.py small-figures tests/relevance/data"
# One title of the rarest kind, held-out titles, is .02 of its figure.
TOLERANCE = 0.04


def test_reading_has_neither_become_worse_nor_better_unnoticed() -> None:
    written: dict[str, float] = json.loads((DATA / READING_FIGURES).read_text(encoding="utf-8"))

    measured = small_reading_figures(read_small_set(DATA), open_encoder(str(DEFAULT_ENCODER)))

    assert measured["known title, top-1"] == 1
    assert measured.keys() == written.keys()
    changed = {
        kind: (written[kind], value) for kind, value in measured.items() if abs(value - written[kind]) > TOLERANCE
    }
    assert changed == {}, f"If that is meant, say why in the commit and run {REWRITE}"
