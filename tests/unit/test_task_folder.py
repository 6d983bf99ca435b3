"""The folder of operators' tasks: private, and true about who works on what, across processes."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.indexing import Rejection
from service.imports.folder import KEPT_SECONDS, TaskFolder, TaskFolderUnusable, TasksBusy
from service.imports.task import Stage, Task, from_json, to_json

_WORK = """
import sys, time
from pathlib import Path
from service.imports.folder import TaskFolder
with TaskFolder(Path(sys.argv[1])).working(sys.argv[2]):
    print("working", flush=True)
    time.sleep(600)
"""
_texts = st.text(max_size=20)
_counts = st.integers(0, 10**9)


@pytest.fixture
def folder(tmp_path: Path) -> TaskFolder:
    return TaskFolder(tmp_path / "var" / "uploads")


def make_task(folder: TaskFolder) -> Task:
    return folder.create(stage=Stage.CHECKING, name="people.csv")


def leave_alone(folder: TaskFolder, task: Task, seconds: float) -> None:
    place = folder.place(task.id)
    then = place.stat().st_mtime - seconds
    os.utime(place, (then, then))


@given(
    st.builds(
        Task,
        id=_texts,
        stage=st.sampled_from(Stage),
        name=_texts,
        total=_counts,
        done=_counts,
        counts=st.dictionaries(_texts, _counts),
        rejections=st.lists(st.builds(Rejection, row=_counts, field=_texts, reason=_texts)).map(tuple),
        problem=_texts,
        suffix=_texts,
        encoding=_texts,
        is_mapped=st.booleans(),
        import_id=_texts,
    )
)
def test_a_task_that_was_written_is_read_as_it_was(task: Task) -> None:
    assert from_json(to_json(task)) == task


def test_nobody_else_on_the_machine_can_look_inside(folder: TaskFolder, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        place = folder.place(make_task(folder).id)
    finally:
        os.umask(before)

    assert [stat.S_IMODE(one.stat().st_mode) for one in (place.parent, place)] == [0o700, 0o700]


def test_nothing_is_made_before_the_first_task(folder: TaskFolder, tmp_path: Path) -> None:
    assert folder.all() == []
    assert folder.sweep() is None
    assert folder.get("a" * 32) is None
    assert not folder.is_running("a" * 32)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "..", "../..", "a/../b", "/etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "\n"])
def test_no_name_leads_out_of_the_folder(folder: TaskFolder, tmp_path: Path, name: str) -> None:
    make_task(folder)
    (tmp_path / "task.json").write_text(to_json(Task(id="x", stage=Stage.CHECKED, name="x")))

    assert folder.get(name) is None


def test_the_task_that_was_written_last_comes_first(folder: TaskFolder) -> None:
    tasks = [make_task(folder) for _ in range(3)]
    for seconds, task in zip((20, 30, 10), tasks, strict=True):
        leave_alone(folder, task, seconds)

    assert folder.all() == [tasks[2], tasks[0], tasks[1]]


class TestWorking:
    def test_others_see_who_works_and_wait_until_it_is_done(self, folder: TaskFolder, tmp_path: Path) -> None:
        task, other = make_task(folder), make_task(folder)
        elsewhere = TaskFolder(tmp_path / "var" / "uploads")
        with folder.working(task.id):
            assert (elsewhere.is_running(task.id), elsewhere.is_running(other.id)) == (True, False)
            for one in (task, other):
                with pytest.raises(TasksBusy), elsewhere.working(one.id):
                    pass

        assert not elsewhere.is_running(task.id)
        with elsewhere.working(other.id):
            assert folder.is_running(other.id)

    def test_a_process_that_is_killed_does_not_seem_to_work_on(self, folder: TaskFolder, tmp_path: Path) -> None:
        task = make_task(folder)
        command = [sys.executable, "-c", _WORK, str(tmp_path / "var" / "uploads"), task.id]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stdout.readline() == b"working\n"
            assert folder.is_running(task.id)
            process.kill()
            process.wait()

        assert not folder.is_running(task.id)
        with folder.working(task.id):
            pass


class TestSweeping:
    def test_what_was_left_alone_for_an_hour_goes_and_the_rest_stays(self, folder: TaskFolder) -> None:
        old, young = make_task(folder), make_task(folder)
        (folder.place(old.id) / "upload.csv").write_text("private")
        leave_alone(folder, old, KEPT_SECONDS + 1)
        leave_alone(folder, young, KEPT_SECONDS - 100)

        seconds = folder.sweep()

        assert folder.all() == [young]
        assert not folder.place(old.id).exists()
        assert seconds == pytest.approx(100, abs=5)

    def test_half_removed_tasks_go_as_well(self, folder: TaskFolder) -> None:
        task = make_task(folder)
        place = folder.place(task.id)
        (place / "upload.csv").write_text("private")
        (place / "task.json").unlink()
        leave_alone(folder, task, KEPT_SECONDS + 1)

        folder.sweep()

        assert not place.exists()

    def test_what_somebody_works_on_stays(self, folder: TaskFolder) -> None:
        task = make_task(folder)
        with folder.working(task.id):
            leave_alone(folder, task, KEPT_SECONDS + 1)
            assert folder.sweep() == 1

        assert folder.all() == [task]


def test_removing_what_is_not_there_is_fine(folder: TaskFolder) -> None:
    task = make_task(folder)
    folder.remove(task.id)
    folder.remove(task.id)

    assert folder.all() == []


def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(TaskFolderUnusable, match=r"Not a directory.*MENTOR_SEARCH_UPLOAD_FOLDER"):
        make_task(TaskFolder(tmp_path / "file" / "uploads"))
