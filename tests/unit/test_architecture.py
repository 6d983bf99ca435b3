"""Who may import what: the rules of the folders, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imports() -> Iterator[tuple[str, str]]:
    """Yield every module of ours, by its path, with the full name of each thing that it imports."""
    for package in ("indexer", "service"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    assert not node.level, f"{path} imports relatively; this test could not follow it"
                    names = [f"{node.module}.{alias.name}" for alias in node.names]
                else:
                    continue
                for name in names:
                    yield path.relative_to(ROOT).as_posix(), name


IMPORTS = list(imports())


def importers(*packages: str) -> set[str]:
    return {path for path, name in IMPORTS for package in packages if f"{name}.".startswith(f"{package}.")}


@pytest.mark.parametrize(
    ("packages", "allowed"),
    [
        (["service"], ["service/"]),
        (["scripts", "tests"], []),
        (
            ["flask", "flask_smorest", "werkzeug", "flask_swagger_ui"],
            ["service/app.py", "service/errors.py", "service/compression.py", "service/api/", "service/pages/"],
        ),
        (["gunicorn"], ["service/serve.py"]),
        (["elasticsearch", "elastic_transport"], ["indexer/engines/elasticsearch/"]),
        (["icalendar"], ["service/prep/calendar.py"]),
        (["sqlite3"], ["indexer/engines/sqlite/"]),
        (["onnxruntime", "tokenizers", "sentence_transformers", "torch"], ["indexer/encoder/"]),
        # The engines' own modules: everybody else goes through the contract and open_engine.
        (["indexer.engines.sqlite"], ["indexer/engines/sqlite/", "indexer/engines/url.py"]),
        (["indexer.engines.elasticsearch"], ["indexer/engines/elasticsearch/", "indexer/engines/url.py"]),
    ],
    ids=lambda value: value[0] if value else "nobody",
)
def test_only_these_modules_import(packages: list[str], allowed: list[str]) -> None:
    outside = {path for path in importers(*packages) if not path.startswith(tuple(allowed))}

    assert outside == set()
    assert importers(*packages) or not allowed, f"nobody imports {packages}: is the rule still about something?"


def test_ranking_and_reasons_are_pure() -> None:
    pure = ("rank", "order", "reasons", "wanted", "question", "seeker", "facets", "cursor", "highlight")
    paths = [f"service/search/{name}.py" for name in pure]
    names = {name for path, name in IMPORTS if path in paths}
    # Names of languages and countries are a table.
    allowed = ("service.names.", *(f"service.search.{module}." for module in pure))
    others = {name for name in names if not name.startswith(allowed)}

    known = {name.partition(".")[0] for name in others}
    assert known <= {
        *(
            "base64",
            "binascii",
            "collections",
            "dataclasses",
            "datetime",
            "enum",
            "functools",
            "hashlib",
            "heapq",
            "itertools",
        ),
        *("math", "numpy", "re", "types", "typing", "indexer"),
    }
