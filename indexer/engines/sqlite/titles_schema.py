"""The tables of the job-title index in a SQLite file."""

from collections.abc import Sequence

# Raised whenever these tables, the tokens or the keys of titles change: another version counts as no index.
SCHEMA_VERSION = 1

DROP = tuple(
    f"DROP TABLE IF EXISTS {name}" for name in ("job_titles_fts", "job_titles", "job_title_vectors", "occupations")
)
# The rowid of a title is its place in the order of likelihood, from 0. The words of job_titles_fts are our own
# tokens: the tokenizer "ascii" parts them at spaces and changes nothing else; unicode61 would fold letters, and
# part words at characters that its Unicode of 2012 does not know. Prefixes of up to 3 characters begin many words,
# so they have indexes of their own.
TABLES = (
    """
    CREATE TABLE job_titles (
        rowid INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        codes TEXT NOT NULL,
        key TEXT NOT NULL
    )
    """,
    "CREATE INDEX job_titles_key ON job_titles (key)",
    """
    CREATE VIRTUAL TABLE job_titles_fts USING fts5 (
        words, content = '', detail = none, columnsize = 0, prefix = '1 2 3', tokenize = 'ascii'
    )
    """,
    "CREATE TABLE job_title_vectors (first INTEGER PRIMARY KEY, vectors BLOB NOT NULL)",
    "CREATE TABLE occupations (code TEXT PRIMARY KEY, record TEXT NOT NULL, vector BLOB NOT NULL)",
)


def begin_words(beginnings: Sequence[str]) -> str:
    """Return the FTS5 query for titles in which each of `beginnings`, tokens, begins a word."""
    return " AND ".join(f'"{beginning}"*' for beginning in beginnings)
