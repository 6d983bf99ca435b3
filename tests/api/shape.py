"""The one shape of an error, checked wherever one can arise."""

from typing import Any

from werkzeug.test import TestResponse

from service.api.schemas import ErrorSchema


def assert_error(response: TestResponse, status: int) -> dict[str, Any]:
    """Check that `response` is an error of `status` as the API documents it; return its body."""
    assert response.status_code == status, response.text
    assert response.mimetype == "application/json"
    body: dict[str, Any] = ErrorSchema().load(response.get_json())
    assert body["code"] == status
    assert body["message"].strip()
    return body
