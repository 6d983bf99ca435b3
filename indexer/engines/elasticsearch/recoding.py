"""Reads the occupations of everybody's positions anew, in place, beside other writers."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from indexer.engines.elasticsearch.client import meaning
from indexer.engines.elasticsearch.paging import pages
from indexer.engines.elasticsearch.query import distinct_codes

# People read and written together.
_PEOPLE_AT_ONCE = 500
# How long the server keeps the list of people open from one page to the next: their some 1,500 titles are read
# in between.
_KEEP_ALIVE = "10m"

_FIELDS = ["record.positions.title", "positions.occupation"]
# Vectors and all else stay on the server.
_WRITE_CODES = """
    for (int i = 0; i < params.codes.size(); i++) { ctx._source.positions[i].occupation = params.codes[i]; }
    ctx._source.occupations = params.distinct;
"""


@dataclass(frozen=True, slots=True)
class _Person:
    id: str
    seen: Mapping[str, int]  # which write of the document this was read from
    titles: tuple[str, ...]
    codes: tuple[str, ...]

    @classmethod
    def of(cls, doc: Mapping[str, Any]) -> Self:
        source = doc["_source"]
        return cls(
            id=doc["_id"],
            seen={"if_seq_no": doc["_seq_no"], "if_primary_term": doc["_primary_term"]},
            titles=tuple(position["title"] for position in source["record"]["positions"]),
            codes=tuple(position["occupation"] for position in source["positions"]),
        )


def recode(
    client: Elasticsearch, alias: str, label: str, occupation_codes: Callable[[Sequence[str]], list[str]]
) -> int:
    """Read the titles of everybody behind `alias`, write the codes that changed; return how many people had one.

    Whoever is written or deleted by others between reading and writing is left as they are and, if still there,
    read once more.
    """
    codes: dict[str, str] = {}
    changed = 0
    for people in _everybody(client, alias, label):
        remaining = people
        while remaining:
            _read(remaining, codes, occupation_codes)
            outdated = [p for p in remaining if p.codes != tuple(codes[title] for title in p.titles)]
            overtaken = set(_write(client, alias, label, outdated, codes))
            changed += len(outdated) - len(overtaken)
            remaining = _again(client, alias, label, overtaken) if overtaken else []
    client.indices.refresh(index=alias)
    return changed


def _everybody(client: Elasticsearch, alias: str, label: str) -> Iterator[list[_Person]]:
    """Yield the people who are there now, some at a time."""
    for hits in pages(
        client,
        label,
        alias,
        size=_PEOPLE_AT_ONCE,
        keep_alive=_KEEP_ALIVE,
        fields=_FIELDS,
        seq_no_primary_term=True,
    ):
        yield [_Person.of(hit) for hit in hits]


def _read(
    people: Sequence[_Person], codes: dict[str, str], occupation_codes: Callable[[Sequence[str]], list[str]]
) -> None:
    """Add the code of each title of `people` that `codes` lacks."""
    unread = list(dict.fromkeys(title for person in people for title in person.titles if title not in codes))
    if unread:
        codes.update(zip(unread, occupation_codes(unread), strict=True))


def _write(
    client: Elasticsearch, alias: str, label: str, people: Sequence[_Person], codes: Mapping[str, str]
) -> Iterator[str]:
    """Write the codes of `people`; yield the ids of those whom another writer overtook."""
    actions = (_action(alias, person, [codes[title] for title in person.titles]) for person in people)
    for written, result in streaming_bulk(
        client, actions, raise_on_error=False, max_retries=3, require_alias=True
    ):
        answer = result["update"]
        if not written and answer["status"] in (404, 409):  # 404: deleted
            yield answer["_id"]
        elif not written:
            raise meaning(f"{label} (profile {answer['_id']})", answer["status"], answer)


def _action(alias: str, person: _Person, codes: Sequence[str]) -> dict[str, Any]:
    script = {"source": _WRITE_CODES, "params": {"codes": codes, "distinct": distinct_codes(codes)}}
    return {"_op_type": "update", "_index": alias, "_id": person.id, **person.seen, "script": script}


def _again(client: Elasticsearch, alias: str, label: str, ids: Collection[str]) -> list[_Person]:
    docs = client.mget(index=alias, ids=sorted(ids), source=_FIELDS)["docs"]
    for doc in docs:
        if "error" in doc:
            raise meaning(label, 503, doc)  # without a status of its own: nearly always a shard that is not there
    return [_Person.of(doc) for doc in docs if doc["found"]]
