"""An engine gets the shipped titles where it has none of its own."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from indexer.errors import IndexMismatch
from indexer.titles import TitleCatalogue, ensure
from indexer.titles.build import build_catalogue
from indexer.titles.ensure import ensure_titles
from tests.fakes import KeywordEncoder, MemoryTitles
from tests.relevance.occupations import make_occupation

ENCODER = KeywordEncoder("vet", dimensions=2)
SHIPPED = build_catalogue([make_occupation("29-1131.00", title="Vets")], ENCODER, "O*NET 27.0, as shipped")
OWN = replace(SHIPPED, source="O*NET 27.0, as shipped; own.csv", version="own")


@pytest.fixture(autouse=True)
def _a_small_catalogue_is_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ensure, "shipped_catalogue", lambda *_: SHIPPED)
    monkeypatch.setattr(ensure, "shipped_version", lambda: SHIPPED.version)


def engine(catalogue: TitleCatalogue | None) -> Any:
    return SimpleNamespace(titles=MemoryTitles(catalogue), label="sqlite:///test.db")


@pytest.mark.parametrize(
    ("held", "is_written"),
    [
        (None, True),
        (SHIPPED, False),
        (replace(SHIPPED, version="old"), True),
        (replace(SHIPPED, source="O*NET 26.0, as shipped", version="old"), True),
        (replace(SHIPPED, fingerprint="other"), True),
        (OWN, False),
        (replace(OWN, source="ESCO (occupations_en.csv)"), False),
    ],
)
def test_shipped_titles_are_written_where_there_are_none_or_others_that_were_shipped(
    held: TitleCatalogue | None, is_written: bool
) -> None:
    store = engine(held)

    assert ensure_titles(store, ENCODER) == is_written
    assert store.titles.status().version == (SHIPPED.version if is_written else held.version if held else "")


def test_an_operators_own_titles_of_another_encoder_are_not_overwritten_but_complained_about() -> None:
    store = engine(replace(OWN, fingerprint="other"))

    with pytest.raises(
        IndexMismatch, match=r"sqlite:///test\.db \(O\*NET 27\.0, as shipped; own\.csv\).*import_titles"
    ):
        ensure_titles(store, ENCODER)
    assert store.titles.status().version == "own"
