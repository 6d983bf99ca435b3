"""Column names: what a CSV header may call our fields, and how flat columns become a nested profile."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from indexer.profile.schema import (
    ContactSchema,
    LinkSchema,
    PositionSchema,
    ProfileSchema,
    SchoolSchema,
)

# Each group's singular, and the field a bare column of that name means: "school" is school_school.
_GROUPS = {
    "position": ("positions", "title", set(PositionSchema().fields)),
    "school": ("schools", "school", set(SchoolSchema().fields)),
    "link": ("links", "url", set(LinkSchema().fields)),
}
_CONTACT = set(ContactSchema().fields)
_LISTS = {"languages", "skills", "topics", "communities", "chat_minutes", "channels"}
_PLAIN = set(ProfileSchema().fields) - {"contact", *(plural for plural, _, _ in _GROUPS.values())}
# What exports commonly call these fields.
_ALIASES = {
    "full_name": "name",
    "title": "position_1_title",
    "job_title": "position_1_title",
    "company": "position_1_company",
    "employer": "position_1_company",
    "industry": "position_1_industry",
    "about": "bio",
    "email": "contact_email",
    "phone": "contact_phone",
}
_GROUP_COLUMN = re.compile(r"(position|school|link)(?:_(\d{1,2}))?(?:_([a-z]+))?")


# Where a file calls the columns as we do.
_OUR_OWN: Mapping[str, str] = MappingProxyType({})
_SINGULARS = {plural: singular for singular, (plural, _, _) in _GROUPS.items()}


class UnclearRow(ValueError):
    """Columns of one row contradict each other; the text says which and how."""


@lru_cache(maxsize=1024)
def canonical(header: str) -> str | None:
    """Return our name for a column that is headed `header`, or None if it means no field."""
    name = re.sub(r"[\s-]+", "_", header.strip().casefold())
    name = _ALIASES.get(name, name)
    if name in _PLAIN:
        return name
    name = _SINGULARS.get(name, name)
    if name.startswith("contact_") and name.removeprefix("contact_") in _CONTACT:
        return name
    match = _GROUP_COLUMN.fullmatch(name)
    if not match:
        return None
    group, number, field = match.groups()
    _, primary, known = _GROUPS[group]
    field = field or primary
    if field not in known or number == "0":
        return None
    return f"{group}_{int(number)}_{field}" if number else f"{group}_{field}"


def known_columns() -> list[str]:
    """Return the names a column can have, with position 1 standing for every numbered group."""
    groups = [f"{g}_1_{field}" for g, (_, _, fields) in _GROUPS.items() for field in sorted(fields)]
    return [*sorted(_PLAIN), *groups, *(f"contact_{field}" for field in sorted(_CONTACT))]


def nest(flat: Mapping[str, Any], names: Mapping[str, str] = _OUR_OWN) -> dict[str, Any]:
    """Return the nested profile of a row of canonical columns; "" means not given.

    `a; b` fills the lists; `position_title: "a; b"` is two positions, aligned with `position_company` and the
    others; `position_2_title` is the second position. What is named like no column is left as it is, for the
    schema to judge. `names` are what the file calls the columns. Raises UnclearRow.
    """
    record: dict[str, Any] = {}
    contact: dict[str, Any] = {}
    numbered: dict[str, dict[int, dict[str, Any]]] = {}
    parallel: dict[str, dict[str, list[str]]] = {}
    for name, value in flat.items():
        if value in ("", None):
            continue
        if name in _LISTS:
            record[name] = split(value)
        elif name in _PLAIN or canonical(name) != name:
            record[name] = value
        elif name.startswith("contact_"):
            contact[name.removeprefix("contact_")] = value
        elif match := _GROUP_COLUMN.fullmatch(name):
            group, number, field = match.groups()
            if number:
                numbered.setdefault(group, {}).setdefault(int(number), {})[field] = value
            else:
                parallel.setdefault(group, {})[field] = split(value, keep_empty=True)
    nested: dict[str, Any] = {"contact": contact}
    for group, (plural, primary, _) in _GROUPS.items():
        items = [numbered[group][n] for n in sorted(numbered[group])] if group in numbered else []
        nested[plural] = items + _aligned(group, primary, parallel.get(group, {}), names)
    for name, value in nested.items():
        if value and name in record:
            raise UnclearRow(f"{name} is given twice: as a whole, and in columns of its own.")
        if value:
            record[name] = value
    return record


def origin(path: Sequence[str | int], flat: Mapping[str, Any]) -> tuple[str, str]:
    """Return the column of `flat` that `nest` made the value at `path` of, and where in its cell that stands.

    The place is "" for the whole cell, and otherwise such as "entry 2" or "entry 2, title". Where no column has
    the value, it is the one that could: ("positions", 0, "title") without any position is `position_1_title`.
    """
    name, *rest = map(str, path)
    if name in flat or name not in {"contact", *_SINGULARS}:
        return name, ", ".join(f"entry {part + 1}" if isinstance(part, int) else part for part in path[1:])
    if name == "contact":
        return "_".join((name, *rest)), ""
    group = _SINGULARS[name]
    primary = _GROUPS[group][1]
    columns = {
        column: match for column in flat if (match := _GROUP_COLUMN.fullmatch(column)) and match[1] == group
    }
    if not rest:
        return next((column for column, match in columns.items() if match[3] == primary), name), ""
    given = [match for column, match in columns.items() if match[3] and flat[column] not in ("", None)]
    numbers = sorted({int(match[2]) for match in given if match[2]})
    place, field = int(rest[0]), "_".join(rest[1:]) or primary
    if place >= len(numbers) and not all(match[2] for match in given):
        return f"{group}_{field}", f"entry {place - len(numbers) + 1}"
    return f"{group}_{[*numbers, place + 1][min(place, len(numbers))]}_{field}", ""


def split(cell: Any, *, keep_empty: bool = False) -> list[Any]:
    """Return the entries of a `a; b` cell; a list is one already, and what else is no text is one entry."""
    if not isinstance(cell, str):
        return cell if isinstance(cell, list) else [cell]
    parts = [part.strip() for part in cell.split(";")]
    return parts if keep_empty else [part for part in parts if part]


def _aligned(
    group: str, primary: str, columns: Mapping[str, list[Any]], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    if not columns:
        return []
    count = len(columns.get(primary, []))
    for field, values in columns.items():
        if len(values) != count:
            one, other = (names.get(name, name) for name in (f"{group}_{field}", f"{group}_{primary}"))
            raise UnclearRow(
                f"{one} has {len(values)} entries and {other} has {count}; "
                "separate them by ; and leave a place empty where there is nothing to say."
            )
    return [{f: values[i] for f, values in columns.items() if values[i] != ""} for i in range(count)]
