"""The engines an index can live in, behind one contract."""

from indexer.engines.contract import (
    Candidate,
    Engine,
    EngineQuery,
    Filters,
    IndexStatus,
    Outcome,
    PositionSignal,
    Rebuild,
    Retrieved,
    Revision,
    StoredProfile,
    TitleMatch,
    TitleQuery,
    TitlesStatus,
    TitleStore,
)
from indexer.engines.url import open_engine

__all__ = [
    "Candidate",
    "Engine",
    "EngineQuery",
    "Filters",
    "IndexStatus",
    "Outcome",
    "PositionSignal",
    "Rebuild",
    "Retrieved",
    "Revision",
    "StoredProfile",
    "TitleMatch",
    "TitleQuery",
    "TitleStore",
    "TitlesStatus",
    "open_engine",
]
