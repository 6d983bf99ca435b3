"""The index in Elasticsearch: its settings and its mapping, as values to read."""

from typing import Any

# Raised whenever the mapping, the tokens or the texts that are embedded change.
SCHEMA_VERSION = 2

# The whitespace tokenizer, since our own tokens arrive; Porter stemming, as FTS5 does it in SQLite.
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "analysis": {"analyzer": {"tokens": {"type": "custom", "tokenizer": "whitespace", "filter": ["porter_stem"]}}},
}

TOMBSTONES_MAPPING: dict[str, Any] = {"dynamic": "strict", "properties": {"version": {"type": "long"}}}


def mapping(fingerprint: str, dimensions: int) -> dict[str, Any]:
    """Return the mapping for vectors of `dimensions` made by the encoder `fingerprint`."""
    # int8_flat: exact enough (recall .9975 at 100,000 vectors), no recall lost to filters, ten times the ingest
    # of HNSW. Always named: the default differs between server versions.
    vector = {
        "type": "dense_vector",
        "dims": dimensions,
        "similarity": "cosine",
        "index_options": {"type": "int8_flat"},
    }
    tokens = {"type": "text", "analyzer": "tokens"}
    unindexed = {"type": "object", "enabled": False}
    return {
        "dynamic": "strict",
        "_meta": {"schema_version": SCHEMA_VERSION, "fingerprint": fingerprint},
        "properties": {
            "content_hash": {"type": "keyword", "index": False, "doc_values": False},
            "open_to_chats": {"type": "keyword"},
            "has_room": {"type": "boolean"},
            "paused_until": {"type": "date", "format": "strict_date"},
            "country": {"type": "keyword"},
            "languages": {"type": "keyword"},
            "chat_minutes": {"type": "short"},
            "industries": {"type": "keyword"},
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
                    "end_year": {"type": "short", "index": False},
                    "occupation": {"type": "keyword", "index": False},
                },
            },
            "profile_vector": vector,
            "record": unindexed,
            "contact": unindexed,
        },
    }
