"""The SQLite engine: transactions, tombstones and searches on one file."""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from indexer.document import Document, version
from indexer.engines.contract import (
    Candidate,
    EngineQuery,
    ImportHistory,
    Inactive,
    IndexStatus,
    LastSeen,
    Outcome,
    Retrieved,
    Revision,
    StoredProfile,
    TitleStore,
)
from indexer.engines.demand import DemandStore
from indexer.engines.imports import stored_profile
from indexer.engines.mismatch import check_encoder, check_schema
from indexer.engines.sqlite import occupations, records
from indexer.engines.sqlite.demand import SQLiteDemand
from indexer.engines.sqlite.imports import SQLiteImports, forget_person
from indexer.engines.sqlite.rebuild import SQLiteRebuild, prepare
from indexer.engines.sqlite.schema import AVAILABILITY_COUNTS, SCHEMA_VERSION, TABLES
from indexer.engines.sqlite.snapshot import Snapshot, load_snapshot
from indexer.engines.sqlite.titles import SQLiteTitles
from indexer.errors import EngineRejected, EngineUnavailable, IndexMissing
from indexer.profile import Availability, Profile, from_record

# How long a writer waits for another writer: an import's batch commits in well under a second.
_BUSY_SECONDS = 30.0
# How long a deletion waits for searches to let go of the log that it wants to empty: they take milliseconds.
_LOG_SECONDS = 1.0


class SQLiteEngine:
    """An index in one SQLite file. Safe under threads and after fork: each thread has its own connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._snapshot: Snapshot | None = None
        self._loading = threading.Lock()
        # The newest generation that was written here; no search that begins later is answered from before it.
        self._written = 0
        self._log_lock = threading.Lock()
        self._log_holds_deleted = False
        self._titles = SQLiteTitles(self.label, self._beside)
        self._imports = SQLiteImports(self._beside)
        self._demand = SQLiteDemand(self._beside)

    @property
    def label(self) -> str:
        """The engine's address for messages."""
        return f"sqlite:///{self._path}"

    @property
    def titles(self) -> TitleStore:
        """The job-title index, in the same file."""
        return self._titles

    @property
    def imports(self) -> ImportHistory:
        """The last imports, in the same file."""
        return self._imports

    @property
    def demand(self) -> DemandStore:
        """The counts of searches, in the same file."""
        return self._demand

    def create(self, fingerprint: str, dimensions: int) -> None:
        """Make the index if there is none; see Engine.create."""
        with self._errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._path.exists():
                self._make(fingerprint, dimensions)
            with self._reading() as connection:
                check_encoder(_meta(connection)["fingerprint"], fingerprint)

    def _make(self, fingerprint: str, dimensions: int) -> None:
        """Build the empty index beside its place and link it there: nobody sees half of one, or loses theirs."""
        log = self._path.with_name(f"{self._path.name}-wal")
        if log.exists() and not self._path.exists():
            # SQLite would play the old index's last changes into the new one.
            raise EngineRejected(
                f"{self._path} is gone, but {log.name} beside it still holds changes of the old index. Put the "
                f"file back, or stop the service and delete {log.name} and {self._path.name}-shm as well."
            )
        meta = {
            "schema_version": SCHEMA_VERSION,
            "fingerprint": fingerprint,
            "dimensions": dimensions,
            # No two indexes share a generation, so a snapshot of one never passes for the other's.
            "generation": time.time_ns(),
        }
        # A folder of its own for each: threads share a process id, and so do containers that share a volume.
        with TemporaryDirectory(prefix=f".{self._path.name}.", dir=self._path.parent) as folder:
            fresh = Path(folder, "new")
            with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(TABLES)
                connection.executemany("INSERT INTO meta VALUES (?, ?)", [(k, str(v)) for k, v in meta.items()])
            with suppress(FileExistsError):  # another one was first, and its index is as good
                self._path.hardlink_to(fresh)

    def revisions(self, ids: Collection[str]) -> dict[str, Revision]:
        """Return what is known of `ids`; see Engine.revisions."""
        with self._errors():
            if not self._path.exists():
                return {}
            with self._reading() as connection:
                return records.revisions(connection, ids)

    def upsert(self, documents: Sequence[Document]) -> dict[str, Outcome]:
        """Write `documents` in one transaction; see Engine.upsert."""
        outcomes: dict[str, Outcome] = {}
        withdrawn = False
        with self._errors(), self._writing() as connection:
            revisions = records.revisions(connection, [document.profile.id for document in documents])
            fingerprint = _meta(connection)["fingerprint"]
            for document in documents:
                check_encoder(fingerprint, document.fingerprint)
                revision = revisions.get(document.profile.id)
                outcome = records.outcome(revision, document.version)
                outcomes[document.profile.id] = outcome
                if outcome is Outcome.WRITTEN:
                    withdrawn |= records.write(connection, document)
            records.forget_unused_titles(connection)
            if withdrawn:
                records.forget_unused_words(connection)
        if withdrawn or self._log_holds_deleted:
            self._empty_log()
        return outcomes

    def delete(self, profile_id: str, at: datetime) -> bool:
        """Remove a person and leave a tombstone; see Engine.delete.

        Their words and contact leave the files too, which takes 0.1 to 0.2 s among 10,000 people. The log goes
        last, and later if somebody reads from it for long; see `_empty_log`.
        """
        with self._errors(), self._writing() as connection:
            known = records.revisions(connection, [profile_id]).get(profile_id, Revision(0))
            connection.execute(
                "INSERT OR REPLACE INTO tombstones VALUES (?, ?)",
                (profile_id, max(version(at), known.version)),
            )
            forget_person(connection, profile_id)
            found = connection.execute("SELECT rowid FROM profiles WHERE id = ?", (profile_id,)).fetchone()
            if found:
                _remove(connection, found)
        if found or self._log_holds_deleted:
            self._empty_log()
        return found is not None

    def withdraw(self, expected: Mapping[str, int]) -> set[str]:
        """Remove people without a tombstone; see Engine.withdraw."""
        with self._errors(), self._writing() as connection:
            rows = connection.execute(
                "SELECT profiles.id, profiles.rowid FROM profiles JOIN json_each(?) AS wanted "
                "ON wanted.key = profiles.id AND wanted.value = profiles.version",
                (json.dumps(dict(expected)),),
            ).fetchall()
            if rows:
                _remove(connection, [rowid for _, rowid in rows])
        if rows or self._log_holds_deleted:
            self._empty_log()
        return {id_ for id_, _ in rows}

    def get(self, ids: Collection[str]) -> dict[str, Profile]:
        """Return the profiles of `ids` that exist; see Engine.get."""
        with self._errors(), self._reading() as connection:
            rows = connection.execute(
                "SELECT id, record FROM profiles WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            )
            return {id_: from_record(json.loads(record)) for id_, record in rows}

    def stored(self, ids: Collection[str]) -> dict[str, StoredProfile]:
        """Return people with their contact; see Engine.stored."""
        with self._errors(), self._reading() as connection:
            rows = connection.execute(
                "SELECT id, record, coalesce(contact, '{}'), version, content_hash FROM profiles "
                "LEFT JOIN contacts ON contacts.profile_rowid = profiles.rowid "
                "WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()
        return {
            id_: stored_profile(json.loads(record), json.loads(contact), version, content_hash)
            for id_, record, contact, version, content_hash in rows
        }

    def search(self, query: EngineQuery) -> Retrieved:
        """Return the candidates for `query`; see Engine.search."""
        with self._errors(), self._reading() as connection:
            people = self._current_snapshot(connection)
            if query.vector is not None:
                check_encoder(people.fingerprint, query.fingerprint)
            bm25 = people.words.total(connection, query.tokens)
            mask = people.eligible(query.filters, query.today)
            positions = people.title_similarities(query.vector)
            matching = np.flatnonzero(mask & (bm25 > 0))
            sides = [_top(matching, bm25[matching], query.pool)]
            if query.vector is not None:
                eligible = np.flatnonzero(mask)
                sides.append(_top(eligible, people.best_of(positions)[eligible], query.pool))
            for group in _groups(people, query):
                theirs = np.flatnonzero(mask & group)
                sides.append(_top(theirs, people.profile_similarities(query.vector, theirs), query.pool))
            pool = np.unique(np.concatenate(sides))
            rowids = people.rowids[pool].tolist()
            facts = people.facts.of(rowids, partial(records.facts, connection))
        askable = people.askable(query.today, booked=query.filters.booked)
        signals = zip(
            pool.tolist(),
            bm25[pool].tolist(),
            people.position_signals(pool, positions),
            people.profile_similarities(query.vector, pool).tolist(),
            rowids,
            strict=True,
        )
        return Retrieved(
            [
                Candidate(people.ids[person], score, held, profile, facts[rowid])
                for person, score, held, profile, rowid in signals
                if rowid in facts
            ],
            eligible=int(mask.sum()),
            best_bm25=float(bm25[askable].max(initial=0.0)),
        )

    def recode(self, occupation_codes: Callable[[Sequence[str]], list[str]]) -> int:
        """Read everybody's titles anew; see Engine.recode.

        Nothing is locked while titles are read, which takes longest and itself reads from this file.
        """
        with self._errors(), self._reading() as connection:
            codes = occupations.of_titles(connection)
        changed = occupations.changes(codes, occupation_codes)
        if not changed:
            return 0
        with self._errors(), self._writing() as connection:
            return occupations.recode(connection, changed)

    def occupation_counts(self, today: date) -> dict[str, int]:
        """Return how many people have each occupation; see Engine.occupation_counts."""
        with self._errors(), self._reading() as connection:
            people = self._current_snapshot(connection)
        return people.occupation_counts(today)

    def group_counts(self, groups: Mapping[str, Collection[str]], today: date) -> dict[str, int]:
        """Return how many people have had an occupation of each group; see Engine.group_counts."""
        with self._errors(), self._reading() as connection:
            people = self._current_snapshot(connection)
        return people.group_counts(groups, today)

    def title_counts(self, titles: Collection[str], today: date) -> dict[str, int]:
        """Return how many people have each title; see Engine.title_counts."""
        with self._errors(), self._reading() as connection:
            people = self._current_snapshot(connection)
            rowids = occupations.title_rowids(connection, {title.casefold() for title in titles})
        counts = dict(zip(rowids, people.title_counts(list(rowids.values()), today), strict=True))
        return {title: counts.get(title.casefold(), 0) for title in titles}

    def inactive(self, before: date, count: int) -> Inactive:
        """Return who has not been active since `before`; see Engine.inactive."""
        long_ago = "FROM profiles WHERE open_to_chats = 'yes' AND active_on < ?"
        with self._errors(), self._reading() as connection:
            (total,) = connection.execute(f"SELECT count(*) {long_ago}", (before.isoformat(),)).fetchone()
            rows = connection.execute(
                f"SELECT id, json_extract(record, '$.name'), active_on {long_ago} ORDER BY active_on, id LIMIT ?",
                (before.isoformat(), count),
            ).fetchall()
        return Inactive(total, [LastSeen(id_, name, date.fromisoformat(day)) for id_, name, day in rows])

    def availability_counts(self, today: date) -> dict[Availability, int]:
        """Return how many people can be asked, and how many not and why; see Engine.availability_counts."""
        with self._errors(), self._reading() as connection:
            _meta(connection)
            rows = connection.execute(AVAILABILITY_COUNTS, {"today": today.isoformat()}).fetchall()
        return dict.fromkeys(Availability, 0) | {Availability(name): people for name, people in rows}

    def status(self) -> IndexStatus:
        """Return the state of the index; see Engine.status."""
        with self._errors(), self._reading() as connection:
            meta = _meta(connection)
            said = dict(connection.execute("SELECT open_to_chats, count(*) FROM profiles GROUP BY open_to_chats"))
        counts = {answer: said.get(answer, 0) for answer in ("yes", "no", "not_said")}
        return IndexStatus(
            meta["fingerprint"], int(meta["schema_version"]), people=sum(said.values()), open_to_chats=counts
        )

    def rebuild(self, fingerprint: str, dimensions: int) -> SQLiteRebuild | None:
        """Begin a rebuild in tables beside the others; see Engine.rebuild."""
        with self._beside("BEGIN IMMEDIATE") as connection:
            if not prepare(connection, _meta(connection)["fingerprint"], fingerprint):
                return None
        return SQLiteRebuild(fingerprint, dimensions, self._beside, self._switching, self._shrink)

    def close(self) -> None:
        """Close every thread's connection."""
        while self._connections:
            self._connections.pop().close()
        self._local = threading.local()

    def _current_snapshot(self, connection: sqlite3.Connection) -> Snapshot:
        """Return the snapshot of the newest generation.

        One thread loads it; the others answer from the one before meanwhile, so that an import that runs
        beside the service does not stop it. They wait for it where the one before lacks what was written here.
        """
        meta = _meta(connection)
        before = self._snapshot
        if before is not None and before.generation == meta["generation"]:
            return before
        complete = before is not None and int(before.generation) >= self._written
        if self._loading.acquire(blocking=not complete):
            try:
                now = self._snapshot
                # Another thread may have loaded it while this one waited.
                if now is None or now is before or int(now.generation) < int(meta["generation"]):
                    self._snapshot = load_snapshot(connection, meta)
            finally:
                self._loading.release()
        assert self._snapshot is not None  # noqa: S101  (for the type checker: loaded above)
        return self._snapshot

    def _empty_log(self) -> None:
        """Move the log into the file and cut it to nothing: it holds the pages as they were before a deletion.

        A search that still reads from the log may prevent it; then the next write here does it, or SQLite
        when the last connection to the file closes.
        """
        with self._log_lock, self._errors():
            self._log_holds_deleted = True
            connection = self._connection()
            connection.execute(f"PRAGMA busy_timeout = {_LOG_SECONDS * 1000:.0f}")
            try:
                (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._log_holds_deleted = bool(busy)
            except sqlite3.OperationalError:  # as on a full disk: the deletion is committed all the same
                pass
            finally:
                connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000:.0f}")

    def _connection(self) -> sqlite3.Connection:
        place = self._place()
        if getattr(self._local, "place", None) != place:
            uri = f"file:{quote(str(self._path.absolute()))}?mode=rw"
            connection = sqlite3.connect(
                uri, uri=True, isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False
            )
            connection.execute("PRAGMA foreign_keys = ON")
            # What is deleted is overwritten: a person who leaves is gone from the file too. SQLite misses a copy
            # now and then that a page kept when it was split (about 1 word in 10,000); VACUUM clears those.
            connection.execute("PRAGMA secure_delete = ON")
            # The log reaches the disk with every commit: with less, a power cut could cost the last ones.
            connection.execute("PRAGMA synchronous = FULL")
            self._local.place, self._local.connection = place, connection
            self._connections.append(connection)
        kept: sqlite3.Connection = self._local.connection
        return kept

    def _place(self) -> tuple[int, int, int]:
        """Return what a connection belongs to: this process, and the file that bears our name now."""
        try:
            file = self._path.stat()
        except FileNotFoundError as error:
            raise IndexMissing(f"There is no index at {self.label} yet; import profiles first.") from error
        return os.getpid(), file.st_dev, file.st_ino

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection
            (generation,) = connection.execute(
                "UPDATE meta SET value = value + 1 WHERE key = 'generation' RETURNING value"
            ).fetchone()
            # Noted while SQLite lets nobody else write, so it never goes back.
            self._written = int(generation)

    @contextmanager
    def _beside(self, begin: str) -> Iterator[sqlite3.Connection]:
        """Use tables that no search reads: the generation stays, so nobody loads the vectors again."""
        with self._errors(), self._transaction(begin) as connection:
            yield connection

    @contextmanager
    def _switching(self) -> Iterator[sqlite3.Connection]:
        with self._errors(), self._writing() as connection:
            yield connection

    def _shrink(self) -> None:
        """Give the room of the old vectors back, and of the tables that held the new ones."""
        # Without the room for a second copy the file keeps its size, and what is written later fills it.
        with self._errors(), suppress(sqlite3.OperationalError):
            self._connection().execute("VACUUM")
        self._empty_log()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute(begin)
        try:
            check_schema(_meta(connection)["schema_version"], SCHEMA_VERSION)
            yield connection
        except BaseException:
            if connection.in_transaction:  # SQLite rolls back by itself when the disk is full
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise EngineUnavailable(f"The index {self.label} cannot be used now: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise EngineRejected(f"{self.label} is not a whole index: {error}.") from error
        except OSError as error:
            raise EngineUnavailable(f"The index {self.label} cannot be used: {error.strerror}.") from error


def _meta(connection: sqlite3.Connection) -> dict[str, str]:
    (ours,) = connection.execute(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('meta', 'profiles', 'tombstones', 'contacts')"
    ).fetchone()
    if ours != 4:
        raise EngineRejected("The SQLite file is not an index of Mentor Search. Choose another file.")
    return dict(connection.execute("SELECT key, value FROM meta"))


def _remove(connection: sqlite3.Connection, rowids: Sequence[int]) -> None:
    """Remove people, and the titles and words that nobody else has."""
    searchable = 0
    for rowid in rowids:
        searchable += connection.execute("DELETE FROM profiles_fts WHERE rowid = ?", (rowid,)).rowcount
        connection.execute("DELETE FROM profiles WHERE rowid = ?", (rowid,))
    records.forget_unused_titles(connection)
    if searchable:
        records.forget_unused_words(connection)


def _groups(people: Snapshot, query: EngineQuery) -> Iterator[NDArray[np.bool_]]:
    """Yield masks (n,) of the people among whom those of nearest profile are looked for."""
    if query.occupations:
        yield people.holds_any("occupations", query.occupations)
    elif query.vector is not None:
        yield np.ones(len(people.ids), np.bool_)
    if query.ground:
        yield people.holds_ground(query.ground)


def _top(people: NDArray[np.intp], values: NDArray[np.floating], count: int) -> NDArray[np.intp]:
    """Return the `count` of `people` with the highest `values`, both of shape (m,), in no order."""
    return people if len(people) <= count else people[np.argpartition(-values, count)[:count]]
