"""What to ask this very person. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.profile import Position, Profile
from indexer.titles import KnownOccupation
from service.prep import career
from service.prep.letters import your_work
from service.prep.wording import place_name, quoted, role, short_title
from service.search.seeker import Shared

# A half-hour has room for fewer; a seeker picks some of them.
MOST = 10
# Of these at most so many come of the career, so that there is room for what anybody can be asked.
_MOST_FITTED = 5
_ON_TOPICS = (
    "You like to talk about {}; what should somebody at the start know about it?",
    "What do people most often get wrong about {}?",
)


@dataclass(frozen=True, slots=True)
class Career:
    """A person's positions, that at `place` to talk about; `codes` of their occupations, "" where none is sure."""

    profile: Profile
    place: int
    codes: Sequence[str]
    occupations: Mapping[str, KnownOccupation]

    @property
    def position(self) -> Position:
        """The position to talk about."""
        return self.profile.positions[self.place]


def questions(held: Career, shared: Shared, this_year: int) -> list[str]:
    """Return five to ten questions, the most fitting first after an easy one to begin with."""
    first, *others = _general(held.position)
    fitted = islice(dict.fromkeys(_fitted(held, shared, this_year)), _MOST_FITTED)
    return [first, *fitted, *others][:MOST]


def _general(position: Position) -> list[str]:
    """Return what anybody who does or did the work can be asked."""
    if position.current:
        ordinary, liked = (
            "What do you do on an ordinary day?",
            "What do you like most about this work, and what least?",
        )
    else:
        ordinary = "What did you do on an ordinary day?"
        liked = "What did you like most about that work, and what least?"
    return [
        ordinary,
        liked,
        "What does nobody tell you about this work before you do it?",
        "How is the work changing at the moment?",
        "If you started today, what would you learn first?",
        "What could I try within a month to see whether it suits me?",
    ]


def _fitted(held: Career, shared: Shared, this_year: int) -> Iterator[str]:
    """Yield what the person's own career suggests, the most telling first."""
    positions, position = held.profile.positions, held.position
    if not position.current:
        yield f"What made you move on after {your_work(position)}?"
    yield from _changes(held)
    if career.has_own_business(position):
        yield "What do you wish you had known before you worked for yourself?"
    elif career.leads(position):
        yield "What surprised you when you began to lead other people?"
    for school in shared.schools:
        yield f"How well did {place_name(school)} prepare you for this work?"
    for company in shared.companies:
        yield f"What did you learn at {place_name(company)} that you still use?"
    if stay := career.long_stay(positions, this_year):
        yield _on_staying(*stay)
    if career.moved_often(positions, this_year):
        yield "You have worked in several places for a short time each; what did the moves teach you?"
    topics = [topic for topic in held.profile.topics if any(map(str.isalnum, topic))]
    yield from (asked.format(quoted(topic)) for asked, topic in zip(_ON_TOPICS, topics, strict=False))


def _changes(held: Career) -> Iterator[str]:
    """Yield the question on the change of occupation that led to the position, or on the latest one."""
    positions = held.profile.positions
    for place in dict.fromkeys([held.place, career.main_position(positions)]):
        earlier = career.before(positions, place)
        if earlier is None or not career.differ(held.codes[earlier], held.codes[place], held.occupations):
            continue
        old, new = (role(short_title(positions[one].title)) for one in (earlier, place))
        if old and new and old.casefold() != new.casefold():
            yield f"You were {old} before you became {new}; how did you make the change?"


def _on_staying(position: Position, years: int) -> str:
    if position.current:
        return f"You have been at {career.employer(position)} for {years} years; what has kept you there?"
    return f"You stayed at {career.employer(position)} for {years} years; what kept you there?"
