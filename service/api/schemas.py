"""What the API takes and gives. A field that is not named here never leaves the service."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validate

from indexer import text
from indexer.engines import Filters
from indexer.profile.fields import Country, Language, Line, Whole
from service.search import SearchRequest
from service.search.request import LONGEST_QUERY, MOST_PER_PAGE, PER_PAGE


class _Query(Schema):
    class Meta:
        # A misspelt filter would silently search without it.
        unknown = RAISE

    error_messages = {"unknown": "is not a parameter of this search."}  # noqa: RUF012


class SearchQuerySchema(_Query):
    """The parameters of a search."""

    q = fields.String(
        required=True,
        metadata={"description": "The dream job, in the seeker's own words.", "example": "set designer"},
        error_messages={"required": "Say which job you dream of."},
    )
    chat_minutes = fields.List(Whole(5, 120), metadata={"description": "Offers a chat of one of these lengths."})
    language = fields.List(Language(), metadata={"description": "Speaks one of these (ISO 639)."})
    country = fields.List(Country(), metadata={"description": "Lives in one of these (ISO 3166-1 alpha-2)."})
    industry = fields.List(Line(80), metadata={"description": "Has worked in one of these industries."})
    # A page far beyond the end is an empty page; the bound is what every database and language can count to.
    page = Whole(1, 2**53, load_default=1)
    per_page = Whole(1, MOST_PER_PAGE, load_default=PER_PAGE)

    @pre_load
    def _without_empty_values(self, data: Any, **_: Any) -> Any:
        """Take `language=` for no filter: it is what a form sends for "any"."""
        filled = {name: [v for v in data.getlist(name) if v.strip()] for name in data} if data else {}
        return {
            name: values if isinstance(self.fields.get(name), fields.List) else values[0]
            for name, values in filled.items()
            if values
        }

    @post_load
    def _request(self, data: dict[str, Any], **_: Any) -> SearchRequest:
        wish = text.clean_line(data["q"])
        if not wish:
            raise ValidationError("Say which job you dream of.", "q")
        if len(wish) > LONGEST_QUERY:
            raise ValidationError(f"Say it in at most {LONGEST_QUERY} characters; this has {len(wish):,}.", "q")
        filters = Filters(
            chat_minutes=tuple(data.get("chat_minutes", ())),
            languages=tuple(data.get("language", ())),
            # Invisible characters alone come out as "", which would find whoever names none.
            countries=tuple(filter(None, data.get("country", ()))),
            industries=tuple(filter(None, data.get("industry", ()))),
        )
        return SearchRequest(wish, filters, data["page"], data["per_page"])


class PublicPositionSchema(Schema):
    """One job of a person."""

    title = fields.String()
    company = fields.String()
    industry = fields.String()
    start = fields.String(metadata={"description": "YYYY, YYYY-MM or YYYY-MM-DD; empty if not known."})
    end = fields.String(metadata={"description": "Like start; empty while it is current."})
    current = fields.Boolean()


class PublicSchoolSchema(Schema):
    """One place of learning."""

    school = fields.String()
    degree = fields.String()
    year = fields.Integer(allow_none=True)


class PublicLinkSchema(Schema):
    """A link that the person made public."""

    url = fields.String()
    label = fields.String()


class _PublicLinks(fields.List[Any]):
    """The links of a person without those that are private."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return super()._serialize([link for link in value if link.public], attr, obj, **kwargs)


class PublicProfileSchema(Schema):
    """What everybody may see of a person: no contact, no consent record, no workload, public links only."""

    id = fields.String()
    name = fields.String()
    headline = fields.String()
    bio = fields.String()
    location = fields.String()
    country = fields.String()
    languages = fields.List(fields.String())
    links = _PublicLinks(fields.Nested(PublicLinkSchema))
    positions = fields.List(fields.Nested(PublicPositionSchema))
    skills = fields.List(fields.String())
    topics = fields.List(fields.String())
    schools = fields.List(fields.Nested(PublicSchoolSchema))
    communities = fields.List(fields.String())
    chat_minutes = fields.List(fields.Integer())
    channels = fields.List(fields.String())


class SignalsSchema(Schema):
    """What the score is made of; the parts add up to it."""

    title = fields.Float(metadata={"description": "Nearness of the best position's title."})
    profile = fields.Float(metadata={"description": "Nearness of the whole profile."})
    lexical = fields.Float(metadata={"description": "The words in common (BM25)."})


class ResultSchema(Schema):
    """One person who does, or did, what the seeker dreams of."""

    profile = fields.Nested(PublicProfileSchema)
    position = fields.Nested(PublicPositionSchema, metadata={"description": "The position that matches best."})
    score = fields.Float(validate=validate.Range(0, 1))
    signals = fields.Nested(SignalsSchema)
    reasons = fields.List(fields.String())


class SearchAnswerSchema(Schema):
    """The answer to a search."""

    query = fields.String()
    total = fields.Integer(metadata={"description": "People ranked for this query."})
    eligible = fields.Integer(metadata={"description": "People who meet the filters and are open to chats now."})
    page = fields.Integer()
    per_page = fields.Integer()
    results = fields.List(fields.Nested(ResultSchema))
    degraded = fields.Boolean(metadata={"description": "Only words were matched: the encoder is out of order."})
    took_ms = fields.Float()


class ErrorSchema(Schema):
    """What went wrong, in one shape for every error."""

    code = fields.Integer(required=True, metadata={"description": "The HTTP status."})
    status = fields.String(required=True, metadata={"description": "Its name."})
    message = fields.String(required=True, metadata={"description": "What is wrong, for a person to read."})
    errors = fields.Dict(
        keys=fields.String(),
        metadata={"description": "For values that cannot be used: where they were sent, then field by field."},
    )


class WrittenSchema(Schema):
    """What became of a profile that was put."""

    id = fields.String()
    outcome = fields.String(validate=validate.OneOf(["new", "changed", "unchanged"]))


class AliveSchema(Schema):
    """The process lives."""

    status = fields.String(validate=validate.Equal("alive"))


class ReadySchema(Schema):
    """The whole service can answer."""

    status = fields.String(validate=validate.Equal("ready"))
    people = fields.Integer(metadata={"description": "People in the index, whatever they said about chats."})
    open_to_chats = fields.Integer(metadata={"description": "People who said yes to chats."})
