"""One task of an operator, as every process of the service can read it. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from indexer.indexing import Rejection

# As many reasons as one reads on a page; all of them are in the file of rejected rows.
MOST_REJECTIONS = 100


class Stage(StrEnum):
    """How far a task has come; those that end in -ing are under way, or were when their process ended."""

    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    IMPORTED = "imported"
    UNDOING = "undoing"
    UNDONE = "undone"


# What each stage that is under way begins after; after itself, as a task that was stopped goes on.
BEGINS_AFTER = {
    Stage.CHECKING: (Stage.CHECKING,),
    Stage.IMPORTING: (Stage.CHECKED, Stage.IMPORTING),
    Stage.UNDOING: (Stage.UNDOING,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to import, or an import to undo.

    `name` is the file's, for people. Of `total` rows `done` are through. `counts` are of an ImportReport, or of an
    undo. `rejections` are the first MOST_REJECTIONS. `problem` says why it stopped, "" where it did not.
    """

    id: str
    stage: Stage
    name: str
    total: int = 0
    done: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    rejections: tuple[Rejection, ...] = ()
    problem: str = ""
    # What to import: how the file ends, its encoding ("" to find out), and whether there is a mapping beside it.
    suffix: str = ""
    encoding: str = ""
    is_mapped: bool = False
    # What to undo.
    import_id: str = ""


def to_json(task: Task) -> str:
    """Return `task` as text."""
    return json.dumps(asdict(task))


def from_json(text: str) -> Task:
    """Return the task that `to_json` wrote."""
    saved: dict[str, Any] = json.loads(text)
    saved["stage"] = Stage(saved["stage"])
    saved["rejections"] = tuple(Rejection(**one) for one in saved["rejections"])
    return Task(**saved)
