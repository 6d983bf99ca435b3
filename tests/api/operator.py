"""An operator at a browser: logs in, and sends the forms of the pages as they are."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.conftest import KEY
from tests.api.test_pages import Page


class Operator:
    """A client that is logged in to the operator pages."""

    def __init__(self, client: FlaskClient, key: str = KEY) -> None:
        self.client = client
        response = client.post("/operator/login", data={"key": key})
        assert (response.status_code, response.location) == (303, "/operator"), response.text

    def page(self, path: str, status: int = 200) -> Page:
        response = self.client.get(path)
        assert (response.status_code, response.mimetype) == (status, "text/html"), response.text
        return Page(response.text)

    def token(self) -> str:
        """What each form of this session carries."""
        (token,) = {
            attributes["value"]
            for _, attributes in self.page("/operator").tags
            if attributes.get("name") == "token"
        }
        assert token
        return token

    def send(self, path: str, status: int = 303, **fields: object) -> TestResponse:
        response = self.client.post(path, data={"token": self.token(), **fields})
        assert response.status_code == status, response.text
        return response
