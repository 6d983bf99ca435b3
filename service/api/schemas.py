"""What the API takes and gives. A field that is not named here never leaves the service."""

from dataclasses import replace
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from indexer.engines import Filters
from indexer.profile.fields import Country, Language, Line, Whole
from indexer.titles.understanding import QueryKind
from service.api.query import QuerySchema, SeekerQuerySchema, short, told_seeker
from service.search import SearchRequest
from service.search.cursor import read as read_cursor
from service.search.facets import FACETS
from service.search.order import Sort
from service.search.request import MOST_PER_PAGE, PER_PAGE

# O*NET's codes have 10 characters, ESCO's up to 20; an operator's own are bounded by the reader of their file.
_LONGEST_CODE = 80
# Suggestions below a box: more are not read before the next keystroke.
SUGGESTIONS, MOST_SUGGESTIONS = 8, 20
# People like somebody: a few to go on with; and as many that were seen already as an address has room for.
SIMILAR, MOST_SIMILAR, MOST_SEEN = 5, 20, 50


class SearchQuerySchema(SeekerQuerySchema):
    """The parameters of a search."""

    q = fields.String(
        load_default="",
        metadata={
            "description": "The dream job, in the seeker's own words. Needed unless an occupation is given.",
            "example": "set designer",
        },
    )
    occupation = fields.List(
        Line(_LONGEST_CODE), metadata={"description": "Has worked in one of these occupations (codes)."}
    )
    not_occupation = fields.List(
        Line(_LONGEST_CODE), metadata={"description": "Do not read the dream job as one of these (codes)."}
    )
    as_typed = fields.Boolean(
        load_default=False,
        error_messages={"invalid": "is not true or false."},
        metadata={"description": "Search for the very words, without correcting their spelling."},
    )
    chat_minutes = fields.List(Whole(5, 120), metadata={"description": "Offers a chat of one of these lengths."})
    language = fields.List(Language(), metadata={"description": "Speaks one of these (ISO 639)."})
    country = fields.List(Country(), metadata={"description": "Lives in one of these (ISO 3166-1 alpha-2)."})
    industry = fields.List(Line(80), metadata={"description": "Has worked in one of these industries."})
    company = fields.List(Line(120), metadata={"description": "Has worked at one of these companies."})
    school = fields.List(Line(120), metadata={"description": "Went to one of these schools."})
    booked = fields.Boolean(
        load_default=False,
        error_messages={"invalid": "is not true or false."},
        metadata={"description": "Show people too who are booked this month."},
    )
    sort = fields.Enum(
        Sort,
        by_value=True,
        load_default=Sort.RELEVANCE,
        error_messages={"unknown": "must be one of {choices}."},
        metadata={"description": "The order: by relevance, the recently active first, or most room first."},
    )
    cursor = fields.String(
        metadata={
            "description": "The `next_page` or `previous_page` of an answer, in place of `page`: nobody comes "
            "twice and nobody is skipped, though profiles change."
        }
    )
    seeker = Line(
        64,
        load_default="",
        metadata={
            "description": "Any text that tells seekers apart: by it and the day near-equal people take turns."
        },
    )
    # A page far beyond the end is an empty page; the bound is what every database and language can count to.
    page = Whole(1, 2**53, load_default=1)
    per_page = Whole(1, MOST_PER_PAGE, load_default=PER_PAGE)

    @post_load
    def _request(self, data: dict[str, Any], **_: Any) -> SearchRequest:
        wish = short(data["q"], "q")
        # Invisible characters alone come out as "", which would find whoever names none.
        occupations = tuple(filter(None, data.get("occupation", ())))
        if not wish and not occupations:
            raise ValidationError("Say which job you dream of.", "q")
        filters = Filters(
            chat_minutes=tuple(data.get("chat_minutes", ())),
            languages=tuple(data.get("language", ())),
            countries=tuple(filter(None, data.get("country", ()))),
            industries=tuple(filter(None, data.get("industry", ()))),
            companies=tuple(filter(None, data.get("company", ()))),
            schools=tuple(filter(None, data.get("school", ()))),
            occupations=occupations,
            booked=data["booked"],
        )
        return SearchRequest(
            wish,
            filters,
            data["page"],
            data["per_page"],
            dropped=tuple(filter(None, data.get("not_occupation", ()))),
            sort=data["sort"],
            seeker=replace(told_seeker(data), token=data["seeker"]),
            seen=_seen(data["cursor"]) if "cursor" in data else None,
            as_typed=data["as_typed"],
        )


class TitlesQuerySchema(QuerySchema):
    """What somebody has typed of a job title so far."""

    q = fields.String(load_default="", metadata={"description": "What is typed so far.", "example": "set des"})
    limit = Whole(1, MOST_SUGGESTIONS, load_default=SUGGESTIONS)

    @post_load
    def _cleaned(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "q": short(data["q"], "q")}


class OccupationsQuerySchema(QuerySchema):
    """Which occupations to list."""

    group = Line(
        _LONGEST_CODE, load_default="", metadata={"description": "A major group's code.", "example": "29"}
    )


def _seen(cursor: str) -> tuple[bytes, ...]:
    try:
        return read_cursor(cursor)
    except ValueError as error:
        raise ValidationError(str(error), "cursor") from error


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


class SimilarQuerySchema(QuerySchema):
    """Who else to show, after somebody."""

    seen = fields.List(
        fields.String(validate=validate.Length(max=128, error="is not an id.")),
        validate=validate.Length(max=MOST_SEEN, error=f"has more than {MOST_SEEN} ids."),
        metadata={"description": "Ids of people who were seen already."},
    )
    limit = Whole(1, MOST_SIMILAR, load_default=SIMILAR)


class InactiveQuerySchema(QuerySchema):
    """How many people to list."""

    limit = Whole(1, 1000, load_default=100)


class SignalsSchema(Schema):
    """What the score is made of; the parts add up to it."""

    title = fields.Float(metadata={"description": "Nearness of the best position's title."})
    occupation = fields.Float(metadata={"description": "What that position's occupation is worth here."})
    profile = fields.Float(metadata={"description": "Nearness of the whole profile."})
    lexical = fields.Float(metadata={"description": "The words in common (BM25)."})
    shared = fields.Float(metadata={"description": "What the person shares with the seeker, as far as they tell."})
    availability = fields.Float(metadata={"description": "How recently they were active, and their room."})


class ResultSchema(Schema):
    """One person who does, or did, what the seeker dreams of."""

    profile = fields.Nested(PublicProfileSchema)
    position = fields.Nested(PublicPositionSchema, metadata={"description": "The position that matches best."})
    score = fields.Float(validate=validate.Range(0, 1))
    signals = fields.Nested(SignalsSchema)
    reasons = fields.List(fields.String())
    matched_words = fields.List(
        fields.String(), metadata={"description": "Words of the headline and the reasons that match the query."}
    )
    booked = fields.Boolean(metadata={"description": "Has had as many chats this month as they want."})


class SimilarSignalsSchema(Schema):
    """What the score is made of; the parts add up to it."""

    career = fields.Float(metadata={"description": "The occupations that both have gone through."})
    profile = fields.Float(metadata={"description": "Nearness of the whole profiles."})


class SimilarResultSchema(ResultSchema):
    """One person whose career is like that of another."""

    signals = fields.Nested(SimilarSignalsSchema)


class SimilarSchema(Schema):
    """The people most like one person."""

    results = fields.List(fields.Nested(SimilarResultSchema))


class LastSeenSchema(Schema):
    """A person who has not been active for long."""

    id = fields.String()
    name = fields.String()
    active_on = fields.Date(metadata={"description": "Their last day of activity, or of saying yes."})


class InactiveSchema(Schema):
    """Who has not been active for long, the longest first."""

    before = fields.Date(metadata={"description": "Whose last day is earlier counts as inactive."})
    total = fields.Integer()
    results = fields.List(fields.Nested(LastSeenSchema), attribute="people")


class FacetValueSchema(Schema):
    """One value of a facet."""

    value = fields.String(metadata={"description": "As the parameter of the facet's name takes it."})
    label = fields.String(metadata={"description": "For people to read."})
    people = fields.Integer(metadata={"description": "How many of the people ranked have it."})
    chosen = fields.Boolean()


class OccupationRefSchema(Schema):
    """An occupation by its code."""

    code = fields.String(metadata={"description": "O*NET-SOC code, or that of the operator's taxonomy."})
    title = fields.String()


class ReadingSchema(OccupationRefSchema):
    """One occupation that the query may mean."""

    confidence = fields.Float(
        validate=validate.Range(0, 1),
        metadata={"description": "Calibrated: of those given .8, 8 in 10 are right."},
    )
    matched_title = fields.String(metadata={"description": "The title that led there; empty for free text."})


class SearchAnswerSchema(Schema):
    """The answer to a search."""

    query = fields.String()
    understood_as = fields.List(
        fields.Nested(ReadingSchema),
        attribute="understanding.readings",
        metadata={"description": "The occupations that the query was read as, the likeliest first."},
    )
    query_kind = fields.String(
        attribute="understanding.kind",
        validate=validate.OneOf([kind.value for kind in QueryKind]),
        metadata={"description": "How the query names a job."},
    )
    corrected = fields.String(
        attribute="understanding.corrected",
        metadata={"description": "The query with its spelling corrected; empty where nothing was."},
    )
    denied = fields.String(
        attribute="understanding.denied",
        metadata={"description": "What the query says that it does not mean; nobody is looked for by it."},
    )
    total = fields.Integer(metadata={"description": "People ranked for this query."})
    eligible = fields.Integer(metadata={"description": "People who meet the filters and are open to chats now."})
    page = fields.Integer()
    per_page = fields.Integer()
    next_page = fields.String(metadata={"description": "The cursor of the next page; empty where there is none."})
    previous_page = fields.String(
        metadata={"description": "The cursor of the page before; empty where that is the first, or none."}
    )
    results = fields.List(fields.Nested(ResultSchema))
    facets = fields.Dict(
        keys=fields.String(validate=validate.OneOf(FACETS)),
        values=fields.List(fields.Nested(FacetValueSchema)),
        metadata={
            "description": "By facet, which is also the parameter that chooses in it: the values that are chosen, "
            "and the most frequent others. Counted among the people ranked, without the choices in that facet."
        },
    )
    related = fields.List(
        fields.Nested(ResultSchema),
        metadata={"description": "People of related occupations, on the first page of few close matches."},
    )
    related_occupations = fields.List(
        fields.Nested(OccupationRefSchema), metadata={"description": "The occupations of those in `related`."}
    )
    degraded = fields.Boolean(metadata={"description": "Only words were matched: the encoder is out of order."})
    took_ms = fields.Float()


class SuggestionSchema(Schema):
    """A job title that may be meant."""

    title = fields.String()
    occupations = fields.List(
        fields.Nested(OccupationRefSchema), metadata={"description": "What it names, the likeliest first."}
    )
    people = fields.Integer(
        metadata={"description": "People open to chats now who bear it or have had its likeliest occupation."}
    )


class SuggestionsSchema(Schema):
    """The titles for what was typed, the best first."""

    query = fields.String()
    results = fields.List(fields.Nested(SuggestionSchema))


class CountedOccupationSchema(OccupationRefSchema):
    """An occupation with its people."""

    people = fields.Integer(metadata={"description": "People open to chats now who have had it."})


class MajorGroupSchema(Schema):
    """A major group of occupations."""

    code = fields.String(metadata={"description": "As `group` takes it."})
    title = fields.String()
    occupations = fields.Integer(metadata={"description": "How many there are."})
    people = fields.Integer(metadata={"description": "People open to chats now who have had one of them."})


class OccupationsSchema(Schema):
    """The major groups; of a single one, its occupations too."""

    groups = fields.List(fields.Nested(MajorGroupSchema))
    occupations = fields.List(
        fields.Nested(CountedOccupationSchema),
        metadata={"description": "Those of the group that was asked for; none otherwise."},
    )


class OccupationSchema(CountedOccupationSchema):
    """One occupation among its neighbours."""

    job_zone = fields.Integer(
        allow_none=True,
        validate=validate.Range(1, 5),
        metadata={"description": "O*NET's: 1 (little preparation needed) to 5 (extensive)."},
    )
    group = fields.String(attribute="group_code", metadata={"description": "Its major group."})
    neighbours = fields.List(
        fields.Nested(CountedOccupationSchema),
        metadata={"description": "The nearest; where nobody has had this occupation, the nearest with people."},
    )


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
