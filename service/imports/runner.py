"""Does the tasks of operators off their requests, one at a time, and tidies up after them."""

import logging
import time
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from indexer.errors import InvalidFile, MentorSearchError
from service.imports.folder import KEPT_SECONDS, TaskFolder, TaskFolderUnusable
from service.imports.task import BEGINS_AFTER, Stage, Task

_log = logging.getLogger(__name__)

# How often progress is written: as often as a page looks at it.
_SECONDS_BETWEEN_WRITES = 1.0
_UNFORESEEN = "Something went wrong that nobody foresaw. The log of the service says where."


class Job:
    """A task under way: what its work tells of itself, every process can read."""

    def __init__(self, task: Task, folder: TaskFolder) -> None:
        self.task = task
        self._folder = folder
        self._due = 0.0

    def tell(self, **changes: Any) -> None:
        """Note these changes of the task. They are written at once, or where others just were, with later ones."""
        self.task = replace(self.task, **changes)
        if time.monotonic() >= self._due:
            self.write()

    def write(self) -> None:
        """Write the task as it is now."""
        self._folder.write(self.task)
        self._due = time.monotonic() + _SECONDS_BETWEEN_WRITES


class TaskRunner:
    """One thread that works on the tasks which this process began. Safe under threads.

    It is one for all tasks, as engines keep a connection for every thread. The thread ends with the process, at
    any point of its work: an import may be stopped like that, and whoever looks at the task is told.
    """

    def __init__(self, folder: TaskFolder) -> None:
        self._folder = folder
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None

    def start(self, task_id: str, stage: Stage, work: Callable[[Job], None]) -> None:
        """Bring the task to `stage` and begin to `work` on it; nothing happens where it is past that.

        Raises TasksBusy while another task is under way, in any process, and TaskFolderUnusable.
        """
        with ExitStack() as locks:
            locks.enter_context(self._folder.working(task_id))
            task = self._folder.get(task_id)
            if task is None or task.stage not in BEGINS_AFTER[stage]:
                return
            job = Job(replace(task, stage=stage, done=0, problem=""), self._folder)
            job.write()
            held = locks.pop_all()
        self._queue.put(lambda: _run(job, work, held))
        self.tidy_up()

    def tidy_up(self) -> None:
        """See to it that what is left alone is removed in time, by what an earlier process left, too."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="operator-tasks", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            try:
                run = self._queue.get(timeout=self._seconds_until_next())
            except Empty:
                continue
            run()

    def _seconds_until_next(self) -> float | None:
        try:
            return self._folder.sweep()
        except TaskFolderUnusable as error:
            _log.error("What operators uploaded may be left there. %s", error)
            return KEPT_SECONDS


def _run(job: Job, work: Callable[[Job], None], locks: ExitStack) -> None:
    with locks:
        try:
            work(job)
            job.write()
        except InvalidFile as error:
            _give_up(job, str(error))  # and not logged: it may quote the file
        except MentorSearchError as error:
            _log.error("%s: %s", type(error).__name__, error)
            _give_up(job, str(error))
        except Exception as error:
            # Without its message, which may hold what is in the file.
            where = "".join(traceback.format_tb(error.__traceback__))
            _log.error("%s while %s a file:\n%s", type(error).__name__, job.task.stage, where)
            _give_up(job, _UNFORESEEN)


def _give_up(job: Job, problem: str) -> None:
    job.task = replace(job.task, problem=problem)
    try:
        job.write()
    except TaskFolderUnusable as error:
        # The task looks as if its process had ended, which is as true.
        _log.error("%s", error)
