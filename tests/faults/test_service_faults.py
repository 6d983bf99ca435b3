"""What breaks under a running service on SQLite: said in words, nothing lost, well again by itself."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.document import unread
from indexer.engines import Engine, open_engine
from indexer.errors import EngineRejected, EngineUnavailable
from indexer.indexing import ImportReport, import_profiles
from service.app import create_app
from service.settings import Settings
from tests.api.shape import assert_error
from tests.factories import make_profile, profile_record
from tests.fakes import KeywordEncoder
from tests.faults.answers import KEY, SEARCH, assert_out_of_order, found

ENCODER = KeywordEncoder("nurse", "vet", "pilot")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Engine]]:
    engines: list[Engine] = []

    def open_at(path: Path) -> Engine:
        engines.append(open_engine(f"sqlite:///{path}"))
        return engines[-1]

    yield open_at
    for engine in engines:
        engine.close()


@pytest.fixture
def app(path: Path, opened: Callable[[Path], Engine]) -> Flask:
    return create_app(Settings(api_keys=(KEY,)), engine=opened(path), encoder=ENCODER)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {KEY}"
    return client


def write(path: Path, *ids: str, encoder: KeywordEncoder = ENCODER) -> None:
    """Import people as another process would, and leave a file that is whole by itself."""
    with closing(open_engine(f"sqlite:///{path}")) as engine:
        import_profiles([make_profile(id_) for id_ in ids], engine, lambda: encoder, unread, ImportReport())


def test_without_an_index_it_says_so_and_recovers_with_the_first_import(client: FlaskClient, path: Path) -> None:
    assert_out_of_order(client, "import profiles first")

    write(path, "ann")

    assert found(client) == ["ann"]


def test_a_search_makes_no_file_where_there_is_none(client: FlaskClient, path: Path) -> None:
    client.get(SEARCH)

    assert list(path.parent.iterdir()) == []


def test_an_index_of_another_encoder_is_refused_and_kept(client: FlaskClient, path: Path) -> None:
    write(path, "ann", encoder=KeywordEncoder("other"))

    assert_out_of_order(client, "made with the encoder keywords:other, and the one in use is keywords:nurse")
    assert_error(client.put("/api/v1/profiles/bob", json=profile_record("bob")), 503)
    with closing(open_engine(f"sqlite:///{path}")) as engine:
        assert set(engine.get(["ann", "bob"])) == {"ann"}
        assert engine.status().fingerprint == "keywords:other"


def test_an_index_of_another_layout_is_refused_and_kept(client: FlaskClient, path: Path) -> None:
    write(path, "ann")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")

    assert_out_of_order(client, "schema version 999")
    assert_error(client.put("/api/v1/profiles/ann", json=profile_record("ann", title="Pilot")), 503)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT id FROM profiles").fetchall() == [("ann",)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not an index of Mentor Search"),
        (b"id,name\nann,Ann\n" * 200, "is not a whole index"),
        (b"SQLite format 3\x00" + b"\xff" * 4096, "is not a whole index"),
    ],
)
def test_a_file_that_is_no_index_is_refused_and_left_alone(
    client: FlaskClient, path: Path, content: bytes, words: str
) -> None:
    path.write_bytes(content)

    assert_out_of_order(client, words)
    assert_error(client.put("/api/v1/profiles/ann", json=profile_record("ann")), 503)
    assert path.read_bytes() == content


def test_a_file_that_lost_its_end_is_refused_in_words(client: FlaskClient, path: Path) -> None:
    write(path, *(f"p{n:03}" for n in range(200)))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    assert "cannot answer right now" in assert_error(client.get(SEARCH), 503)["message"]
    assert client.get("/healthz").status_code == 200


def test_a_database_of_another_program_is_refused_and_left_alone(client: FlaskClient, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE invoices (total INTEGER)")

    assert_out_of_order(client, "not an index of Mentor Search")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("invoices",)]


def test_an_index_that_is_put_in_the_place_of_the_old_one_is_taken_up(
    client: FlaskClient, path: Path, tmp_path: Path
) -> None:
    write(path, "ann")
    write(tmp_path / "new.db", "bob")
    assert found(client) == ["ann"]
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()

    (tmp_path / "new.db").rename(path)

    assert found(client) == ["bob"]


def test_an_index_that_is_taken_away_is_missed_and_a_new_one_is_taken_up(client: FlaskClient, path: Path) -> None:
    write(path, "ann")
    assert found(client) == ["ann"]

    for file in path.parent.iterdir():
        file.unlink()

    assert_out_of_order(client, "import profiles first")
    write(path, "bob")
    assert found(client) == ["bob"]


def test_a_new_index_does_not_take_over_the_last_changes_of_the_old_one(
    path: Path, opened: Callable[[Path], Engine]
) -> None:
    engine = opened(path)
    import_profiles([make_profile("ann")], engine, lambda: ENCODER, unread, ImportReport())
    path.unlink()  # its -wal file, which holds Ann, stays

    with pytest.raises(EngineRejected, match=r"index\.db-wal beside it still holds changes of the old index"):
        write(path, "bob")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()
    write(path, "bob")

    assert set(engine.get(["ann", "bob"])) == {"bob"}


def test_a_folder_in_the_place_of_the_index_is_refused_in_words(client: FlaskClient, path: Path) -> None:
    path.mkdir()

    assert_out_of_order(client, "cannot be used now")


def test_an_index_that_cannot_be_made_is_said_in_words(tmp_path: Path, opened: Callable[[Path], Engine]) -> None:
    (tmp_path / "file").write_text("in the way")
    engine = opened(tmp_path / "file" / "index.db")

    with pytest.raises(EngineUnavailable, match=r"file/index\.db cannot be used"):
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)


def test_a_failed_write_changes_nothing(client: FlaskClient, path: Path) -> None:
    write(path, "ann")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON positions BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )

    assert_error(client.put("/api/v1/profiles/ann", json=profile_record("ann", title="Pilot")), 503)

    assert found(client) == ["ann"]
    assert client.get("/api/v1/profiles/ann").get_json()["positions"][0]["title"] == "Nurse"


def test_when_the_encoder_cannot_be_opened_searches_go_on_with_words_and_writes_wait(
    path: Path, opened: Callable[[Path], Engine]
) -> None:
    write(path, "ann")
    broken = create_app(Settings(api_keys=(KEY,), encoder="missing"), engine=opened(path)).test_client()

    answer = broken.get(SEARCH).get_json()
    assert (answer["degraded"], answer["total"]) == (True, 1)
    broken.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {KEY}"
    assert_error(broken.put("/api/v1/profiles/bob", json=profile_record("bob")), 503)
    assert "no encoder at missing" in assert_error(broken.get("/readyz"), 503)["message"]
    assert broken.get("/api/v1/profiles/ann").status_code == 200
