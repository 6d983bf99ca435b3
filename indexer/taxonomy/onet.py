"""O*NET's occupations, from the folder of its text files: https://www.onetcenter.org/database.html (CC BY 4.0)."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.errors import InvalidFile
from indexer.taxonomy.occupation import Occupation

# O*NET writes this where there is no short title.
_NOT_GIVEN = "n/a"
_CODE = "O*NET-SOC Code"
_JOB_ZONES = {str(zone): zone for zone in range(1, 6)}


def read_onet(folder: Path) -> list[Occupation]:
    """Return every occupation of the release in `folder`, in the order of codes. Raises InvalidFile.

    Releases from 20.1 on can be read: the first with alternate titles. Those before 26.3 have no tiers of related
    occupations. Columns that we do not need may come and go.
    """
    alternate, short, named_by = _alternate_titles(folder)
    reported = _grouped(_rows(folder, "Sample of Reported Titles.txt", "Reported Job Title"), "Reported Job Title")
    tasks = _grouped(_rows(folder, "Task Statements.txt", "Task"), "Task")
    related: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows_if_any(folder, "Related Occupations.txt", "Related O*NET-SOC Code", "Relatedness Tier"):
        related[row[_CODE]][row["Related O*NET-SOC Code"]] = row["Relatedness Tier"]
    job_zones = {row[_CODE]: _job_zone(folder, row) for row in _rows_if_any(folder, "Job Zones.txt", "Job Zone")}
    occupations = [
        Occupation(
            code=row[_CODE],
            title=row["Title"],
            description=row["Description"],
            alternate_titles=_distinct(alternate[row[_CODE]]),
            short_titles=_distinct(short[row[_CODE]]),
            reported_titles=_distinct(reported[row[_CODE]]),
            tasks=_distinct(tasks[row[_CODE]]),
            related=related[row[_CODE]],
            job_zone=job_zones.get(row[_CODE]),
            named_by=named_by[row[_CODE]],
        )
        for row in _rows(folder, "Occupation Data.txt", "Title", "Description")
    ]
    return sorted(occupations, key=lambda occupation: occupation.code)


def _alternate_titles(
    folder: Path,
) -> tuple[defaultdict[str, list[str]], defaultdict[str, list[str]], defaultdict[str, dict[str, int]]]:
    """Return the alternate titles, the short ones, and how many sources name each, by code."""
    alternate, short = defaultdict(list), defaultdict(list)
    named_by: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(folder, "Alternate Titles.txt", "Alternate Title", "Short Title"):
        titles = [row["Alternate Title"]]
        alternate[row[_CODE]].append(row["Alternate Title"])
        if row["Short Title"] not in ("", _NOT_GIVEN):
            titles.append(row["Short Title"])
            short[row[_CODE]].append(row["Short Title"])
        sources = len(row.get("Source(s)", "").split(","))
        for title in titles:
            named_by[row[_CODE]][title] = max(sources, named_by[row[_CODE]].get(title, 0))
    return alternate, short, named_by


def _job_zone(folder: Path, row: dict[str, str]) -> int:
    try:
        return _JOB_ZONES[row["Job Zone"]]
    except KeyError:
        raise InvalidFile(
            f"{folder / 'Job Zones.txt'} gives {row[_CODE]} the job zone “{row['Job Zone']}”, not 1 to 5; "
            "is it O*NET's text format?"
        ) from None


def _grouped(rows: Iterable[dict[str, str]], column: str) -> defaultdict[str, list[str]]:
    values = defaultdict(list)
    for row in rows:
        values[row[_CODE]].append(row[column])
    return values


def _rows_if_any(folder: Path, name: str, *columns: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a file that an older release may lack, none where it does."""
    if (folder / name).exists():
        yield from _rows(folder, name, *columns)


def _rows(folder: Path, name: str, *columns: str) -> Iterator[dict[str, str]]:
    path = folder / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
            if missing := {_CODE, *columns} - set(reader.fieldnames or ()):
                raise InvalidFile(f"{path} has no column “{sorted(missing)[0]}”; is it O*NET's text format?")
            yield from reader
    except OSError as error:
        raise InvalidFile(
            f"{path} cannot be read: {error.strerror}. Give the folder of an O*NET database in text format."
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidFile(f"{path} is not UTF-8 text; is it O*NET's text format?") from error


def _distinct(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
