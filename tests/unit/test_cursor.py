"""service/search/cursor.py: where a walk through the results stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.search.cursor import mark, read, write

ids = st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=500)


@given(ids)
def test_it_comes_back_as_it_was_and_fits_into_an_address(shown: list[str]) -> None:
    marks = tuple(map(mark, shown))
    cursor = write(marks)

    assert read(cursor) == marks
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,3000}", cursor)


@given(st.text(max_size=30))
def test_what_was_never_written_is_refused_or_reads_as_what_it_writes(text: str) -> None:
    try:
        seen = read(text)
    except ValueError:
        return
    assert write(seen) == text


@pytest.mark.parametrize("cursor", ["", "x", "AAA", "====", "é", "A" * 4000, "AAAA"])
def test_these_are_refused(cursor: str) -> None:
    with pytest.raises(ValueError, match="is not a cursor"):
        read(cursor)


def test_a_mark_does_not_give_the_person_away() -> None:
    assert b"ann" not in mark("ann")
    assert len(mark("ann")) == 4
