"""How answers travel: zipped where the client takes it, and static files kept by the browser."""

import gzip
import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.compression import SMALLEST
from service.pages.static_files import add_fingerprints

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def get(client: FlaskClient, path: str, headers: Mapping[str, str] = MappingProxyType({})) -> TestResponse:
    # Buffered, or else the file of an answer stays open.
    return client.get(path, headers=headers, buffered=True)


def stylesheet(client: FlaskClient) -> str:
    (address,) = re.findall(r'href="(/static/style\.css[^"]*)"', get(client, "/").text)
    return str(address)


class TestCompression:
    @pytest.mark.parametrize("path", ["/", "/you", "/static/style.css", "/api/v1/openapi.json", "/?q="])
    def test_a_long_text_is_zipped_and_is_the_same_text(self, client: FlaskClient, path: str) -> None:
        plain, zipped = get(client, path), get(client, path, headers=GZIP)

        assert "Content-Encoding" not in plain.headers
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert zipped.content_length == len(zipped.data) < len(plain.data) / 2
        assert gzip.decompress(zipped.data) == plain.data
        assert zipped.status_code == plain.status_code
        for response in (plain, zipped):
            assert "Accept-Encoding" in response.vary

    @pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity"])
    def test_who_does_not_take_gzip_gets_none(self, client: FlaskClient, accepted: str) -> None:
        response = get(client, "/", headers={"Accept-Encoding": accepted})

        assert "Content-Encoding" not in response.headers
        assert response.text.startswith("<!doctype html>")

    def test_a_short_text_and_what_is_no_text_stay_as_they_are(self, app: Flask, client: FlaskClient) -> None:
        texts = {"/short": "a" * (SMALLEST - 1), "/long": "a" * SMALLEST}
        for path, text in texts.items():
            app.add_url_rule(path, path, lambda text=text: text)
        picture = {"Content-Type": "image/png"}
        app.add_url_rule("/picture", "picture", lambda: ("a" * SMALLEST, picture))

        encodings = [
            get(client, p, headers=GZIP).headers.get("Content-Encoding") for p in ("/short", "/long", "/picture")
        ]

        assert encodings == [None, "gzip", None]

    def test_what_holds_a_secret_is_left_as_it_is(self, app: Flask, client: FlaskClient) -> None:
        app.add_url_rule("/form", "form", lambda: ("a" * SMALLEST, {"Cache-Control": "no-store"}))

        assert "Content-Encoding" not in get(client, "/form", headers=GZIP).headers

    def test_an_error_without_a_type_or_a_body_passes(self, client: FlaskClient) -> None:
        assert get(client, "/nothing", headers=GZIP).status_code == 404
        assert client.open("/", method="OPTIONS", headers=GZIP).status_code == 200

    def test_a_part_of_a_file_is_sent_plain(self, client: FlaskClient) -> None:
        whole = get(client, "/static/style.css").data
        part = get(client, "/static/style.css", headers={**GZIP, "Range": "bytes=0-1999"})

        assert part.status_code == 206
        assert part.data == whole[:2000]
        assert "Content-Encoding" not in part.headers

    def test_the_head_of_an_answer_tells_what_its_body_would_be(self, client: FlaskClient) -> None:
        body, head = get(client, "/", headers=GZIP), client.head("/", headers=GZIP)

        assert head.data == b""
        assert head.headers["Content-Length"] == body.headers["Content-Length"]

    def test_a_zipped_file_that_the_browser_has_is_not_sent_again(self, client: FlaskClient) -> None:
        first = get(client, "/static/style.css", headers=GZIP)
        again = get(client, "/static/style.css", headers={**GZIP, "If-None-Match": first.headers["ETag"]})

        assert first.headers["ETag"].startswith('W/"')
        assert "Accept-Ranges" not in first.headers
        assert (again.status_code, again.data) == (304, b"")


class TestStaticFiles:
    def test_a_page_names_the_version_of_a_file_which_may_be_kept(self, client: FlaskClient) -> None:
        address = stylesheet(client)
        cache = get(client, address).cache_control

        assert re.search(r"\?v=[0-9a-f]{10}$", address)
        assert (cache.public, cache.max_age, cache.immutable, cache.no_cache) == (True, 31_536_000, True, None)

    @pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789"])
    def test_any_other_address_gives_the_file_and_is_asked_for_again(
        self, client: FlaskClient, query: str
    ) -> None:
        response = get(client, f"/static/style.css{query}")

        assert response.text == get(client, stylesheet(client)).text
        assert response.cache_control.no_cache
        assert not response.cache_control.immutable

    def test_a_file_that_is_not_there_is_not_there(self, client: FlaskClient) -> None:
        assert get(client, "/static/none.css?v=0123456789").status_code == 404

    def test_a_changed_file_has_another_address(self, tmp_path: Path) -> None:
        app = Flask(__name__, static_folder=tmp_path)
        add_fingerprints(app)
        file = tmp_path / "style.css"
        with app.test_request_context():
            addresses = []
            for changed_at, text in enumerate(["p {}", "q {}"]):
                file.write_text(text)
                os.utime(file, (changed_at, changed_at))
                addresses.append(url_for("static", filename="style.css"))

        assert addresses[0] != addresses[1]
