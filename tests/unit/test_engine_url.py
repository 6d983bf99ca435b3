"""Which engine a URL names."""

from contextlib import closing
from pathlib import Path

import pytest

from indexer.engines import open_engine
from indexer.engines.elasticsearch import ElasticsearchEngine
from indexer.engines.sqlite import SQLiteEngine
from indexer.errors import InvalidEngineURL


def test_a_sqlite_url_names_a_file_and_opening_it_makes_none(tmp_path: Path) -> None:
    with closing(open_engine(f"sqlite:///{tmp_path}/index.db")) as engine:
        assert isinstance(engine, SQLiteEngine)
        assert engine.label == f"sqlite:///{tmp_path}/index.db"

    assert list(tmp_path.iterdir()) == []


def test_a_web_address_names_elasticsearch_and_opening_it_contacts_nobody() -> None:
    with closing(open_engine("http://127.0.0.1:1/mentors")) as engine:
        assert isinstance(engine, ElasticsearchEngine)


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://ann:s3cret@es.example.org:9200/mentors", "https://es.example.org:9200/mentors"),
        ("https://s3cret@es.example.org", "https://es.example.org"),
        ("http://ann:s3%40cret@[::1]:9200", "http://[::1]:9200"),
    ],
)
def test_a_label_carries_no_password(url: str, label: str) -> None:
    with closing(open_engine(url)) as engine:
        assert engine.label == label


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "is no engine; the URL starts with sqlite:///"),
        ("mentors.db", "“mentors.db” is no engine"),
        ("postgres://localhost/x", "“postgres” is no engine"),
        ("sqlite://index.db", "A SQLite engine is written sqlite:///folder/file.db"),
        ("sqlite:///", "A SQLite engine is written sqlite:///folder/file.db"),
        ("http://", "it names no host"),
        ("http://localhost:port", "cannot be read"),
        ("http://localhost:99999", "cannot be read"),
        ("http://[::1", "cannot be read"),
    ],
)
def test_a_url_that_names_no_engine_is_refused_in_words(url: str, reason: str) -> None:
    with pytest.raises(InvalidEngineURL, match=reason):
        open_engine(url)


def test_a_refusal_carries_no_password() -> None:
    with pytest.raises(InvalidEngineURL) as caught:
        open_engine("http://ann:s3cret@localhost:port")

    assert "s3cret" not in str(caught.value)
