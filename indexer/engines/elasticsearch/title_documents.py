"""The job-title index in Elasticsearch: its layout, documents and queries, as values. No client here."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.titles import known_occupation, occupation_record
from indexer.text import tokens
from indexer.titles import JobTitle, KnownOccupation, TitleCatalogue
from indexer.titles.keys import title_key

# Raised whenever this layout, the tokens or the keys of titles change: another version counts as no index.
SCHEMA_VERSION = 2
# The most that Elasticsearch returns of one search (index.max_result_window).
WINDOW = 10_000

# What a title's hit carries.
_SHOWN = ["title", "codes"]


def settings(catalogue: TitleCatalogue) -> dict[str, Any]:
    """Return the settings of an index for `catalogue`.

    It is sorted by likelihood, so that suggestions end at the last one wanted, and refreshed once, when all of it
    is written. All occupations come in one answer, so that they are of one catalogue.
    """
    return {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "refresh_interval": "-1",
        "sort.field": "place",
        "sort.order": "asc",
        "max_result_window": max(WINDOW, len(catalogue.occupations)),
    }


def mapping(catalogue: TitleCatalogue, prefix: str) -> dict[str, Any]:
    """Return the mapping of an index for `catalogue`, with what `status` says; `prefix` tells whose it is."""
    shown = {"type": "keyword", "index": False, "doc_values": False}
    return {
        "dynamic": "strict",
        "_meta": {
            "schema_version": SCHEMA_VERSION,
            "titles_of": prefix,
            "source": catalogue.source,
            "version": catalogue.version,
            "fingerprint": catalogue.fingerprint,
            "titles": len(catalogue.titles),
            "occupations": len(catalogue.occupations),
        },
        "properties": {
            # Of a title. `place` is its place in the order of likelihood, from 0; `words` are our own tokens.
            "place": {"type": "integer"},
            "title": shown,
            "codes": shown,
            "key": {"type": "keyword"},
            "words": {"type": "keyword"},
            # As bytes, for the readers' memory: there a look-up takes 2 ms; by the server's kNN it took 20.
            "vector": {"type": "binary"},
            # Of an occupation.
            "code": {"type": "keyword"},
            "occupation": {"type": "object", "enabled": False},
            "mean_vector": {"type": "binary"},
        },
    }


def documents(catalogue: TitleCatalogue) -> Iterator[dict[str, Any]]:
    """Yield the body of every title and every occupation."""
    for place, (title, vector) in enumerate(zip(catalogue.titles, catalogue.vectors, strict=True)):
        yield {
            "place": place,
            "title": title.title,
            "codes": list(title.codes),
            "key": title_key(title.title),
            "words": tokens(title.title),
            "vector": b64encode(vector.astype("<f4").tobytes()).decode(),
        }
    for occupation in catalogue.occupations:
        yield {
            "code": occupation.code,
            "occupation": occupation_record(occupation),
            "mean_vector": b64encode(occupation.vector.astype("<f4").tobytes()).decode(),
        }


def all_occupations(count: int) -> dict[str, Any]:
    """Return the search for `count` occupations in the order of codes."""
    return {
        "size": count,
        "query": {"exists": {"field": "code"}},
        "sort": ["code"],
        "_source": ["code", "occupation", "mean_vector"],
    }


def occupation(source: Mapping[str, Any]) -> KnownOccupation:
    """Return the occupation of a hit's source."""
    vector = np.frombuffer(b64decode(source["mean_vector"]), "<f4").astype(np.float32)
    return known_occupation(source["code"], source["occupation"], vector.tobytes())


def vector(source: Mapping[str, Any]) -> NDArray[np.float32]:
    """Return the vector of a title's source."""
    return np.frombuffer(b64decode(source["vector"]), "<f4").astype(np.float32)


def beginning(beginnings: Sequence[str], count: int) -> dict[str, Any]:
    """Return the search for the `count` likeliest titles in which each of `beginnings` begins a word."""
    conditions = [{"prefix": {"words": {"value": start}}} for start in beginnings]
    return {
        "size": count,
        "query": {"bool": {"filter": conditions or [{"exists": {"field": "place"}}]}},
        "sort": ["place"],
        "track_total_hits": False,
        "_source": _SHOWN,
    }


def title(source: Mapping[str, Any]) -> JobTitle:
    """Return the title of a hit's source."""
    return JobTitle(source["title"], tuple(source["codes"]))
