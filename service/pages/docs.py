"""/api/docs: Swagger UI over our OpenAPI document, served from this process."""

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Response, render_template, send_from_directory

_DISTRIBUTION = Path(flask_swagger_ui.__file__).parent / "dist"


def docs_blueprint() -> Blueprint:
    """Return the routes of the documentation page.

    The package's own blueprint writes its configuration into an inline script, which our CSP forbids; so the
    page is ours and the files are the package's.
    """
    blueprint = Blueprint("docs", __name__, url_prefix="/api/docs")

    @blueprint.get("/")
    def page() -> str:
        return render_template("docs.html")

    @blueprint.get("/swagger/<path:name>")
    def swagger(name: str) -> Response:
        return send_from_directory(_DISTRIBUTION, name)

    return blueprint
