"""A made-up occupation of O*NET, of which a test changes what it is about."""

from typing import Any

from indexer.taxonomy import Occupation


def make_occupation(code: str, **changes: Any) -> Occupation:
    """Return an occupation named after its code, without any other title or text."""
    nothing = {"alternate_titles": (), "short_titles": (), "reported_titles": (), "tasks": (), "related": {}}
    return Occupation(**{"code": code, "title": f"Occupation {code}", "description": ""} | nothing | changes)
