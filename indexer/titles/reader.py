"""Reads texts by the job-title index of an engine: seekers' queries and the titles of people's positions alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.encoder.short import shortened
from indexer.engines import TitleMatch, TitleQuery, TitlesStatus, TitleStore
from indexer.errors import EncoderError, TitlesMissing
from indexer.titles.catalogue import KnownOccupation
from indexer.titles.evidence import Evidence, Wording
from indexer.titles.keys import title_key
from indexer.titles.occupations import Occupations
from indexer.titles.parsing import parse
from indexer.titles.spelling import Vocabulary
from indexer.titles.understanding import JobEvidence, TextEvidence, Understanding, understand
from indexer.titles.wordings import wordings

# Titles nearest by meaning that are looked at: with 60 the right occupation is among theirs for 19 of 20 held-out
# titles, and its weight is fitted for that many.
_NEAREST = 60
# Wordings matched in one call: their similarities to 50,000 titles are 50 MB.
_CHUNK = 256
# A position is given an occupation only from this confidence on: see docs/understanding.md for what that costs.
SURE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What is kept of one version of the catalogue."""

    status: TitlesStatus
    occupations: Occupations
    vocabulary: Vocabulary
    by_code: Mapping[str, KnownOccupation]


class TitleReader:
    """Reads texts as occupations. Safe under threads.

    It keeps the occupations in memory and asks the engine at each call whether the catalogue is still the same.
    """

    def __init__(self, store: TitleStore, open_encoder: Callable[[], Encoder]) -> None:
        """`open_encoder` returns the same encoder each time; it is called when the first text needs it."""
        self._store = store
        self._open_encoder = open_encoder
        self._lock = Lock()
        self._known: _Known | None = None

    def occupations(self) -> Mapping[str, KnownOccupation]:
        """Return every occupation by its code. Raises EngineError; TitlesMissing without a job-title index."""
        return self._current().by_code

    def read(self, texts: Sequence[str], *, as_typed: bool = False) -> list[Understanding]:
        """Return what each of `texts` means. Raises EngineError; without an encoder only words are read.

        The same holds when the catalogue's vectors were made by another encoder. With `as_typed` no spelling is
        corrected.
        """
        found = self.evidence(texts, as_typed=as_typed)
        return [understand(text, known) for text, known in zip(texts, found, strict=True)]

    def occupation_codes(self, titles: Sequence[str]) -> list[str]:
        """Return the code of the occupation that each position's title names, "" where none is sure enough.

        Without a job-title index none is. Raises EngineError.
        """
        if self._store.status() is None:
            return [""] * len(titles)
        distinct = list(dict.fromkeys(titles))
        codes = {title: _sure_code(read) for title, read in zip(distinct, self.read(distinct), strict=True)}
        return [codes[title] for title in titles]

    def evidence(self, texts: Sequence[str], *, as_typed: bool = False) -> list[TextEvidence | None]:
        """Return what is known of each of `texts`, None for one without a word. Raises EngineError."""
        known = self._current()
        parsed = [parse(text, known.vocabulary) for text in texts]
        jobs = dict.fromkeys(job for one in parsed if one for job in (one.whole, *one.parts))
        # The first of each is as it was typed.
        worded = {job: wordings(job, known.vocabulary)[: 1 if as_typed else None] for job in jobs}
        distinct = list(dict.fromkeys(chain.from_iterable(worded.values())))
        found = dict(zip(distinct, self._evidence_of(distinct, known), strict=True))
        of = {job: JobEvidence(job, tuple(found[wording] for wording in worded[job])) for job in jobs}
        return [
            None if one is None else TextEvidence(of[one.whole], tuple(of[job] for job in one.parts), one.denied)
            for one in parsed
        ]

    def _evidence_of(self, worded: Sequence[Wording], known: _Known) -> list[Evidence]:
        if not worded:
            return []  # signs without a word, such as an emoji alone: nothing to encode
        vectors = self._vectors([wording.text for wording in worded], known)
        matches = self._matches(worded, None if vectors is None else shortened(vectors, self._open_encoder()))
        return [
            Evidence(
                wording=wording,
                matches=found,
                by_words=known.occupations.by_words(wording.text),
                by_vector=None if vectors is None else known.occupations.by_vector(vectors[row]),
                occupations=known.occupations,
            )
            for row, (wording, found) in enumerate(zip(worded, matches, strict=True))
        ]

    def _matches(self, worded: Sequence[Wording], vectors: NDArray[np.float32] | None) -> list[list[TitleMatch]]:
        queries = [
            TitleQuery(
                tuple(dict.fromkeys(map(title_key, wording.forms))), None if vectors is None else vectors[row]
            )
            for row, wording in enumerate(worded)
        ]
        matches: list[list[TitleMatch]] = []
        for start in range(0, len(queries), _CHUNK):
            matches += self._store.match(queries[start : start + _CHUNK], _NEAREST)
        return matches

    def _vectors(self, texts: Sequence[str], known: _Known) -> NDArray[np.float32] | None:
        """Return the vectors of `texts`, None without an encoder that fits the catalogue's."""
        try:
            encoder = self._open_encoder()
            if encoder.fingerprint != known.status.fingerprint:
                return None
            return encoder.encode(texts)
        except EncoderError:
            return None

    def _current(self) -> _Known:
        status = self._store.status()
        if status is None:
            raise TitlesMissing("There is no job-title index yet: import one with scripts/import_titles.py.")
        with self._lock:
            if self._known is None or self._known.status != status:
                occupations = Occupations(self._store.occupations())
                by_code = {one.code: one for one in occupations.known}
                self._known = _Known(status, occupations, Vocabulary(occupations.words), by_code)
            return self._known


def _sure_code(read: Understanding) -> str:
    return read.readings[0].code if read.readings and read.readings[0].confidence >= SURE else ""
