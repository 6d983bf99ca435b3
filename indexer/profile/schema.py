"""The schema of a profile: which fields there are, how long they may be, and what is wrong with a bad one."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validate,
    validates,
    validates_schema,
)

from indexer import text
from indexer.profile.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    Country,
    Day,
    Email,
    EndDate,
    Language,
    Line,
    Moment,
    OneOf,
    Paragraphs,
    PartialDate,
    PrivateLine,
    WebAddress,
    Whole,
    YesNoNotSaid,
)
from indexer.profile.model import Contact, Link, Position, Profile, School

# A time without a zone is taken for UTC and may be up to 14 hours ahead of it.
_CLOCKS_DIFFER = timedelta(days=1)

CHANNELS = ("video", "phone", "in_person", "mail")


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of one profile.

    `path` leads there from the whole, such as ("positions", 0, "title"); it is empty for the whole itself.
    """

    path: tuple[str | int, ...]
    reason: str

    @property
    def field(self) -> str:
        """Our name of a column for it, such as `position_1_title`."""
        return _column(self.path)


class _Group(Schema):
    """Part of a profile: unknown fields are errors that name the nearest known one."""

    class Meta:
        unknown = EXCLUDE  # _no_unknown_fields has a better message

    error_messages = {"type": "must be a group of fields."}  # noqa: RUF012  (marshmallow's own interface)
    makes: type

    @pre_load
    def _without_nulls(self, data: Any, **_: Any) -> Any:
        """Take null for "not given", as JSON exports write it."""
        if not isinstance(data, Mapping):
            return data
        return {name: value for name, value in data.items() if value is not None}

    # With the errors of the known fields, not in place of them: who corrects a row wants to see all of them.
    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _no_unknown_fields(self, _data: Any, original: Any, **_: Any) -> None:
        unknown = [name for name in original if name not in self.fields] if isinstance(original, Mapping) else []
        if unknown:
            raise ValidationError({str(name): [self._unknown(str(name))] for name in unknown})

    def _unknown(self, name: str) -> str:
        near = difflib.get_close_matches(name, self.fields, n=1)
        return f"is not a field of a profile.{f' Did you mean {near[0]}?' if near else ''}"

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Any:
        given = {name: value for name, value in data.items() if value is not None}
        return self.makes(**{k: _entries(v) if isinstance(v, list) else v for k, v in given.items()})


def _entries(values: list[Any]) -> tuple[Any, ...]:
    """Return what `values` say, each once and none that is empty."""
    return tuple(value for value in dict.fromkeys(values) if value != "")


class PositionSchema(_Group):
    """One job: what it is called, where, and when."""

    makes = Position
    title = Line(120, required=True)
    company = Line(120)
    industry = Line(80)
    start = PartialDate()
    end = EndDate()

    @validates_schema
    def _in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        start, end = data.get("start", ""), data.get("end", "")
        shortest = min(len(start), len(end))
        if end and start[:shortest] > end[:shortest]:
            raise ValidationError(f"{end} is before the start, {start}.", field_name="end")


class SchoolSchema(_Group):
    """One place of learning."""

    makes = School
    school = Line(160, required=True)
    degree = Line(160)
    year = Whole(FIRST_YEAR, LAST_YEAR)


class LinkSchema(_Group):
    """One web address; seekers see it only when `public` is true."""

    makes = Link
    url = WebAddress(500, required=True)
    label = Line(60)
    public = fields.Boolean(error_messages={"invalid": "is not yes or no."})


class ContactSchema(_Group):
    """How the operator reaches the person. Private."""

    makes = Contact
    email = Email(254)
    phone = PrivateLine(40)
    other = PrivateLine(300)


def _list(item: fields.Field[Any], most: int) -> fields.List[Any]:
    return fields.List(
        item,
        validate=validate.Length(max=most, error=f"has more than {most} entries."),
        error_messages={"invalid": "must be a list."},
    )


def _nested(schema: type[Schema]) -> fields.Nested:
    return fields.Nested(schema, error_messages={"type": "must be a group of fields."})


class ProfileSchema(_Group):
    """A whole profile. Load one with `read_profile`; docs/profiles.md lists the fields."""

    makes = Profile
    id = fields.String(
        required=True,
        validate=validate.Regexp(
            r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}\Z",
            error="must be 1 to 128 letters, digits and . _ : - ; it is public (it stands in links), "
            "so it must not be an e-mail address.",
        ),
        error_messages={"invalid": "must be text."},
    )
    name = Line(120, required=True)
    headline = Line(200)
    bio = Paragraphs(5000)
    location = Line(120)
    country = Country()
    languages = _list(Language(), 20)
    links = _list(_nested(LinkSchema), 10)
    positions = fields.List(
        _nested(PositionSchema),
        required=True,
        validate=validate.Length(min=1, max=30, error="must be 1 to 30 positions."),
        error_messages={
            "invalid": "must be a list.",
            "required": "at least one position with a title is needed.",
        },
    )
    skills = _list(Line(60), 60)
    topics = _list(Line(120), 30)
    schools = _list(_nested(SchoolSchema), 10)
    communities = _list(Line(100), 20)
    open_to_chats = YesNoNotSaid()
    consent_at = Day()
    chat_minutes = _list(Whole(5, 120), 8)
    channels = _list(OneOf(CHANNELS), len(CHANNELS))
    paused_until = Day()
    monthly_capacity = Whole(0, 100)
    chats_this_month = Whole(0, 1000)
    last_active_at = Day()
    updated_at = Moment()
    contact = _nested(ContactSchema)

    @validates("updated_at")
    def _not_in_the_future(self, moment: datetime | None, **_: Any) -> None:
        # Whatever it says, even a consent, nothing that is dated truly could replace it before that day.
        if moment is not None and moment > datetime.now(UTC) + _CLOCKS_DIFFER:
            raise ValidationError(f"{moment:%Y-%m-%d} is in the future.")

    @pre_load
    def _number_as_id(self, data: Any, **_: Any) -> Any:
        """Take a number for an id: JSON exports of databases have them."""
        if isinstance(data, Mapping) and isinstance(data.get("id"), int) and not isinstance(data["id"], bool):
            return {**data, "id": str(data["id"])}
        return data


_SCHEMA = ProfileSchema()
# What marshmallow says by itself, in our words.
_IN_WORDS = {
    "Missing data for required field.": "is missing.",
    "Field may not be null.": "must not be empty.",
}
# The names that the columns of a CSV file give to a list's items: "positions" -> "position_1_title".
_SINGULAR = {"positions": "position", "links": "link", "schools": "school"}


def read_profile(record: Any) -> Profile | list[FieldError]:
    """Return the profile that `record` (nested, as in JSON) describes, or all that is wrong with it."""
    try:
        profile: Profile = _SCHEMA.load(record)
    except ValidationError as error:
        return list(_flat(error.messages))
    return profile


def _flat(messages: Any, path: tuple[str | int, ...] = ()) -> Iterator[FieldError]:
    if isinstance(messages, Mapping):
        for key, value in messages.items():
            yield from _flat(value, path if key == "_schema" else (*path, key))
        return
    for reason in messages:
        yield FieldError(path, _IN_WORDS.get(reason, reason))


def _column(path: tuple[str | int, ...]) -> str:
    """Return the column name for a path such as ("positions", 0, "title")."""
    if not path:
        return "profile"
    head, *rest = path
    if rest and isinstance(rest[0], int):
        head, rest[0] = _SINGULAR.get(str(head), head), rest[0] + 1
    # An unknown name comes from the file as it is: it may be endless, or play with the operator's terminal.
    return text.clean_line("_".join(str(part) for part in (head, *rest)))[:80] or "profile"
