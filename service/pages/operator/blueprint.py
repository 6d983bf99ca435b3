"""/operator: one guard before all of its pages, the login, and what they answer when something is out of order."""

import logging

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.errors import MentorSearchError
from service.api.access import is_api_key
from service.errors import status_of
from service.pages.operator.attempts import Attempts
from service.pages.operator.session import (
    SESSION_HOURS,
    form_token,
    has_form_token,
    is_logged_in,
    log_in,
    log_out,
)
from service.pages.operator.uploads import MOST_MEGABYTES
from service.pages.security import sent_by_other_site

_log = logging.getLogger(__name__)

_LOGIN = ("operator.login", "operator.begin_session")


def operator_blueprint(api_keys: tuple[str, ...], *pages: Blueprint) -> Blueprint:
    """Return the routes under /operator: `pages`, for who has logged in with one of `api_keys`, and the login."""
    blueprint = Blueprint("operator", __name__, url_prefix="/operator")
    attempts = Attempts()

    @blueprint.before_request
    def _guard() -> ResponseReturnValue | None:
        if request.method == "POST" and sent_by_other_site():
            abort(403, "Another site has sent this form. Please open the page here, and send it from there.")
        if request.endpoint in _LOGIN:
            return None
        if not is_logged_in():
            return redirect(url_for("operator.login"), 303)
        if request.endpoint == "operator.imports.upload":
            request.max_content_length = MOST_MEGABYTES * 1_000_000
        if request.method == "POST" and not has_form_token(request.form.get("token", "")):
            abort(403, "This form is of an earlier session. Please open the page anew, and send it from there.")
        return None

    @blueprint.after_request
    def _not_kept(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    @blueprint.errorhandler(MentorSearchError)
    def _out_of_order(error: MentorSearchError) -> ResponseReturnValue:
        """Say to an operator what is wrong and what to do, which seekers are not told."""
        _log.error("%s: %s", type(error).__name__, error)
        return render_template("operator/out_of_order.html", error=error), status_of(error)

    blueprint.add_app_template_global(form_token)

    @blueprint.get("/login")
    def login() -> ResponseReturnValue:
        return redirect(url_for("operator.state.overview")) if is_logged_in() else _login()

    @blueprint.post("/login")
    def begin_session() -> ResponseReturnValue:
        address = request.remote_addr or ""
        if not api_keys:
            return _login(), 403
        if seconds := attempts.begin(address):
            _log.warning("Too many failed logins as operator from %s.", address)
            return _login(wait=seconds), 429, {"Retry-After": str(seconds)}
        if not is_api_key(request.form.get("key", "").strip(), api_keys):
            # Without what was typed: it may be a key with a slip.
            _log.warning("Failed login as operator from %s.", address)
            return _login("This is none of the API keys."), 422
        attempts.succeeded(address)
        log_in()
        _log.info("Login as operator from %s.", address)
        return redirect(url_for("operator.state.overview"), 303)

    @blueprint.post("/logout")
    def end_session() -> ResponseReturnValue:
        log_out()
        return redirect(url_for("operator.login"), 303)

    def _login(problem: str = "", wait: int = 0) -> str:
        return render_template(
            "operator/login.html",
            has_keys=bool(api_keys),
            problem=problem,
            wait=wait,
            hours=SESSION_HOURS,
            # Browsers send it only where they keep a Secure cookie, too: over TLS, and to their own machine.
            keeps_cookie="Sec-Fetch-Site" in request.headers,
        )

    for page in pages:
        blueprint.register_blueprint(page)
    return blueprint
