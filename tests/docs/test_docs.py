import ast
import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, fields

from indexer import errors as indexer_errors
from indexer.encoder import DEFAULT_ENCODER
from indexer.profile import ProfileSchema
from indexer.profile.fields import Line, PrivateLine, Whole
from indexer.profile.schema import ContactSchema, LinkSchema, PositionSchema, SchoolSchema
from indexer.readers import columns
from service.api.prep_schemas import PrepQuerySchema
from service.api.schemas import OccupationsQuerySchema, SearchQuerySchema, TitlesQuerySchema
from service.app import create_app
from service.errors import status_of
from service.imports.folder import TaskFolderUnusable
from service.settings import PREFIX, InvalidSetting, Settings
from tests.docs.docker_files import COMPOSE, DOCKERFILE
from tests.docs.markdown import DOCUMENTS, anchors, links, read, rows, section

SCRIPTS = sorted(Path("scripts").glob("*.py"))


# Settings


@pytest.mark.parametrize("setting", dataclasses.fields(Settings), ids=lambda setting: setting.name)
def test_each_setting_is_documented_with_its_default(setting: dataclasses.Field[Any]) -> None:
    default, _ = rows(read("docs/settings.md"))[f"{PREFIX}{setting.name.upper()}"]
    if setting.default in ("", ()):
        assert default.startswith("none")
    elif setting.default == str(DEFAULT_ENCODER):
        assert default.startswith(f"`models/{DEFAULT_ENCODER.name}`")
    else:
        assert default == f"`{setting.default}`"


@pytest.mark.parametrize("path", [*DOCUMENTS, DOCKERFILE, COMPOSE, Path("docker/.env.example")], ids=str)
def test_each_setting_that_is_named_exists(path: Path) -> None:
    known = {f"{PREFIX}{setting.name.upper()}" for setting in dataclasses.fields(Settings)}
    assert set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", read(path))) <= known


# Profiles

_SECTIONS: dict[str, type[Schema]] = {
    "Fields": ProfileSchema,
    "Positions": PositionSchema,
    "Schools": SchoolSchema,
    "Links": LinkSchema,
    "Contact": ContactSchema,
}


@pytest.mark.parametrize("title", _SECTIONS)
def test_each_field_of_a_profile_is_documented_and_none_besides(title: str) -> None:
    text = section("docs/profiles.md", title).partition("\n### ")[0]
    assert set(rows(text)) - {"field"} == set(_SECTIONS[title]().fields)


@pytest.mark.parametrize("title", _SECTIONS)
def test_each_limit_of_a_field_is_documented(title: str) -> None:
    documented = rows(section("docs/profiles.md", title).partition("\n### ")[0])
    for name, field in _SECTIONS[title]().fields.items():
        numbers = [int(number) for number in re.findall(r"\d+", documented[name][-1].replace(",", ""))]
        assert Counter(_limits(field)) <= Counter(numbers), name
        assert ("needed" in documented[name][-1]) == field.required, name


def _limits(field: Any) -> Iterator[int]:
    """Yield what a field allows at most, its entries too."""
    if isinstance(field, Line | PrivateLine):
        yield field.longest
    if isinstance(field, Whole):
        yield from (field.least, field.most)
    for validator in field.validators:
        yield from filter(None, [getattr(validator, "max", None)])
    if isinstance(field, fields.List) and not isinstance(field.inner, fields.Nested):
        yield from _limits(field.inner)


def test_each_other_name_of_a_column_is_documented_with_the_field_that_it_means() -> None:
    table = rows(section("docs/profiles.md", "CSV"))
    documented = {name: ours.strip("`") for cell, (ours,) in table.items() for name in re.split("`, `", cell)}
    del documented["column"]
    assert documented.items() >= columns._ALIASES.items()
    assert {name: columns.canonical(name) for name in documented} == documented


# The API


def _routes() -> set[tuple[str, str]]:
    """Return method and path of all that is for programs, a path's variables as in {name}."""
    rules = create_app(Settings()).url_map.iter_rules()
    return {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(("/api/", "/healthz", "/readyz"))
    }


def test_each_route_of_the_api_is_documented_and_none_besides() -> None:
    documented = set(re.findall(r"`([A-Z]+) (/[^`]*)`", read("docs/api.md")))
    assert documented == _routes()


@pytest.mark.parametrize(
    ("title", "schema"),
    [
        ("Search", SearchQuerySchema),
        ("Job titles", TitlesQuerySchema),
        ("Occupations", OccupationsQuerySchema),
        ("Chat kit", PrepQuerySchema),
    ],
)
def test_each_parameter_is_documented_and_none_besides(title: str, schema: type[Schema]) -> None:
    assert set(rows(section("docs/api.md", title))) - {"parameter"} == set(schema().fields)


# Errors


def _errors(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _errors(child)


def test_each_error_is_documented_with_its_status_and_none_besides() -> None:
    documented = {name: cells[0] for name, cells in rows(read("docs/errors.md")).items() if name != "error"}
    base = indexer_errors.MentorSearchError
    modules = {indexer_errors.__name__, InvalidSetting.__module__, TaskFolderUnusable.__module__}
    ours = [kind for kind in _errors(base) if kind.__module__ in modules and kind is not base]
    assert len(ours) >= 8
    assert documented == {base.__name__: "none"} | {kind.__name__: str(status_of(kind("x"))) for kind in ours}


# Scripts


def _options(path: Path) -> set[str]:
    """Return the options that a script's parser knows; its libraries need not be installed."""
    calls = [node for node in ast.walk(ast.parse(read(path))) if isinstance(node, ast.Call)]
    added = [call.args[0] for call in calls if getattr(call.func, "attr", "") == "add_argument" and call.args]
    names = [argument.value for argument in added if isinstance(argument, ast.Constant)]
    return {name for name in names if isinstance(name, str) and name.startswith("--")}


@pytest.mark.parametrize("path", SCRIPTS, ids=str)
def test_each_script_is_documented_with_its_options_and_none_besides(path: Path) -> None:
    documented = section("docs/scripts.md", f"`{path}`")
    assert {row.split()[0] for row in rows(documented) if row.startswith("--")} == _options(path)


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_each_script_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"scripts/\w+\.py", read(path)))
    assert [name for name in named if not Path(name).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_each_make_target_that_is_named_exists(path: Path) -> None:
    known = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)`?", read(path), re.MULTILINE))
    assert named <= known


# Importing


def test_the_mapping_that_is_explained_is_the_one_that_is_shipped() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", section("docs/importing.md", "Mappings"), re.DOTALL)
    assert json.loads(shown) == json.loads(read("data/mappings/coding-coach.json"))


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("docs/importing.md", "What to do with each problem"),
        ("docs/elasticsearch.md", "What can go wrong"),
    ],
)
def test_each_message_that_is_explained_is_one_of_ours(path: str, title: str) -> None:
    said = {text for source in _sources() for text in _texts(source)}
    explained = re.findall(r"“([^”]*)”", " ".join(rows(section(path, title))))
    parts = [part.strip() for phrase in explained for part in phrase.split("…") if part.strip()]
    assert len(parts) > 5
    assert [part for part in parts if not any(part in text for text in said)] == []


def _sources() -> list[Path]:
    return [*Path("indexer").rglob("*.py"), *Path("service").rglob("*.py"), Path("scripts/import_profiles.py")]


def _texts(path: Path) -> Iterator[str]:
    """Yield the texts in a program, those between the values of an f-string too."""
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


# All documents


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_each_link_into_the_project_leads_somewhere(path: Path) -> None:
    for link in links(path):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_each_document_is_linked_from_another() -> None:
    linked = {(path.parent / link.partition("#")[0]).resolve() for path in DOCUMENTS for link in links(path)}
    assert [str(path) for path in Path("docs").glob("*.md") if path.resolve() not in linked] == []


def test_each_folder_of_tests_is_documented() -> None:
    folders = {path.parent.name for path in Path("tests").glob("*/__init__.py")}
    assert len(folders) > 5
    assert folders <= rows(read("tests/README.md")).keys()
