"""Who is logged in as operator: a signed cookie that only /operator sees, and nobody gets in without."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from flask import session

# A working day: who comes back tomorrow, or finds the computer left open, logs in again.
SESSION_HOURS = 8
_TOKEN = "token"  # noqa: S105  (the name of a field)


def session_settings(api_keys: tuple[str, ...]) -> dict[str, Any]:
    """Return Flask's configuration of the session for `api_keys`; without keys nobody can have one.

    The cookie is signed with a key made of the API keys: every process makes the same, and other API keys end all
    sessions. Browsers keep a Secure cookie from http://localhost and http://127.0.0.1 as well.
    """
    keys = "\n".join(sorted(api_keys)).encode()
    signing_key = hmac.new(keys, b"operator session", hashlib.sha256).digest() if api_keys else None
    return {
        "SECRET_KEY": signing_key,
        "SESSION_COOKIE_NAME": "operator",
        "SESSION_COOKIE_PATH": "/operator",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        # How old a signature may be; the cookie itself goes when the browser is closed.
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=SESSION_HOURS),
    }


def log_in() -> None:
    """Make the answer begin a session."""
    session.clear()
    session[_TOKEN] = secrets.token_urlsafe(16)


def log_out() -> None:
    """Make the browser forget the session."""
    session.clear()


def is_logged_in() -> bool:
    """Return whether the request is of a session that has not ended."""
    return _TOKEN in session


def form_token() -> str:
    """Return what each form of this session carries, so that no page of another site can send it."""
    return str(session.get(_TOKEN, ""))


def has_form_token(sent: str) -> bool:
    """Return whether a form of this session was `sent`."""
    return is_logged_in() and hmac.compare_digest(sent.encode(), form_token().encode())
