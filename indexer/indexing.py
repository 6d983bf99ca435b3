"""Brings rows of a file into an engine: validates, compares with the index, embeds what changed, writes."""

from collections.abc import Callable, Iterable, Iterator
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
# that an interrupted import loses under a second of work (docs/benchmarks.md, "Import").
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

    `dormant` counts people, among all that were not rejected, who have not said yes or no to chats.
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


def import_rows(
    rows: Iterable[Row],
    engine: Engine,
    open_encoder: Callable[[], Encoder] | None,
    report: ImportReport,
) -> None:
    """Import `rows` into `engine`, counting in `report` what becomes of each.

    A row that cannot be a profile is rejected and stops no other. See `import_profiles` for the rest.
    """
    import_profiles(_valid(rows, report), engine, open_encoder, report)


def import_profiles(
    profiles: Iterable[Profile],
    engine: Engine,
    open_encoder: Callable[[], Encoder] | None,
    report: ImportReport,
) -> None:
    """Bring `profiles` into `engine`, counting in `report` what becomes of each.

    The encoder is opened when the first text needs it. Without `open_encoder` it is a dry run: everything is
    compared, nothing written. Batches are written one after another, so an import that was interrupted goes on
    where it stopped when it is run again. Raises EncoderError and EngineError.
    """
    started = datetime.now(UTC)
    encoder: Encoder | None = None
    remaining = iter(profiles)
    while batch := list(islice(remaining, BATCH)):
        revisions = engine.revisions([profile.id for profile in batch])
        to_write = [p for p in batch if _compare(p, revisions.get(p.id), started, report)]
        if open_encoder is None or not to_write:
            continue
        if encoder is None:
            encoder = open_encoder()
            engine.create(encoder.fingerprint, encoder.dimensions)
        outcomes = engine.upsert(make_documents(to_write, encoder, started))
        _correct(report, to_write, revisions, outcomes)


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


def _compare(profile: Profile, known: Revision | None, started: datetime, report: ImportReport) -> bool:
    """Count `profile` in `report` and return whether it is to be written."""
    number = version(profile.updated_at or started)
    if known is None:
        report.new += 1
        return True
    if known.deleted:
        # Without a date of its own a row cannot be younger than the deletion: it may be an old file.
        back = profile.updated_at is not None and number > known.version
        report.new += back
        report.deleted += not back
        return back
    if number < known.version:
        report.stale += 1
        return False
    changed = known.content_hash != content_hash(profile)
    report.changed += changed
    report.unchanged += not changed
    return changed


def _correct(
    report: ImportReport,
    written: Iterable[Profile],
    revisions: dict[str, Revision],
    outcomes: dict[str, Outcome],
) -> None:
    """Move the rows that lost a race with another writer between comparison and write to their true count."""
    for profile in written:
        outcome = outcomes[profile.id]
        if outcome is Outcome.WRITTEN:
            continue
        known = revisions.get(profile.id)
        if known is None or known.deleted:
            report.new -= 1
        else:
            report.changed -= 1
        report.stale += outcome is Outcome.STALE
        report.deleted += outcome is Outcome.DELETED
