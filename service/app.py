"""The application factory: settings in, a Flask application out."""

from functools import cache
from pathlib import Path

from flask import Flask

from indexer.encoder import Encoder, open_encoder
from indexer.engines import Engine, open_engine
from indexer.titles.reader import TitleReader
from service.api.health import health_blueprint
from service.api.occupations import occupations_blueprint
from service.api.prep import prep_blueprint
from service.api.profiles import profiles_blueprint
from service.api.search import search_blueprint
from service.api.titles import titles_blueprint
from service.compression import add_compression
from service.errors import ErrorAwareApi, register_errors
from service.imports.folder import TaskFolder
from service.imports.importer import Importer
from service.imports.runner import TaskRunner
from service.pages.browse import browse_blueprint
from service.pages.docs import docs_blueprint
from service.pages.operator.blueprint import operator_blueprint
from service.pages.operator.demand import demand_blueprint
from service.pages.operator.imports import imports_blueprint
from service.pages.operator.session import session_settings
from service.pages.operator.state import state_blueprint
from service.pages.operator.tasks import tasks_blueprint
from service.pages.prep import prep_pages_blueprint
from service.pages.security import add_security_headers
from service.pages.static_files import add_fingerprints
from service.pages.views import pages_blueprint
from service.pages.you import you_blueprint
from service.prep import Preparer
from service.search import DemandCounter, QueryVectors, Searcher, SimilarPeople
from service.settings import Settings
from service.titles import OccupationDirectory, Suggester

# A whole profile with every field at its limit is below 40 kB.
_MOST_BODY_BYTES = 256 * 1024

API_DESCRIPTION = "Find people to talk to about a dream job: ranked, open to a chat now, each with reasons."


def configured_engine(settings: Settings) -> Engine:
    """Return the engine that `settings` name; nothing is contacted yet. Raises InvalidEngineURL."""
    return open_engine(
        settings.engine_url,
        api_key=settings.elasticsearch_api_key,
        ca_certs=settings.elasticsearch_ca_certs,
    )


def create_app(settings: Settings, *, engine: Engine | None = None, encoder: Encoder | None = None) -> Flask:
    """Return the application for `settings`. Nothing is opened or contacted before the first request.

    `engine` and `encoder` take the place of those that the settings name.
    """
    app = Flask("service", template_folder="pages/templates", static_folder="pages/static")
    app.config |= {
        "API_TITLE": "Mentor Search",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api/v1",
        "OPENAPI_JSON_PATH": "openapi.json",
        "API_SPEC_OPTIONS": {
            "info": {"description": API_DESCRIPTION},
            "components": {"securitySchemes": {"operator": {"type": "http", "scheme": "bearer"}}},
        },
        "MAX_CONTENT_LENGTH": _MOST_BODY_BYTES,
        **session_settings(settings.api_keys),
    }
    engine = engine or configured_engine(settings)
    opened = cache(lambda: encoder or open_encoder(settings.encoder))
    vectors = QueryVectors(opened)
    reader = TitleReader(engine.titles, lambda: vectors)
    demand = DemandCounter(engine.demand)
    searcher = Searcher(engine, reader, vectors, inactive_after=settings.inactive_after_days, demand=demand)
    similar_people = SimilarPeople(engine, reader, vectors)
    directory = OccupationDirectory(engine, reader)
    preparer = Preparer(reader, vectors)

    api = ErrorAwareApi(app)
    api.register_blueprint(search_blueprint(searcher, reader), url_prefix="/api/v1")
    api.register_blueprint(titles_blueprint(Suggester(engine, reader)), url_prefix="/api/v1")
    api.register_blueprint(occupations_blueprint(directory), url_prefix="/api/v1")
    profiles = profiles_blueprint(engine, opened, reader, similar_people, settings)
    api.register_blueprint(profiles, url_prefix="/api/v1")
    api.register_blueprint(prep_blueprint(engine, preparer), url_prefix="/api/v1")
    api.register_blueprint(health_blueprint(engine, opened, settings.api_keys))
    app.register_blueprint(docs_blueprint())
    app.register_blueprint(pages_blueprint(engine, searcher, reader, similar_people, directory, preparer=preparer))
    app.register_blueprint(prep_pages_blueprint(engine, preparer))
    app.register_blueprint(you_blueprint())
    app.register_blueprint(browse_blueprint(searcher, directory))
    state = state_blueprint(engine, opened, settings.inactive_after_days)
    folder = TaskFolder(Path(settings.upload_folder))
    runner = TaskRunner(folder)
    importer = Importer(engine, opened, folder)
    imports = imports_blueprint(engine.imports, folder, runner, importer)
    tasks = tasks_blueprint(folder, runner, importer)
    wanted = demand_blueprint(engine, directory)
    app.register_blueprint(operator_blueprint(settings.api_keys, state, imports, tasks, wanted))
    register_errors(app, api)
    add_security_headers(app)
    add_fingerprints(app)
    add_compression(app)
    app.extensions["mentor_search"] = searcher
    app.extensions["operator_tasks"] = runner
    app.extensions["demand"] = demand
    return app
