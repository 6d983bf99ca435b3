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
    "open_engine",
]
