"""Brings rows of a file into an engine: validates, compares with the index, embeds what changed, writes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from indexer.document import make_documents, version
from indexer.encoder import Encoder
from indexer.engines import Engine, Outcome, Revision
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
) -> None:
    """Import `rows` into `engine`, counting in `report` what becomes of each.

    A row that cannot be a profile is rejected and stops no other. See `import_profiles` for the rest.
    """
    import_profiles(_valid(rows, report), engine, open_encoder, occupation_codes, report)


def import_profiles(
    profiles: Iterable[Profile],
    engine: Engine,
    open_encoder: Callable[[], Encoder] | None,
    occupation_codes: Callable[[Sequence[str]], list[str]],
    report: ImportReport,
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
            outcomes = engine.upsert(make_documents(to_write, encoder, started, occupation_codes))
            # Another writer may have come in between comparison and write.
            fates |= {id_: outcome.value for id_, outcome in outcomes.items() if outcome is not Outcome.WRITTEN}
        # Counted only now: a report of an interrupted import names nobody who was not written.
        for fate in fates.values():
            setattr(report, fate, getattr(report, fate) + 1)


def _valid(rows: Iterable[Row], report: ImportReport) -> Iterator[Profile]:
    first_row: dict[str, int] = {}
    for row in rows:
        report.read += 1
        profile = [FieldError("row", row.problem)] if row.problem else read_profile(row.record)
        if isinstance(profile, Profile) and profile.id in first_row:
            reason = f"“{profile.id}” is the id of row {first_row[profile.id]} already."
            profile = [FieldError("id", reason)]
        if isinstance(profile, Profile):
            first_row[profile.id] = row.number
            report.dormant += profile.open_to_chats == "not_said"
            yield profile
        else:
            report.rejected += 1
            report.rejections += [Rejection(row.number, error.field, error.reason) for error in profile]


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
