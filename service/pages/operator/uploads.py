"""What is uploaded with the form for imports: named for people, and refused with the reason at its field."""

import re
from dataclasses import replace
from pathlib import Path

from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from indexer.errors import InvalidFile
from indexer.readers import FORMATS, known_encoding, load_mapping
from service.imports.folder import TaskFolder
from service.imports.importer import Importer
from service.imports.task import Stage, Task

# About 25,000 people at 1,200 bytes each, as in the sample; a first import of those takes 6 minutes
# (docs/benchmarks.md). What is larger is for scripts/import_profiles.py, which takes nothing from the seekers.
MOST_MEGABYTES = 32
_LONGEST_NAME = 80


class UnusableUpload(Exception):
    """The form cannot be used; `problems` has a sentence for each of its fields that is at fault."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems


def shown_name(name: str) -> str:
    """Return a file's name as it is shown and recorded: without its folders, in one line, and not too long."""
    last = "".join(letter for letter in re.split(r"[/\\]", name)[-1] if letter.isprintable()).strip()
    return last if len(last) <= _LONGEST_NAME else f"{last[: _LONGEST_NAME - 20]}…{last[-19:]}"


def received(
    files: ImmutableMultiDict[str, FileStorage], encoding: str, folder: TaskFolder, importer: Importer
) -> Task:
    """Return a task for what was uploaded, whose file was read to its end once.

    Raises UnusableUpload, with nothing left behind, and TaskFolderUnusable.
    """
    people, mapping = _chosen(files, "file"), _chosen(files, "mapping")
    name = shown_name(people[0].filename or "") if people else ""
    if problems := _problems(people, mapping, name, encoding):
        raise UnusableUpload(problems)
    suffix = Path(name).suffix.casefold()
    task = folder.create(
        stage=Stage.CHECKING, name=name, suffix=suffix, encoding=encoding, is_mapped=bool(mapping)
    )
    try:
        with folder.usable():
            people[0].save(importer.file(task))
            for one in mapping:
                one.save(importer.mapping(task))
        for one in mapping:
            _check_mapping(importer.mapping(task), one)
        try:
            task = replace(task, total=importer.count_rows(task))
        except InvalidFile as error:
            raise UnusableUpload({"file": str(error).replace(str(importer.file(task)), name)}) from error
        folder.write(task)
    except BaseException:
        folder.remove(task.id)
        raise
    return task


def _chosen(files: ImmutableMultiDict[str, FileStorage], field: str) -> list[FileStorage]:
    # A browser sends a field without a file as a file without a name.
    return [file for file in files.getlist(field) if file.filename]


def _problems(people: list[FileStorage], mapping: list[FileStorage], name: str, encoding: str) -> dict[str, str]:
    problems = {}
    if not people:
        problems["file"] = "Choose a file with people."
    elif len(people) > 1:
        problems["file"] = "Choose one file at a time."
    elif Path(name).suffix.casefold() not in FORMATS:
        problems["file"] = f"“{name}” cannot be read: the name must end in one of {', '.join(FORMATS)}."
    if len(mapping) > 1:
        problems["mapping"] = "Choose one mapping."
    try:
        known_encoding(encoding or "utf-8")
    except InvalidFile as error:
        problems["encoding"] = str(error)
    return problems


def _check_mapping(path: Path, sent: FileStorage) -> None:
    try:
        load_mapping(path)
    except InvalidFile as error:
        raise UnusableUpload(
            {"mapping": str(error).replace(str(path), shown_name(sent.filename or ""))}
        ) from error
