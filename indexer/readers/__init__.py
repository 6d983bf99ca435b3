"""Reads files of profiles: CSV, JSON and JSON Lines, one row at a time."""

from indexer.readers.mapping import Mapping, load_mapping
from indexer.readers.rows import Row, read_rows

__all__ = ["Mapping", "Row", "load_mapping", "read_rows"]
