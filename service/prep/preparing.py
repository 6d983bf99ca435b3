"""Makes chat kits: reads the dream job and the person's titles as a search does, and has the rest by rules."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.document import profile_text, title_texts
from indexer.encoder.short import shortened
from indexer.engines import Candidate, PositionSignal, Retrieved
from indexer.errors import EncoderError, TitlesMissing
from indexer.facts import facts_of
from indexer.profile import Profile
from indexer.text import clean_line
from indexer.titles import KnownOccupation
from indexer.titles.reader import SURE, TitleReader
from indexer.titles.understanding import QueryKind, Understanding
from service.prep.career import main_position
from service.prep.focus import Focus
from service.prep.kit import ChatKit, chat_kit
from service.prep.questions import Career
from service.prep.wish import Wish, wish
from service.search.rank import FLOOR, Ranked, rank
from service.search.seeker import Seeker, shared
from service.search.vectors import QueryVectors
from service.search.wanted import Wanted, wanted

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Read:
    """A dream job as it was read, with what it wants of a position."""

    understood: Understanding
    wanted: Wanted

    @property
    def text(self) -> str:
        """The text to compare titles with, "" where no job was recognised: the nearest would be strangers."""
        return self.understood.text if self.understood.readings else ""

    @property
    def occupation(self) -> str:
        """The code of the occupation that it is for sure, "" where none is."""
        surest = self.understood.readings[:1]
        return surest[0].code if surest and surest[0].confidence >= SURE else ""

    def shares(self, codes: Sequence[str]) -> list[float]:
        """Return what each of the occupations `codes` is worth for the job; see Wanted."""
        return [self.wanted.shares.get(code, 0.0) for code in codes]


class Preparer:
    """Prepares chats by the job-title index of one engine. Safe under threads."""

    def __init__(self, reader: TitleReader, vectors: QueryVectors) -> None:
        """`reader` reads with the same `vectors`."""
        self._reader = reader
        self._vectors = vectors

    def kit(
        self,
        profile: Profile,
        job: str,
        seeker: Seeker,
        today: date,
        focus: Focus = Focus(),  # noqa: B008  # frozen
    ) -> ChatKit:
        """Return the kit for a chat with `profile` about the dream job `job`, "" for whatever they do.

        Where their work is far from it, it is about their own, too: nobody likes to be asked about a stranger's.
        Without a job-title index or an encoder less is read of both. Raises EngineError.
        """
        occupations, codes = self._known(profile)
        read = self._read(clean_line(job), occupations)
        place = self._place(profile, codes, read, today)
        is_far = place is None
        if place is None:
            place = main_position(profile.positions)
        return chat_kit(
            Career(profile, place, codes, occupations),
            Wish() if is_far else wish(read.understood),
            occupation=codes[place] if is_far else read.occupation or codes[place],
            shared=shared(seeker, facts_of(profile)),
            focus=focus,
            today=today,
        )

    def matched_position(self, profile: Profile, job: str, today: date) -> int | None:
        """Return the index of the position by which a search for `job` finds `profile`.

        None where no job was read, or the person does nothing near to it. Raises EngineError.
        """
        occupations, codes = self._known(profile)
        found = self._found(profile, codes, self._read(clean_line(job), occupations), today)
        return found[0].position if found else None

    def _known(self, profile: Profile) -> tuple[Mapping[str, KnownOccupation], Sequence[str]]:
        """Return every occupation by its code, and the code of each position; none without job titles."""
        try:
            return self._reader.occupations(), self._reader.occupation_codes(title_texts(profile))
        except TitlesMissing:
            return {}, [""] * len(profile.positions)

    def _read(self, job: str, occupations: Mapping[str, KnownOccupation]) -> _Read:
        if not job or not occupations:
            return _Read(Understanding(job, job, QueryKind.UNRECOGNISED, ()), Wanted())
        (understood,) = self._reader.read([job])
        return _Read(understood, wanted(understood.readings, occupations))

    def _place(self, profile: Profile, codes: Sequence[str], read: _Read, today: date) -> int | None:
        """Return the index of the position that the job is about, None where a search would not show the person.

        It is the one that a search finds them by; but the present one, where its occupation is as much what was
        meant. It is the present one, too, where no job was read, or it cannot be compared with theirs.
        """
        present = main_position(profile.positions)
        found = self._found(profile, codes, read, today)
        if found is None:
            return present
        if not found:
            return None
        shares, best = read.shares(codes), found[0].position
        return present if shares[present] and shares[present] >= shares[best] else best

    def _found(self, profile: Profile, codes: Sequence[str], read: _Read, today: date) -> list[Ranked] | None:
        """Return `profile` ranked for what was read, alone, and nobody where a search would not show them.

        None where no job was read, or it cannot be compared with theirs.
        """
        similarities = self._similarities(read.text, [*title_texts(profile), profile_text(profile)])
        if similarities is None:
            return None
        *titles, whole = similarities
        signals = tuple(map(PositionSignal, titles, codes))
        alone = Retrieved([Candidate(profile.id, 0.0, signals, whole, facts_of(profile))], 1, 0.0)
        # A related job is near enough: a search shows such people in a group of their own.
        return rank(alone, read.wanted, today, floor=0.0 if any(read.shares(codes)) else FLOOR)

    def _similarities(self, asked: str, texts: Sequence[str]) -> list[float] | None:
        """Return the cosine of `asked` with each of `texts`, None of no text and where the encoder fails."""
        if not asked:
            return None
        try:
            one, *others = shortened(self._vectors.encode([asked, *texts]), self._vectors)
        except EncoderError:
            _log.exception("The encoder failed; the chat is prepared for the present position.")
            return None
        return [float(one @ other) for other in others]
