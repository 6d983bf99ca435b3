"""What a text about a job is read as. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, zip_longest

import numpy as np
from numpy.typing import NDArray

from indexer.titles.confidence import confidences
from indexer.titles.evidence import Evidence
from indexer.titles.keys import title_key
from indexer.titles.parsing import Job
from indexer.titles.wordings import is_short_form, written_out


class QueryKind(StrEnum):
    """How a text names a job; the surest kind that applies."""

    EXACT_TITLE = "exact_title"  # an occupation's official title, or a title of one occupation alone
    ALIAS = "alias"  # a known abbreviation or other name
    NEAR_TITLE = "near_title"  # misspelt, or close to a known title
    FREE_TEXT = "free_text"  # it says what is done rather than what it is called
    UNRECOGNISED = "unrecognised"  # no job was recognised; the words alone are searched


@dataclass(frozen=True, slots=True)
class Reading:
    """One occupation that a text may mean; `matched_title` is the title that led there, "" for free text.

    `confidence` is calibrated: of the readings given .8, at least 8 in 10 are right (docs/understanding.md).
    """

    code: str
    title: str
    confidence: float
    matched_title: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was read of one text.

    `text` is what to search by: without seniority, company and place, misspellings corrected, abbreviations
    written out. `corrected` is the query with its spelling corrected, "" where nothing was. `readings` are at
    most five, the likeliest first. `company` and `place` are such as "Spotify" and "Berlin" in "PM at Spotify in
    Berlin", "" without one. `denied` is what the query says that it does not mean, such as "not a lawyer"; it is
    neither in `text` nor among the readings.
    """

    query: str
    text: str
    kind: QueryKind
    readings: tuple[Reading, ...]
    corrected: str = ""
    company: str = ""
    place: str = ""
    denied: str = ""


# Readings that one text gets at most.
_MOST = 5
# A reading is shown from this share of the likeliest one's confidence on: a broad word ("engineer") has many
# unlikely readings, a clear one few.
_LEAST = 0.01
# Below this chance that any job is meant, none is shown; nor is one where a thousand occupations share that chance
# and none has more of it than this: of 2,015 texts that name a job not one is so unsure (docs/understanding.md).
FLOOR = 0.5
_LEAST_SURE = 0.03
# A correction is taken when it makes the likeliest reading this much surer.
_CLEAR_GAIN = 0.1
# From this cosine on a title says the same in other words; the shipped encoder's first 128 numbers give synonyms
# .8 to .95, and a title that is only about the same thing ("animal caretaker" for "help sick animals") .7.
_NEAR = 0.8
# And so does one that shares half of its telling words.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class JobEvidence:
    """One job that a text names, with the evidence of each of its wordings, as written first."""

    job: Job
    wordings: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """A text as one job, and as the jobs that it may name instead, without what it denies."""

    whole: JobEvidence
    parts: tuple[JobEvidence, ...]
    denied: str = ""


def understand(query: str, evidence: TextEvidence | None) -> Understanding:
    """Return what `query` means, given the `evidence` for the jobs in it, None where there is no word in it.

    Of several jobs each has its likeliest occupation among the readings; "Owner/Operator" is one, as a title is
    so written. Of "paralegal, not lawyer" the paralegal is read, and of "not a lawyer" nothing. A spelling is
    corrected only when the text is then clearly better understood.
    """
    if evidence is None:
        return Understanding(query, query, QueryKind.UNRECOGNISED, ())
    read = [_Read.of(evidence.whole)]
    denied = ""
    if (evidence.parts or evidence.denied) and read[0].evidence.named is None:
        read, denied = [_Read.of(job) for job in evidence.parts], evidence.denied
    readings = _together([one.readings for one in read])
    if not readings:
        text = ", ".join(one.job.text for one in read) if denied else query
        return Understanding(query, text, QueryKind.UNRECOGNISED, (), denied=denied)
    corrected = any(one.is_corrected for one in read)
    return Understanding(
        query=query,
        text=_joined(read),
        kind=min((one.kind for one in read), key=list(QueryKind).index),
        readings=readings,
        corrected=" / ".join(one.evidence.wording.forms[0] for one in read) if corrected else "",
        company=next((one.company for one in read if one.company), ""),
        place=next((one.place for one in read if one.place), ""),
        denied=denied,
    )


@dataclass(frozen=True, eq=False)
class _Read:
    """One job as it was read: the evidence of the wording that was chosen, and its confidences."""

    job: Job
    evidence: Evidence
    confidences: NDArray[np.float64]

    @classmethod
    def of(cls, job: JobEvidence) -> "_Read":
        """Return `job` as written, or corrected where that is clearly better understood."""
        written, *corrected = (cls(job.job, evidence, confidences(evidence)) for evidence in job.wordings)
        for other in corrected:
            if written.evidence.named is None and other.surest >= written.surest + _CLEAR_GAIN:
                return other
        return written

    @property
    def surest(self) -> float:
        return float(self.confidences.max(initial=0.0))

    @property
    def is_corrected(self) -> bool:
        return self.evidence.wording.is_corrected

    @cached_property
    def named_form(self) -> str:
        """The form that is a title, "" where none is."""
        named = self.evidence.named
        key = title_key(named.title.title) if named else None
        return next((form for form in self.evidence.wording.forms if title_key(form) == key), "")

    @property
    def company(self) -> str:
        return self._beside_title(self.job.company)

    @property
    def place(self) -> str:
        return self._beside_title(self.job.place)

    def _beside_title(self, name: str) -> str:
        """Return `name` unless it is part of the title, as in "Director at Large", or may be no name at all."""
        is_name = name not in self.named_form if self.named_form else self.job.are_names_sure
        return name if is_name else ""

    @property
    def text(self) -> str:
        return written_out(self.named_form) if self.named_form else self.evidence.wording.text

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        known, is_free_text = self.evidence.occupations.known, self.kind is QueryKind.FREE_TEXT
        return tuple(
            Reading(
                code=known[row].code,
                title=known[row].title,
                confidence=float(self.confidences[row]),
                matched_title="" if is_free_text else self._nearest(known[row].code)[0],
            )
            for row in self._likely
        )

    @cached_property
    def _likely(self) -> list[int]:
        """The rows of the occupations to show, those that a title names before all others."""
        if self.confidences.sum() < FLOOR or self.surest < _LEAST_SURE:
            return []
        codes = self.evidence.named.title.codes if self.evidence.named else ()
        named = [self.evidence.occupations.row[code] for code in codes]
        ahead = np.isin(np.arange(len(self.confidences)), named)
        order = np.lexsort((-self.confidences, ~ahead))[:_MOST].tolist()
        return [row for row in order if self.confidences[row] >= _LEAST * self.surest]

    @cached_property
    def kind(self) -> QueryKind:
        if not self._likely:
            return QueryKind.UNRECOGNISED
        known, row = self.evidence.occupations.known, self.evidence.occupations.row
        if named := self.evidence.named:
            if self.is_corrected:
                return QueryKind.NEAR_TITLE
            key, codes = title_key(named.title.title), named.title.codes
            is_official = any(title_key(known[row[code]].title) == key for code in codes)
            is_alone = len(codes) == 1 and not is_short_form(named.title.title)
            return QueryKind.EXACT_TITLE if is_official or is_alone else QueryKind.ALIAS
        title, similarity = self._nearest(known[self._likely[0]].code)
        shared = self.evidence.occupations.shared_words(self.evidence.wording.text, title)
        return QueryKind.NEAR_TITLE if similarity >= _NEAR or shared >= _HALF else QueryKind.FREE_TEXT

    def _nearest(self, code: str) -> tuple[str, float]:
        """Return the title of the occupation `code` that led there and its cosine, ("", 0) without one."""
        found = [match for match in self.evidence.matches if code in match.title.codes]
        if not found:
            return "", 0.0
        named = self.evidence.named
        best = max(found, key=lambda match: (match is named, match.similarity))
        return best.title.title, best.similarity


def _together(several: Sequence[tuple[Reading, ...]]) -> tuple[Reading, ...]:
    """Return the readings of several jobs in one list: the likeliest of each before the second of any."""
    turns = chain.from_iterable(zip_longest(*several))
    chosen: dict[str, Reading] = {}
    for reading in turns:
        if reading is not None:
            chosen.setdefault(reading.code, reading)
    most = list(chosen.values())[:_MOST]
    return tuple(most if len(several) == 1 else sorted(most, key=lambda reading: -reading.confidence))


def _joined(read: Sequence[_Read]) -> str:
    return ", ".join(dict.fromkeys(one.text for one in read))
