"""Tasks are done one after another, off the thread that begins them, and what is left alone is removed."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from service.imports.folder import KEPT_SECONDS, TaskFolder, TasksBusy
from service.imports.runner import Job, TaskRunner
from service.imports.task import Stage, Task


@pytest.fixture
def folder(tmp_path: Path) -> TaskFolder:
    return TaskFolder(tmp_path / "uploads")


@pytest.fixture
def runner(folder: TaskFolder) -> TaskRunner:
    return TaskRunner(folder)


def make_task(folder: TaskFolder, stage: Stage = Stage.CHECKING) -> Task:
    return folder.create(stage=stage, name="people.csv")


def wait_until(true: Callable[[], object]) -> None:
    while not true():
        time.sleep(0.01)


def test_what_the_work_tells_at_its_end_is_written_before_the_task_counts_as_done(
    folder: TaskFolder, runner: TaskRunner
) -> None:
    task = make_task(folder)

    def work(job: Job) -> None:
        for done in range(1000):
            job.tell(done=done)
        job.tell(stage=Stage.CHECKED)

    runner.start(task.id, Stage.CHECKING, work)
    wait_until(lambda: not folder.is_running(task.id))

    ended = folder.get(task.id)
    assert ended
    assert (ended.stage, ended.done) == (Stage.CHECKED, 999)


def test_progress_can_be_seen_and_nothing_else_begins_meanwhile(folder: TaskFolder, runner: TaskRunner) -> None:
    task, other = make_task(folder), make_task(folder)
    told, go_on = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        job.tell(done=7)
        job.write()
        told.set()
        go_on.wait()

    runner.start(task.id, Stage.CHECKING, work)
    told.wait()

    assert folder.is_running(task.id)
    seen = folder.get(task.id)
    assert seen
    assert seen.done == 7
    for one in (task, other):
        with pytest.raises(TasksBusy):
            runner.start(one.id, Stage.CHECKING, work)
    go_on.set()
    wait_until(lambda: not folder.is_running(task.id))


@pytest.mark.parametrize(
    ("before", "stage", "begins"),
    [
        (Stage.CHECKING, Stage.CHECKING, True),
        (Stage.CHECKED, Stage.IMPORTING, True),
        (Stage.IMPORTING, Stage.IMPORTING, True),
        (Stage.UNDOING, Stage.UNDOING, True),
        (Stage.CHECKING, Stage.IMPORTING, False),
        (Stage.IMPORTED, Stage.IMPORTING, False),
        (Stage.IMPORTED, Stage.CHECKING, False),
        (Stage.UNDONE, Stage.UNDOING, False),
    ],
)
def test_each_stage_begins_after_the_one_before_or_where_it_was_stopped(
    folder: TaskFolder, runner: TaskRunner, before: Stage, stage: Stage, begins: bool
) -> None:
    task = make_task(folder, before)
    begun = threading.Event()

    runner.start(task.id, stage, lambda _: begun.set())
    wait_until(lambda: not folder.is_running(task.id))

    assert begun.is_set() == begins


def test_what_an_earlier_process_left_is_removed(folder: TaskFolder, runner: TaskRunner) -> None:
    task = make_task(folder)
    long_ago = time.time() - KEPT_SECONDS - 1
    os.utime(folder.place(task.id), (long_ago, long_ago))

    runner.tidy_up()

    wait_until(lambda: not folder.place(task.id).exists())
