"""What the API takes and gives of a chat kit. A field that is not named here never leaves the service."""

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from service.api.query import SeekerQuerySchema, short, told_seeker
from service.api.schemas import OccupationRefSchema, PublicLinkSchema, PublicPositionSchema
from service.prep import LENGTHS
from service.search import Seeker


@dataclass(frozen=True, slots=True)
class PrepRequest:
    """For which dream job a chat is prepared, "" for whatever the person does, and who asks."""

    job: str
    seeker: Seeker


class PrepQuerySchema(SeekerQuerySchema):
    """The parameters of a chat kit."""

    error_messages = {"unknown": "is not a parameter of a chat kit."}  # noqa: RUF012  (marshmallow's own interface)

    job = fields.String(
        load_default="",
        metadata={"description": "The dream job, in the seeker's own words.", "example": "set designer"},
    )

    @post_load
    def _request(self, data: dict[str, Any], **_: Any) -> PrepRequest:
        return PrepRequest(short(data["job"], "job"), told_seeker(data))


class LetterSchema(Schema):
    """A message to send by hand."""

    subject = fields.String()
    message = fields.String()


class StepSchema(Schema):
    """What to do from one minute of a chat to another."""

    start = fields.Integer()
    end = fields.Integer()
    what = fields.String()


class AgendaSchema(Schema):
    """How the minutes of a chat go."""

    minutes = fields.Integer()
    steps = fields.List(fields.Nested(StepSchema))


class OccupationBackgroundSchema(OccupationRefSchema):
    """What to know of an occupation; a text is empty where nothing is known."""

    daily_work = fields.String()
    way_in = fields.String(metadata={"description": "How people get into it."})
    onet_url = fields.String(metadata={"description": "Its page at O*NET OnLine."})
    related = fields.List(fields.Nested(OccupationRefSchema))


class BackgroundSchema(Schema):
    """What to read before the chat."""

    links = fields.List(
        fields.Nested(PublicLinkSchema), metadata={"description": "The person's public links, without `booking`."}
    )
    company = fields.String(metadata={"description": "Where the position was or is; may be empty."})
    occupation = fields.Nested(OccupationBackgroundSchema, allow_none=True)


class PersonRefSchema(Schema):
    """A person by their id."""

    id = fields.String()
    name = fields.String()


class ChatKitSchema(Schema):
    """What a seeker needs for a chat with a person; nothing is sent to anybody."""

    person = fields.Nested(PersonRefSchema, attribute="profile")
    position = fields.Nested(PublicPositionSchema, metadata={"description": "The position to talk about."})
    job = fields.String(
        metadata={"description": "The dream job as the texts say it; empty where they ask about the person's own."}
    )
    minutes = fields.Integer(
        validate=validate.OneOf(LENGTHS), metadata={"description": "How long a chat the ask is for."}
    )
    ask = fields.Nested(LetterSchema, metadata={"description": "At most 150 words."})
    follow_up = fields.Nested(LetterSchema, metadata={"description": "Once, after a week without an answer."})
    thanks = fields.Nested(LetterSchema, metadata={"description": "For the day of the chat."})
    questions = fields.List(fields.String(), metadata={"description": "Five to ten, to choose among."})
    agendas = fields.List(fields.Nested(AgendaSchema))
    background = fields.Nested(BackgroundSchema)
    booking = fields.Nested(
        PublicLinkSchema, allow_none=True, metadata={"description": "The public link to book a time."}
    )
