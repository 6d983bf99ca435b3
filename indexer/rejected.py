"""Writes the rejected rows of a file as a file of their own, to be mended and imported as it is."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from indexer.errors import InvalidFile
from indexer.indexing import Rejection
from indexer.readers.encoding import check_encoding
from indexer.readers.rejection_columns import FIELD, REASON, REJECTION_COLUMNS, marked
from indexer.readers.rows import FORMATS, json_items
from indexer.readers.table import Table


def rejected_suffix(path: Path) -> str:
    """Return how the name of a file of rejected rows ends: CSV for CSV and TSV, JSON Lines for both kinds of JSON.

    So every row stands there as it stood, and is mended with what it was written with.
    """
    return ".csv" if FORMATS.get(path.suffix.casefold()) == "csv" else ".jsonl"


def write_rejected(path: Path, encoding: str | None, rejections: Sequence[Rejection], target: Path) -> None:
    """Write the rows of the file at `path` that `rejections` name to `target`, which ends in `rejected_suffix`.

    They have the columns of the source, so the same mapping reads them, and before these two more that say what is
    wrong, in which field and why; an import passes over those. A line that is not JSON stands alone. All else that
    is in the rows is written as well, contacts included. The file is in UTF-8, of CSV with a byte-order mark, as
    spreadsheets need it. `path` was read to its end before, with this `encoding`. Raises InvalidFile.
    """
    reasons: dict[int, list[Rejection]] = {}
    for rejection in rejections:
        reasons.setdefault(rejection.row, []).append(rejection)
    is_csv = rejected_suffix(path) == ".csv"
    try:
        with (
            path.open(encoding=check_encoding(path, encoding), newline="") as source,
            # Half a character, which JSON can hold, is written as the escape that it came from.
            target.open(
                "w", encoding="utf-8-sig" if is_csv else "utf-8", errors="backslashreplace", newline=""
            ) as file,
        ):
            if is_csv:
                _write_table(Table(path, source), reasons, file)
            else:
                _write_lines(_records(path, source), reasons, file)
    except OSError as error:
        raise InvalidFile(f"The rejected rows cannot be written to {target}: {error.strerror}.") from error


def _write_table(table: Table, reasons: Mapping[int, Sequence[Rejection]], file: TextIO) -> None:
    # Without what an earlier import said: this file may have been mended in part.
    places = [place for place, name in enumerate(table.header) if name.strip() not in REJECTION_COLUMNS]
    writer = csv.writer(file, delimiter=table.separator)
    # In front, so that a row with too many or too few cells does not push them aside.
    writer.writerow([FIELD, REASON, *(marked(table.header[place]) for place in places)])
    for line in table:
        if found := reasons.get(line.number):
            cells = [line.values[place] for place in places if place < len(line.values)]
            cells += line.values[len(table.header) :]
            writer.writerow([*_said(found), *map(marked, cells)])


def _write_lines(
    records: Iterator[tuple[int, Any, str]], reasons: Mapping[int, Sequence[Rejection]], file: TextIO
) -> None:
    for number, record, line in records:
        if found := reasons.get(number):
            file.write(f"{_told(record, found) if isinstance(record, dict) else line}\n")


def _told(record: Mapping[str, Any], found: Sequence[Rejection]) -> str:
    told = dict(zip(REJECTION_COLUMNS, _said(found), strict=True))
    # Without what an earlier import said: this file may have been mended in part.
    return json.dumps(
        {**told, **{key: value for key, value in record.items() if key not in told}}, ensure_ascii=False
    )


def _records(path: Path, source: TextIO) -> Iterator[tuple[int, Any, str]]:
    """Yield the number of each row, its record, None if it is not JSON, and its line."""
    if FORMATS[path.suffix.casefold()] == "json":
        for number, record in enumerate(json_items(path, source), start=1):
            yield number, record, json.dumps(record, ensure_ascii=False)
        return
    for number, line in enumerate(source, start=1):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        yield number, record, line.strip()


def _said(found: Sequence[Rejection]) -> tuple[str, str]:
    """Return the fields, and the reasons, in the same order."""
    return "; ".join(one.field for one in found), " ".join(f"{one.field}: {one.reason}" for one in found)
