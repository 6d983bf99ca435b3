"""The tables of a SQLite index."""

from indexer.engines.contract import TITLE_WEIGHT

# Raised whenever the tables, the tokens, the keys of names or the texts that are embedded change.
SCHEMA_VERSION = 4

# The columns of profiles_fts: what positions are called, and the rest.
COLUMNS_OF_WORDS = ("titles", "about")

# Only people who said yes are in profiles_fts. Each distinct title has one vector and one occupation, whoever
# holds it; `folded` is the title casefolded. Lists of values that filters compare have one value a line.
# `titles_length` and `about_length` are the numbers of words in the columns of profiles_fts.
TABLES = f"""
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE profiles (
    rowid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    open_to_chats TEXT NOT NULL,
    has_room INTEGER NOT NULL,
    paused_until TEXT,
    country TEXT NOT NULL,
    languages TEXT NOT NULL,
    chat_minutes TEXT NOT NULL,
    industries TEXT NOT NULL,
    companies TEXT NOT NULL,
    schools TEXT NOT NULL,
    communities TEXT NOT NULL,
    active_on TEXT,
    titles_length INTEGER NOT NULL,
    about_length INTEGER NOT NULL,
    facts TEXT NOT NULL,
    record TEXT NOT NULL,
    profile_vector BLOB NOT NULL
);
CREATE INDEX profiles_open_to_chats ON profiles (open_to_chats);
CREATE TABLE titles (
    rowid INTEGER PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    folded TEXT NOT NULL,
    occupation TEXT NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX titles_folded ON titles (folded);
CREATE TABLE positions (
    profile_rowid INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    title_rowid INTEGER NOT NULL REFERENCES titles,
    PRIMARY KEY (profile_rowid, ordinal)
) WITHOUT ROWID;
CREATE INDEX positions_title ON positions (title_rowid);
CREATE TABLE contacts (
    profile_rowid INTEGER PRIMARY KEY REFERENCES profiles ON DELETE CASCADE,
    contact TEXT NOT NULL
);
CREATE TABLE tombstones (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE VIRTUAL TABLE profiles_fts USING fts5 ({", ".join(COLUMNS_OF_WORDS)}, tokenize = 'porter unicode61');
INSERT INTO profiles_fts (profiles_fts, rank) VALUES ('rank', 'bm25({TITLE_WEIGHT}, 1.0)');
"""

# The rule of profile.availability.
AVAILABILITY_COUNTS = """
SELECT CASE
    WHEN open_to_chats = 'no' THEN 'closed'
    WHEN open_to_chats != 'yes' THEN 'dormant'
    WHEN paused_until > :today THEN 'paused'
    WHEN has_room THEN 'open'
    ELSE 'booked'
END, count(*) FROM profiles GROUP BY 1
"""


def match_expression(token: str) -> str:
    """Return the FTS5 query for documents that hold `token`, quoted: a raw one can be syntax."""
    return '"' + token.replace('"', '""') + '"'
