"""One person's rows: what is known of them, writing them, and forgetting what nobody needs any more."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import Any

from indexer.document import Document
from indexer.engines.contract import Outcome, Revision
from indexer.facts import Facts, from_texts, to_text
from indexer.profile import Profile, to_record
from indexer.profile.availability import has_room
from indexer.profile.record import contact_record
from indexer.text import name_keys


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


def facts(connection: sqlite3.Connection, rowids: Sequence[int]) -> dict[int, Facts]:
    """Return the facts of the people in `rowids` who are there, by rowid."""
    rows = connection.execute(
        "SELECT rowid, facts FROM profiles WHERE rowid IN (SELECT value FROM json_each(?))", (json.dumps(rowids),)
    ).fetchall()
    return dict(zip([rowid for rowid, _ in rows], from_texts([text for _, text in rows]), strict=True))


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
    columns = _columns(document)
    names = ", ".join(columns)
    places = ", ".join("?" * len(columns))
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "id")
    (rowid,) = connection.execute(
        f"INSERT INTO profiles ({names}) VALUES ({places}) "
        f"ON CONFLICT (id) DO UPDATE SET {changes} RETURNING rowid",
        tuple(columns.values()),
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


def _columns(document: Document) -> dict[str, Any]:
    profile, facts = document.profile, document.facts
    return {
        "id": profile.id,
        "version": document.version,
        "content_hash": document.content_hash,
        "open_to_chats": profile.open_to_chats,
        "has_room": has_room(profile),
        "paused_until": profile.paused_until and profile.paused_until.isoformat(),
        "country": profile.country,
        "languages": "\n".join(profile.languages),
        "chat_minutes": "\n".join(str(minutes) for minutes in profile.chat_minutes),
        "industries": "\n".join(name_keys(facts.industries)),
        "companies": "\n".join(name_keys(facts.companies)),
        "schools": "\n".join(name_keys(facts.schools)),
        "communities": "\n".join(name_keys(facts.communities)),
        "active_on": facts.active_on or None,
        "titles_length": len(document.title_tokens.split()),
        "about_length": len(document.about_tokens.split()),
        "facts": to_text(facts),
        "record": json.dumps(to_record(profile), ensure_ascii=False),
        "profile_vector": document.profile_vector.tobytes(),
    }


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
        "INSERT INTO positions SELECT ?, ?, rowid FROM titles WHERE title = ?",
        [(rowid, ordinal, position.title) for ordinal, position in enumerate(positions)],
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
