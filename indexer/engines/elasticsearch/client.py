"""The connection to Elasticsearch, and what its errors mean to an operator."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import elasticsearch
from elasticsearch import Elasticsearch

from indexer.errors import EngineError, EngineRejected, EngineUnavailable, IndexMissing, InvalidEngineURL

# A search takes tens of ms and a bulk of one batch under 2 s; a server that needs longer is in trouble, and
# a seeker should be told so rather than wait.
_TIMEOUT_SECONDS = 10.0
_BUSY = (429, 502, 503, 504)


def connect(url: str, *, api_key: str = "", ca_certs: str = "") -> Elasticsearch:
    """Return a client for the server at `url`; nothing is sent yet. Raises InvalidEngineURL."""
    try:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{_bracketed(parts.hostname)}:{parts.port or 9200}"
        return Elasticsearch(host, **_options(parts, api_key, ca_certs))
    except ValueError:
        # Without the reason: it quotes the part that is odd, and that may be the password.
        raise InvalidEngineURL(
            "The Elasticsearch URL cannot be read. It is written https://user:password@host:9200/mentors, in the "
            "password with %2F for /, %3F for ?, %23 for # and %25 for %."
        ) from None


def _options(parts: SplitResult, api_key: str, ca_certs: str) -> dict[str, Any]:
    options: dict[str, Any] = {
        "request_timeout": _TIMEOUT_SECONDS,
        "max_retries": 2,
        "retry_on_status": _BUSY,
    }
    if not (api_key.isascii() and api_key.isprintable()):
        # Not left to the first request, whose error would quote the key.
        raise InvalidEngineURL("The Elasticsearch API key holds a character that no key holds; copy it once more.")
    if api_key:
        options["api_key"] = api_key
    elif parts.username:
        # Encoded here: the client itself takes only ASCII.
        user = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        options["basic_auth"] = b64encode(user.encode()).decode()
    if ca_certs:
        if parts.scheme != "https" or not Path(ca_certs).is_file():
            raise InvalidEngineURL(
                f"The certificate file “{ca_certs}” cannot be used: it must exist, and the URL start with https://."
            )
        options["ca_certs"] = ca_certs
    return options


def _bracketed(hostname: str | None) -> str:
    if not hostname:
        raise ValueError("it names no host")
    return f"[{hostname}]" if ":" in hostname else hostname


def create_if_missing(client: Elasticsearch, index: str, mappings: dict[str, Any]) -> None:
    """Make a small index that stands beside that of people, if there is none. Raises the client's own errors."""
    if client.indices.exists(index=index):
        return
    try:
        client.indices.create(index=index, mappings=mappings, settings={"auto_expand_replicas": "0-1"})
    except elasticsearch.BadRequestError as error:
        if error.error != "resource_already_exists_exception":  # another process was first
            raise


@contextmanager
def translated_errors(label: str) -> Iterator[None]:
    """Turn the client's errors into ours, in words. `label` is the server's address without credentials."""
    try:
        yield
    except elasticsearch.UnsupportedProductError as error:
        raise EngineRejected(f"The server at {label} is not Elasticsearch: {error}.") from error
    except elasticsearch.ApiError as error:
        raise meaning(label, error.status_code, error.body) from error
    except elasticsearch.TransportError as error:
        raise EngineUnavailable(
            f"Elasticsearch at {label} does not answer ({type(error).__name__}). Check that it runs and that the "
            "address is right."
        ) from error


def meaning(label: str, status: int, body: Any) -> EngineError:
    """Return our error for an answer of `status` with `body`, be it of a request or of a part of one."""
    error = body.get("error", body) if isinstance(body, dict) else {}
    kind = error.get("type", "") if isinstance(error, dict) else ""
    reason = error.get("reason", "") if isinstance(error, dict) else str(error)
    # A HEAD request is refused without a word; no other fault of ours gets a bare 400.
    bare = status == 400 and not (kind or reason)
    if kind == "media_type_header_exception" or "compatible-with" in str(reason) or bare:
        client = ".".join(str(part) for part in elasticsearch.__version__)
        return EngineRejected(
            f"The Python client elasticsearch {client} cannot talk to the older server at {label}. "
            "Install a client of the server's own major version, for example: "
            "pip install 'elasticsearch>=8.19,<9'."
        )
    if kind == "index_not_found_exception" or (status == 404 and "alias" in str(reason)):
        return IndexMissing(f"There is no index at {label} yet; import profiles first.")
    if status == 401:
        return EngineRejected(f"Elasticsearch at {label} does not accept the password or API key.")
    if status == 403:
        return _forbidden(label, kind, reason)
    if status in _BUSY:
        return EngineUnavailable(f"Elasticsearch at {label} is too busy or not ready: {kind or status}.")
    return EngineRejected(f"Elasticsearch at {label} refused a request ({status} {kind}): {reason}.")


def _forbidden(label: str, kind: str, reason: str) -> EngineError:
    if kind == "cluster_block_exception":
        return EngineUnavailable(
            f"The index at {label} takes no writes now, as for a moment at the end of a rebuild. Try again; if no "
            "rebuild runs, one was killed: run scripts/rebuild_index.py again."
        )
    return EngineRejected(f"Elasticsearch at {label} does not allow this: {reason}.")
