"""The rows of a file: each a nested record for the profile schema, or the reason why it cannot be one."""

import difflib
import json
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import ijson
from ijson.common import ObjectBuilder

from indexer.errors import InvalidFile
from indexer.profile.schema import FieldError
from indexer.readers.columns import UnclearRow, known_columns, nest, origin
from indexer.readers.encoding import check_encoding
from indexer.readers.mapping import Mapping
from indexer.readers.table import Table
from indexer.text import clean_line

FORMATS = {".csv": "csv", ".tsv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
# A profile nests three deep; Python itself gives up at about a thousand.
_DEEPEST = 100
_STEPS = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` is what an editor or a spreadsheet shows: the CSV header is row 1.

    `cells` are its values by our names of the columns, `names` what the file calls these.
    """

    number: int
    record: Any = None
    problem: str = ""
    cells: AbstractMapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    names: AbstractMapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def told(self, error: FieldError) -> tuple[str, str]:
        """Return what the file calls the column that `error` is about, and what is wrong there.

        Where the file has no such column, it is our name of it.
        """
        if not error.path:
            return error.field, error.reason
        column, place = origin(error.path, self.cells)
        # An unknown name comes from the file as it is: it may be endless, or play with the operator's terminal.
        name, place = (clean_line(text)[:80] for text in (self.names.get(column, column), place))
        cell = self.cells.get(column)
        several = isinstance(cell, str) and "," in cell and ";" not in cell and place
        reason = f"{place}: {error.reason}" if place else error.reason
        return name or error.field, f"{reason} Separate several by a semicolon." if several else reason


def read_rows(path: Path, mapping: Mapping | None = None, encoding: str | None = None) -> Iterator[Row]:
    """Yield the rows of the file at `path`, streaming.

    A row that is wrong by itself is yielded with its `problem`. Raises InvalidFile where the file as a whole
    is: unreadable, of another encoding, with an unknown column, or cut off.
    """
    mapping = mapping or Mapping()
    kind = FORMATS.get(path.suffix.casefold())
    if kind is None:
        raise InvalidFile(f"{path}: the name must end in one of {', '.join(FORMATS)}.")
    encoding = check_encoding(path, encoding)
    with path.open(encoding=encoding, newline="") as file:
        if kind == "csv":
            yield from _csv_rows(path, file, mapping)
        elif kind == "jsonl":
            yield from _json_lines(path, file, mapping)
        else:
            yield from _json_array(path, file, mapping)


def _csv_rows(path: Path, file: TextIO, mapping: Mapping) -> Iterator[Row]:
    table = Table(path, file)
    columns = _columns(path, table.header, mapping)
    for line in table:
        if line.problem:
            yield Row(line.number, problem=line.problem)
        else:
            yield _row(line.number, line.cells, columns, mapping)


def _columns(path: Path, header: list[str], mapping: Mapping) -> dict[str, str]:
    """Return their column name to ours, without the columns that the mapping leaves out."""
    columns: dict[str, str] = {}
    for name in header:
        try:
            ours = mapping.target(name.strip())
        except KeyError as error:
            raise InvalidFile(_unknown_column(path, name)) from error
        if ours is None:
            continue
        if ours in columns.values():
            raise InvalidFile(f"{path}: two columns mean {ours}; leave one out with a mapping.")
        columns[name] = ours
    return columns


def _unknown_column(path: Path, name: str) -> str:
    if not name.strip():
        return f"{path}: a column has no name in the header; name it, or take it out. Nothing was imported."
    near = difflib.get_close_matches(name.strip().casefold(), known_columns(), n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return (
        f"{path}: the column “{name.strip()}” is not a field of a profile.{hint} A mapping can "
        "name the field that it means, or leave it out with null. Nothing was imported."
    )


def _json_lines(path: Path, file: TextIO, mapping: Mapping) -> Iterator[Row]:
    found = False
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        found = True
        try:
            record = json.loads(line.strip(), parse_constant=_no_constant)
        except ValueError as error:
            yield Row(number, problem=f"is not JSON: {error}.")
            continue
        except RecursionError:
            yield Row(number, problem="is nested too deeply to be a profile.")
            continue
        yield _mapped(number, record, mapping)
    if not found:
        raise InvalidFile(f"{path} has no rows.")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value; write null")


def _json_array(path: Path, file: TextIO, mapping: Mapping) -> Iterator[Row]:
    start = file.read(4096).lstrip()
    file.seek(0)
    if not start.startswith("["):
        raise InvalidFile(f"{path} must be a JSON list of profiles: [{{...}}, {{...}}].")
    number = 0
    try:
        for number, record in enumerate(json_items(path, file), start=1):
            yield _mapped(number, record, mapping)
    except ijson.JSONError:
        # The error itself shows the text around the fault, which may be private.
        raise InvalidFile(
            f"{path} is not whole JSON: it breaks after {number} profiles. Export it again. Nothing was imported."
        ) from None
    if number == 0:
        raise InvalidFile(f"{path} is an empty list.")


class _Bytes:
    """A text file as ijson wants it: in UTF-8, whatever the file's own encoding is."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def read(self, size: int) -> bytes:
        return self._file.read(size).encode()


def json_items(path: Path, file: TextIO) -> Iterator[Any]:
    """Yield the items of a JSON list. Raises ijson.JSONError and InvalidFile."""
    events = ijson.basic_parse(_Bytes(file), use_float=True)
    next(events)  # the list itself begins
    depth, builder = 0, ObjectBuilder()
    for event, value in events:
        depth += _STEPS.get(event, 0)
        if depth > _DEEPEST:
            raise InvalidFile(f"{path} is nested too deeply to be a list of profiles. Nothing was imported.")
        if depth >= 0:
            builder.event(event, value)
        if depth == 0:
            yield builder.value
            builder = ObjectBuilder()


def _mapped(number: int, record: Any, mapping: Mapping) -> Row:
    """Return the row of a JSON record: its keys are ours already, flat as in CSV, or named by the mapping."""
    if not isinstance(record, dict):
        return Row(number, problem="is not a JSON object with the fields of a profile.")
    columns: dict[str, str] = {}
    for key, value in record.items():
        if value is None:
            continue
        ours: str | None = key
        if not isinstance(value, dict | list) or key in mapping.fields:
            # What means no field stays as it is: the schema rejects the row and names it.
            with suppress(KeyError):
                ours = mapping.target(key)
        if ours in columns.values():
            return Row(number, problem=f"two keys mean {ours}; leave one out with a mapping.")
        if ours is not None:
            columns[key] = ours
    return _row(number, record, columns, mapping)


def _row(number: int, source: dict[str, Any], columns: dict[str, str], mapping: Mapping) -> Row:
    flat = {ours: source[theirs] for theirs, ours in columns.items()}
    names = {ours: theirs for theirs, ours in columns.items()}
    try:
        cells = mapping.fill(flat, source)
        return Row(number, nest(cells, names), cells=cells, names=names)
    except UnclearRow as error:
        return Row(number, problem=str(error))
    except KeyError as error:
        return Row(number, problem=f"has no {error} for a default of the mapping.")
