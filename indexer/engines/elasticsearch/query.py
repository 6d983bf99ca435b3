"""Documents and queries as Elasticsearch wants them. Pure functions; no client here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from indexer.document import Document
from indexer.engines.contract import TITLE_WEIGHT, EngineQuery, Filters
from indexer.profile import to_record
from indexer.profile.availability import has_room
from indexer.profile.record import contact_record

# A profile has at most 30 positions (ProfileSchema); all of them are wanted.
_MOST_POSITIONS = 30


def source(document: Document) -> dict[str, Any]:
    """Return the body to index for `document`.

    Words are indexed only for people who said yes, so that those who did not cannot sway what is rare.
    """
    profile = document.profile
    body: dict[str, Any] = {
        "content_hash": document.content_hash,
        "open_to_chats": profile.open_to_chats,
        "has_room": has_room(profile),
        "country": profile.country,
        "languages": list(profile.languages),
        "chat_minutes": list(profile.chat_minutes),
        "industries": [position.industry.casefold() for position in profile.positions],
        "positions": [
            {"title_vector": vector.tolist(), **({"end_year": position.end_year} if position.end else {})}
            for position, vector in zip(profile.positions, document.title_vectors, strict=True)
        ],
        "profile_vector": document.profile_vector.tolist(),
        "record": to_record(profile),
        "contact": contact_record(profile),
    }
    if profile.paused_until:
        body["paused_until"] = profile.paused_until.isoformat()
    if profile.open_to_chats == "yes":
        body |= {"titles": document.title_tokens, "about": document.about_tokens}
    return body


def eligibility(filters: Filters, today: date) -> list[dict[str, Any]]:
    """Return the conditions of a person who can be asked on `today` and meets `filters`."""
    conditions: list[dict[str, Any]] = [
        {"term": {"open_to_chats": "yes"}},
        {"term": {"has_room": True}},
        {"bool": {"must_not": {"range": {"paused_until": {"gt": today.isoformat()}}}}},
    ]
    for field, values in (
        ("chat_minutes", filters.chat_minutes),
        ("languages", filters.languages),
        ("country", filters.countries),
        ("industries", [industry.casefold() for industry in filters.industries]),
    ):
        if values:
            conditions.append({"terms": {field: list(values)}})
    return conditions


def retrieval(query: EngineQuery) -> list[dict[str, Any]]:
    """Return the searches that find the pool: who is eligible, then by words, by position, by profile."""
    conditions = eligibility(query.filters, query.today)
    searches: list[dict[str, Any]] = [
        {"size": 0, "track_total_hits": True, "query": {"bool": {"filter": conditions}}}
    ]
    found: dict[str, Any] = {"size": query.pool, "_source": False, "track_total_hits": False}
    if query.tokens:
        searches.append(found | {"query": {"bool": {"must": lexical(query.tokens), "filter": conditions}}})
    if query.vector is not None:
        searches += [
            found | {"knn": _knn(field, query.vector.tolist(), query.pool, conditions)}
            for field in ("positions.title_vector", "profile_vector")
        ]
    return searches


def lexical(tokens: Sequence[str]) -> dict[str, Any]:
    """Return the BM25 query for documents that hold any of `tokens`: one score over both fields, as in FTS5."""
    return {
        "combined_fields": {
            "query": " ".join(tokens),
            "fields": [f"titles^{TITLE_WEIGHT}", "about"],
            "operator": "or",
        }
    }


def _knn(field: str, vector: list[float], count: int, conditions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "field": field,
        "query_vector": vector,
        "k": count,
        "num_candidates": count,
        "filter": conditions,
    }


def signals(query: EngineQuery, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the searches that give every person of `ids` every signal, exactly, by the signal's name."""
    only: dict[str, Any] = {"ids": {"values": list(ids)}}
    all_of_them: dict[str, Any] = {"size": len(ids), "_source": False, "track_total_hits": False}
    vector = None if query.vector is None else query.vector.tolist()
    searches = {"positions": all_of_them | {"query": {"bool": {"filter": only, "must": _positions(vector)}}}}
    if vector is not None:
        searches["profile"] = all_of_them | {"query": _cosine("profile_vector", vector, only)}
    if query.tokens:
        searches["bm25"] = all_of_them | {"query": {"bool": {"filter": only, "must": lexical(query.tokens)}}}
    return searches


def _positions(vector: list[float] | None) -> dict[str, Any]:
    every: dict[str, Any] = {"match_all": {}}
    return {
        "nested": {
            "path": "positions",
            "score_mode": "max",
            "query": every if vector is None else _cosine("positions.title_vector", vector, every),
            "inner_hits": {
                "size": _MOST_POSITIONS,
                "_source": False,
                "docvalue_fields": ["positions.end_year"],
            },
        }
    }


def _cosine(field: str, vector: list[float], query: dict[str, Any]) -> dict[str, Any]:
    """Return a query scored by cosine + 1: a score must not be negative."""
    script = {"source": f"cosineSimilarity(params.vector, '{field}') + 1.0", "params": {"vector": vector}}
    return {"script_score": {"query": query, "script": script}}
