"""The private folder that holds the tasks of operators and their files; all server processes share it."""

import fcntl
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from indexer.errors import MentorSearchError
from service.imports.task import Task, from_json, to_json

# Long enough to mend a file and come back; private data wait no longer than that for somebody who does not.
KEPT_SECONDS = 3600
_STATE, _RUNNING, _SLOT = "task.json", "running", "slot"


class TaskFolderUnusable(MentorSearchError):
    """The folder for what operators upload cannot be read or written."""


class TasksBusy(Exception):
    """Another task is under way."""


class TaskFolder:
    """The tasks in one folder. Safe under threads, and processes of one machine.

    Who works on a task holds locks on two files. The kernel lets go of them when the process ends, however it
    ends, so that a task is never taken for running that is not. Methods raise TaskFolderUnusable.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is touched yet: the folder is made with the first task, for the user of this process alone."""
        self._folder = folder

    def create(self, **fields: Any) -> Task:
        """Return a new task with these fields; it has a folder of its own."""
        task = Task(id=secrets.token_hex(16), **fields)
        with self.usable():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.place(task.id).mkdir(mode=0o700)
        self.write(task)
        return task

    def place(self, task_id: str) -> Path:
        """Return the folder of a task, for its files."""
        return self._folder / task_id

    def get(self, task_id: str) -> Task | None:
        """Return the task, None where there is none, or not any more."""
        if not re.fullmatch("[0-9a-f]{32}", task_id):
            return None
        with self.usable():
            try:
                return from_json((self.place(task_id) / _STATE).read_text(encoding="utf-8"))
            except FileNotFoundError:
                return None

    def all(self) -> list[Task]:
        """Return all tasks, the one that was last written first."""
        return [task for _, task_id in sorted(self._ages()) if (task := self.get(task_id))]

    def write(self, task: Task) -> None:
        """Write the task, in place of what was written of it before."""
        draft = self.place(task.id) / f"{_STATE}.new"
        with self.usable():
            draft.write_text(to_json(task), encoding="utf-8")
            draft.replace(draft.with_suffix(""))  # so that nobody ever reads the half of it

    def remove(self, task_id: str) -> None:
        """Remove the task and its files, if there are any."""
        place = self.place(task_id)
        with self.usable():
            shutil.rmtree(place, ignore_errors=True)  # another process may tidy up at the same time
            if place.exists():
                shutil.rmtree(place)  # tells what prevents it

    def sweep(self) -> float | None:
        """Remove each task that was left alone for KEPT_SECONDS; return the seconds until the next one is due."""
        ages = {task_id: age for age, task_id in self._ages()}
        for task_id in [one for one, age in ages.items() if age >= KEPT_SECONDS and not self.is_running(one)]:
            self.remove(task_id)
            del ages[task_id]
        return max(1.0, KEPT_SECONDS - max(ages.values())) if ages else None

    def is_running(self, task_id: str) -> bool:
        """Return whether a process works on the task now."""
        with self.usable(), suppress(FileNotFoundError), (self.place(task_id) / _RUNNING).open("rb") as file:
            # Shared: whoever only looks does not keep others from looking.
            return not _locked(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False

    @contextmanager
    def working(self, task_id: str) -> Iterator[None]:
        """Hold the locks of who works on the task. Raises TasksBusy while anybody works on any."""
        with self.usable():
            slot = (self._folder / _SLOT).open("wb")
        with slot:
            if not _locked(slot, fcntl.LOCK_EX | fcntl.LOCK_NB):
                raise TasksBusy
            with self.usable():
                running = (self.place(task_id) / _RUNNING).open("wb")
            with running:
                # Nobody works on it, so it is got as soon as nobody looks.
                _locked(running, fcntl.LOCK_EX)
                yield

    def _ages(self) -> list[tuple[float, str]]:
        """Return how many seconds ago each task was last written, with its id."""
        ages = []
        with self.usable(), suppress(FileNotFoundError):  # nobody has uploaded anything yet
            for place in self._folder.iterdir():
                if place.is_dir():
                    with suppress(FileNotFoundError):  # it was removed just now
                        ages.append((time.time() - place.stat().st_mtime, place.name))
        return ages

    @contextmanager
    def usable(self) -> Iterator[None]:
        """Raise what goes wrong with a file in the folder as TaskFolderUnusable."""
        try:
            yield
        except OSError as error:
            raise TaskFolderUnusable(
                f"The folder {self._folder} for uploads cannot be used: {error.strerror}. Let the service write "
                "there and see that there is room, or set MENTOR_SEARCH_UPLOAD_FOLDER to another folder."
            ) from error


def _locked(file: IO[bytes], kind: int) -> bool:
    """Return whether the lock was got; it goes when `file` is closed."""
    try:
        fcntl.flock(file, kind)
    except BlockingIOError:
        return False
    return True
