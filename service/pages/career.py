"""The positions of a career as a page tells them: when, and for how long. Pure."""

from datetime import date

from indexer.profile import Position

_MONTHS = 12


def years(position: Position) -> str:
    """Return when a position was held: from year to year, a year alone, or "until 2012"; "" where nobody knows."""
    start = position.start[:4]
    if not start:
        return f"until {position.end_year}" if position.end_year else ""
    if start == position.end[:4]:
        return start
    return f"{start}\u2013{position.end_year or 'now'}"


def duration(position: Position, today: date) -> str:
    """Return how long a position has been held: "3 years", "8 months"; "" where it cannot be told.

    Where only years are told, so are years alone, and a stay within one year is not told.
    """
    if not position.start:
        return ""
    end = position.end or today.isoformat()
    if len(position.start) > 4 and len(end) > 4:
        months = _months(end) - _months(position.start)
        if 0 < months < _MONTHS:
            return "1 month" if months == 1 else f"{months} months"
        whole = months // _MONTHS
    else:
        whole = int(end[:4]) - int(position.start[:4])
    return "" if whole < 1 else "1 year" if whole == 1 else f"{whole} years"


def _months(day: str) -> int:
    return int(day[:4]) * _MONTHS + int(day[5:7])
