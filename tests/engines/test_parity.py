"""Both engines rank alike: the same people for the same dream jobs, with the shipped encoder and job titles."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import mean

import pytest

from indexer.document import make_documents
from indexer.encoder import DEFAULT_ENCODER, open_encoder
from indexer.engines import open_engine
from indexer.titles.reader import TitleReader
from indexer.titles.shipped import shipped_catalogue
from scripts.benchmarks.population import SentenceEncoder, make_people, make_queries
from scripts.relevance.metrics import ndcg
from service.search import QueryVectors, SearchAnswer, Searcher, SearchRequest
from tests.elasticsearch_server import own_indices

pytestmark = pytest.mark.elasticsearch

TODAY = date(2026, 11, 24)
PEOPLE, QUERIES, SHOWN, AGREED = 5000, 200, 10, 9
# People in one write: a few megabytes of vectors.
AT_ONCE = 1000


@dataclass(frozen=True)
class Both:
    """What both engines answer to the same queries, in the same order, and everybody's occupations by id."""

    sqlite: list[SearchAnswer]
    elasticsearch: list[SearchAnswer]
    codes: Mapping[str, frozenset[str]]


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory, elasticsearch_url: str) -> Iterator[Both]:
    encoder = open_encoder(str(DEFAULT_ENCODER))
    catalogue = shipped_catalogue(encoder)
    with ExitStack() as opened:
        prefix = opened.enter_context(own_indices(elasticsearch_url))
        urls = f"sqlite:///{tmp_path_factory.mktemp('parity')}/index.db", f"{elasticsearch_url}/{prefix}"
        engines = [opened.enter_context(closing(open_engine(url))) for url in urls]
        for engine in engines:
            engine.create(encoder.fingerprint, encoder.short_dimensions)
            engine.titles.replace(catalogue)
        vectors = QueryVectors(lambda: encoder)
        readers = [TitleReader(engine.titles, lambda: vectors) for engine in engines]
        # Reads titles too, so that each is embedded once.
        sentences = SentenceEncoder(encoder)
        documents = make_documents(
            [*make_people(PEOPLE)],
            sentences,
            datetime(2026, 11, 24, tzinfo=UTC),
            TitleReader(engines[0].titles, lambda: sentences).occupation_codes,
        )
        for engine in engines:
            for start in range(0, PEOPLE, AT_ONCE):
                engine.upsert(documents[start : start + AT_ONCE])
        sqlite, elasticsearch = (
            _answers(Searcher(engine, reader, vectors)) for engine, reader in zip(engines, readers, strict=True)
        )
        yield Both(sqlite, elasticsearch, {one.profile.id: frozenset(one.occupations) for one in documents})


def _answers(searcher: Searcher) -> list[SearchAnswer]:
    return [searcher.search(SearchRequest(query, per_page=SHOWN), TODAY) for query in make_queries(QUERIES)]


def shown(answer: SearchAnswer) -> list[str]:
    return [result.profile.id for result in answer.results]


def test_at_least_9_of_the_top_10_agree(both: Both) -> None:
    missing = {
        ours.query: max(len(shown(ours)), len(shown(theirs))) - len({*shown(ours)} & {*shown(theirs)})
        for ours, theirs in zip(both.sqlite, both.elasticsearch, strict=True)
    }

    assert len(missing) == QUERIES
    assert mean(len(answer.results) for answer in both.sqlite) > AGREED
    told = f"{SHOWN - mean(missing.values()):.2f} of {SHOWN} agree on average"
    assert not {query: count for query, count in missing.items() if count > SHOWN - AGREED}, told


def test_the_rankings_are_worth_the_same(both: Both) -> None:
    def worth(answers: list[SearchAnswer]) -> float:
        values = []
        for answer in answers:
            if readings := answer.understanding.readings:
                grades = {id_: int(readings[0].code in codes) for id_, codes in both.codes.items()}
                values.append(ndcg([grades[id_] for id_ in shown(answer)], [*grades.values()], SHOWN))
        assert len(values) > QUERIES / 2
        return mean(values)

    sqlite, elasticsearch = worth(both.sqlite), worth(both.elasticsearch)

    # Somebody right is found, and not only them: else two equally broken rankings would pass.
    assert 0.5 < sqlite < 1
    assert elasticsearch == pytest.approx(sqlite, abs=0.01)


def test_they_understand_and_count_alike(both: Both) -> None:
    for ours, theirs in zip(both.sqlite, both.elasticsearch, strict=True):
        ours_read, theirs_read = (
            {reading.code: reading.confidence for reading in answer.understanding.readings}
            for answer in (ours, theirs)
        )
        assert ours_read == pytest.approx(theirs_read, abs=1e-5), ours.query
        assert ours.eligible == theirs.eligible == PEOPLE
