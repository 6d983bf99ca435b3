"""Undoes an import: everybody it changed stands as before, unless somebody changed them since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from indexer.document import make_documents
from indexer.encoder import Encoder
from indexer.engines import Change, Engine, Outcome, PastImport, Revision
from indexer.engines.contract import LISTED_IMPORTS
from indexer.errors import CannotUndo
from indexer.indexing import BATCH
from indexer.profile import Profile


@dataclass(slots=True)
class Undone:
    """What became of the people whom an import changed: each counts in one."""

    restored: int = 0
    removed: int = 0
    left_alone: int = 0

    @property
    def people(self) -> int:
        """How many people were looked at."""
        return self.restored + self.removed + self.left_alone


def undo_import(
    engine: Engine,
    import_id: str,
    open_encoder: Callable[[], Encoder],
    occupation_codes: Callable[[Sequence[str]], list[str]],
    undone: Undone,
    *,
    progress: Callable[[int, int], object],
) -> None:
    """Undo the import `import_id`, counting in `undone` what becomes of each person it changed.

    Who was there before is restored; who came with it is removed, and the corrected file may bring them again.
    Left alone is who was changed or deleted since. A no and a pause stay, from whichever side they came: undoing
    an import asks nobody. What is restored keeps its present version, so that the corrected file, dated or not,
    is no older. When it is interrupted, the same call goes on.

    `progress` is called with the people done in this run and those to do in all. Raises CannotUndo, EncoderError
    and EngineError.
    """
    past = _undoable(engine, import_id)
    left = engine.imports.remaining(past.id)
    total = undone.people + left
    progress(undone.people, total)
    while changes := engine.imports.changes(past.id, BATCH):
        _undo(engine, changes, open_encoder, occupation_codes, undone)
        engine.imports.forget(past.id, [change.id for change in changes])
        progress(undone.people, max(total, undone.people))
    engine.imports.end(past.id, datetime.now(UTC))


def _undoable(engine: Engine, import_id: str) -> PastImport:
    past = next((one for one in engine.imports.recent(LISTED_IMPORTS) if one.id == import_id), None)
    if past is None:
        raise CannotUndo(f"There is no import “{import_id}”. scripts/undo_import.py lists the last ones.")
    if past.undone_at is not None:
        raise CannotUndo(f"The import of {past.file} was undone already, on {past.undone_at:%d %B %Y}.")
    if not past.undoable:
        raise CannotUndo(
            f"The import of {past.file} is too old: what it changed is not kept any more. Import a file of how "
            "people should stand instead."
        )
    return past


def _undo(
    engine: Engine,
    changes: Sequence[Change],
    open_encoder: Callable[[], Encoder],
    occupation_codes: Callable[[Sequence[str]], list[str]],
    undone: Undone,
) -> None:
    revisions = engine.revisions([change.id for change in changes])
    untouched = {change.id: change for change in changes if _still_stands(change, revisions.get(change.id))}
    came = [change for change in untouched.values() if change.before is None]
    # Who had been deleted, and came back with a newer date, is deleted again.
    back = {change.id for change in came if change.was_deleted}
    for id_ in back:
        engine.delete(id_, datetime.fromtimestamp(0, UTC))
    expected = {change.id: revisions[change.id].version for change in came if change.id not in back}
    removed = back | (engine.withdraw(expected) if expected else set())
    restored = _restored(engine, [change for change in untouched.values() if change.before is not None])
    outcomes = {}
    if restored:
        made = make_documents(restored, open_encoder(), datetime.now(UTC), occupation_codes)
        outcomes = engine.upsert([replace(one, version=revisions[one.profile.id].version) for one in made])
    written = sum(outcome is Outcome.WRITTEN for outcome in outcomes.values())
    undone.removed += len(removed)
    undone.restored += written
    undone.left_alone += len(changes) - len(removed) - written


def _still_stands(change: Change, known: Revision | None) -> bool:
    """Return whether the person is as the import left them."""
    return known is not None and not known.deleted and known.content_hash == change.content_hash


def _restored(engine: Engine, changes: Sequence[Change]) -> list[Profile]:
    """Return how the people were before, but for what they say now against being asked."""
    now = engine.stored([change.id for change in changes])
    return [
        _but_as_closed(change.before.profile, now[change.id].profile)
        for change in changes
        if change.before is not None and change.id in now
    ]


def _but_as_closed(before: Profile, now: Profile) -> Profile:
    said = "no" if now.open_to_chats == "no" else before.open_to_chats
    pauses = [day for day in (before.paused_until, now.paused_until) if day is not None]
    return replace(before, open_to_chats=said, paused_until=max(pauses, default=None))
