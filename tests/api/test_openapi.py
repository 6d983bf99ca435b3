"""The OpenAPI document and the page that draws it."""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.factories import make_profile, profile_record

Index = Callable[..., None]


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    response = client.get("/api/v1/openapi.json")
    assert response.mimetype == "application/json"
    document: dict[str, Any] = response.get_json()
    return document


def described(document: dict[str, Any]) -> set[tuple[str, str]]:
    verbs = {"get", "put", "post", "delete", "patch"}
    return {(verb.upper(), path) for path, item in document["paths"].items() for verb in verbs & set(item)}


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for verb, path in sorted(described(document)):
        yield document["paths"][path][verb.lower()]


def schema(document: dict[str, Any], name: str) -> Draft202012Validator:
    """Return a validator for the schema called `name`, able to follow the document's references."""
    return Draft202012Validator({**document, "$ref": f"#/components/schemas/{name}"})


def test_it_holds_every_route_for_programs_and_no_other(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        (verb, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule in ("/healthz", "/readyz") or rule.rule.startswith("/api/v1/")
        if rule.endpoint != "api-docs.openapi_json"
        for verb in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert described(document) == routes
    assert ("GET", "/api/v1/search") in routes


def test_it_is_openapi_3_1_whose_references_lead_somewhere(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert set(document["info"]) >= {"title", "version", "description"}
    references = set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)))
    assert references
    for reference in references:
        place: Any = document
        for name in reference.split("/"):
            place = place[name]


def test_its_schemas_are_valid_and_named_for_what_they_are(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    for one in schemas.values():
        Draft202012Validator.check_schema(one)
    # A number at the end is what two schemas with one name get.
    assert [name for name in schemas if not re.fullmatch("[A-Z][A-Za-z]*[a-z]", name)] == []
    assert {"SearchAnswer", "PublicProfile", "Profile", "Error", "Alive", "Ready"} <= set(schemas)


def test_every_operation_is_explained_and_says_how_it_fails(document: dict[str, Any]) -> None:
    error = {"$ref": "#/components/schemas/Error"}
    for operation in operations(document):
        assert operation["summary"].endswith(".")
        for status, answer in operation["responses"].items():
            if status.isdigit() and int(status) >= 400 and "$ref" not in answer:
                assert answer["content"]["application/json"]["schema"] == error, operation["summary"]


def test_only_what_operators_do_needs_their_key(document: dict[str, Any]) -> None:
    secured = {
        operation["summary"].partition(" ")[0] for operation in operations(document) if "security" in operation
    }

    assert secured == {"Write", "Remove", "List"}
    assert [path for path in document["paths"] if "inactive" in path] == ["/api/v1/inactive-profiles"]
    assert document["components"]["securitySchemes"] == {"operator": {"type": "http", "scheme": "bearer"}}


@pytest.mark.usefixtures("titles")
def test_real_answers_are_what_it_says(client: FlaskClient, index: Index, document: dict[str, Any]) -> None:
    index(make_profile("ann", links=[{"url": "https://book.example", "public": True}], schools=[{"school": "X"}]))

    for path, name in (
        ("/api/v1/search?q=nurse", "SearchAnswer"),
        ("/api/v1/search?occupation=29-1141.00", "SearchAnswer"),
        ("/api/v1/search?occupation=99", "Error"),
        ("/api/v1/titles?q=nur", "Suggestions"),
        ("/api/v1/occupations", "Occupations"),
        ("/api/v1/occupations?group=29", "Occupations"),
        ("/api/v1/occupations?group=99", "Error"),
        ("/api/v1/occupations/29-1141.00", "Occupation"),
        ("/api/v1/profiles/ann", "PublicProfile"),
        ("/api/v1/profiles/ann/similar", "Similar"),
        ("/api/v1/profiles/nobody/similar", "Error"),
        ("/api/v1/inactive-profiles", "Error"),
        ("/api/v1/profiles/nobody", "Error"),
        ("/api/v1/search", "Error"),
        ("/healthz", "Alive"),
        ("/readyz", "Ready"),
    ):
        schema(document, name).validate(client.get(path).get_json())


def test_an_answer_with_a_field_too_many_is_not_what_it_says(document: dict[str, Any]) -> None:
    assert not schema(document, "PublicProfile").is_valid({"id": "ann", "contact": {}})


def test_a_profile_that_can_be_put_is_what_it_says(document: dict[str, Any]) -> None:
    record = profile_record("ann", links=[{"url": "https://x.example"}], contact={"email": "ann@example.org"})

    schema(document, "Profile").validate(record)
    assert not schema(document, "Profile").is_valid({"id": "ann"})


class Addresses(HTMLParser):
    """Collects what a page loads, and how much script stands in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.inline_scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        address = values.get("src") or (values.get("href") if tag == "link" else None)
        if address:
            self.loaded.append(address)
        self.inline_scripts += tag == "script" and "src" not in values


def test_the_documentation_page_needs_no_other_host_and_no_inline_script(client: FlaskClient) -> None:
    page = Addresses()
    page.feed(client.get("/api/docs/").text)

    assert len(page.loaded) >= 3
    assert page.inline_scripts == 0
    for address in page.loaded:
        with client.get(address) as response:
            assert response.status_code == 200, address


def test_the_documentation_page_names_the_document(client: FlaskClient) -> None:
    assert 'data-document="/api/v1/openapi.json"' in client.get("/api/docs/").text


@pytest.mark.parametrize("name", ["../../../__init__.py", "..%2f..%2f__init__.py", "%2e%2e/x"])
def test_nothing_else_of_the_package_can_be_read(client: FlaskClient, name: str) -> None:
    assert client.get(f"/api/docs/swagger/{name}").status_code == 404
