"""Who may write: the operator's API keys."""

import hmac

from flask import request
from flask_smorest import abort


def is_api_key(given: str, api_keys: tuple[str, ...]) -> bool:
    """Return whether `given` is one of `api_keys`."""
    # Compared in constant time, so that answers do not tell how much of a guess was right.
    return any(hmac.compare_digest(given.encode(), key.encode()) for key in api_keys)


def has_api_key(api_keys: tuple[str, ...]) -> bool:
    """Return whether the request carries `Authorization: Bearer KEY` with one of `api_keys`."""
    given = request.authorization
    return is_api_key((given.token or "") if given and given.type == "bearer" else "", api_keys)


def require_api_key(api_keys: tuple[str, ...]) -> None:
    """Abort the request unless it carries one of `api_keys`; see has_api_key."""
    if not api_keys:
        abort(403, message="Writing is switched off: the operator has set no API keys (MENTOR_SEARCH_API_KEYS).")
    if not has_api_key(api_keys):
        abort(
            401,
            message="Send a valid API key: Authorization: Bearer KEY.",
            headers={"WWW-Authenticate": "Bearer"},
        )
