"""docs/architecture.md names what exists; tests/unit/test_architecture.py checks who imports what."""

import re
from pathlib import Path

from tests.docs.markdown import read, rows, section


def _allowed() -> dict[str, list[str]]:
    """Return each library of the table with the places that may import it."""
    table = rows(section("docs/architecture.md", "Rules"))
    return {
        library: re.findall(r"`([^`]+)`", places)
        for cell, (places,) in table.items()
        if cell != "library"
        for library in re.split("`, `", cell)
    }


def test_each_place_of_the_rules_exists() -> None:
    places = [place for places in _allowed().values() for place in places]
    assert len(places) > 10
    assert [place for place in places if not Path(place).exists()] == []


def test_each_file_and_folder_that_the_architecture_names_exists() -> None:
    named = re.findall(r"\b(?:indexer|service|scripts|tests)/[\w/.]+", read("docs/architecture.md"))
    assert len(named) > 20
    assert [name for name in named if not Path(name).exists()] == []
