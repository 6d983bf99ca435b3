import ast
import re
from pathlib import Path

import pytest

from tests.docs.markdown import read, rows, section

PACKAGES = [*Path("indexer").rglob("*.py"), *Path("service").rglob("*.py")]


def _imported(path: Path) -> set[str]:
    """Return the top-level names that a module imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def _allowed() -> dict[str, list[str]]:
    """Return each library of the table with the places that may import it."""
    table = rows(section("docs/architecture.md", "Rules"))
    return {
        library: re.findall(r"`([^`]+)`", places)
        for cell, (places,) in table.items()
        if cell != "library"
        for library in re.split("`, `", cell)
    }


def test_the_indexer_knows_nothing_of_the_service_and_neither_of_scripts_and_tests() -> None:
    wrong = {str(path): _imported(path) & {"scripts", "tests"} for path in PACKAGES}
    wrong |= {str(path): _imported(path) & {"service"} for path in Path("indexer").rglob("*.py")}
    assert {path: names for path, names in wrong.items() if names} == {}


@pytest.mark.parametrize("library", _allowed())
def test_a_library_is_imported_where_the_architecture_allows_it_and_there_alone(library: str) -> None:
    importing = [str(path) for path in PACKAGES if library in _imported(path)]
    allowed = tuple(_allowed()[library])
    assert [path for path in importing if not path.startswith(allowed)] == []


def test_each_place_of_the_rules_exists() -> None:
    places = [place for places in _allowed().values() for place in places]
    assert len(places) > 10
    assert [place for place in places if not Path(place).exists()] == []


def test_each_file_and_folder_that_the_architecture_names_exists() -> None:
    named = re.findall(r"\b(?:indexer|service|scripts|tests)/[\w/.]+", read("docs/architecture.md"))
    assert len(named) > 20
    assert [name for name in named if not Path(name).exists()] == []
