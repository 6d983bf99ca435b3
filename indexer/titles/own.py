"""An operator's own job titles: read from CSV files, checked against a catalogue, and put into it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from indexer.encoder import Encoder
from indexer.encoder.short import shortened
from indexer.errors import InvalidFile
from indexer.readers.encoding import check_encoding
from indexer.readers.table import Line, Table
from indexer.text import clean_line, tokens
from indexer.titles.build import Track, centre, content_version, counted, embedded
from indexer.titles.catalogue import JobTitle, KnownOccupation, TitleCatalogue
from indexer.titles.keys import title_key

_COLUMNS = ("title", "occupation", "aliases")
_SEPARATORS = re.compile("[;|]")
# As long as the title of a position may be (indexer/profile/schema.py).
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row of an operator's file. `field` is a column, or "row" for the row as a whole."""

    path: Path
    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """One row: how a job is written, the title first, and the codes of the occupations that it names.

    `new_occupation` is true where the row makes an occupation of its own, which has the one code.
    """

    spellings: tuple[str, ...]
    codes: tuple[str, ...]
    new_occupation: bool


@dataclass(frozen=True, slots=True)
class _Row:
    path: Path
    number: int
    title: str
    occupations: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def key(self) -> str:
        return title_key(self.title)

    def error(self, field: str, reason: str) -> RowError:
        return RowError(self.path, self.number, field, reason)


def read_own_titles(paths: Sequence[Path], catalogue: TitleCatalogue) -> tuple[list[OwnTitle], list[RowError]]:
    """Return the titles in the files at `paths` that are to go into `catalogue`, and what is wrong with rows.

    A row names the occupations that its title means, by code or by a title, of the catalogue or of another row.
    A row without any gives other names to a title that the catalogue knows, and makes a new occupation of one that
    it does not know. Raises InvalidFile for a file that is broken as a whole.
    """
    errors: list[RowError] = []
    rows: dict[str, _Row] = {}
    for path in paths:
        for row in _rows(path, errors):
            if first := rows.get(row.key):
                place = f"row {first.number} of {first.path.name}"
                errors.append(row.error("title", f"“{row.title}” is that of {place} already."))
            else:
                rows[row.key] = row
    known = _Known(catalogue, rows.values())
    return [own for row in rows.values() if (own := known.own_title(row, errors))], errors


def with_own_titles(
    catalogue: TitleCatalogue, own: Sequence[OwnTitle], encoder: Encoder, source: str, track: Track = iter
) -> TitleCatalogue:
    """Return `catalogue` with the titles of `own` ahead of its own, in place of equal ones. Raises EncoderError.

    `encoder` is the one that made the catalogue's vectors, `source` names the whole.
    """
    codes: dict[str, dict[str, None]] = {}
    spelling: dict[str, str] = {}
    for one in own:
        for written in one.spellings:
            spelling.setdefault(title_key(written), written)
            codes.setdefault(title_key(written), {}).update(dict.fromkeys(one.codes))
    vectors = embedded(chain(spelling.values(), *(one.spellings for one in own)), encoder, track)
    kept = [row for row, title in enumerate(catalogue.titles) if title_key(title.title) not in codes]
    titles = (
        *(JobTitle(spelling[key], tuple(named)) for key, named in codes.items()),
        *(catalogue.titles[row] for row in kept),
    )
    new = (
        KnownOccupation(
            code=one.codes[0],
            title=one.spellings[0],
            job_zone=None,
            related={},
            words=counted(one.spellings),
            vector=centre([vectors[written] for written in one.spellings], []),
        )
        for one in own
        if one.new_occupation
    )
    occupations = tuple(sorted((*catalogue.occupations, *new), key=lambda occupation: occupation.code))
    own_vectors = np.array([vectors[written] for written in spelling.values()], np.float32)
    return replace(
        catalogue,
        source=source,
        version=content_version(source, occupations, titles),
        occupations=occupations,
        titles=titles,
        vectors=np.concatenate([shortened(own_vectors, encoder), catalogue.vectors[kept]]),
    )


class _Known:
    """What a row's occupations can be: those of the catalogue, and the new ones of other rows."""

    def __init__(self, catalogue: TitleCatalogue, rows: Iterable[_Row]) -> None:
        self._codes = {occupation.code for occupation in catalogue.occupations}
        self._titles = {title_key(title.title): title.codes for title in catalogue.titles}
        # An official title means that occupation alone, whatever else bears it.
        self._titles |= {title_key(occupation.title): (occupation.code,) for occupation in catalogue.occupations}
        self._new = {
            row.key: _own_code(row.title) for row in rows if not row.occupations and row.key not in self._titles
        }
        self._codes.update(self._new.values())

    def own_title(self, row: _Row, errors: list[RowError]) -> OwnTitle | None:
        """Return what `row` says; None, and an error more, where it names what there is not."""
        spellings = (row.title, *row.aliases)
        if row.key in self._new and not row.occupations:
            return OwnTitle(spellings, (self._new[row.key],), new_occupation=True)
        codes: dict[str, None] = {}
        for occupation in row.occupations or (row.title,):
            found = self._found(occupation)
            if not found:
                errors.append(
                    row.error("occupation", f"“{occupation}” is neither a code nor a title that is known.")
                )
                return None
            codes |= dict.fromkeys(found)
        return OwnTitle(spellings, tuple(codes), new_occupation=False)

    def _found(self, occupation: str) -> tuple[str, ...]:
        if occupation in self._codes:
            return (occupation,)
        key = title_key(occupation)
        return (self._new[key],) if key in self._new else self._titles.get(key, ())


def _own_code(title: str) -> str:
    """Return the code of an operator's own occupation: the same as long as its title keeps its words."""
    return f"own:{'-'.join(tokens(title))}"


def _rows(path: Path, errors: list[RowError]) -> Iterator[_Row]:
    with path.open(encoding=check_encoding(path), newline="") as file:
        table = Table(path, file)
        columns = _columns(path, table.header)
        for line in table:
            yield from _row(path, line, columns, errors)


def _columns(path: Path, header: Sequence[str]) -> dict[str, str]:
    """Return our name of each column. Raises InvalidFile."""
    columns = {name: name.strip().casefold() for name in header}
    unknown = [name for name, ours in columns.items() if ours not in _COLUMNS]
    if not unknown and "title" in columns.values() and len(set(columns.values())) == len(header):
        return columns
    fault = f"“{unknown[0]}” is none of our columns" if unknown else "one of our columns is missing or there twice"
    raise InvalidFile(
        f"{path}: {fault}: title, and if you like {' and '.join(_COLUMNS[1:])}. Nothing was imported."
    )


def _row(path: Path, line: Line, columns: Mapping[str, str], errors: list[RowError]) -> Iterator[_Row]:
    """Yield the row of `line`, or nothing, and errors more."""
    if line.problem:
        errors.append(RowError(path, line.number, "row", line.problem))
        return
    cells = {columns[name]: clean_line(cell) for name, cell in line.cells.items()}
    aliases = _parts(cells.get("aliases", ""))
    row = _Row(path, line.number, cells["title"], _parts(cells.get("occupation", "")), aliases)
    faults = [
        row.error(field, reason)
        for field, written in (("title", row.title), *(("aliases", alias) for alias in aliases))
        if (reason := _fault(written))
    ]
    errors += faults
    if not faults:
        yield row


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in _SEPARATORS.split(cell) if part.strip()))


def _fault(title: str) -> str:
    if not title:
        return "is missing."
    if len(title) > _LONGEST:
        return f"“{title[:30]}…” is {len(title)} characters long; a title has at most {_LONGEST}."
    return "" if tokens(title) else f"“{title}” has no letter or digit."
