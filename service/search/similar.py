"""Who else to talk to: people whose careers are like that of somebody whom the seeker has found."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from indexer.document import profile_text, title_texts
from indexer.encoder.short import shortened
from indexer.engines import Candidate, Engine, EngineQuery
from indexer.errors import EncoderError, TitlesMissing
from indexer.profile import Profile
from indexer.titles import KnownOccupation
from indexer.titles.reader import TitleReader
from service.search.order import by_relevance
from service.search.question import POOL
from service.search.rank import Ranked, unit
from service.search.results import Result, results
from service.search.vectors import QueryVectors
from service.search.wanted import worth_beside

# What the way through occupations counts against the nearness of the whole profiles. Set by hand: the way is what
# a seeker asks for, and profiles tell two people of the same way apart.
CAREER = 0.6
# What each earlier position of the person counts against the one after it: the present job says most.
_EARLIER = 0.7


class SimilarPeople:
    """Finds people like one person, in one engine. Safe under threads."""

    def __init__(self, engine: Engine, reader: TitleReader, vectors: QueryVectors) -> None:
        """`reader` reads by the job titles of `engine`, with the same `vectors`."""
        self._engine = engine
        self._reader = reader
        self._vectors = vectors

    def similar(self, profile: Profile, left_out: Collection[str], count: int, today: date) -> list[Result]:
        """Return up to `count` people like `profile` who can be asked on `today`, without the ids in `left_out`.

        Nobody is like anybody by words alone: without the encoder there are none. Raises EngineError.
        """
        try:
            occupations = self._reader.occupations()
            path = self._reader.occupation_codes(title_texts(profile))
        except TitlesMissing:
            occupations, path = {}, []
        try:
            vectors = self._vectors.encode([profile_text(profile)])
        except EncoderError:
            return []
        query = EngineQuery(
            tokens=(),
            vector=shortened(vectors, self._vectors)[0],
            fingerprint=self._vectors.fingerprint,
            today=today,
            pool=POOL,
            occupations=tuple(dict.fromkeys(filter(None, path))),
        )
        unwanted = {profile.id, *left_out}
        candidates = [one for one in self._engine.search(query).candidates if one.id not in unwanted]
        nearest = by_relevance(rank_alike(candidates, path, occupations), today, "")
        return results(self._engine, nearest[:count], today)


def rank_alike(
    candidates: Sequence[Candidate], path: Sequence[str], occupations: Mapping[str, KnownOccupation]
) -> list[Ranked]:
    """Return `candidates` with scores for how like their careers are to `path`, the newest occupation first.

    Each occupation of `path` counts as much as the nearest one that the person has had is worth; "" is none. The
    cosine of the whole profiles is the rest. Equal ones are ordered by id.
    """
    steps = [(worth_beside(code, occupations), _EARLIER**place) for place, code in enumerate(path) if code]
    total = sum(weight for _, weight in steps)
    of_career = CAREER if steps else 0.0
    ranked = []
    for candidate in candidates:
        # What each of the person's positions is worth for each step.
        worth = [
            [weight * shares.get(held.occupation, 0.0) for held in candidate.positions] for shares, weight in steps
        ]
        best = max(range(len(candidate.positions)), key=lambda place: sum(step[place] for step in worth))
        signals = {
            "career": of_career * sum(map(max, worth)) / total if steps else 0.0,
            "profile": (1 - of_career) * unit(candidate.profile_similarity),
        }
        ranked.append(Ranked(candidate, best, min(1.0, sum(signals.values())), signals))
    return sorted(ranked, key=lambda person: (-person.score, person.id))
