"""The embedded engine: one SQLite file with FTS5 for words, and exact kNN in memory."""

from indexer.engines.sqlite.engine import SQLiteEngine

__all__ = ["SQLiteEngine"]
