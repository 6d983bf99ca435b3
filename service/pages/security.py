"""Headers that keep a page to itself: no foreign scripts, frames, images or referrers."""

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Swagger UI draws its icons as data: images and sets styles from its own script.
_DOCS_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "img-src 'self'", "img-src 'self' data:"
)


def add_security_headers(app: Flask) -> None:
    """Make `app` send the headers with every answer."""

    @app.after_request
    def _headers(response: Response) -> Response:
        policy = _DOCS_POLICY if request.path.startswith("/api/docs") else _POLICY
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
