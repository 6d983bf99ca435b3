"""Documents and queries as Elasticsearch wants them. Pure functions; no client here."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from indexer.document import Document
from indexer.engines.contract import TITLE_WEIGHT, EngineQuery, Filters
from indexer.profile import to_record
from indexer.profile.availability import has_room
from indexer.profile.record import contact_record


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
        "folded_titles": [*dict.fromkeys(position.title.casefold() for position in profile.positions)],
        "occupations": distinct_codes(document.occupations),
        "positions": [
            {
                "person": profile.id,
                "ordinal": ordinal,
                "title_vector": vector.tolist(),
                "occupation": code,
                **({"end_year": position.end_year} if position.end else {}),
            }
            for ordinal, (position, vector, code) in enumerate(
                zip(profile.positions, document.title_vectors, document.occupations, strict=True)
            )
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


def distinct_codes(codes: Sequence[str]) -> list[str]:
    """Return the codes of a person's positions, each once and without ""."""
    return [code for code in dict.fromkeys(codes) if code]


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
        ("occupations", filters.occupations),
    ):
        if values:
            conditions.append({"terms": {field: list(values)}})
    return conditions


def retrieval(query: EngineQuery) -> list[dict[str, Any]]:
    """Return the searches that find the pool: who is eligible, then by words, position, profile, occupation."""
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
    if query.occupations:
        ours = [*conditions, {"terms": {"occupations": list(query.occupations)}}]
        if query.vector is None:
            searches.append(found | {"query": {"bool": {"filter": ours}}})
        else:
            searches.append(found | {"knn": _knn("profile_vector", query.vector.tolist(), query.pool, ours)})
    return searches


# The most distinct values that a count lists, and what Elasticsearch allows (search.max_buckets less one);
# taxonomies have a few thousand occupations.
_MOST_VALUES = 65_535


def occupation_counts(today: date) -> dict[str, Any]:
    """Return the search that counts who can be asked on `today` by occupation."""
    return _counts({"field": "occupations", "size": _MOST_VALUES}, today)


def title_counts(folded: Collection[str], today: date) -> dict[str, Any]:
    """Return the search that counts who can be asked on `today` by these casefolded titles."""
    titles = sorted(folded)
    return _counts({"field": "folded_titles", "include": titles, "size": max(1, len(titles))}, today)


def _counts(terms: dict[str, Any], today: date) -> dict[str, Any]:
    people = {"bool": {"filter": eligibility(Filters(), today)}}
    return {"size": 0, "track_total_hits": False, "query": people, "aggs": {"people": {"terms": terms}}}


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
    searches = {"positions": {"size": 0, "query": only, "aggs": {"positions": _every_position(vector or [])}}}
    if vector is not None:
        searches["profile"] = all_of_them | {"query": _cosine("profile_vector", vector, only)}
    if query.tokens:
        searches["bm25"] = all_of_them | {"query": {"bool": {"filter": only, "must": lexical(query.tokens)}}}
    return searches


# One row a position: person, ordinal, year of its end (0: current), cosine (0 without a query vector), code. Unit
# vectors, so the cosine is their dot product. The script walks the positions once; inner hits, the other way to
# every position, took 13 times as long for 200 people.
_ROWS = {
    "init_script": """
        float[] query = new float[params.vector.size()];
        for (int i = 0; i < query.length; i++) { query[i] = (float) params.vector[i]; }
        state.query = query;
        state.rows = [];
    """,
    "map_script": """
        float[] query = (float[]) state.query;
        float cosine = 0;
        if (query.length > 0) {
            float[] title = doc['positions.title_vector'].vectorValue;
            for (int i = 0; i < query.length; i++) { cosine += query[i] * title[i]; }
        }
        def end = doc['positions.end_year'];
        state.rows.add([
            doc['positions.person'].value, doc['positions.ordinal'].value, end.size() == 0 ? 0 : end.value, cosine,
            doc['positions.occupation'].value
        ]);
    """,
    "combine_script": "return state.rows;",
    "reduce_script": "List all = []; for (rows in states) { all.addAll(rows); } return all;",
}


def _every_position(vector: list[float]) -> dict[str, Any]:
    rows = {"scripted_metric": {"params": {"vector": vector}, **_ROWS}}
    return {"nested": {"path": "positions"}, "aggs": {"rows": rows}}


def _cosine(field: str, vector: list[float], query: dict[str, Any]) -> dict[str, Any]:
    """Return a query scored by cosine + 1: a score must not be negative."""
    script = {"source": f"cosineSimilarity(params.vector, '{field}') + 1.0", "params": {"vector": vector}}
    return {"script_score": {"query": query, "script": script}}
