"""From ranked people to what is shown of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.engines import Engine
from indexer.profile import Availability, Position, Profile, availability
from service.search.highlight import matched_words
from service.search.rank import Ranked
from service.search.reasons import reasons


@dataclass(frozen=True, slots=True)
class Result:
    """One person of an answer: the position that matched best, the score and what it is made of, and why.

    `matched_words` are the words of the query as the headline and the reasons have them. `booked` says that the
    person has had as many chats this month as they want.
    """

    profile: Profile
    position: Position
    score: float
    signals: dict[str, float]
    reasons: list[str]
    matched_words: list[str]
    booked: bool


def results(
    engine: Engine, ranked: Sequence[Ranked], today: date, *, query: Collection[str] = (), booked: bool = False
) -> list[Result]:
    """Return what is shown of `ranked` people for a query of the tokens `query`. Raises EngineError.

    Whoever was deleted, took their yes back, paused or, without `booked`, was booked since they were ranked is
    left out.
    """
    profiles = engine.get([person.id for person in ranked]) if ranked else {}
    states = {id_: availability(profile, today) for id_, profile in profiles.items()}
    allowed = {Availability.OPEN, Availability.BOOKED} if booked else {Availability.OPEN}
    return [
        _result(person, profiles[person.id], query, states[person.id] is Availability.BOOKED)
        for person in ranked
        if states.get(person.id) in allowed
    ]


def _result(person: Ranked, profile: Profile, query: Collection[str], booked: bool) -> Result:
    # The profile may have been rewritten since it was ranked.
    position = profile.positions[min(person.position, len(profile.positions) - 1)]
    said = reasons(profile, position, person.shared, query)
    return Result(
        profile=profile,
        position=position,
        score=person.score,
        signals=person.signals,
        reasons=said,
        matched_words=matched_words([profile.headline, *said], query),
        booked=booked,
    )
