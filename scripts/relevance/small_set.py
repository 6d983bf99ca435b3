"""The small test that runs with `make test`: titles of 60 occupations, and the figures of the shipped encoder."""

import json
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from indexer.encoder import Encoder
from indexer.engines import open_engine
from indexer.taxonomy import Occupation
from indexer.titles.build import build_catalogue
from scripts.relevance.dream_job import SYSTEMS, evaluate, fill, find, grades_by_code
from scripts.relevance.held_out import held_out
from scripts.relevance.people import make_people
from scripts.relevance.queries import make_queries
from scripts.relevance.report import slices
from scripts.relevance.split import Split, split_of
from scripts.relevance.titles import ambiguous_forms, borne_titles, normal_forms

OCCUPATIONS, FIGURES, READING_FIGURES = "occupations.json", "figures.json", "reading_figures.json"
_SIZE = 60
_MOST_TITLES = 8


def choose(occupations: Sequence[Occupation]) -> list[dict[str, Any]]:
    """Return 60 occupations of the development split as JSON values, spread over the codes, titles alone."""
    borne = borne_titles(occupations)
    ambiguous = ambiguous_forms(occupations)
    usable = [o for o in occupations if o.code in borne and split_of(o.code) is Split.DEVELOPMENT]
    chosen = [usable[i * len(usable) // _SIZE] for i in range(_SIZE)]
    codes = {o.code for o in chosen}

    def some(titles: Sequence[str]) -> list[str]:
        return [title for title in titles if normal_forms(title).isdisjoint(ambiguous)][:_MOST_TITLES]

    return [
        {
            "code": o.code,
            "title": o.title,
            "alternate_titles": some(o.alternate_titles),
            "short_titles": some(o.short_titles),
            "reported_titles": some(o.reported_titles),
            "related": {code: tier for code, tier in o.related.items() if code in codes},
        }
        for o in chosen
    ]


def read_small_set(folder: Path) -> list[Occupation]:
    """Return the occupations in `folder`, without the sentences that O*NET has of them."""
    return read_occupations(folder / OCCUPATIONS)


def read_occupations(path: Path) -> list[Occupation]:
    """Return the occupations in the JSON file `path`: titles alone."""
    records = json.loads(path.read_text(encoding="utf-8"))
    return [
        Occupation(
            code=record["code"],
            title=record["title"],
            description="",
            alternate_titles=tuple(record["alternate_titles"]),
            short_titles=tuple(record["short_titles"]),
            reported_titles=tuple(record["reported_titles"]),
            tasks=(),
            related=record.get("related", {}),
        )
        for record in records
    ]


def small_figures(occupations: Sequence[Occupation], encoder: Encoder) -> dict[str, float]:
    """Return nDCG@10 of the ranking on SQLite: over all kinds of titles, and of each kind."""
    borne = borne_titles(occupations)
    people = make_people(occupations, borne)
    with tempfile.TemporaryDirectory() as folder, closing(open_engine(f"sqlite:///{folder}/i.db")) as engine:
        queries = make_queries(occupations, borne, split=None)
        fill(engine, people, encoder, build_catalogue(held_out(occupations, queries), encoder, "the small set"))
        found = find(engine, encoder, queries, grades_by_code(occupations, people))
    figures = slices(evaluate(found, SYSTEMS["ranking"]))
    return {name: round(row["nDCG@10"].mean, 4) for name, row in figures.items() if not name.startswith("group")}
