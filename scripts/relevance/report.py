"""The figures of a test as tables for a person and as JSON for a program."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from scripts.relevance.scores import Figure, QueryScore, differences, figures

ALL = "all kinds"
Slices = dict[str, dict[str, Figure]]


def slices(scores: Sequence[QueryScore]) -> Slices:
    """Return the figures over all kinds, of each kind, and of each major group of occupations."""
    kinds = list(dict.fromkeys(score.kind for score in scores))
    groups = sorted({score.group for score in scores if score.group})
    return (
        {ALL: figures(scores)}
        | {kind: figures([score for score in scores if score.kind == kind]) for kind in kinds if len(kinds) > 1}
        | {f"group {group}": figures([s for s in scores if s.group == group]) for group in groups}
    )


def compared(ours: Sequence[QueryScore], theirs: Sequence[QueryScore]) -> Slices:
    """Return the figures of ours - theirs, query by query: over all kinds and of each kind."""
    kinds = list(dict.fromkeys(score.kind for score in ours))
    by_kind = {
        kind: differences([s for s in ours if s.kind == kind], [s for s in theirs if s.kind == kind])
        for kind in kinds
        if len(kinds) > 1
    }
    return {ALL: differences(ours, theirs)} | by_kind


def as_table(title: str, rows: Slices, *, signed: bool = False) -> str:
    """Return a Markdown table: mean (95 % interval) of every metric."""
    sign = "+" if signed else ""
    metrics = list(rows[ALL])
    lines = [f"| {title} | queries | {' | '.join(metrics)} |", f"|---|---|{'---|' * len(metrics)}"]
    for label, row in rows.items():
        cells = [f"{f.mean:{sign}.4f} ({f.low:{sign}.3f} to {f.high:{sign}.3f})" for f in row.values()]
        lines.append(f"| {label} | {next(iter(row.values())).queries:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def plain_table(rows: Sequence[Mapping[str, object]]) -> str:
    """Return a Markdown table with the keys of the first row as its head; floats with four digits."""
    lines = [f"| {' | '.join(rows[0])} |", "|" + "---|" * len(rows[0])]
    for row in rows:
        cells = (f"{value:.4f}" if isinstance(value, float) else str(value) for value in row.values())
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def as_json(rows: Slices) -> dict[str, Any]:
    """Return `rows` as JSON values."""
    return {label: {metric: asdict(figure) for metric, figure in row.items()} for label, row in rows.items()}
