"""What a service answers while it works, and while its index is out of order."""

import re

from flask.testing import FlaskClient

from tests.api.shape import assert_error

KEY = "operator-key"
SEARCH = "/api/v1/search?q=nurse"


def found(client: FlaskClient) -> list[str]:
    response = client.get(SEARCH)
    assert response.status_code == 200, response.text
    return [result["profile"]["id"] for result in response.get_json()["results"]]


def assert_out_of_order(client: FlaskClient, words: str) -> None:
    """Check that searches fail in words for programs and people, that /readyz tells why, and that we live.

    `words` is a regular expression; the service has the API key KEY.
    """
    assert "cannot answer right now" in assert_error(client.get(SEARCH), 503)["message"]
    page = client.get("/?q=nurse")
    assert (page.status_code, page.mimetype) == (503, "text/html")
    assert "cannot answer right now" in page.text
    ready = client.get("/readyz", headers={"Authorization": f"Bearer {KEY}"})
    assert re.search(words, assert_error(ready, 503)["message"])
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 200
