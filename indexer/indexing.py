"""Brings rows of a file into an engine: validates, compares with the index, embeds what changed, writes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from itertools import islice

from indexer.document import Document, make_documents, version
from indexer.encoder import Encoder
from indexer.engines import Change, Engine, Outcome, Revision
from indexer.profile import Profile, content_hash
from indexer.profile.schema import FieldError, read_profile
from indexer.readers import Row

# People embedded and written together. Large enough to sort texts by length for the encoder, small enough
# that an interrupted import loses at most 4 s of work (docs/benchmarks.md, "Import").
BATCH = 256


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why one row was not imported. `field` is a column name, or "row" for the row as a whole."""

    row: int
    field: str
    reason: str


@dataclass(slots=True)
class ImportReport:
    """What became of a file's rows; each row read counts in exactly one of the others but `dormant`.

    `dormant` counts people, among all that were not rejected, who have not said yes or no to chats. After an
    interruption a few rows, `unfinished`, are read and not counted.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    stale: int = 0
    deleted: int = 0
    dormant: int = 0
    rejected: int = 0
    rejections: list[Rejection] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The numbers, by name."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "rejections"}

    @property
    def unfinished(self) -> int:
        """Rows read of which nothing was written or compared yet."""
        done = self.new + self.changed + self.unchanged + self.stale + self.deleted + self.rejected
        return self.read - done


def import_rows(
    rows: Iterable[Row],
    engine: Engine,
    open_encoder: Callable[[], Encoder] | None,
    occupation_codes: Callable[[Sequence[str]], list[str]],
    report: ImportReport,
    *,
    file: str,
) -> None:
    """Import `rows` of the file of this name into `engine`, counting in `report` what becomes of each.

    A row that cannot be a profile is rejected and stops no other. The import is noted in the engine's history, so
    that it can be undone, from the first row on that is written. See `import_profiles` for the rest.
    """
    noted = _Noted(engine, file)
    import_profiles(_valid(rows, report), engine, open_encoder, occupation_codes, report, noted=noted)
    noted.count(report)


class _Noted:
    """One import of a file, noted in the history once it changes anything."""

    def __init__(self, engine: Engine, file: str) -> None:
        self._engine = engine
        self._file = file
        self._id = ""

    def keep(self, documents: Sequence[Document], revisions: Mapping[str, Revision], started: datetime) -> None:
        """Keep how the people of `documents`, which are about to be written, stand until now."""
        self._id = self._id or self._engine.imports.begin(self._file, started)
        known = {one.profile.id: revisions.get(one.profile.id) for one in documents}
        before = self._engine.stored([id_ for id_, revision in known.items() if revision and not revision.deleted])
        deleted = {id_ for id_, revision in known.items() if revision and revision.deleted}
        self._engine.imports.keep(
            self._id,
            [
                Change(id_, one.content_hash, before.get(id_), was_deleted=id_ in deleted)
                for one, id_ in zip(documents, known, strict=True)
            ],
        )

    def not_written(self, ids: Collection[str]) -> None:
        """Forget those who were not written after all."""
        if ids:
            self._engine.imports.forget(self._id, ids)

    def count(self, report: ImportReport) -> None:
        """Note how far the import is."""
        if self._id:
            self._engine.imports.count(self._id, report.counts)


def import_profiles(
    profiles: Iterable[Profile],
    engine: Engine,
    open_encoder: Callable[[], Encoder] | None,
    occupation_codes: Callable[[Sequence[str]], list[str]],
    report: ImportReport,
    *,
    noted: _Noted | None = None,
) -> None:
    """Bring `profiles`, each id once, into `engine`, counting in `report` what becomes of each.

    The encoder is opened when the first text needs it; `occupation_codes` reads the titles of positions (see
    TitleReader). Without `open_encoder` it is a dry run: everything is compared, nothing written. Batches are
    written one after another, so an import that was interrupted goes on where it stopped when it is run again.
    Raises EncoderError and EngineError.
    """
    started = datetime.now(UTC)
    encoder: Encoder | None = None
    remaining = iter(profiles)
    while batch := list(islice(remaining, BATCH)):
        revisions = engine.revisions([profile.id for profile in batch])
        fates = {profile.id: _fate(profile, revisions.get(profile.id), started) for profile in batch}
        to_write = [p for p in batch if _is_written(fates[p.id], p, revisions.get(p.id), started)]
        if open_encoder is not None and to_write:
            if encoder is None:
                encoder = open_encoder()
                engine.create(encoder.fingerprint, encoder.short_dimensions)
            documents = make_documents(to_write, encoder, started, occupation_codes)
            if noted is not None:
                # Before they are written: an import that is killed can be undone as well.
                noted.keep(documents, revisions, started)
            outcomes = engine.upsert(documents)
            # Another writer may have come in between comparison and write.
            overtaken = {id_: one.value for id_, one in outcomes.items() if one is not Outcome.WRITTEN}
            fates |= overtaken
            if noted is not None:
                noted.not_written(overtaken)
        # Counted only now: a report of an interrupted import names nobody who was not written.
        for fate in fates.values():
            setattr(report, fate, getattr(report, fate) + 1)
        if noted is not None:
            noted.count(report)


def _valid(rows: Iterable[Row], report: ImportReport) -> Iterator[Profile]:
    first_row: dict[str, int] = {}
    for row in rows:
        report.read += 1
        profile = [FieldError(("row",), row.problem)] if row.problem else read_profile(row.record)
        if isinstance(profile, Profile) and profile.id in first_row:
            reason = f"“{profile.id}” is the id of row {first_row[profile.id]} already."
            profile = [FieldError(("id",), reason)]
        if isinstance(profile, Profile):
            first_row[profile.id] = row.number
            report.dormant += profile.open_to_chats == "not_said"
            yield profile
        else:
            report.rejected += 1
            report.rejections += [Rejection(row.number, *row.told(error)) for error in profile]


def _is_written(fate: str, profile: Profile, known: Revision | None, started: datetime) -> bool:
    """Return whether `profile` goes to the engine.

    Most unchanged profiles do not: that would embed their texts again. Who is dated anew, or confirms a no, is
    written all the same, for the version that is kept: else a record from in between, perhaps with a yes that
    was taken back since, would count as newer.
    """
    if fate == "unchanged" and known and version(profile.updated_at or started) > known.version:
        return profile.updated_at is not None or profile.open_to_chats == "no"
    return fate in ("new", "changed")


def _fate(profile: Profile, known: Revision | None, started: datetime) -> str:
    """Return the field of ImportReport that `profile` counts in, if it can be written."""
    number = version(profile.updated_at or started)
    if known is None:
        return "new"
    if known.deleted:
        # Without a date of its own a row cannot be younger than the deletion: it may be an old file.
        return "new" if profile.updated_at is not None and number > known.version else "deleted"
    if number < known.version:
        return "stale"
    return "unchanged" if known.content_hash == content_hash(profile) else "changed"
