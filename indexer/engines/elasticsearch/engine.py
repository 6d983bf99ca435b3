"""The Elasticsearch engine: bulk writes, tombstones and searches through one alias."""

from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError

from indexer.document import Document, version
from indexer.engines.contract import (
    Candidate,
    EngineQuery,
    ImportHistory,
    Inactive,
    IndexStatus,
    LastSeen,
    Outcome,
    PositionSignal,
    Retrieved,
    Revision,
    StoredProfile,
    TitleStore,
)
from indexer.engines.demand import DemandStore
from indexer.engines.elasticsearch import query as build
from indexer.engines.elasticsearch import recoding, versions
from indexer.engines.elasticsearch.bulk import remove_all, write_all
from indexer.engines.elasticsearch.client import meaning, translated_errors
from indexer.engines.elasticsearch.demand import ElasticsearchDemand
from indexer.engines.elasticsearch.imports import ElasticsearchImports
from indexer.engines.elasticsearch.mapping import (
    SCHEMA_VERSION,
    SETTINGS,
    TOMBSTONES_MAPPING,
    index_name,
    mapping,
    writes_alias,
)
from indexer.engines.elasticsearch.rebuild import ElasticsearchRebuild, prepare
from indexer.engines.elasticsearch.titles import ElasticsearchTitles
from indexer.engines.imports import stored_profile
from indexer.engines.known_facts import KnownFacts
from indexer.engines.mismatch import check_encoder, check_schema
from indexer.errors import EngineRejected, IndexMissing
from indexer.facts import Facts, from_texts
from indexer.profile import Availability, Profile, from_record


class ElasticsearchEngine:
    """An index in Elasticsearch: `{prefix}-live` is the alias of a dated index, `{prefix}-tombstones` beside it.

    Safe under threads.
    """

    def __init__(self, client: Elasticsearch, *, prefix: str, label: str) -> None:
        self._client = client
        self._label = label
        self._prefix = prefix
        self._alias = f"{prefix}-live"
        self._tombstones = f"{prefix}-tombstones"
        # The concrete index whose layout and encoder were read last: searches name theirs in every hit.
        self._known: tuple[str, dict[str, Any]] = ("", {})
        self._known_facts: KnownFacts[str] = KnownFacts()  # by the text they are packed in
        self._imports = ElasticsearchImports(client, prefix=prefix, label=label)
        self._demand = ElasticsearchDemand(client, prefix=prefix, label=label, check_index=self._meta)
        self._titles = ElasticsearchTitles(client, prefix=prefix, label=label, check_index=self._meta)

    @property
    def label(self) -> str:
        """The server's address for messages, without credentials."""
        return self._label

    @property
    def titles(self) -> TitleStore:
        """The job-title index, `{prefix}-titles`."""
        return self._titles

    @property
    def imports(self) -> ImportHistory:
        """The last imports, `{prefix}-imports`."""
        return self._imports

    @property
    def demand(self) -> DemandStore:
        """The counts of searches, `{prefix}-demand`."""
        return self._demand

    def create(self, fingerprint: str, dimensions: int) -> None:
        """Make the index if there is none; see Engine.create."""
        with translated_errors(self._label):
            indices = self._client.indices
            searchable = indices.exists_alias(name=self._alias)
            if not (searchable and indices.exists(index=self._tombstones)):
                self._create_tombstones()
            if not searchable:
                self._create_index(fingerprint, dimensions)
        check_encoder(self._meta()["fingerprint"], fingerprint)

    def _create_tombstones(self) -> None:
        try:
            self._client.indices.create(
                index=self._tombstones,
                mappings=TOMBSTONES_MAPPING,
                settings={"auto_expand_replicas": "0-1"},
            )
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
            # Another may have made it a moment ago; it must be readable before anybody is written.
            self._client.cluster.health(index=self._tombstones, wait_for_status="yellow")

    def _create_index(self, fingerprint: str, dimensions: int) -> None:
        name = index_name(self._prefix)
        try:
            self._client.indices.create(
                index=name,
                mappings=mapping(fingerprint, dimensions),
                settings=SETTINGS,
                # An alias has only one index to write to: of several creators, the server refuses all but one.
                aliases={self._alias: {"is_write_index": True}, writes_alias(name): {}},
            )
        except ApiError:
            if not self._client.indices.exists_alias(name=self._alias):
                raise

    def revisions(self, ids: Collection[str]) -> dict[str, Revision]:
        """Return what is known of `ids`; see Engine.revisions."""
        if not ids:
            return {}
        try:
            self._meta()
            with translated_errors(self._label):
                people = self._found(self._alias, ids, ["content_hash"])
                deleted = self._deleted(ids)
        except IndexMissing:
            return {}
        known = {
            doc["_id"]: Revision(versions.version_of(doc["_version"]), doc["_source"]["content_hash"])
            for doc in people
        }
        return {id_: Revision(at, deleted=True) for id_, at in deleted.items()} | known

    def upsert(self, documents: Sequence[Document]) -> dict[str, Outcome]:
        """Write `documents` in bulk; see Engine.upsert."""
        if not documents:
            return {}
        fingerprint = self._meta()["fingerprint"]
        for document in documents:
            check_encoder(fingerprint, document.fingerprint)
        with translated_errors(self._label):
            deleted = self._deleted([document.profile.id for document in documents])
            gone = {d.profile.id for d in documents if d.version <= deleted.get(d.profile.id, -1)}
            outcomes = dict.fromkeys(gone, Outcome.DELETED)
            outcomes |= self._write([d for d in documents if d.profile.id not in gone])
            self._client.indices.refresh(index=self._alias)
        return outcomes

    def _write(self, documents: Sequence[Document]) -> dict[str, Outcome]:
        """Write each of `documents` unless a newer version is there, however often that was rewritten."""
        numbers = {document.profile.id: versions.first(document.version) for document in documents}
        outcomes = self._bulk(documents, numbers)
        # Once more whoever has the same version in a document that was rewritten; again only if it was meanwhile.
        while refused := [d for d in documents if outcomes[d.profile.id] is Outcome.STALE]:
            there = self._found(self._alias, [document.profile.id for document in refused], False)
            numbers = {doc["_id"]: doc["_version"] for doc in there}
            rewritten = [d for d in refused if versions.version_of(numbers.get(d.profile.id, 0)) == d.version]
            if not rewritten:
                break
            outcomes |= self._bulk(rewritten, numbers)
        # Of whom was withdrawn, Elasticsearch remembers the last number for a minute and refuses those before it.
        if withdrawn := [d for d in refused if d.profile.id not in numbers]:
            outcomes |= self._bulk(withdrawn, {d.profile.id: versions.anew(d.version) for d in withdrawn})
        return outcomes

    def _bulk(self, documents: Sequence[Document], numbers: Mapping[str, int]) -> dict[str, Outcome]:
        try:
            return write_all(self._client, self._label, self._known[0], documents, numbers)
        except IndexMissing:
            # A rebuild has replaced the index a moment ago; then this says so.
            check_encoder(self._meta()["fingerprint"], documents[0].fingerprint)
            raise

    def delete(self, profile_id: str, at: datetime) -> bool:
        """Remove a person and leave a tombstone; see Engine.delete."""
        self._meta()
        with translated_errors(self._label):
            existing = self._found(self._alias, [profile_id], False)
            # Also past what is dated in the future, and past an earlier deletion that reached further.
            known = [versions.version_of(doc["_version"]) for doc in existing]
            latest = max([version(at), *known, *self._deleted([profile_id]).values()])
            options: dict[str, Any] = {"id": profile_id, "version_type": "external_gte", "refresh": True}
            self._client.index(index=self._tombstones, document={"version": latest}, version=latest, **options)
            self._imports.forget_person(profile_id)
            try:
                self._client.delete(index=self._alias, version=versions.last(latest), **options)
            except NotFoundError:
                return False
        return True

    def withdraw(self, expected: Mapping[str, int]) -> set[str]:
        """Remove people without a tombstone; see Engine.withdraw."""
        self._meta()
        with translated_errors(self._label):
            there = [
                doc
                for doc in self._found(self._alias, expected, False)
                if versions.version_of(doc["_version"]) == expected[doc["_id"]]
            ]
            return remove_all(self._client, self._label, self._known[0], there) if there else set()

    def get(self, ids: Collection[str]) -> dict[str, Profile]:
        """Return the profiles of `ids` that exist; see Engine.get."""
        self._check_index()
        if not ids:
            return {}
        with translated_errors(self._label):
            found = self._found(self._alias, ids, ["record"])
        return {doc["_id"]: from_record(doc["_source"]["record"]) for doc in found}

    def stored(self, ids: Collection[str]) -> dict[str, StoredProfile]:
        """Return people with their contact; see Engine.stored."""
        self._check_index()
        if not ids:
            return {}
        with translated_errors(self._label):
            found = self._found(self._alias, ids, ["record", "contact", "content_hash"])
        return {
            doc["_id"]: stored_profile(version=versions.version_of(doc["_version"]), **doc["_source"])
            for doc in found
        }

    def search(self, query: EngineQuery) -> Retrieved:
        """Return the candidates for `query`: one round trip finds them, one fills in every signal."""
        self._check_encoder(query)
        searches = build.retrieval(query)
        answers = zip(searches, self._asked(query, searches.values()), strict=True)
        hits = {name: answer["hits"] for name, answer in answers}
        eligible = hits.pop("eligible")["total"]["value"]
        best = hits.pop("best", None) or hits.get("words", {"hits": []})
        ids = list(dict.fromkeys(_id(hit) for found in hits.values() for hit in found["hits"]))
        return Retrieved(
            self._candidates(query, ids) if ids else [],
            eligible=eligible,
            best_bm25=max((hit["_score"] for hit in best["hits"]), default=0.0),
        )

    def _check_index(self) -> None:
        """Raise IndexMissing or IndexMismatch if there is no index, or one of another layout; asked once."""
        if not self._known[0]:
            self._meta()

    def _check_encoder(self, query: EngineQuery) -> None:
        meta = self._known[1]
        if not meta or (query.vector is not None and meta["fingerprint"] != query.fingerprint):
            meta = self._meta()  # a rebuild may have brought the index to the query's encoder
        if query.vector is not None:
            check_encoder(meta["fingerprint"], query.fingerprint)

    def _asked(self, query: EngineQuery, searches: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the answers to `searches`, all from an index that was made with the query's encoder."""
        try:
            answers = self._search_all(searches)
        except EngineRejected:
            self._known = ("", {})  # perhaps for a vector's length: the alias has moved to another index
            self._check_encoder(query)
            raise
        if any(hit["_index"] != self._known[0] for answer in answers for hit in answer["hits"]["hits"]):
            self._known = ("", {})
            self._check_encoder(query)
        return answers

    def _candidates(self, query: EngineQuery, ids: Sequence[str]) -> list[Candidate]:
        people, rows = self._asked(query, build.signals(query, ids))
        hits, found = people["hits"]["hits"], rows["aggregations"]
        held = _position_signals(found["positions"]["rows"]["value"])
        cosines = dict(found["profiles"]["value"]) if query.vector is not None else dict.fromkeys(held, 0.0)
        # Whoever was deleted or rewritten between the searches may lack a part.
        return [
            Candidate(
                id=id_, bm25=hit["_score"], positions=held[id_], profile_similarity=cosines[id_], facts=facts
            )
            for id_, hit, facts in zip(map(_id, hits), hits, self._facts(hits), strict=True)
            if id_ in held and id_ in cosines
        ]

    def _facts(self, hits: Sequence[dict[str, Any]]) -> list[Facts]:
        """Return the facts of each person in `hits`."""
        packed = [hit["fields"]["facts"][0] for hit in hits]
        facts = self._known_facts.of(packed, _parsed)
        return [facts[one] for one in packed]

    def recode(self, occupation_codes: Callable[[Sequence[str]], list[str]]) -> int:
        """Read everybody's titles anew; see Engine.recode."""
        self._meta()
        with translated_errors(self._label):
            return recoding.recode(self._client, self._alias, self._label, occupation_codes)

    def occupation_counts(self, today: date) -> dict[str, int]:
        """Return how many people have each occupation; see Engine.occupation_counts."""
        return self._counts(build.occupation_counts(today))

    def group_counts(self, groups: Mapping[str, Collection[str]], today: date) -> dict[str, int]:
        """Return how many people have had an occupation of each group; see Engine.group_counts."""
        self._check_index()
        if not groups:
            return {}  # which Elasticsearch refuses to count
        (answer,) = self._search_all([build.group_counts(groups, today)])
        buckets = answer["aggregations"]["people"]["buckets"]
        return {name: buckets[name]["doc_count"] for name in groups}

    def title_counts(self, titles: Collection[str], today: date) -> dict[str, int]:
        """Return how many people have each title; see Engine.title_counts."""
        counts = self._counts(build.title_counts({title.casefold() for title in titles}, today))
        return {title: counts.get(title.casefold(), 0) for title in titles}

    def _counts(self, search: dict[str, Any]) -> dict[str, int]:
        self._check_index()
        (answer,) = self._search_all([search])
        buckets = answer["aggregations"]["people"]["buckets"]
        return {bucket["key"]: bucket["doc_count"] for bucket in buckets}

    def inactive(self, before: date, count: int) -> Inactive:
        """Return who has not been active since `before`; see Engine.inactive."""
        self._check_index()
        (answer,) = self._search_all([build.inactive(before, count)])
        return Inactive(
            answer["hits"]["total"]["value"],
            [
                LastSeen(
                    hit["_id"], hit["_source"]["record"]["name"], date.fromisoformat(hit["_source"]["active_on"])
                )
                for hit in answer["hits"]["hits"]
            ],
        )

    def availability_counts(self, today: date) -> dict[Availability, int]:
        """Return how many people can be asked, and how many not and why; see Engine.availability_counts."""
        self._check_index()
        (answer,) = self._search_all([build.availability_counts(today)])
        buckets = answer["aggregations"]["people"]["buckets"]
        return {availability: buckets[availability]["doc_count"] for availability in Availability}

    def status(self) -> IndexStatus:
        """Return the state of the index; see Engine.status."""
        meta = self._meta()
        with translated_errors(self._label):
            answer = self._client.search(
                index=self._alias, size=0, aggregations={"said": {"terms": {"field": "open_to_chats"}}}
            )
        said = {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["said"]["buckets"]}
        counts = {word: said.get(word, 0) for word in ("yes", "no", "not_said")}
        return IndexStatus(
            meta["fingerprint"], meta["schema_version"], people=sum(said.values()), open_to_chats=counts
        )

    def rebuild(self, fingerprint: str, dimensions: int) -> ElasticsearchRebuild | None:
        """Begin a rebuild in an index of its own; see Engine.rebuild."""
        current = self._meta()["fingerprint"]
        return prepare(
            self._client,
            label=self._label,
            prefix=self._prefix,
            alias=self._alias,
            old=self._known[0],
            current=current,
            fingerprint=fingerprint,
            dimensions=dimensions,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _search_all(self, searches: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        lines = [line for search in searches for line in ({}, search)]
        with translated_errors(self._label):
            answers: list[dict[str, Any]] = self._client.msearch(index=self._alias, searches=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise meaning(self._label, answer["status"], answer)
            if answer["_shards"]["failed"]:
                raise EngineRejected(f"Elasticsearch at {self._label} searched only a part of the index.")
        return answers

    def _found(self, index: str, ids: Collection[str], fields: list[str] | bool) -> list[dict[str, Any]]:
        answer = self._client.mget(index=index, ids=list(ids), source=fields)
        for doc in answer["docs"]:
            if "error" in doc:
                self._meta()  # says it in words if the alias is at fault
                # The error has no status of its own; what is left is nearly always a shard that is not there.
                raise meaning(self._label, 503, doc)
        return [doc for doc in answer["docs"] if doc["found"]]

    def _deleted(self, ids: Collection[str]) -> dict[str, int]:
        return {doc["_id"]: doc["_source"]["version"] for doc in self._found(self._tombstones, ids, True)}

    def _meta(self) -> dict[str, Any]:
        """Return what the index says of its layout and encoder, and remember it."""
        with translated_errors(self._label):
            indices = self._client.indices.get_mapping(index=self._alias)
        if len(indices) > 1:
            raise EngineRejected(
                f"{self._alias} at {self._label} stands for several indices: {', '.join(sorted(indices))}. "
                "Delete all of them but one, and import the profiles again."
            )
        ((name, index),) = indices.items()
        meta: dict[str, Any] = index["mappings"].get("_meta", {})
        check_schema(meta.get("schema_version", 0), SCHEMA_VERSION)
        self._known = (name, meta)
        return meta


def _id(hit: dict[str, Any]) -> str:
    """Return whom `hit` is, which build.retrieval and build.signals ask for as a doc value."""
    id_: str = hit["fields"]["id"][0]
    return id_


def _parsed(packed: Sequence[str]) -> dict[str, Facts]:
    """Return the facts in texts as build.source packs them, by those texts."""
    return dict(zip(packed, from_texts([b64decode(one).decode() for one in packed]), strict=True))


def _position_signals(
    rows: Iterable[tuple[str, int, float, str]],
) -> dict[str, tuple[PositionSignal, ...]]:
    """Return each person's signals, in the order of their positions, from rows as build.signals asks for."""
    people: dict[str, list[PositionSignal]] = {}
    for person, _, similarity, code in sorted(rows, key=lambda row: row[1]):
        people.setdefault(person, []).append(PositionSignal(similarity, code))
    return {person: tuple(signals) for person, signals in people.items()}
