"""Opens the engine that one URL names."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from indexer.engines.contract import Engine
from indexer.errors import InvalidEngineURL


def open_engine(url: str, *, api_key: str = "", ca_certs: str = "") -> Engine:
    """Return the engine at `url`; nothing is contacted yet.

    `sqlite:///var/index.db` is a file below the working folder, `sqlite:////srv/index.db` one anywhere.
    `https://user:password@host:9200/mentors` is Elasticsearch, with `mentors` (the default) as the start of
    its index names; `api_key` and `ca_certs` (a PEM file) are for it alone. Raises InvalidEngineURL.
    """
    scheme = re.match(r"\s*([a-z][a-z0-9+.-]*)://", url, re.IGNORECASE)
    kind = scheme[1].lower() if scheme else ""
    if kind == "sqlite":
        if not url.startswith("sqlite:///") or len(url) == len("sqlite:///"):
            raise InvalidEngineURL(
                "A SQLite engine is written sqlite:///folder/file.db, or sqlite:////folder/file.db from the root."
            )
        # Imported here so that each engine's libraries load only when it is the one in use.
        from indexer.engines.sqlite import SQLiteEngine  # noqa: PLC0415

        return SQLiteEngine(Path(url.removeprefix("sqlite:///")))
    if kind in ("http", "https"):
        from indexer.engines.elasticsearch import ElasticsearchEngine, connect  # noqa: PLC0415

        client = connect(url, api_key=api_key, ca_certs=ca_certs)
        label, prefix = _public_parts(url)
        return ElasticsearchEngine(client, prefix=prefix or "mentors", label=label)
    # Only a scheme is quoted: the rest, or a URL without one, may hold a password.
    raise InvalidEngineURL(
        f"{f'“{kind}”' if kind else 'This'} is no engine; the URL starts with sqlite:/// or with http:// or "
        "https:// for Elasticsearch."
    )


def _public_parts(url: str) -> tuple[str, str]:
    """Return the URL without credentials, and the start of the index names that it gives, or "".

    Raises InvalidEngineURL if more follows the host than such a name: a password with a bare /, ? or # in it
    goes on there.
    """
    parts = urlsplit(url)
    name = re.fullmatch(r"/*([a-z0-9][a-z0-9._-]*)?/*", parts.path)
    if not name or parts.query or parts.fragment:
        raise InvalidEngineURL(
            "After the host, the Elasticsearch URL holds only the start of the index names, of small letters, "
            "digits and . _ -, as in https://user:password@host:9200/mentors. In a password write %2F for /, "
            "%3F for ? and %23 for #."
        )
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(), name[1] or ""
