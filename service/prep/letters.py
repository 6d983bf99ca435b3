"""What a seeker writes to a person: the ask, one reminder a week later, and thanks. Pure.

An ask that is answered is short, says who writes and why to this very person, and asks for a little time, for
stories and advice, and never for a job.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.profile import Position, Profile
from service.names import language_name
from service.prep.career import employer
from service.prep.times import Window, windows
from service.prep.wish import Wish
from service.prep.wording import brief, listed, place_name, role, sentence, short_title
from service.search.seeker import Shared

# Words of an ask that is read to its end: what fits on the screen of a telephone without much scrolling.
LONGEST_ASK = 150
_WAYS = {"video": "by video", "phone": "by phone", "in_person": "in person", "mail": "by mail"}
# Degrees behind a name: "Jane Doe, PhD". Not "Doe, Jane".
_DEGREES = re.compile(r"(?:,\s*(?:[A-Z][a-z]{0,2}\.?(?:[A-Z][a-z]{0,2}\.?)+|[A-Z][a-z]\.))+$")
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to copy, with its subject."""

    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the letters are about: who, which position of theirs, for how many minutes, and what for.

    `focus` is the seeker in one sentence of their own, "" where they have told nothing.
    """

    profile: Profile
    position: Position
    minutes: int
    wish: Wish
    focus: str

    @property
    def is_by_mail(self) -> bool:
        """Whether the person only writes, so that there is no time to agree on."""
        return set(self.profile.channels) == {"mail"}


def ask(occasion: Occasion, shared: Shared, today: date) -> Letter:
    """Return the first message, of at most LONGEST_ASK words."""
    ground, offered = _ground(shared), windows(today)
    # The longest names and answers leave no room for all of it; without the ground and a window they always fit.
    versions = [
        _ask(occasion, *parts) for parts in ((ground, offered), (ground, offered[:-1]), ("", offered[:-1]))
    ]
    return Letter(
        subject=f"{occasion.minutes} minutes about {your_work(occasion.position, with_employer=False)}?",
        message=next((one for one in versions if len(one.split()) <= LONGEST_ASK), versions[-1]),
    )


def follow_up(occasion: Occasion) -> Letter:
    """Return the one reminder, for a week after an ask without an answer."""
    work = your_work(occasion.position, with_employer=False)
    return Letter(
        subject=f"{occasion.minutes} minutes about {work}: a short reminder",
        message=_letter(
            occasion.profile.name,
            f"Last week I asked whether you could spare {occasion.minutes} minutes to tell me about {work}. Weeks "
            "fill up quickly, so here is one friendly reminder; I will not send another.",
            "If you find a little time in the coming weeks, I would be very glad. If not, I understand, and thank "
            "you all the same.",
        ),
    )


def thanks(occasion: Occasion) -> Letter:
    """Return the note for the day of the chat."""
    work = your_work(occasion.position, with_employer=False)
    what, talking = ("your answers", "writing") if occasion.is_by_mail else ("the chat", "talking")
    return Letter(
        subject=f"Thank you for {what}",
        message=_letter(
            occasion.profile.name,
            f"Thank you for {what} today, and for {talking} so openly about {work}. It helped me to see more "
            "clearly what I want to find out next.",
            "I will follow your advice and let you know what comes of it. If there is ever anything that I can do "
            "for you, please tell me.",
        ),
    )


def your_work(position: Position, *, with_employer: bool = True) -> str:
    """Return "your work as a Set Designer at Harbour Films"; of a past position it is "your time"."""
    as_role, at = role(short_title(position.title)), employer(position) if with_employer else ""
    parts = ["your", "work" if position.current else "time"]
    return " ".join([*parts, *(["as", as_role] if as_role else []), *(["at", at] if at else [])])


def ways(channels: Sequence[str]) -> str:
    """Return the ways to meet: "by video or in person"; "" of none."""
    return listed([_WAYS[channel] for channel in channels], "or")


def _ask(occasion: Occasion, ground: str, offered: Sequence[Window]) -> str:
    opening = [ground, occasion.focus or _purpose(occasion), _why(occasion)]
    return _letter(
        occasion.profile.name,
        " ".join(filter(None, opening)),
        *_request(occasion, offered),
        "Thank you in advance for thinking about it.",
    )


def _letter(name: str, *paragraphs: str) -> str:
    return "\n\n".join([_greeting(name), *paragraphs, "Kind regards,"])


def _greeting(name: str) -> str:
    """Return "Dear Amara Okafor,": the whole name, as nobody can tell which part of a name people use."""
    alone = brief(_DEGREES.sub("", _IN_BRACKETS.sub("", name)))
    # A name that is cut is none.
    return f"Dear {alone}," if alone and not alone.endswith("…") else "Hello,"


def _ground(shared: Shared) -> str:
    """Return the sentence on what both share, that which connects most; "" where it is nothing."""
    said = [
        *(f"have both worked at {place_name(company)}" for company in shared.companies),
        *(f"both went to {place_name(school)}" for school in shared.schools),
        *(f"are both in {brief(community)}" for community in shared.communities),
        *([f"both live in {brief(shared.location)}"] if shared.location else []),
        *(f"both speak {language_name(code)}" for code in shared.languages),
    ]
    return f"We {said[0]}, so I was glad to find you here." if said else ""


def _purpose(occasion: Occasion) -> str:
    """Return in one sentence what the seeker wants to learn, where they have not said it themselves."""
    wish = occasion.wish
    if wish.words:
        return f"The work I dream of is {wish.in_quotes}, and I would like to find out what it is really like."
    if as_role := wish.as_role or role(short_title(occasion.position.title)):
        return sentence(f"I would like to find out what it is really like to work as {as_role}")
    return "I would like to find out what your work is really like."


def _why(occasion: Occasion) -> str:
    """Return why the seeker writes to this very person: the position, past or current."""
    position, wish = occasion.position, occasion.wish
    title, at = short_title(position.title), employer(position)
    where = f" at {at}" if at else ""
    is_named_just_before = (
        not (occasion.focus or wish.words) and (wish.title or title).casefold() == title.casefold()
    )
    if not is_named_just_before:
        return sentence(f"I am writing to you because of {your_work(position)}")
    if position.current:
        return sentence(f"I am writing to you because you do this work{where} yourself")
    return sentence(f"I am writing to you because you have done this work{where} and can look back on it")


def _request(occasion: Occasion, offered: Sequence[Window]) -> list[str]:
    """Return the paragraphs that ask for a little time."""
    minutes, channels = occasion.minutes, occasion.profile.channels
    wanted = "I would love to hear your story and your advice, and have no other request."
    if occasion.is_by_mail:
        return [f"Could you answer a few questions by mail, in {minutes} minutes of your time? {wanted}"]
    how = f" {ways(channels)}" if channels else ""
    times = "\n".join(f"- {window}" for window in offered)
    return [
        f"Could you spare {minutes} minutes for a chat{how}? {wanted}",
        f"These times would suit me, and I will gladly fit in with yours:\n{times}",
    ]
