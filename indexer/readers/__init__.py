"""Reads files of profiles: CSV, JSON and JSON Lines, one row at a time."""

from indexer.readers.encoding import known_encoding
from indexer.readers.mapping import Mapping, load_mapping
from indexer.readers.rows import FORMATS, Row, read_rows

__all__ = ["FORMATS", "Mapping", "Row", "known_encoding", "load_mapping", "read_rows"]
