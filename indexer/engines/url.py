"""Opens the engine that one URL names."""

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
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InvalidEngineURL(f"The engine URL cannot be read: {error}.") from error
    if parts.scheme == "sqlite":
        if not url.startswith("sqlite:///") or len(url) == len("sqlite:///"):
            raise InvalidEngineURL(
                "A SQLite engine is written sqlite:///folder/file.db, or sqlite:////folder/file.db from the root."
            )
        # Imported here so that each engine's libraries load only when it is the one in use.
        from indexer.engines.sqlite import SQLiteEngine  # noqa: PLC0415

        return SQLiteEngine(Path(url.removeprefix("sqlite:///")))
    if parts.scheme in ("http", "https"):
        from indexer.engines.elasticsearch import ElasticsearchEngine, connect  # noqa: PLC0415

        client = connect(url, api_key=api_key, ca_certs=ca_certs)
        return ElasticsearchEngine(client, prefix=parts.path.strip("/") or "mentors", label=_redacted(url))
    raise InvalidEngineURL(
        f"“{parts.scheme or url[:20]}” is no engine; the URL starts with sqlite:/// or with http:// or https:// "
        "for Elasticsearch."
    )


def _redacted(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
