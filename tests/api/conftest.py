"""The whole application on an empty SQLite index, with an encoder whose vectors can be worked out by hand."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.document import unread
from indexer.engines import Engine, open_engine
from indexer.indexing import ImportReport, import_profiles
from indexer.profile import Profile
from indexer.titles.reader import TitleReader
from service.app import create_app
from service.settings import Settings
from tests.api.operator import Operator
from tests.factories import make_catalogue
from tests.fakes import KeywordEncoder

KEY = "operator-key"


@pytest.fixture
def encoder() -> KeywordEncoder:
    return KeywordEncoder("nurse", "vet", "pilot")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(open_engine(f"sqlite:///{tmp_path}/index.db")) as engine:
        yield engine


@pytest.fixture
def titles(engine: Engine, encoder: KeywordEncoder) -> None:
    """A small job-title index; ask for it before people are imported, as their titles are read by it."""
    names = {
        "Nurse": "29-1141.00",
        "Vet": "29-1131.00",
        "Nurse Midwife": "29-1161.00",
        "Pilot": "53-2011.00",
        "Helper": ["29-1141.00", "29-1131.00"],
    }
    words = {"nurse": 3, "vet": 2, "midwife": 1, "pilot": 1, "helper": 1}
    related = {"29-1141.00": "Primary-Short"}
    engine.create(encoder.fingerprint, encoder.short_dimensions)
    engine.titles.replace(make_catalogue(encoder, names, words=words, related=related, job_zone=4))


@pytest.fixture
def index(engine: Engine, encoder: KeywordEncoder) -> Callable[..., None]:
    """Import people: `index(make_profile("ann"), ...)`."""

    def imported(*profiles: Profile) -> None:
        reader = TitleReader(engine.titles, lambda: encoder)
        codes = reader.occupation_codes if engine.titles.status() else unread
        import_profiles(profiles, engine, lambda: encoder, codes, ImportReport())

    return imported


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    """The folder for what operators upload, which is not made yet."""
    return tmp_path / "uploads"


@pytest.fixture
def app(engine: Engine, encoder: KeywordEncoder, uploads: Path) -> Flask:
    settings = Settings(api_keys=("another-key", KEY), upload_folder=str(uploads))
    return create_app(settings, engine=engine, encoder=encoder)


@pytest.fixture
def inside(app: Flask) -> Operator:
    """An operator who has logged in to the pages."""
    return Operator(app.test_client(), KEY)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def operator(app: Flask) -> FlaskClient:
    """A client that sends a valid API key with every request."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {KEY}"
    return client
