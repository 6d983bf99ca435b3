"""Documents and queries as Elasticsearch wants them. Pure functions; no client here."""

from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from indexer.document import Document
from indexer.engines.contract import TITLE_WEIGHT, EngineQuery, Filters, Ground
from indexer.facts import to_text
from indexer.profile import Availability, to_record
from indexer.profile.availability import has_room
from indexer.profile.record import contact_record
from indexer.text import name_key, name_keys


def source(document: Document) -> dict[str, Any]:
    """Return the body to index for `document`.

    Words are indexed only for people who said yes, so that those who did not cannot sway what is rare.
    """
    profile, facts = document.profile, document.facts
    body: dict[str, Any] = {
        "id": profile.id,
        "content_hash": document.content_hash,
        "open_to_chats": profile.open_to_chats,
        "has_room": has_room(profile),
        "country": profile.country,
        "languages": list(profile.languages),
        "chat_minutes": list(profile.chat_minutes),
        "industries": name_keys(facts.industries),
        "companies": name_keys(facts.companies),
        "schools": name_keys(facts.schools),
        "communities": name_keys(facts.communities),
        "facts": b64encode(to_text(facts).encode()).decode(),
        "folded_titles": [*dict.fromkeys(position.title.casefold() for position in profile.positions)],
        "occupations": distinct_codes(document.occupations),
        "positions": [
            {
                "person": profile.id,
                "ordinal": ordinal,
                "title_vector": vector.tolist(),
                "occupation": code,
            }
            for ordinal, (vector, code) in enumerate(
                zip(document.title_vectors, document.occupations, strict=True)
            )
        ],
        "profile_vector": document.profile_vector.tolist(),
        "record": to_record(profile),
        "contact": contact_record(profile),
    }
    if profile.paused_until:
        body["paused_until"] = profile.paused_until.isoformat()
    if facts.active_on:
        body["active_on"] = facts.active_on
    if profile.open_to_chats == "yes":
        body |= {"titles": document.title_tokens, "about": document.about_tokens}
    return body


def distinct_codes(codes: Sequence[str]) -> list[str]:
    """Return the codes of a person's positions, each once and without ""."""
    return [code for code in dict.fromkeys(codes) if code]


def eligibility(filters: Filters, today: date) -> list[dict[str, Any]]:
    """Return the conditions of a person who can be asked on `today` and meets `filters`."""
    conditions = [askable(today, booked=filters.booked)]
    for field, values in (
        ("chat_minutes", filters.chat_minutes),
        ("languages", filters.languages),
        ("country", filters.countries),
        ("industries", [name_key(name) for name in filters.industries]),
        ("companies", [name_key(name) for name in filters.companies]),
        ("schools", [name_key(name) for name in filters.schools]),
        ("occupations", filters.occupations),
    ):
        if values:
            conditions.append({"terms": {field: list(values)}})
    return conditions


def askable(today: date, *, booked: bool = False) -> dict[str, Any]:
    """Return the condition of a person who can be asked on `today`; with `booked`, room or not.

    It is one condition, not three: kNN on positions makes a set of each anew in every search.
    """
    has_room: list[dict[str, Any]] = [] if booked else [{"term": {"has_room": True}}]
    return {"bool": {"filter": [{"term": {"open_to_chats": "yes"}}, *has_room], "must_not": [_paused(today)]}}


def _paused(today: date) -> dict[str, Any]:
    return {"range": {"paused_until": {"gt": today.isoformat()}}}


def availability_counts(today: date) -> dict[str, Any]:
    """Return the search that counts people by the rule of profile.availability."""
    said_yes = {"term": {"open_to_chats": "yes"}}
    conditions: dict[str, list[dict[str, Any]]] = {
        Availability.OPEN: [askable(today)],
        Availability.BOOKED: [askable(today, booked=True), {"term": {"has_room": False}}],
        Availability.PAUSED: [said_yes, _paused(today)],
        Availability.CLOSED: [{"term": {"open_to_chats": "no"}}],
        Availability.DORMANT: [{"term": {"open_to_chats": "not_said"}}],
    }
    filters = {name: {"bool": {"filter": every}} for name, every in conditions.items()}
    return {"size": 0, "aggregations": {"people": {"filters": {"filters": filters}}}}


# Not even _id, which lies compressed beside the whole source: a fifth of the time of a search for 500 people.
# Their ids come from the doc values of `id`.
_NO_STORED_FIELDS: dict[str, Any] = {"stored_fields": "_none_"}
# Candidates of HNSW in each segment for one that is wanted. With them it finds as many of the nearest as comparing
# all does (docs/elasticsearch.md).
_CANDIDATES = 3


def retrieval(query: EngineQuery) -> dict[str, dict[str, Any]]:
    """Return the searches that find the pool, by name.

    "eligible" counts who meets the conditions. Where there are filters, the only hit of "best" is the person of
    the highest BM25 whatever they are; else that is the first of "words". All others find people: by words, by
    position, by profile and by ground.
    """
    conditions = eligibility(query.filters, query.today)
    searches: dict[str, dict[str, Any]] = {
        "eligible": {"size": 0, "track_total_hits": True, "query": {"bool": {"filter": conditions}}}
    }
    found: dict[str, Any] = _NO_STORED_FIELDS | {
        "size": query.pool,
        "docvalue_fields": ["id"],
        "track_total_hits": False,
    }
    if query.tokens:
        words = lexical(query.tokens)
        searches["words"] = found | {"query": {"bool": {"must": words, "filter": conditions}}}
        everybody = [askable(query.today, booked=query.filters.booked)]
        if conditions != everybody:
            searches["best"] = found | {"size": 1, "query": {"bool": {"must": words, "filter": everybody}}}
    vector = None if query.vector is None else query.vector.tolist()
    if vector is not None:
        searches["positions"] = found | {"knn": _knn("positions.title_vector", vector, query.pool, conditions)}
    groups: dict[str, list[dict[str, Any]]] = {}
    if query.occupations or vector is not None:
        groups["profiles"] = _of_occupations(query.occupations)
    if query.ground:
        groups["ground"] = [_of_ground(query.ground)]
    for name, group in groups.items():
        ours = [*conditions, *group]
        any_of_them: dict[str, Any] = {"query": {"bool": {"filter": ours}}}
        nearest = any_of_them if vector is None else {"knn": _knn("profile_vector", vector, query.pool, ours)}
        searches[name] = found | nearest
    return searches


def _of_occupations(codes: Sequence[str]) -> list[dict[str, Any]]:
    return [{"terms": {"occupations": list(codes)}}] if codes else []


def _of_ground(ground: Ground) -> dict[str, Any]:
    fields = {"schools": ground.schools, "companies": ground.companies, "communities": ground.communities}
    return {"bool": {"should": [{"terms": {field: name_keys(names)}} for field, names in fields.items()]}}


def inactive(before: date, count: int) -> dict[str, Any]:
    """Return the search for who said yes and was last active before that day, the longest inactive first."""
    conditions = [{"term": {"open_to_chats": "yes"}}, {"range": {"active_on": {"lt": before.isoformat()}}}]
    return {
        "size": count,
        "track_total_hits": True,
        "query": {"bool": {"filter": conditions}},
        "_source": ["record.name", "active_on"],
        "sort": ["active_on", "id"],
    }


# The most distinct values that a count lists, and what Elasticsearch allows (search.max_buckets less one);
# taxonomies have a few thousand occupations.
_MOST_VALUES = 65_535


def occupation_counts(today: date) -> dict[str, Any]:
    """Return the search that counts who can be asked on `today` by occupation."""
    return _counts({"terms": {"field": "occupations", "size": _MOST_VALUES}}, today)


def group_counts(groups: Mapping[str, Collection[str]], today: date) -> dict[str, Any]:
    """Return the search that counts who can be asked on `today` and has had an occupation of each group."""
    filters = {name: {"terms": {"occupations": sorted(codes)}} for name, codes in groups.items()}
    return _counts({"filters": {"filters": filters}}, today)


def title_counts(folded: Collection[str], today: date) -> dict[str, Any]:
    """Return the search that counts who can be asked on `today` by these casefolded titles."""
    titles = sorted(folded)
    terms = {"field": "folded_titles", "include": titles, "size": max(1, len(titles))}
    return _counts({"terms": terms}, today)


def _counts(by: dict[str, Any], today: date) -> dict[str, Any]:
    people = {"bool": {"filter": eligibility(Filters(), today)}}
    return {"size": 0, "track_total_hits": False, "query": people, "aggs": {"people": by}}


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
        "num_candidates": count * _CANDIDATES,
        "filter": conditions,
    }


def signals(query: EngineQuery, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the two searches that give every person of `ids` every signal, exactly.

    Of the first each hit is a person, with their BM25 as its score (0 where no word matches) and their facts. The
    second has the rows of all their positions and, if the query has a vector, their profiles' cosines.
    """
    only: dict[str, Any] = {"ids": {"values": list(ids)}}
    scored = [lexical(query.tokens)] if query.tokens else []
    people: dict[str, Any] = _NO_STORED_FIELDS | {
        "size": len(ids),
        "track_total_hits": False,
        "query": {"bool": {"filter": only, "should": scored}},
        "docvalue_fields": ["id", "facts"],
    }
    vector = [] if query.vector is None else query.vector.tolist()
    rows = {"positions": {"nested": {"path": "positions"}, "aggs": {"rows": _rows(_POSITION, vector)}}}
    if vector:
        rows["profiles"] = _rows(_PROFILE, vector)
    return [people, {"size": 0, "track_total_hits": False, "query": only, "aggs": rows}]


# Unit vectors, so the cosine is their dot product. One row a position: person, ordinal, cosine (0 without a query
# vector), code. The script walks the positions once; inner hits, the other way to every position, took 13 times as
# long for 200 people.
_POSITION = """
    float[] query = (float[]) state.query;
    float cosine = 0;
    if (query.length > 0) {
        float[] title = doc['positions.title_vector'].vectorValue;
        for (int i = 0; i < query.length; i++) { cosine += query[i] * title[i]; }
    }
    state.rows.add([
        doc['positions.person'].value, doc['positions.ordinal'].value, cosine, doc['positions.occupation'].value
    ]);
"""
# One row a person: id, cosine. Script fields of the hits, the other way to it, took twice as long for 250 people.
_PROFILE = """
    float[] query = (float[]) state.query;
    float[] profile = doc['profile_vector'].vectorValue;
    float cosine = 0;
    for (int i = 0; i < query.length; i++) { cosine += query[i] * profile[i]; }
    state.rows.add([doc['id'].value, cosine]);
"""


def _rows(script: str, vector: list[float]) -> dict[str, Any]:
    """Return the aggregation whose value is what `script` adds to `state.rows` for each document."""
    return {
        "scripted_metric": {
            "params": {"vector": vector},
            "init_script": """
                float[] query = new float[params.vector.size()];
                for (int i = 0; i < query.length; i++) { query[i] = (float) params.vector[i]; }
                state.query = query;
                state.rows = [];
            """,
            "map_script": script,
            "combine_script": "return state.rows;",
            "reduce_script": "List all = []; for (rows in states) { all.addAll(rows); } return all;",
        }
    }
