"""What keeps a page to itself: no foreign scripts, frames, images, referrers or forms."""

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


def sent_by_other_site() -> bool:
    """Return whether a browser sent this request, a form, from a page that is not ours.

    Browsers say so themselves, which needs no token that a page would have to carry: in Sec-Fetch-Site, or where
    there is no TLS and so no such header, by the host in Origin. Whatever sends neither is no browser of today
    and acts for nobody else. It is the rule of Go's net/http.CrossOriginProtection.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] != request.host
