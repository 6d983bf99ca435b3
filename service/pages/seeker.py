"""The two cookies of a seeker: what they tell of themselves, and a token by which near-equal people take turns.

Both are read for one answer; nothing of them is stored or logged here.
"""

import re
import secrets
from dataclasses import replace
from datetime import timedelta

from flask import Response, after_this_request, request
from werkzeug.wrappers import Response as AnyResponse

from service.pages.about import from_cookie, to_cookie
from service.search import Seeker

ABOUT, TOKEN = "about_you", "seeker"
# A search for a new job takes weeks or months; what is not needed any more goes by itself.
_KEPT = timedelta(days=180)
_TOKEN_BYTES = 8


def remembered_seeker() -> Seeker:
    """Return what the seeker of this request tells of themselves; the answer is then theirs alone."""
    after_this_request(_not_for_others)
    return from_cookie(request.cookies.get(ABOUT, ""))


def searching_seeker() -> Seeker:
    """Return the same with the token of their browser's session, which the answer sets if there is none."""
    token = request.cookies.get(TOKEN, "")
    if not re.fullmatch(rf"[0-9a-f]{{{2 * _TOKEN_BYTES}}}", token):
        token = secrets.token_hex(_TOKEN_BYTES)

        @after_this_request
        def _set(response: Response) -> Response:
            response.set_cookie(TOKEN, token, secure=request.is_secure, httponly=True, samesite="Lax")
            return response

    return replace(remembered_seeker(), token=token)


def remember(response: AnyResponse, seeker: Seeker) -> None:
    """Make the browser keep what `seeker` tells. Raises AboutTooLong."""
    response.set_cookie(
        ABOUT, to_cookie(seeker), max_age=_KEPT, secure=request.is_secure, httponly=True, samesite="Lax"
    )


def forget(response: AnyResponse) -> None:
    """Make the browser forget it."""
    response.delete_cookie(ABOUT, secure=request.is_secure, httponly=True, samesite="Lax")


def _not_for_others(response: Response) -> Response:
    """Keep an answer that was made for one seeker out of caches that others share."""
    response.vary.add("Cookie")
    response.cache_control.private = True
    return response
