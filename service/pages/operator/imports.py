"""/operator/imports: upload a file, and the last imports. /operator/tasks/…: what would be done, and doing it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from indexer.engines import ImportHistory, PastImport
from indexer.engines.contract import KEPT_IMPORTS
from indexer.readers import FORMATS
from service.imports.folder import TaskFolder, TasksBusy
from service.imports.importer import Importer
from service.imports.runner import TaskRunner
from service.imports.task import MOST_REJECTIONS, Stage, Task
from service.pages.operator.uploads import MOST_MEGABYTES, UnusableUpload, received

_TOO_LARGE = (
    f"The files are larger than {MOST_MEGABYTES} MB together. Import them with scripts/import_profiles.py."
)
_BUSY = "Another import is being checked, done or undone. Wait until that is through, and try again."
# Imports that are listed: those that can be undone, and as many before them.
_LISTED = 2 * KEPT_IMPORTS


def imports_blueprint(
    history: ImportHistory, folder: TaskFolder, runner: TaskRunner, importer: Importer
) -> Blueprint:
    """Return the routes of imports; `importer` and `runner` are on `folder`, and `history` is the engine's."""
    blueprint = Blueprint("imports", __name__)

    @blueprint.get("/imports")
    def form() -> str:
        return _form()

    @blueprint.post("/imports")
    def upload() -> ResponseReturnValue:
        encoding = request.form.get("encoding", "").strip()
        try:
            task = received(request.files, encoding, folder, importer)
        except UnusableUpload as error:
            return _form(encoding=encoding, problems=error.problems), 422
        try:
            runner.start(task.id, Stage.CHECKING, importer.check)
        except TasksBusy:
            folder.remove(task.id)
            return _form(encoding=encoding, problems={"file": _BUSY}), 409
        return redirect(url_for(".task", task_id=task.id), 303)

    @blueprint.errorhandler(RequestEntityTooLarge)
    def _too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
        return _form(problems={"file": _TOO_LARGE}), 413

    def _form(**filled: Any) -> str:
        return render_template(
            "operator/imports.html",
            tasks=[(task, folder.is_running(task.id)) for task in folder.all()],
            past=history.recent(_LISTED),
            kinds=FORMATS,
            most=MOST_MEGABYTES,
            **filled,
        )

    @blueprint.get("/imports/<import_id>/undo")
    def confirm_undo(import_id: str) -> str:
        return render_template("operator/undo.html", past=_undoable(import_id))

    @blueprint.post("/imports/<import_id>/undo")
    def undo(import_id: str) -> ResponseReturnValue:
        past = _undoable(import_id)
        task = folder.create(stage=Stage.UNDOING, name=past.file, import_id=past.id)
        try:
            runner.start(task.id, Stage.UNDOING, importer.undo)
        except TasksBusy:
            folder.remove(task.id)
            return render_template("operator/undo.html", past=past, problem=_BUSY), 409
        return redirect(url_for(".task", task_id=task.id), 303)

    def _undoable(import_id: str) -> PastImport:
        past = next((one for one in history.recent(_LISTED) if one.id == import_id), None)
        if past is None:
            abort(404, "There is no such import, or it was long ago.")
        if not past.undoable:
            abort(409, f"The import of {past.file} was undone already, or is too old to be undone.")
        return past

    @blueprint.get("/tasks/<task_id>")
    def task(task_id: str) -> str:
        return _task(task_id)

    def _task(task_id: str, problem: str = "") -> str:
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

    @blueprint.post("/tasks/<task_id>")
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
                return _task(task_id, _BUSY), 409
        return redirect(url_for(".task", task_id=task_id), 303)

    @blueprint.post("/tasks/<task_id>/discard")
    def discard(task_id: str) -> ResponseReturnValue:
        if folder.is_running(task_id):
            return _task(task_id, _BUSY), 409
        folder.remove(_found(task_id).id)
        return redirect(url_for(".form"), 303)

    return blueprint
