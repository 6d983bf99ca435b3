"""An operator at a browser: logs in, sends the forms of the pages, waits until a task is done."""

import io
import time

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.test_pages import Page


class Operator:
    """A client that is logged in to the operator pages."""

    def __init__(self, client: FlaskClient, key: str) -> None:
        self.client = client
        response = client.post("/operator/login", data={"key": key})
        assert (response.status_code, response.location) == (303, "/operator"), response.text

    def page(self, path: str, status: int = 200) -> Page:
        response = self.client.get(path)
        assert (response.status_code, response.mimetype) == (status, "text/html"), response.text
        return Page(response.text)

    def token(self) -> str:
        """What each form of this session carries."""
        fields = [attributes for _, attributes in self.page("/operator").tags]
        (token,) = {field["value"] for field in fields if field.get("name") == "token"}
        assert token
        return token

    def send(self, path: str, status: int = 303, **fields: object) -> TestResponse:
        response = self.client.post(path, data={"token": self.token(), **fields})
        assert response.status_code == status, response.text
        return response

    def upload(
        self, content: str | bytes, name: str = "people.csv", status: int = 303, **fields: object
    ) -> TestResponse:
        sent = content.encode() if isinstance(content, str) else content
        return self.send("/operator/imports", status, file=(io.BytesIO(sent), name), **fields)

    def check(self, content: str | bytes, name: str = "people.csv", **fields: object) -> str:
        """Upload a file and return the address of its page once it is checked."""
        address = self.upload(content, name, **fields).location
        self.finished(address)
        return address

    def finished(self, address: str) -> Page:
        """Return the page of a task when nobody works on it any more."""
        while "progress" in self.page(address).values("div", "id"):
            time.sleep(0.02)
        return self.page(address)

    def go_on(self, address: str) -> Page:
        """Press the button of a task's next step, and return its page when that is done."""
        self.send(address)
        return self.finished(address)
