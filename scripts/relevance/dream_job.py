"""Dream job to people: queries of O*NET against made-up people in a real engine, graded by occupation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from tqdm import tqdm

from indexer.document import make_documents
from indexer.encoder import Encoder
from indexer.encoder.short import shortened
from indexer.engines import Engine, Filters, Retrieved
from indexer.indexing import BATCH
from indexer.taxonomy import Occupation
from indexer.text import clean_line
from indexer.titles import TitleCatalogue
from indexer.titles.reader import TitleReader
from indexer.titles.understanding import QueryKind, Understanding
from scripts.relevance.metrics import ndcg, recall, reciprocal_rank
from scripts.relevance.people import Person
from scripts.relevance.queries import Query
from scripts.relevance.scores import QueryScore
from service.search.order import by_relevance
from service.search.question import question
from service.search.rank import WEIGHTS, rank
from service.search.wanted import Wanted

SAME, NEAR, RELATED = 3, 2, 1
# O*NET's word for the about five occupations that are nearest.
_NEAREST = "Primary-Short"
# What reciprocal rank fusion adds to every rank: the value of the paper that proposed it (Cormack, 2009).
_RRF_K = 60
# The day on which the population's careers are as made up.
TODAY = date(2026, 1, 1)

Grades = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One query, the grade of everybody who has one above 0, and who was found.

    `retrieved` is found as service.search finds it, with the occupations that were read; `plain` by the
    query's words and vector as they are.
    """

    query: Query
    grades: Grades
    retrieved: Retrieved
    plain: Retrieved
    wanted: Wanted = field(default=Wanted())
    words_alone: bool = False


System = Callable[[Found], list[str]]


def grades_by_code(occupations: Sequence[Occupation], people: Sequence[Person]) -> dict[str, dict[str, int]]:
    """Return for each code the people's grades above 0: that of the best position, past ones counting alike."""
    holders: dict[str, set[str]] = {}
    for person in people:
        for code in person.codes:
            holders.setdefault(code, set()).add(person.profile.id)
    graded: dict[str, dict[str, int]] = {}
    for o in occupations:
        near = {code: NEAR if tier == _NEAREST else RELATED for code, tier in o.related.items()} | {o.code: SAME}
        own = graded[o.code] = {}
        for code, grade in near.items():
            for id_ in holders.get(code, ()):
                own[id_] = max(grade, own.get(id_, 0))
    return graded


def fill(engine: Engine, people: Sequence[Person], encoder: Encoder, catalogue: TitleCatalogue) -> None:
    """Make the index of `people` in an empty engine, their positions read by `catalogue`."""
    engine.create(encoder.fingerprint, encoder.short_dimensions)
    engine.titles.replace(catalogue)
    reader = TitleReader(engine.titles, lambda: encoder)
    now = datetime.combine(TODAY, datetime.min.time(), UTC)
    for start in range(0, len(people), BATCH):
        profiles = [person.profile for person in people[start : start + BATCH]]
        engine.upsert(make_documents(profiles, encoder, now, reader.occupation_codes))


def find(engine: Engine, encoder: Encoder, queries: Sequence[Query], graded: Mapping[str, Grades]) -> list[Found]:
    """Return what `engine` finds for each query, understood and asked as service.search does."""
    reader = TitleReader(engine.titles, lambda: encoder)
    occupations = reader.occupations()
    understood = reader.read([clean_line(query.text) for query in queries])
    vectors = shortened(encoder.encode([one.text or one.query for one in understood]), encoder)
    plain = shortened(encoder.encode([one.query for one in understood]), encoder)
    found = []
    for place, query in enumerate(tqdm(queries, unit=" queries", leave=False, disable=None)):
        asked = question(understood[place], vectors[place], encoder.fingerprint, occupations)
        as_typed = Understanding(understood[place].query, "", QueryKind.FREE_TEXT, ())
        unread = question(as_typed, plain[place], encoder.fingerprint, {})
        retrieved, others = (engine.search(one.to(TODAY, Filters())) for one in (asked, unread))
        grades = graded.get(query.code, {})
        found.append(Found(query, grades, retrieved, others, asked.wanted, asked.vector is None))
    return found


def evaluate(found: Sequence[Found], system: System) -> list[QueryScore]:
    """Return the metrics of `system`'s order for every query."""
    return [_score(one, system(one)) for one in found]


def _score(one: Found, order: Sequence[str]) -> QueryScore:
    grades = [one.grades.get(id_, 0) for id_ in order]
    everybody = list(one.grades.values())
    values = {
        "nDCG@10": ndcg(grades, everybody, 10),
        "recall@50": recall(grades, everybody, 50, least=SAME),
        "MRR": reciprocal_rank(grades, least=SAME),
    }
    return QueryScore(one.query.kind, one.query.code[:2], values)


def by_ranking(found: Found, *, turns: bool = True, **settings: Any) -> list[str]:
    """Return the order that seekers see; `settings` are those of rank that are others."""
    ranked = rank(found.retrieved, found.wanted, TODAY, words_alone=found.words_alone, **settings)
    return [person.id for person in (by_relevance(ranked, TODAY, found.query.text) if turns else ranked)]


def by_texts(found: Found) -> list[str]:
    """Return the order of the ranking where nothing was read of the query."""
    return [person.id for person in rank(found.plain, Wanted(), TODAY)]


def by_words(found: Found) -> list[str]:
    """Return those who share a word with the query, by BM25 alone."""
    return _ordered({c.id: c.bm25 for c in found.plain.candidates if c.bm25 > 0})


def by_title(found: Found) -> list[str]:
    """Return the order of the nearest position alone."""
    return _ordered({c.id: max(position.similarity for position in c.positions) for c in found.plain.candidates})


def by_ranks(found: Found) -> list[str]:
    """Return the reciprocal rank fusion of words, nearest position and whole profile."""
    profiles = _ordered({c.id: c.profile_similarity for c in found.plain.candidates})
    fused = {c.id: 0.0 for c in found.plain.candidates}
    for order in (by_words(found), by_title(found), profiles):
        for place, id_ in enumerate(order, start=1):
            fused[id_] += 1 / (_RRF_K + place)
    return _ordered(fused)


def _ordered(values: Mapping[str, float]) -> list[str]:
    return sorted(values, key=lambda id_: (-values[id_], id_))


def _without(name: str) -> dict[str, float]:
    """Return the weights of texts without one of them; the others sum to 1 again."""
    left = {other: 0.0 if other == name else weight for other, weight in WEIGHTS.items()}
    return {other: weight / sum(left.values()) for other, weight in left.items()}


SYSTEMS: dict[str, System] = {
    "ranking": by_ranking,
    "ranking without reading": by_texts,
    "bm25": by_words,
    "knn": by_title,
    "rrf": by_ranks,
}
# The ranking, and without each part in turn. Shared ground and availability are the same for everybody here.
ABLATIONS: dict[str, System] = {
    "ranking": by_ranking,
    "without titles": partial(by_ranking, weights=_without("title")),
    "without occupations": partial(by_ranking, occupation=0.0),
    "without whole profiles": partial(by_ranking, weights=_without("profile")),
    "without words": partial(by_ranking, weights=_without("lexical")),
    "past like current": partial(by_ranking, past=1.0),
    "without turns": partial(by_ranking, turns=False),
}
