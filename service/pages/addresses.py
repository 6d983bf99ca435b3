"""The addresses of a search: the whole state of a page is in its address."""

from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from service.api.schemas import SearchQuerySchema

# Those of a search but for what seekers tell of themselves: a page reads that from their cookies (seeker.py), and
# an address is passed on, or logged.
PARAMETERS = frozenset(
    name for name in SearchQuerySchema().fields if name != "seeker" and not name.startswith("my_")
)
# Where somebody is in a list: nothing that a new list begins with.
_PLACES = ("page", "cursor")


def own_parameters() -> MultiDict[str, str]:
    """Return our own of the parameters of this request: a link that was passed on may carry others."""
    return MultiDict([(name, value) for name, value in request.args.items(multi=True) if name in PARAMETERS])


def carried_parameters(without: frozenset[str]) -> list[tuple[str, str]]:
    """Return what a form of this page has to carry on beside its fields, which are named in `without`."""
    left_out = without.union(_PLACES)
    return [(name, value) for name, value in own_parameters().items(multi=True) if value and name not in left_out]


def same_url(**changes: list[str]) -> str:
    """Return the address of this page with other values for the parameters in `changes`, and of its first page."""
    # Of the parameters only our own: url_for takes some, such as _external, for itself.
    asked = own_parameters().to_dict(flat=False)
    for place in _PLACES:
        asked.pop(place, None)
    arguments: dict[str, Any] = {**(request.view_args or {}), **asked, **changes}
    return url_for(request.endpoint or "pages.search", **arguments)
