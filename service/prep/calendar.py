"""The chat as an event that any calendar takes (RFC 5545). Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from indexer.profile import Profile
from service.prep.wording import brief


@dataclass(frozen=True, slots=True)
class Appointment:
    """When two people talk, and how long, in minutes: `start` has no zone, as it is the seeker's own time.

    `agenda` is what the seeker plans to do, "" for nothing.
    """

    start: datetime
    minutes: int
    agenda: str = ""


def calendar_file(profile: Profile, appointment: Appointment, now: datetime) -> bytes:
    """Return an .ics file of one event, made `now` (with a zone), with the agenda, if any, as its description.

    The same chat has the same UID, so that a calendar keeps it once.
    """
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{profile.id} {appointment.start.isoformat()}")))
    event.add("dtstamp", now)
    event.add("dtstart", appointment.start)
    event.add("dtend", appointment.start + timedelta(minutes=appointment.minutes))
    event.add("summary", f"Chat with {brief(profile.name)}")
    if appointment.agenda:
        event.add("description", appointment.agenda)
    calendar = Calendar()
    calendar.add("prodid", "-//Mentor Search//Chat kit//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
