"""The index in Elasticsearch: its settings and its mapping, as values to read."""

import re
from datetime import UTC, datetime
from typing import Any

# Raised whenever the mapping, the aliases, the tokens, the keys of names or the texts that are embedded change.
SCHEMA_VERSION = 4

# The whitespace tokenizer, since our own tokens arrive; Porter stemming, as FTS5 does it in SQLite.
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "analysis": {"analyzer": {"tokens": {"type": "custom", "tokenizer": "whitespace", "filter": ["porter_stem"]}}},
}

TOMBSTONES_MAPPING: dict[str, Any] = {"dynamic": "strict", "properties": {"version": {"type": "long"}}}


def index_name(prefix: str) -> str:
    """Return a new name for an index of people: `prefix` and the time."""
    return f"{prefix}-{datetime.now(UTC):%Y%m%dt%H%M%S%f}z"


def is_index_name(prefix: str, name: str) -> bool:
    """Return whether `index_name` made `name`; the names of another index can begin with our prefix too."""
    return re.fullmatch(rf"{re.escape(prefix)}-\d{{8}}t\d{{12}}z", name) is not None


def writes_alias(index: str) -> str:
    """Return the alias through which people are written to `index` alone.

    It goes away with its index, so a writer who is late after a rebuild is refused: through the alias that is
    searched, vectors of the old encoder would get into the new index.
    """
    return f"{index}-writes"


def mapping(fingerprint: str, dimensions: int, **more_meta: str) -> dict[str, Any]:
    """Return the mapping for vectors of `dimensions` made by the encoder `fingerprint`; `more_meta` is kept."""
    # int8_hnsw takes a third of the time of int8_flat at 100,000 people, and finds as many of the nearest. It has
    # twice the links of the default, for hundreds bear the same title: with 16 a search got lost among them, and
    # one in ten compared every vector (docs/elasticsearch.md). All is named: the defaults differ between
    # versions.
    vector = {
        "type": "dense_vector",
        "dims": dimensions,
        "similarity": "cosine",
        "index_options": {"type": "int8_hnsw", "m": 32, "ef_construction": 200},
    }
    tokens = {"type": "text", "analyzer": "tokens"}
    unindexed = {"type": "object", "enabled": False}
    return {
        "dynamic": "strict",
        "_meta": {"schema_version": SCHEMA_VERSION, "fingerprint": fingerprint, **more_meta},
        "properties": {
            "id": {"type": "keyword", "index": False},
            "content_hash": {"type": "keyword", "index": False, "doc_values": False},
            "open_to_chats": {"type": "keyword"},
            "has_room": {"type": "boolean"},
            "paused_until": {"type": "date", "format": "strict_date"},
            "country": {"type": "keyword"},
            "languages": {"type": "keyword"},
            "chat_minutes": {"type": "short"},
            # Names by which filters compare: see text.name_key.
            "industries": {"type": "keyword"},
            "companies": {"type": "keyword"},
            "schools": {"type": "keyword"},
            "communities": {"type": "keyword"},
            "active_on": {"type": "date", "format": "strict_date"},
            # Read for hundreds of people at once, which from the source would take every vector along.
            "facts": {"type": "binary", "doc_values": True},
            # What a person's positions bear, each once: casefolded titles, and codes without "".
            "folded_titles": {"type": "keyword"},
            "occupations": {"type": "keyword"},
            "titles": tokens,
            "about": tokens,
            "positions": {
                "type": "nested",
                "properties": {
                    "person": {"type": "keyword", "index": False},
                    "ordinal": {"type": "byte", "index": False},
                    "title_vector": vector,
                    "occupation": {"type": "keyword", "index": False},
                },
            },
            "profile_vector": vector,
            "record": unindexed,
            "contact": unindexed,
        },
    }
