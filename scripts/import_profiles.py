"""Import a file of profiles (CSV, JSON or JSON Lines) into the index.

Example: scripts/import_profiles.py people.csv --dry-run
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from io import TextIOWrapper
from pathlib import Path

from tqdm import tqdm

from indexer.encoder import Encoder, open_encoder
from indexer.engines import Engine, open_engine
from indexer.errors import InvalidFile, MentorSearchError
from indexer.indexing import ImportReport, import_rows
from indexer.readers import Row, load_mapping, read_rows
from indexer.rejected import rejected_suffix, write_rejected
from indexer.titles.ensure import ready_for_import
from indexer.titles.reader import TitleReader
from scripts.progress import embedding_progress
from service.settings import load_settings

# Exit statuses, told apart so that a nightly job can act on them.
IMPORTED, SOME_REJECTED, FAILED = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run the import and return its exit status."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        # A report with words that the terminal cannot show is still a report.
        sys.stdout.reconfigure(errors="backslashreplace")
    report = ImportReport()
    try:
        _run(options, report)
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
        _print_unless_nothing_happened(report, dry_run=options.dry_run)
        return FAILED
    except KeyboardInterrupt:
        print("\nStopped. What was imported stays; run the same command again to go on.", file=sys.stderr)
        _print_unless_nothing_happened(report, dry_run=options.dry_run)
        return FAILED
    print(_summary(report, dry_run=options.dry_run))
    return SOME_REJECTED if report.rejected else IMPORTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=_EXIT_STATUS
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a .csv, .tsv, .json or .jsonl file")
    parser.add_argument("--mapping", type=Path, help="JSON file that maps another board's names to ours")
    parser.add_argument("--encoding", help="the file's encoding, if it is not UTF-8 (for example cp1252)")
    parser.add_argument("--engine", metavar="URL", help="engine to write to (default: MENTOR_SEARCH_ENGINE_URL)")
    parser.add_argument(
        "--rejected",
        type=Path,
        metavar="FILE",
        help="write the rejected rows to this file, to be mended and imported: .csv of CSV, .jsonl of JSON",
    )
    parser.add_argument("--dry-run", action="store_true", help="check and compare everything, write nothing")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


_EXIT_STATUS = """exit status:
  0  every row was imported, or is there already
  1  some rows were rejected; all others were imported
  2  the file, the engine or the encoder could not be used, or the import was stopped
"""


def _run(options: argparse.Namespace, report: ImportReport) -> None:
    settings = load_settings(os.environ)
    mapping = load_mapping(options.mapping) if options.mapping else None
    if options.rejected:
        _check_rejected(options.rejected, options.file)

    def rows() -> Iterator[Row]:
        return read_rows(options.file, mapping, options.encoding)

    # Read to the end once before anything is written: a file that is cut off is refused as a whole.
    count = sum(1 for _ in rows())
    engine = open_engine(
        options.engine or settings.engine_url,
        api_key=settings.elasticsearch_api_key,
        ca_certs=settings.elasticsearch_ca_certs,
    )
    try:
        opened = cache(lambda: _ready(engine, open_encoder(settings.encoder), options.quiet))
        import_rows(
            _with_progress(rows(), count, options.quiet),
            engine,
            None if options.dry_run else opened,
            TitleReader(engine.titles, opened).occupation_codes,
            report,
            file=options.file.name,
        )
    finally:
        engine.close()
    if options.rejected and report.rejections:
        write_rejected(options.file, options.encoding, report.rejections, options.rejected)


def _check_rejected(rejected: Path, file: Path) -> None:
    """Raise InvalidFile, before anything is done, where the rejected rows of `file` cannot go to `rejected`."""
    suffix = rejected_suffix(file)
    if rejected.suffix.casefold() != suffix:
        raise InvalidFile(f"The rejected rows of {file} are written as {suffix}; let {rejected} end in that.")
    if rejected.resolve() == file.resolve():
        raise InvalidFile(f"The rejected rows would be written over {file}; name another file.")
    rejected.unlink(missing_ok=True)  # of an earlier import, and wrong if nothing is rejected in this one


def _ready(engine: Engine, encoder: Encoder, quiet: bool) -> Encoder:
    ready_for_import(engine, encoder, embedding_progress(quiet))
    return encoder


def _with_progress(rows: Iterable[Row], count: int, quiet: bool) -> Iterable[Row]:
    return tqdm(rows, total=count, unit=" people", disable=True if quiet else None, file=sys.stderr)


def _print_unless_nothing_happened(report: ImportReport, *, dry_run: bool) -> None:
    if report.read:
        print(_summary(report, dry_run=dry_run))


def _summary(report: ImportReport, *, dry_run: bool) -> str:
    lines = [f"row {r.row}, {r.field}: {r.reason}" for r in report.rejections]
    lines += [
        f"{'Dry run, nothing was written. ' if dry_run else ''}{report.read:,} rows read: "
        f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged, "
        f"{report.rejected:,} rejected."
    ]
    if report.unfinished:
        lines.append(f"{report.unfinished:,} were read and not imported.")
    if report.rejected:
        lines.append(
            "Rejected rows changed nothing: who was in the index stays as they were, with a yes to chats as well."
        )
    if report.stale:
        lines.append(f"{report.stale:,} skipped: the index holds a newer version of them.")
    if report.deleted:
        lines.append(
            f"{report.deleted:,} skipped: they were deleted. A row comes back with an updated_at after that."
        )
    if report.dormant:
        lines.append(
            f"{report.dormant:,} dormant: who has said neither yes nor no to chats (open_to_chats) is found by no "
            "search."
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
