"""The occupations that people's titles were read as: each distinct title of a file has one, whoever bears it."""

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence

# Titles read at once: enough for one pass over the job-title index to serve many, few enough to see progress.
_TITLES_AT_ONCE = 1000


def of_titles(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the code of every distinct title."""
    return dict(connection.execute("SELECT title, occupation FROM titles"))


def changes(
    codes: Mapping[str, str], occupation_codes: Callable[[Sequence[str]], list[str]]
) -> list[tuple[str, str]]:
    """Return (code, title) of the titles in `codes` that `occupation_codes` now reads otherwise."""
    titles, changed = list(codes), []
    for first in range(0, len(titles), _TITLES_AT_ONCE):
        some = titles[first : first + _TITLES_AT_ONCE]
        changed += [
            (code, title) for title, code in zip(some, occupation_codes(some), strict=True) if code != codes[title]
        ]
    return changed


def recode(connection: sqlite3.Connection, changed: Sequence[tuple[str, str]]) -> int:
    """Write the codes of `changed` titles; return how many people bear one of them."""
    connection.executemany("UPDATE titles SET occupation = ? WHERE title = ?", changed)
    (people,) = connection.execute(
        "SELECT count(DISTINCT profile_rowid) FROM positions JOIN titles ON titles.rowid = title_rowid "
        "WHERE title IN (SELECT value FROM json_each(?))",
        (json.dumps([title for _, title in changed]),),
    ).fetchone()
    return int(people)


def title_rowids(connection: sqlite3.Connection, folded: Collection[str]) -> dict[str, list[int]]:
    """Return the rowids of the titles that are one of `folded` when casefolded, by it."""
    rowids: dict[str, list[int]] = {}
    for title, rowid in connection.execute(
        "SELECT folded, rowid FROM titles WHERE folded IN (SELECT value FROM json_each(?))",
        (json.dumps(list(folded)),),
    ):
        rowids.setdefault(title, []).append(rowid)
    return rowids
