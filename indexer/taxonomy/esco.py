"""ESCO's occupations, from its CSV: https://esco.ec.europa.eu/en/use-esco/download (free with attribution)."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import InvalidFile
from indexer.taxonomy.occupation import Occupation


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One occupation of ESCO: `uri` is its name in the web, `isco_group` its ISCO-08 unit group, such as 2654."""

    uri: str
    isco_group: str
    preferred_label: str
    alternative_labels: tuple[str, ...]
    description: str

    @property
    def code(self) -> str:
        """A code as short as O*NET's: its ISCO group, and the beginning of what names it in the web.

        ESCO's own codes number the concepts of a group, so that they change when one is added; the address stays.
        Eight hexadecimal digits tell the 3,039 concepts of ESCO 1.2 apart, and the group nearly so those to come.
        """
        return f"esco:{self.isco_group}.{self.uri.rstrip('/').rpartition('/')[2][:8]}"


def read_esco(path: Path) -> list[Concept]:
    """Return every released occupation in `path`, in the order of the file. Raises InvalidFile."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_concepts(path, file))
    except OSError as error:
        raise InvalidFile(f"{path} cannot be read: {error.strerror}. Give ESCO's occupations_en.csv.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidFile(f"{path} is not ESCO's CSV: {error}.") from error


def esco_occupations(concepts: Sequence[Concept]) -> list[Occupation]:
    """Return the occupations of a job-title index. ESCO has no tasks, job zones or related occupations."""
    return [
        Occupation(
            code=concept.code,
            title=concept.preferred_label,
            description=concept.description,
            alternate_titles=concept.alternative_labels,
            short_titles=(),
            reported_titles=(),
            tasks=(),
            related={},
        )
        for concept in concepts
    ]


def _concepts(path: Path, file: Iterator[str]) -> Iterator[Concept]:
    reader = csv.DictReader(file, restval="")
    needed = {"conceptUri", "iscoGroup", "preferredLabel", "altLabels", "description"}
    if missing := needed - set(reader.fieldnames or ()):
        raise InvalidFile(f"{path} has no column “{sorted(missing)[0]}”; is it ESCO's occupations_en.csv?")
    for row in reader:
        if row.get("status", "released") == "released":
            yield Concept(
                uri=row["conceptUri"],
                # The file has lost the zero that the groups of the armed forces begin with.
                isco_group=row["iscoGroup"].zfill(4),
                preferred_label=row["preferredLabel"],
                alternative_labels=_labels(row),
                description=" ".join(row["description"].split()),
            )


def _labels(row: dict[str, str]) -> tuple[str, ...]:
    labels = (" ".join(label.split()) for label in row["altLabels"].splitlines())
    return tuple(dict.fromkeys(label for label in labels if label and label != row["preferredLabel"]))
