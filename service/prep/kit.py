"""The whole kit for a chat with one person. Pure."""

from dataclasses import dataclass
from datetime import date

from indexer.profile import Link, Position, Profile
from service.prep.agenda import Agenda, agenda
from service.prep.background import Background, background, booking_link
from service.prep.focus import Focus, statement
from service.prep.letters import Letter, Occasion, ask, follow_up, thanks
from service.prep.questions import Career, questions
from service.prep.times import LENGTHS, chat_length
from service.prep.wish import Wish
from service.search.seeker import Shared


@dataclass(frozen=True, slots=True)
class ChatKit:
    """What a seeker needs for a chat with `profile` about `position`: texts that they edit.

    `job` is the dream job that it is about, "" where that is the person's own work. `minutes` is the length to ask
    for, 15 or 30; `agendas` has one for each. `focus` is the seeker in one sentence, "" where they have told
    nothing. `booking` is the public link to book a time, None without one.
    """

    profile: Profile
    position: Position
    job: str
    minutes: int
    focus: str
    ask: Letter
    follow_up: Letter
    thanks: Letter
    questions: list[str]
    agendas: list[Agenda]
    background: Background
    booking: Link | None


def chat_kit(career: Career, wish: Wish, *, occupation: str, shared: Shared, focus: Focus, today: date) -> ChatKit:
    """Return the kit for the person of `career`.

    `occupation` is the code of the one to read on, "" for none; `shared` is what the seeker has in common with the
    person.
    """
    profile, position = career.profile, career.position
    occasion = Occasion(profile, position, chat_length(profile.chat_minutes), wish, statement(focus))
    return ChatKit(
        profile=profile,
        position=position,
        job=wish.title or wish.words,
        minutes=occasion.minutes,
        focus=occasion.focus,
        ask=ask(occasion, shared, today),
        follow_up=follow_up(occasion),
        thanks=thanks(occasion),
        questions=questions(career, shared, today.year),
        agendas=[agenda(minutes) for minutes in LENGTHS],
        background=background(profile, position, occupation, career.occupations),
        booking=booking_link(profile),
    )
