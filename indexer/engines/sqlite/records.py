"""One person's rows: what is known of them, writing them, and forgetting what nobody needs any more."""

import json
import sqlite3
from collections.abc import Collection

from indexer.document import Document
from indexer.engines.contract import Outcome, Revision
from indexer.profile import Profile, to_record
from indexer.profile.availability import has_room
from indexer.profile.record import contact_record


def revisions(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, Revision]:
    """Return what is known of `ids`, without those never seen."""
    wanted = (json.dumps(list(ids)),)
    people = connection.execute(
        "SELECT id, version, content_hash FROM profiles WHERE id IN (SELECT value FROM json_each(?))", wanted
    )
    known = {id_: Revision(number, content_hash) for id_, number, content_hash in people}
    deleted = connection.execute(
        "SELECT id, version FROM tombstones WHERE id IN (SELECT value FROM json_each(?))", wanted
    )
    return {id_: Revision(number, deleted=True) for id_, number in deleted} | known


def outcome(revision: Revision | None, new_version: int) -> Outcome:
    """Return what becomes of a document of `new_version`, given what is known of its id."""
    if revision is None:
        return Outcome.WRITTEN
    if revision.deleted:
        return Outcome.DELETED if new_version <= revision.version else Outcome.WRITTEN
    return Outcome.STALE if new_version < revision.version else Outcome.WRITTEN


def write(connection: sqlite3.Connection, document: Document) -> bool:
    """Write one person; return whether they could be found by words until now and cannot any more."""
    profile = document.profile
    (rowid,) = connection.execute(
        "INSERT INTO profiles (id, version, content_hash, open_to_chats, has_room, paused_until, country, "
        "languages, chat_minutes, industries, record, profile_vector) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET version = excluded.version, content_hash = excluded.content_hash, "
        "open_to_chats = excluded.open_to_chats, has_room = excluded.has_room, "
        "paused_until = excluded.paused_until, country = excluded.country, languages = excluded.languages, "
        "chat_minutes = excluded.chat_minutes, industries = excluded.industries, record = excluded.record, "
        "profile_vector = excluded.profile_vector RETURNING rowid",
        (
            profile.id,
            document.version,
            document.content_hash,
            profile.open_to_chats,
            has_room(profile),
            profile.paused_until and profile.paused_until.isoformat(),
            profile.country,
            "\n".join(profile.languages),
            "\n".join(str(minutes) for minutes in profile.chat_minutes),
            "\n".join({position.industry.casefold(): None for position in profile.positions}),
            json.dumps(to_record(profile), ensure_ascii=False),
            document.profile_vector.tobytes(),
        ),
    ).fetchone()
    connection.execute("DELETE FROM tombstones WHERE id = ?", (profile.id,))
    _write_positions(connection, rowid, document)
    _write_contact(connection, rowid, profile)
    was_searchable = connection.execute("DELETE FROM profiles_fts WHERE rowid = ?", (rowid,)).rowcount > 0
    if profile.open_to_chats == "yes":
        connection.execute(
            "INSERT INTO profiles_fts (rowid, titles, about) VALUES (?, ?, ?)",
            (rowid, document.title_tokens, document.about_tokens),
        )
    return was_searchable and profile.open_to_chats != "yes"


def _write_positions(connection: sqlite3.Connection, rowid: int, document: Document) -> None:
    connection.execute("DELETE FROM positions WHERE profile_rowid = ?", (rowid,))
    positions = document.profile.positions
    # The code last read holds for everybody: an index that is being imported anew is read by the newest titles.
    connection.executemany(
        "INSERT INTO titles (title, folded, occupation, vector) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (title) DO UPDATE SET occupation = excluded.occupation "
        "WHERE occupation != excluded.occupation",
        [
            (position.title, position.title.casefold(), code, vector.tobytes())
            for position, code, vector in zip(positions, document.occupations, document.title_vectors, strict=True)
        ],
    )
    connection.executemany(
        "INSERT INTO positions SELECT ?, ?, rowid, ? FROM titles WHERE title = ?",
        [(rowid, ordinal, p.end_year, p.title) for ordinal, p in enumerate(positions)],
    )


def _write_contact(connection: sqlite3.Connection, rowid: int, profile: Profile) -> None:
    connection.execute("DELETE FROM contacts WHERE profile_rowid = ?", (rowid,))
    if profile.contact:
        connection.execute("INSERT INTO contacts VALUES (?, ?)", (rowid, json.dumps(contact_record(profile))))


def forget_unused_titles(connection: sqlite3.Connection) -> None:
    """Delete the titles that nobody bears any more, with their vectors."""
    connection.execute(
        "DELETE FROM titles WHERE NOT EXISTS (SELECT 1 FROM positions WHERE title_rowid = titles.rowid)"
    )


def forget_unused_words(connection: sqlite3.Connection) -> None:
    """Rewrite the word index without the words of people who left it: FTS5 only marks them as deleted.

    Its option secure-delete costs less, but a SQLite before 3.42 cannot read a file in which it was used.
    """
    connection.execute("INSERT INTO profiles_fts (profiles_fts) VALUES ('optimize')")
