"""/operator/imports: upload a file, see the last imports, undo one."""

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
from service.imports.task import Stage
from service.pages.operator.tasks import BUSY
from service.pages.operator.uploads import MOST_MEGABYTES, UnusableUpload, received

_TOO_LARGE = (
    f"The files are larger than {MOST_MEGABYTES} MB together. Import them with scripts/import_profiles.py."
)
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
            return _form(encoding=encoding, problems={"file": BUSY}), 409
        return redirect(url_for("operator.tasks.show", task_id=task.id), 303)

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
            return render_template("operator/undo.html", past=past, problem=BUSY), 409
        return redirect(url_for("operator.tasks.show", task_id=task.id), 303)

    def _undoable(import_id: str) -> PastImport:
        past = next((one for one in history.recent(_LISTED) if one.id == import_id), None)
        if past is None:
            abort(404, "There is no such import, or it was long ago.")
        if not past.undoable:
            abort(409, f"The import of {past.file} was undone already, or is too old to be undone.")
        return past

    return blueprint
