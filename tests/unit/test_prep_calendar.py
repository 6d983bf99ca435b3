"""service/prep/calendar.py: an event that calendars take, as RFC 5545 has it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from indexer.profile import Position, Profile
from indexer.text import clean_line, clean_paragraphs
from service.prep import Appointment, calendar_file

START = datetime(2026, 12, 1, 12, 0)  # the seeker's own time, wherever they are
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def file_for(
    name: str, minutes: int = 15, *, id_: str = "ann", start: datetime = START, agenda: str = ""
) -> bytes:
    person = Profile(id=id_, name=name, positions=(Position(title="Nurse"),))
    return calendar_file(person, Appointment(start, minutes, agenda), NOW)


def event(file: bytes) -> Any:
    (found,) = Calendar.from_ical(file).walk("VEVENT")
    return found


def test_it_tells_who_when_and_how_long() -> None:
    chat = event(file_for("Amara Okafor", 30))

    assert chat["summary"] == "Chat with Amara Okafor"
    assert chat.decoded("dtstart") == START
    assert chat.decoded("dtend") == START + timedelta(minutes=30)
    assert chat.decoded("dtstamp") == NOW


def test_the_time_has_no_zone_so_that_it_is_the_seekers_own() -> None:
    assert b"\r\nDTSTART:20261201T120000\r\n" in file_for("Ann")


def test_the_same_chat_is_kept_once_and_another_beside_it() -> None:
    uid = event(file_for("Ann"))["uid"]

    assert event(file_for("Ann Lee", 30))["uid"] == uid
    assert event(file_for("Ann", id_="bob"))["uid"] != uid
    assert event(file_for("Ann", start=START + timedelta(days=1)))["uid"] != uid


def test_it_holds_the_agenda_word_for_word() -> None:
    agenda = "0\u20135 min: Say hello; thank them, \\o/\n5\u201315 min: Ask: “How did you begin?”"

    assert event(file_for("Ann", agenda=agenda))["description"] == agenda


def test_without_an_agenda_it_describes_nothing() -> None:
    assert "description" not in event(file_for("Ann"))


@given(st.text(min_size=1, max_size=120), st.text(max_size=300))
def test_any_name_and_agenda_make_a_valid_file(name: str, agenda: str) -> None:
    file = file_for(clean_line(name), agenda=clean_paragraphs(agenda))

    assert event(file)["summary"].startswith("Chat with")
    assert event(file).get("description", "") == clean_paragraphs(agenda)
    assert file.startswith(b"BEGIN:VCALENDAR\r\n")
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
