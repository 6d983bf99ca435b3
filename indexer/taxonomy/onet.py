"""O*NET's occupations, from the folder of its text files: https://www.onetcenter.org/database.html (CC BY 4.0)."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import InvalidFile

# O*NET writes this where there is no short title.
_NOT_GIVEN = "n/a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """One occupation; `code` is its O*NET-SOC code, such as 29-1131.00.

    `related` maps the code of another occupation to how near it is: "Primary-Short", "Primary-Long" or
    "Supplemental".
    """

    code: str
    title: str
    description: str
    alternate_titles: tuple[str, ...]
    short_titles: tuple[str, ...]
    reported_titles: tuple[str, ...]
    tasks: tuple[str, ...]
    related: dict[str, str]

    @property
    def major_group(self) -> str:
        """The first two digits of the code: one of the 23 major groups of the SOC."""
        return self.code[:2]


def read_onet(folder: Path) -> list[Occupation]:
    """Return every occupation of the release in `folder`, in the order of codes. Raises InvalidFile."""
    alternate, short = defaultdict(list), defaultdict(list)
    for row in _rows(folder, "Alternate Titles.txt", "Alternate Title", "Short Title"):
        alternate[row["O*NET-SOC Code"]].append(row["Alternate Title"])
        if row["Short Title"] not in ("", _NOT_GIVEN):
            short[row["O*NET-SOC Code"]].append(row["Short Title"])
    reported = _grouped(folder, "Sample of Reported Titles.txt", "Reported Job Title")
    tasks = _grouped(folder, "Task Statements.txt", "Task")
    related: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(folder, "Related Occupations.txt", "Related O*NET-SOC Code", "Relatedness Tier"):
        related[row["O*NET-SOC Code"]][row["Related O*NET-SOC Code"]] = row["Relatedness Tier"]
    occupations = [
        Occupation(
            code=row["O*NET-SOC Code"],
            title=row["Title"],
            description=row["Description"],
            alternate_titles=_distinct(alternate[row["O*NET-SOC Code"]]),
            short_titles=_distinct(short[row["O*NET-SOC Code"]]),
            reported_titles=_distinct(reported[row["O*NET-SOC Code"]]),
            tasks=_distinct(tasks[row["O*NET-SOC Code"]]),
            related=related[row["O*NET-SOC Code"]],
        )
        for row in _rows(folder, "Occupation Data.txt", "Title", "Description")
    ]
    return sorted(occupations, key=lambda occupation: occupation.code)


def _grouped(folder: Path, name: str, column: str) -> defaultdict[str, list[str]]:
    values = defaultdict(list)
    for row in _rows(folder, name, column):
        values[row["O*NET-SOC Code"]].append(row[column])
    return values


def _rows(folder: Path, name: str, *columns: str) -> Iterator[dict[str, str]]:
    path = folder / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
            if missing := {"O*NET-SOC Code", *columns} - set(reader.fieldnames or ()):
                raise InvalidFile(f"{path} has no column “{sorted(missing)[0]}”; is it O*NET's text format?")
            yield from reader
    except OSError as error:
        raise InvalidFile(
            f"{path} cannot be read: {error.strerror}. Give the folder of an O*NET database in text format."
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidFile(f"{path} is not UTF-8 text; is it O*NET's text format?") from error


def _distinct(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
