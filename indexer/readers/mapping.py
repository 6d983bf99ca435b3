"""A saved mapping: how one board's columns or keys become ours."""

import json
import re
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any

from indexer.errors import InvalidFile
from indexer.readers.columns import canonical
from indexer.readers.rejection_columns import REJECTION_COLUMNS


@dataclass(frozen=True, slots=True)
class Mapping:
    """Renames fields, translates values and fills in defaults.

    `fields`: their name to ours, or to None to leave it out. `values`: our field to {their value: ours}.
    `defaults`: our field to a text for rows that lack it; `{key}` in it stands for the row's own key.
    """

    fields: AbstractMapping[str, str | None] = field(default_factory=dict)
    values: AbstractMapping[str, AbstractMapping[str, Any]] = field(default_factory=dict)
    defaults: AbstractMapping[str, str] = field(default_factory=dict)

    def target(self, name: str) -> str | None:
        """Return our column for their `name`, None if it is left out. Raises KeyError if it means no field."""
        if name in self.fields:
            return self.fields[name]
        if name in REJECTION_COLUMNS:
            return None
        ours = canonical(name)
        if ours is None:
            raise KeyError(name)
        return ours

    def fill(self, flat: dict[str, Any], source: AbstractMapping[str, Any]) -> dict[str, Any]:
        """Return `flat` (our columns) with values translated and defaults filled in from the `source` row."""
        filled = {name: self._translated(name, value) for name, value in flat.items()}
        for name, template in self.defaults.items():
            if filled.get(name) in ("", None, []):
                filled[name] = template.format_map(source)
        return filled

    def _translated(self, name: str, value: Any) -> Any:
        translations = self.values.get(name, {})
        return translations.get(value, value) if isinstance(value, str) else value


def load_mapping(path: Path) -> Mapping:
    """Return the mapping saved at `path` as JSON. Raises InvalidFile."""
    try:
        saved = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidFile(f"The mapping {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise InvalidFile(f"The mapping {path} is not JSON: {error}.") from error
    if not isinstance(saved, dict) or not all(isinstance(part, dict) for part in saved.values()):
        raise InvalidFile(f"The mapping {path} must hold the groups fields, values and defaults.")
    if unknown := set(saved) - {"fields", "values", "defaults"}:
        raise InvalidFile(f"The mapping {path} has an unknown group: {', '.join(sorted(unknown))}.")
    for ours, values in saved.get("values", {}).items():
        if not isinstance(values, dict):
            raise InvalidFile(f"The mapping {path}: the values of “{ours}” must be a group of theirs and ours.")
    return Mapping(
        fields={
            theirs: None if ours is None else _ours(path, ours) for theirs, ours in saved.get("fields", {}).items()
        },
        values={_ours(path, ours): values for ours, values in saved.get("values", {}).items()},
        defaults={
            _ours(path, ours): _template(path, ours, text) for ours, text in saved.get("defaults", {}).items()
        },
    )


def _template(path: Path, name: str, template: Any) -> str:
    try:
        parts = list(Formatter().parse(template))
    except (TypeError, ValueError):
        parts = [("", "", "", None)]
    # A key alone: no positions, no attributes, no formats. They would only fail later, row by row.
    if not all(key is None or (re.fullmatch(r"[^.\[\]]+", key) and not how) for _, key, how, _ in parts):
        raise InvalidFile(
            f"The mapping {path}: the default of “{name}” must be a text, in which {{key}} stands for one of the "
            "row's own keys."
        )
    return str(template)


def _ours(path: Path, name: Any) -> str:
    ours = canonical(name) if isinstance(name, str) else None
    if ours is None:
        raise InvalidFile(f"The mapping {path} names “{name}”, which is not a field of a profile.")
    return ours
