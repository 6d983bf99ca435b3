"""What a seeker tells of themselves, as one cookie of their own browser holds it. Pure."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from indexer.profile.fields import Language, Line
from service.search import Seeker

# A few of each are what somebody would name in a talk; and more would not fit into a cookie.
MOST = 10
# Browsers keep cookies of at least 4,096 bytes, name and attributes included; those of ours take less than 200.
# https://www.rfc-editor.org/rfc/rfc6265#section-6.1
LONGEST_COOKIE = 3_800

_few = validate.Length(max=MOST, error=f"At most {MOST}, one a line.")


class AboutSchema(Schema):
    """What a seeker may tell; the names may be as long as those in profiles."""

    schools = fields.List(Line(120), validate=_few)
    companies = fields.List(Line(120), validate=_few)
    communities = fields.List(Line(100), validate=_few)
    location = Line(120)
    languages = fields.List(Language(), validate=_few)

    @post_load
    def _seeker(self, data: dict[str, Any], **_: Any) -> Seeker:
        # Invisible characters alone come out as "".
        told: dict[str, Any] = {
            name: tuple(filter(None, dict.fromkeys(value))) if isinstance(value, list) else value
            for name, value in data.items()
        }
        return Seeker(**told)


class AboutTooLong(Exception):
    """What the seeker tells does not fit into a cookie."""


def to_cookie(seeker: Seeker) -> str:
    """Return what `seeker` tells as the value of a cookie. Raises AboutTooLong."""
    told = {name: value for name, value in AboutSchema().dump(seeker).items() if value}
    packed = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    cookie = urlsafe_b64encode(packed).decode()
    if len(cookie) > LONGEST_COOKIE:
        raise AboutTooLong
    return cookie


def from_cookie(cookie: str) -> Seeker:
    """Return what `to_cookie` wrote; whatever it cannot have written tells nothing."""
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return Seeker()
    try:
        seeker: Seeker = AboutSchema().load(json.loads(urlsafe_b64decode(cookie)))
    # Anybody can write a cookie of their own, with lists in lists in lists, too.
    except (ValueError, RecursionError, ValidationError):
        return Seeker()
    return seeker
