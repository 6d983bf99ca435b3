"""Which engine a URL names."""

import traceback
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import open_engine
from indexer.engines.elasticsearch import ElasticsearchEngine
from indexer.engines.sqlite import SQLiteEngine
from indexer.errors import InvalidEngineURL

PASSWORD = "hunter2"


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
        ("mentors.db", "This is no engine"),
        ("postgres://localhost/x", "“postgres” is no engine"),
        ("sqlite://index.db", "A SQLite engine is written sqlite:///folder/file.db"),
        ("sqlite:///", "A SQLite engine is written sqlite:///folder/file.db"),
        ("http://", "cannot be read"),
        ("http://localhost:port", "cannot be read"),
        ("http://localhost:99999", "cannot be read"),
        ("http://[::1", "cannot be read"),
    ],
)
def test_a_url_that_names_no_engine_is_refused_in_words(url: str, reason: str) -> None:
    with pytest.raises(InvalidEngineURL, match=reason):
        open_engine(url)


@pytest.mark.parametrize(
    "url",
    [
        "my_user:hunter2@localhost:9200",
        "hunter2@localhost:9200",
        "http:ann:hunter2@localhost:9200",
        "http://ann:hunter2@localhost:port",
        "http://ann:hunter2",  # a port, for all that Python knows
        "http://ann:hunter2/@localhost:9200",
        "http://ann:12/hunter2@localhost:9200",
        "http://ann:12?hunter2@localhost:9200",
        "http://ann:12#hunter2@localhost:9200",
        "http://ann:hunter2@ho℀st:9200",
        "http://ann:[hunter2]@localhost:9200",
        "http://ann:hunter2@local host:9200",
    ],
)
def test_a_refusal_carries_no_password(url: str) -> None:
    with pytest.raises(InvalidEngineURL) as caught:
        open_engine(url)

    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


@given(
    start=st.sampled_from(["", "http:", "http://", "https://", "ftp://"]),
    before=st.text(st.sampled_from("x1:@/?#[]%\\ é℀\n")),
    after=st.text(st.sampled_from("x1:@/?#[]%\\ é℀\n")),
)
def test_nothing_that_is_said_of_any_url_carries_its_password(start: str, before: str, after: str) -> None:
    try:
        with closing(open_engine(f"{start}ann:{before}{PASSWORD}{after}@localhost:9200/mentors")) as engine:
            said = engine.label
    except InvalidEngineURL as error:
        said = "".join(traceback.format_exception(error))

    assert PASSWORD not in said


def test_a_quoted_password_may_hold_anything() -> None:
    password = quote("/?#@:%[] é", safe="")

    with closing(open_engine(f"https://ann:{password}@localhost:9200/mentors")) as engine:
        assert engine.label == "https://localhost:9200/mentors"


@pytest.mark.parametrize("path", ["a/b", "*", "Mentors", "_all", "mentors?pretty", "mentors#1"])
def test_what_cannot_start_an_index_name_is_refused(path: str) -> None:
    with pytest.raises(InvalidEngineURL, match="only the start of the index names"):
        open_engine(f"http://localhost:9200/{path}")
