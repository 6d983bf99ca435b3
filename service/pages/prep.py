"""/profiles/{id}/prep: a chat prepared, to edit, copy and print. Nothing is sent, and nothing is kept."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError, fields, post_load
from werkzeug.datastructures import MultiDict

from indexer.engines import Engine
from indexer.profile import Availability, Profile, availability
from indexer.profile.fields import Line, Whole
from indexer.text import clean_paragraphs
from service.api.prep_schemas import PrepQuerySchema, PrepRequest
from service.pages.security import sent_by_other_site
from service.pages.seeker import remembered_seeker
from service.people import shown_profile
from service.prep import Appointment, Focus, Preparer, calendar_file
from service.prep.letters import LONGEST_ASK, Letter
from service.prep.times import windows

# An answer is one half of a sentence; the texts take the first words of it.
LONGEST_ANSWER = 200
# Ten times the longest agenda that we suggest.
LONGEST_AGENDA = 5_000
# A chat further ahead is a slip of the keyboard. A day back, as it may be yesterday yet where the seeker is.
_FURTHEST, _EARLIEST = timedelta(days=366), timedelta(days=-1)
_CALENDAR = "text/calendar; charset=utf-8"
# So many questions are chosen to begin with: what a chat of 15 minutes has room for, and some to spare.
CHOSEN_QUESTIONS = 5


class FocusSchema(Schema):
    """The answers to the two questions about the seeker."""

    now = Line(LONGEST_ANSWER, load_default="")
    find_out = Line(LONGEST_ANSWER, load_default="")

    @post_load
    def _focus(self, data: dict[str, Any], **_: Any) -> Focus:
        return Focus(**data)


class AppointmentSchema(Schema):
    """When the chat is and what is planned, for the calendar."""

    day = fields.Date(required=True, error_messages={"invalid": "is not a date.", "required": "is needed."})
    time = fields.Time(
        "%H:%M", required=True, error_messages={"invalid": "is not a time.", "required": "is needed."}
    )
    minutes = Whole(5, 120, required=True)
    agenda = fields.String(load_default="")

    @post_load
    def _appointment(self, data: dict[str, Any], **_: Any) -> Appointment:
        if not _EARLIEST <= data["day"] - date.today() <= _FURTHEST:
            raise ValidationError("is not within a year from now.", "day")
        # Contact data stay in it, as it is for the seeker alone.
        agenda = clean_paragraphs(data["agenda"])
        if len(agenda) > LONGEST_AGENDA:
            raise ValidationError(f"is longer than {LONGEST_AGENDA:,} characters.", "agenda")
        return Appointment(datetime.combine(data["day"], data["time"]), data["minutes"], agenda)


def prep_pages_blueprint(engine: Engine, preparer: Preparer) -> Blueprint:
    """Return the routes of the page."""
    blueprint = Blueprint("prep_page", __name__, url_prefix="/profiles/<profile_id>/prep")
    blueprint.add_app_template_filter(mail_link)

    @blueprint.before_request
    def _refuse_other_sites() -> None:
        if request.method == "POST" and sent_by_other_site():
            abort(403, "Another site has sent this form. Please open the page here, and send it from there.")

    @blueprint.after_request
    def _keep_no_answers(response: Response) -> Response:
        # What seekers say of themselves stays in no cache, nor in the history of a browser that others use.
        if request.method == "POST":
            response.cache_control.no_store = True
        return response

    @blueprint.get("")
    def show(profile_id: str) -> ResponseReturnValue:
        return page(_person(profile_id), {})

    @blueprint.post("")
    def focus(profile_id: str) -> ResponseReturnValue:
        person = _person(profile_id)
        try:
            answers: Focus = FocusSchema().load(_fields(FocusSchema))
        except ValidationError as error:
            return page(person, _sentences(error))
        return page(person, {}, answers)

    @blueprint.post("/chat.ics")
    def event(profile_id: str) -> ResponseReturnValue:
        person = _person(profile_id)
        try:
            # There is one for each length; that which is chosen is the one that the page shows.
            agenda = request.form.get(f"agenda-{request.form.get('length', '')}", "")
            appointment: Appointment = AppointmentSchema().load(_fields(AppointmentSchema) | {"agenda": agenda})
        except ValidationError as error:
            return page(person, _sentences(error))
        response = Response(calendar_file(person, appointment, datetime.now(UTC)), content_type=_CALENDAR)
        response.headers.set("Content-Disposition", "attachment", filename="chat.ics")
        return response

    def _person(profile_id: str) -> Profile:
        person = shown_profile(engine, profile_id, date.today())
        if person is None:
            abort(404, "Nobody of this address is open to chats.")
        return person

    def page(person: Profile, problems: Mapping[str, str], focus: Focus = Focus()) -> ResponseReturnValue:  # noqa: B008
        """Return the page, with status 422 where there are `problems` with what was sent."""
        today = date.today()
        seeker = remembered_seeker()
        try:
            # Of the address only our own parameter: a link that was passed on may carry others.
            asked: PrepRequest = PrepQuerySchema().load(MultiDict({"job": request.args.get("job", "")}))
        except ValidationError as error:
            problems = {**problems, **_sentences(error)}
            asked = PrepRequest("", seeker)
        kit = preparer.kit(person, asked.job, seeker, today, focus)
        shown = render_template(
            "prep.html",
            kit=kit,
            job=asked.job,
            form={"now": focus.now, "find_out": focus.find_out, **request.form},
            problems=problems,
            booked=availability(person, today) is Availability.BOOKED,
            suggested=windows(today)[0],
            first_day=today.isoformat(),
            chosen_questions=CHOSEN_QUESTIONS,
            longest_answer=LONGEST_ANSWER,
            longest_agenda=LONGEST_AGENDA,
            longest_ask=LONGEST_ASK,
        )
        return shown, 422 if problems else 200

    return blueprint


def mail_link(letter: Letter) -> str:
    """Return the address by which a mail program opens with `letter`, to nobody yet (RFC 6068)."""
    body = letter.message.replace("\n", "\r\n")
    return f"mailto:?subject={quote(letter.subject)}&body={quote(body)}"


def _fields(schema: type[Schema]) -> dict[str, str]:
    """Return what was sent for the fields of `schema`."""
    return {name: request.form.get(name, "") for name in schema().fields}


def _sentences(error: ValidationError) -> dict[str, str]:
    """Return what is wrong with each field, in sentences."""
    messages: dict[str, list[str]] = error.normalized_messages()  # type: ignore[no-untyped-call]
    return {name: " ".join(reasons) for name, reasons in messages.items()}
