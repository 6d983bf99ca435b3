"""What a file of rejected rows has more than its source, and cells that no spreadsheet calculates. Pure."""

from collections.abc import Iterable

FIELD, REASON = "rejected_field", "rejected_reason"
REJECTION_COLUMNS = (FIELD, REASON)
# What a spreadsheet may take for a formula begins with one of these; what people write of themselves must not run
# on the operator's machine. https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK = "'"


def marked(cell: str) -> str:
    """Return `cell` with an apostrophe before it where a spreadsheet could take it for a formula."""
    return _MARK + cell if cell.startswith((_MARK, *_FORMULA)) else cell


def unmarked(cell: str) -> str:
    """Return what `marked` was given, or `cell` where a spreadsheet or a person took the apostrophe away."""
    return cell.removeprefix(_MARK)


def has_rejection_columns(header: Iterable[str]) -> bool:
    """Return whether this is the header of a file of rejected rows, whose cells are marked."""
    return {name.strip() for name in header}.issuperset(REJECTION_COLUMNS)
