"""ESCO's occupations, from its CSV: https://esco.ec.europa.eu/en/use-esco/download (free with attribution)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import InvalidFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One occupation of ESCO: `uri` is its name in the web, `isco_group` its ISCO-08 unit group, such as 2654."""

    uri: str
    isco_group: str
    preferred_label: str
    alternative_labels: tuple[str, ...]
    description: str


def read_esco(path: Path) -> list[Concept]:
    """Return every released occupation in `path`, in the order of the file. Raises InvalidFile."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_concepts(path, file))
    except OSError as error:
        raise InvalidFile(f"{path} cannot be read: {error.strerror}. Give ESCO's occupations_en.csv.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidFile(f"{path} is not ESCO's CSV: {error}.") from error


def _concepts(path: Path, file: Iterator[str]) -> Iterator[Concept]:
    reader = csv.DictReader(file, restval="")
    needed = {"conceptUri", "iscoGroup", "preferredLabel", "altLabels", "description"}
    if missing := needed - set(reader.fieldnames or ()):
        raise InvalidFile(f"{path} has no column “{sorted(missing)[0]}”; is it ESCO's occupations_en.csv?")
    for row in reader:
        if row.get("status", "released") == "released":
            yield Concept(
                uri=row["conceptUri"],
                isco_group=row["iscoGroup"],
                preferred_label=row["preferredLabel"],
                alternative_labels=_labels(row),
                description=" ".join(row["description"].split()),
            )


def _labels(row: dict[str, str]) -> tuple[str, ...]:
    labels = (" ".join(label.split()) for label in row["altLabels"].splitlines())
    return tuple(dict.fromkeys(label for label in labels if label and label != row["preferredLabel"]))
