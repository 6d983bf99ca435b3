"""Reads texts by the job-title index of an engine: seekers' queries and the titles of people's positions alike."""

from collections.abc import Callable, Mapping, Sequence

from indexer.encoder import Encoder
from indexer.engines import TitleStore
from indexer.titles.catalogue import KnownOccupation
from indexer.titles.understanding import Understanding


class TitleReader:
    """Reads texts as occupations. Safe under threads."""

    def __init__(self, store: TitleStore, open_encoder: Callable[[], Encoder]) -> None:
        """`open_encoder` returns the same encoder each time; it is called when the first text needs it."""
        self._store = store
        self._open_encoder = open_encoder

    def occupations(self) -> Mapping[str, KnownOccupation]:
        """Return every occupation by its code. Raises EngineError; TitlesMissing without a job-title index."""
        raise NotImplementedError

    def read(self, texts: Sequence[str]) -> list[Understanding]:
        """Return what each of `texts` means. Raises EngineError; without an encoder only words are read."""
        raise NotImplementedError

    def occupation_codes(self, titles: Sequence[str]) -> list[str]:
        """Return the code of the occupation that each position's title names, "" where none is sure enough."""
        raise NotImplementedError
