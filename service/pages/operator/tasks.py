"""/operator/tasks/…: what an import would do, its progress and its end; likewise of an undo."""

from pathlib import Path

from flask import Blueprint, Response, abort, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from service.imports.folder import TaskFolder, TasksBusy
from service.imports.importer import Importer
from service.imports.runner import TaskRunner
from service.imports.task import MOST_REJECTIONS, Stage, Task

BUSY = "Another import is being checked, done or undone. Wait until that is through, and try again."


def tasks_blueprint(folder: TaskFolder, runner: TaskRunner, importer: Importer) -> Blueprint:
    """Return the routes of tasks; `importer` and `runner` are on `folder`."""
    blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")

    @blueprint.get("/<task_id>")
    def show(task_id: str) -> str:
        return _page(task_id)

    def _page(task_id: str, problem: str = "") -> str:
        # In this order: a task that ended in between is no task that was stopped.
        is_running = folder.is_running(task_id)
        found = _found(task_id)
        return render_template(
            "operator/task.html",
            task=found,
            is_running=is_running,
            problem=problem,
            most_rejections=MOST_REJECTIONS,
        )

    def _found(task_id: str) -> Task:
        found = folder.get(task_id)
        if found is None:
            abort(404, "This file is not here any more: it was imported or discarded, or an hour has passed.")
        return found

    @blueprint.post("/<task_id>")
    def go_on(task_id: str) -> ResponseReturnValue:
        """Begin the next step of a task, or the step again that was stopped."""
        found = _found(task_id)
        stage, work = {
            Stage.CHECKING: (Stage.CHECKING, importer.check),
            Stage.CHECKED: (Stage.IMPORTING, importer.import_),
            Stage.IMPORTING: (Stage.IMPORTING, importer.import_),
            Stage.UNDOING: (Stage.UNDOING, importer.undo),
        }.get(found.stage, (None, None))
        try:
            if stage and work:
                runner.start(task_id, stage, work)
        except TasksBusy:
            if not folder.is_running(task_id):  # as it is when somebody clicks twice
                return _page(task_id, BUSY), 409
        return redirect(url_for(".show", task_id=task_id), 303)

    @blueprint.get("/<task_id>/rejected")
    def rejected(task_id: str) -> Response:
        """Send the rejected rows, to be mended and uploaded."""
        found = _found(task_id)
        file = importer.rejected(found)
        if not file.exists():
            abort(404, "No row was rejected.")
        kind = "text/csv" if file.suffix == ".csv" else "application/jsonl"
        name = f"{Path(found.name).stem}-rejected{file.suffix}"
        return send_file(file.absolute(), mimetype=kind, as_attachment=True, download_name=name)

    @blueprint.post("/<task_id>/discard")
    def discard(task_id: str) -> ResponseReturnValue:
        if folder.is_running(task_id):
            return _page(task_id, BUSY), 409
        folder.remove(_found(task_id).id)
        return redirect(url_for("operator.imports.form"), 303)

    return blueprint
