"""When a position was held and for how long, in words."""

from datetime import date

import pytest

from indexer.profile import Position
from service.pages.career import duration, years

TODAY = date(2026, 11, 25)


def held(start: str, end: str) -> Position:
    return Position(title="Vet", start=start, end=end)


@pytest.mark.parametrize(
    ("start", "end", "when", "how_long"),
    [
        ("2014", "2021", "2014–2021", "7 years"),
        ("2019-03", "", "2019–now", "7 years"),
        ("2025-11-30", "", "2025–now", "1 year"),
        ("2026-09", "", "2026–now", "2 months"),
        ("2026-10", "2026-11-02", "2026", "1 month"),
        ("2026", "", "2026–now", ""),
        ("2016", "2016", "2016", ""),
        ("2015-12", "2016-01", "2015–2016", "1 month"),
        ("2015", "2016-01", "2015–2016", "1 year"),
        ("", "2012", "until 2012", ""),
        ("", "", "", ""),
        ("2027", "", "2027–now", ""),
    ],
)
def test_a_position_is_dated(start: str, end: str, when: str, how_long: str) -> None:
    assert years(held(start, end)) == when
    assert duration(held(start, end), TODAY) == how_long
