"""What the parameters of several addresses share: how they are read, and what seekers tell of themselves."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load

from indexer.profile.fields import Language, Line
from indexer.text import clean_line
from service.search import Seeker
from service.search.request import LONGEST_QUERY


class QuerySchema(Schema):
    """Parameters in an address."""

    class Meta:  # noqa: D106  (marshmallow's own interface)
        # A misspelt filter would silently search without it.
        unknown = RAISE

    error_messages = {"unknown": "is not a parameter of this search."}  # noqa: RUF012

    @pre_load
    def _without_empty_values(self, data: Any, **_: Any) -> Any:
        """Take `language=` for no filter: it is what a form sends for "any"."""
        filled = {name: [v for v in data.getlist(name) if v.strip()] for name in data} if data else {}
        return {
            name: values if isinstance(self.fields.get(name), fields.List) else values[0]
            for name, values in filled.items()
            if values
        }


class SeekerQuerySchema(QuerySchema):
    """What a seeker tells of themselves; `told_seeker` makes a Seeker of it."""

    my_company = fields.List(Line(120), metadata={"description": "The seeker has worked there."})
    my_school = fields.List(Line(120), metadata={"description": "The seeker went there."})
    my_community = fields.List(Line(100), metadata={"description": "The seeker is in it."})
    my_location = Line(120, load_default="", metadata={"description": "Where the seeker lives."})
    my_language = fields.List(Language(), metadata={"description": "The seeker speaks it (ISO 639)."})


def told_seeker(data: dict[str, Any]) -> Seeker:
    """Return who the seeker is, as far as `data` that a SeekerQuerySchema has read tell."""
    # Invisible characters alone come out as "".
    return Seeker(
        schools=tuple(filter(None, data.get("my_school", ()))),
        companies=tuple(filter(None, data.get("my_company", ()))),
        communities=tuple(filter(None, data.get("my_community", ()))),
        location=data["my_location"],
        languages=tuple(data.get("my_language", ())),
    )


def short(typed: str, name: str) -> str:
    """Return a dream job as one clean line. Raises ValidationError of the field `name` where it is too long."""
    line = clean_line(typed)
    if len(line) > LONGEST_QUERY:
        raise ValidationError(f"Say it in at most {LONGEST_QUERY} characters; this has {len(line):,}.", name)
    return line
