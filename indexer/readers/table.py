"""The lines of a CSV file, whichever separator a spreadsheet wrote it with."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from indexer.errors import InvalidFile
from indexer.readers.rejection_columns import has_rejection_columns, unmarked

# A cell that is too long is for its reader to reject, with its row; the csv module alone would refuse the whole
# file from 131,072 characters on. Past this one a quote was surely never closed.
csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True)
class Line:
    """One line below the header: its `values`, and `cells`, the same by column, or the `problem` that it has.

    `number` is what an editor or a spreadsheet shows: the header is line 1.
    """

    number: int
    values: list[str]
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


class Table:
    """A CSV file that is open: its header, and its lines as a stream, without empty ones."""

    def __init__(self, path: Path, file: TextIO) -> None:
        """Read the header. `path` is for messages. Raises InvalidFile."""
        first = file.readline()
        file.seek(0)
        # The separator is the one that the header uses most: spreadsheets write ; or tabs in many countries.
        self.separator = max(",;\t", key=first.count)
        self._path = path
        self._cells = csv.reader(file, delimiter=self.separator, strict=True)
        try:
            header = next(self._cells, [])
            self._is_marked = has_rejection_columns(header)
            self.header = self._values(header)
        except csv.Error as error:
            raise self._broken(error) from error

    def __iter__(self) -> Iterator[Line]:
        """Yield the lines. Raises InvalidFile where the file is broken as a whole, or has none."""
        number = 1
        try:
            for cells in self._cells:
                number += 1
                values = self._values(cells)
                if not any(value.strip() for value in values):
                    continue
                if len(values) == len(self.header):
                    yield Line(number, values, dict(zip(self.header, values, strict=True)))
                else:
                    yield Line(
                        number, values, problem=f"has {len(values)} cells; the header has {len(self.header)}."
                    )
        except csv.Error as error:
            raise self._broken(error) from error
        if number == 1:
            raise InvalidFile(f"{self._path} has a header and no rows.")

    def _values(self, cells: list[str]) -> list[str]:
        return [unmarked(cell) for cell in cells] if self._is_marked else cells

    def _broken(self, error: csv.Error) -> InvalidFile:
        return InvalidFile(
            f"{self._path}, line {self._cells.line_num}: the quotes do not match ({error}). If the end of the "
            "file is missing, export it again. Nothing was imported."
        )
