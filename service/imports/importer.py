"""Checks and imports the files that operators upload, and takes imports back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path

from indexer.encoder import Encoder
from indexer.engines import Engine
from indexer.indexing import ImportReport, import_rows
from indexer.readers import Mapping, Row, load_mapping, read_rows
from indexer.rejected import rejected_suffix, write_rejected
from indexer.titles.ensure import ready_for_import
from indexer.titles.reader import TitleReader
from indexer.undoing import Undone, undo_import
from service.imports.folder import TaskFolder
from service.imports.runner import Job
from service.imports.task import MOST_REJECTIONS, Stage, Task


class Importer:
    """Does for operators what scripts/import_profiles.py and scripts/undo_import.py do."""

    def __init__(self, engine: Engine, open_encoder: Callable[[], Encoder], folder: TaskFolder) -> None:
        """The encoder is opened when the first import needs it."""
        self._engine = engine
        self._open_encoder = open_encoder
        self._folder = folder

    def file(self, task: Task) -> Path:
        """Return where the file of `task` lies, which is there until it is imported."""
        return self._folder.place(task.id) / f"upload{task.suffix}"

    def mapping(self, task: Task) -> Path:
        """Return where its mapping lies, if it has one."""
        return self._folder.place(task.id) / "mapping.json"

    def rejected(self, task: Task) -> Path:
        """Return where its rejected rows lie once it is checked, if there are any; they outlast the import."""
        return self._folder.place(task.id) / f"rejected{rejected_suffix(self.file(task))}"

    def count_rows(self, task: Task) -> int:
        """Return how many rows the file has, read to its end. Raises InvalidFile where it is broken as a whole."""
        return sum(1 for _ in self._rows(task))

    def check(self, job: Job) -> None:
        """Compare the file with the index and tell what an import would do; nothing is written to the index."""
        report = self._import(job, None)
        if report.rejections:
            task = job.task
            write_rejected(self.file(task), task.encoding or None, report.rejections, self.rejected(task))
        job.tell(rejections=tuple(report.rejections[:MOST_REJECTIONS]))
        job.tell(stage=Stage.CHECKED)

    def import_(self, job: Job) -> None:
        """Import the file, and remove it. Raises EngineError and EncoderError; what was imported by then stays."""
        self._import(job, self._open_encoder)
        self.file(job.task).unlink()
        with suppress(FileNotFoundError):
            self.mapping(job.task).unlink()
        job.tell(stage=Stage.IMPORTED)

    def undo(self, job: Job) -> None:
        """Undo the import that the task names. Raises CannotUndo, EngineError and EncoderError."""
        undone = Undone()

        def tell(done: int, total: int) -> None:
            job.tell(done=done, total=total, counts=asdict(undone))

        codes = self._occupation_codes()
        undo_import(self._engine, job.task.import_id, self._open_encoder, codes, undone, progress=tell)
        job.tell(stage=Stage.UNDONE)

    def _occupation_codes(self) -> Callable[[Sequence[str]], list[str]]:
        return TitleReader(self._engine.titles, self._open_encoder).occupation_codes

    def _import(self, job: Job, open_encoder: Callable[[], Encoder] | None) -> ImportReport:
        report = ImportReport()

        def tell() -> None:
            job.tell(done=report.read, counts=report.counts)

        @cache
        def ready() -> Encoder:
            assert open_encoder  # noqa: S101  (for the type checker: a dry run opens none)
            encoder = open_encoder()
            ready_for_import(self._engine, encoder)
            return encoder

        try:
            import_rows(
                _telling(self._rows(job.task), tell),
                self._engine,
                ready if open_encoder else None,
                self._occupation_codes(),
                report,
                file=job.task.name,
            )
        finally:
            tell()
        return report

    def _rows(self, task: Task) -> Iterator[Row]:
        mapping: Mapping | None = load_mapping(self.mapping(task)) if task.is_mapped else None
        return read_rows(self.file(task), mapping, task.encoding or None)


def _telling(rows: Iterable[Row], tell: Callable[[], None]) -> Iterator[Row]:
    for row in rows:
        tell()
        yield row
