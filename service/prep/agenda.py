"""How the minutes of a chat go. Pure."""

from dataclasses import dataclass

# Asked in every chat: the first leads to the next one, the second makes it an exchange.
ANYBODY_ELSE = "Is there anybody else I should talk to?"
FOR_YOU = "What can I do for you?"


@dataclass(frozen=True, slots=True)
class Step:
    """What to do from one minute of the chat, `start`, to another, `end`."""

    start: int
    end: int
    what: str

    def __str__(self) -> str:
        return f"{self.start}\u2013{self.end} min: {self.what}"


@dataclass(frozen=True, slots=True)
class Agenda:
    """The steps of a chat of so many `minutes`, one after the other."""

    minutes: int
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.steps))


# Set by hand: most of the time goes to the person's stories, and the end is not cut off by the clock.
_AGENDAS = {
    15: (
        (2, "Thank them for their time, and say in one sentence who you are and what you want to find out."),
        (5, "Ask how they came to this work."),
        (11, "Ask your two or three most important questions, and listen."),
        (13, f"Look at the clock. Ask: “{ANYBODY_ELSE}”"),
        (14, f"Ask: “{FOR_YOU}”"),
        (15, "Say what you take with you, thank them and end on time."),
    ),
    30: (
        (3, "Thank them for their time, and say in one sentence who you are and what you want to find out."),
        (9, "Ask how they came to this work."),
        (16, "Ask your most important questions, and listen."),
        (23, "Look at the clock: half the time is gone. Go deeper where they were keenest to talk."),
        (26, f"Look at the clock. Ask: “{ANYBODY_ELSE}”"),
        (28, f"Ask: “{FOR_YOU}”"),
        (30, "Say what you take with you, thank them and end on time."),
    ),
}


def agenda(minutes: int) -> Agenda:
    """Return the agenda of a chat of 15 or 30 minutes."""
    planned = _AGENDAS[minutes]
    starts = [0, *(end for end, _ in planned)]
    return Agenda(minutes, tuple(Step(start, *step) for start, step in zip(starts, planned, strict=False)))
