"""What can go wrong while Elasticsearch gets new job titles: the old ones serve, and nothing is left over."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer.engines import Engine, TitleQuery, open_engine
from indexer.engines.elasticsearch import title_documents
from indexer.engines.elasticsearch.titles import ElasticsearchTitles
from indexer.errors import EngineRejected, TitlesMissing
from indexer.titles import TitleCatalogue
from tests.factories import make_catalogue
from tests.fakes import KeywordEncoder

pytestmark = pytest.mark.elasticsearch

ENCODER = KeywordEncoder("nurse", "vet", dimensions=8)
VETS = make_catalogue(ENCODER, {"Vet": "1", "Horse Vet": "1"})
NURSES = make_catalogue(ENCODER, {"Nurse": "2"}, version="2")


@pytest.fixture
def server(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with closing(Elasticsearch(elasticsearch_url)) as client:
        yield client


@pytest.fixture
def engine(elasticsearch_url: str, prefix: str) -> Iterator[Engine]:
    with closing(open_engine(f"{elasticsearch_url}/{prefix}")) as engine:
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        engine.titles.replace(VETS)
        yield engine


def suggested(engine: Engine) -> list[str]:
    return [title.title for title in engine.titles.suggest([], 10)]


def indices(server: Elasticsearch, prefix: str) -> set[str]:
    return set(server.indices.get(index=f"{prefix}-titles-*"))


def test_one_that_is_refused_half_way_leaves_the_old_one_alone(
    engine: Engine, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = indices(server, prefix)
    every_document = title_documents.documents

    def with_one_too_many(catalogue: TitleCatalogue) -> Iterator[Mapping[str, Any]]:
        yield from every_document(catalogue)
        yield {"place": "not a number"}

    monkeypatch.setattr(title_documents, "documents", with_one_too_many)

    with pytest.raises(EngineRejected, match=r"\(job titles\) refused a request .*not a number"):
        engine.titles.replace(NURSES)

    assert suggested(engine) == ["Vet", "Horse Vet"]
    assert indices(server, prefix) == before
    assert len(before) == 1


def test_one_of_which_not_all_arrives_is_not_served(
    engine: Engine, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every_document = title_documents.documents

    def without_the_last(catalogue: TitleCatalogue) -> list[dict[str, Any]]:
        return list(every_document(catalogue))[:-1]

    monkeypatch.setattr(title_documents, "documents", without_the_last)

    with pytest.raises(EngineRejected, match=r"Of 2 job titles and occupations, 1 arrived"):
        engine.titles.replace(NURSES)

    assert suggested(engine) == ["Vet", "Horse Vet"]
    assert len(indices(server, prefix)) == 1


def test_what_a_killed_process_left_goes_with_the_next_one(
    engine: Engine, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ElasticsearchTitles, "_serve", lambda *_: None)  # it is filled, and never served
    monkeypatch.setattr(ElasticsearchTitles, "_all", lambda _: [])
    engine.titles.replace(NURSES)
    monkeypatch.undo()
    assert (suggested(engine), len(indices(server, prefix))) == (["Vet", "Horse Vet"], 2)

    engine.titles.replace(NURSES)

    assert (suggested(engine), len(indices(server, prefix))) == (["Nurse"], 1)


def test_one_whose_index_another_program_deletes_says_so_and_makes_no_other(
    engine: Engine, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = indices(server, prefix)
    every_document = title_documents.documents

    def deleting(catalogue: TitleCatalogue) -> Iterator[Mapping[str, Any]]:
        for name in indices(server, prefix) - before:
            server.indices.delete(index=name)
        yield from every_document(catalogue)

    monkeypatch.setattr(title_documents, "documents", deleting)

    with pytest.raises(EngineRejected, match="Another program replaced the job titles at http"):
        engine.titles.replace(NURSES)

    assert indices(server, prefix) == before
    assert suggested(engine) == ["Vet", "Horse Vet"]


def test_titles_that_are_replaced_while_they_are_read_are_read_again(
    engine: Engine, elasticsearch_url: str, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ElasticsearchTitles._loaded
    replaced = []

    def overtaken(store: ElasticsearchTitles, index: str) -> Any:
        if not replaced:
            replaced.append(index)
            with closing(open_engine(f"{elasticsearch_url}/{prefix}")) as other:
                other.titles.replace(NURSES)
        return read(store, index)

    monkeypatch.setattr(ElasticsearchTitles, "_loaded", overtaken)

    (found,) = engine.titles.match([TitleQuery((), ENCODER.encode(["nurse"])[0])], 3)

    assert [match.title.title for match in found] == ["Nurse"]


def test_the_profiles_of_a_community_with_a_similar_name_are_left_alone(
    engine: Engine, server: Elasticsearch, prefix: str, elasticsearch_url: str
) -> None:
    with closing(open_engine(f"{elasticsearch_url}/{prefix}-titles")) as other:
        other.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        other.titles.replace(VETS)

        engine.titles.replace(NURSES)

        assert other.status().people == 0
        assert suggested(other) == ["Vet", "Horse Vet"]
    assert suggested(engine) == ["Nurse"]


def test_an_index_of_another_layout_counts_as_none_and_can_be_replaced(
    engine: Engine, server: Elasticsearch, prefix: str, elasticsearch_url: str
) -> None:
    assert suggested(engine) == ["Vet", "Horse Vet"]
    (name,) = indices(server, prefix)
    server.indices.put_mapping(index=name, meta={"schema_version": 0, "titles_of": prefix})

    with closing(open_engine(f"{elasticsearch_url}/{prefix}")) as fresh:
        assert fresh.titles.status() is None
        for read in (fresh.titles.occupations, lambda: fresh.titles.suggest(["v"], 5)):
            with pytest.raises(TitlesMissing, match="import_titles"):
                read()
        fresh.titles.replace(NURSES)
        assert suggested(fresh) == ["Nurse"]
    assert len(indices(server, prefix)) == 1
    assert suggested(engine) == ["Nurse"]


def test_titles_that_go_away_right_after_they_were_asked_for_are_missed(
    server: Elasticsearch, engine: Engine, prefix: str, elasticsearch_url: str
) -> None:
    with closing(open_engine(f"{elasticsearch_url}/{prefix}")) as other:
        assert other.titles.status() is not None
        for name in indices(server, prefix):
            server.indices.delete(index=name)

        with pytest.raises(TitlesMissing, match="import_titles"):
            other.titles.match([TitleQuery((), ENCODER.encode(["nurse"])[0])], 3)
        assert other.titles.status() is None
