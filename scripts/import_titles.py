"""Import job titles into the index, in place of those there: the shipped ones, O*NET's or ESCO's, and your own.

Examples: scripts/import_titles.py
          scripts/import_titles.py --own our_titles.csv
          scripts/import_titles.py --onet db_30_0_text --own our_titles.csv --own more.csv
"""

import argparse
import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path

from indexer.encoder import Encoder, open_encoder
from indexer.engines import open_engine
from indexer.errors import MentorSearchError
from indexer.taxonomy import esco_occupations, read_esco, read_onet
from indexer.titles import TitleCatalogue
from indexer.titles.build import Track, build_catalogue
from indexer.titles.own import OwnTitle, read_own_titles, with_own_titles
from indexer.titles.reader import TitleReader
from indexer.titles.shipped import shipped_catalogue
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
    try:
        return _run(options)
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
    print("The job titles in the index are those from before.", file=sys.stderr)
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=_EXIT_STATUS
    )
    base = parser.add_mutually_exclusive_group()
    base.add_argument("--onet", type=Path, metavar="FOLDER", help="an O*NET database in text format")
    base.add_argument("--esco", type=Path, metavar="CSV", help="ESCO's occupations_en.csv")
    parser.add_argument(
        "--own", type=Path, metavar="CSV", action="append", default=[], help="your titles (may be given again)"
    )
    parser.add_argument("--engine", metavar="URL", help="engine to write to (default: MENTOR_SEARCH_ENGINE_URL)")
    parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


_EXIT_STATUS = """exit status:
  0  the index has the titles
  1  rows of your own titles are wrong; nothing was written
  2  a file, the engine or the encoder could not be used, or the import was stopped; nothing was written
"""


def _run(options: argparse.Namespace) -> int:
    settings = load_settings(os.environ)
    encoder, track = open_encoder(settings.encoder), embedding_progress(options.quiet)
    catalogue = _base(options, encoder, track)
    own, errors = read_own_titles(options.own, catalogue)
    if errors:
        for error in errors:
            print(f"{error.path}, row {error.row}, {error.field}: {error.reason}")
        print(f"{len(errors):,} faults. Nothing was written: mend them and import again.")
        return SOME_REJECTED
    if own:
        source = f"{catalogue.source}; {', '.join(path.name for path in options.own)}"
        catalogue = with_own_titles(catalogue, own, encoder, source, track)
    if not options.dry_run:
        engine = open_engine(
            options.engine or settings.engine_url,
            api_key=settings.elasticsearch_api_key,
            ca_certs=settings.elasticsearch_ca_certs,
        )
        try:
            engine.create(encoder.fingerprint, encoder.short_dimensions)
            engine.titles.replace(catalogue)
            # Whoever is in the index was read by other titles.
            changed = engine.recode(TitleReader(engine.titles, lambda: encoder).occupation_codes)
        finally:
            engine.close()
        print(f"{changed:,} people in the index were read as another occupation than before.")
    print(_summary(catalogue, own, dry_run=options.dry_run))
    return IMPORTED


def _base(options: argparse.Namespace, encoder: Encoder, track: Track) -> TitleCatalogue:
    if options.onet:
        return build_catalogue(read_onet(options.onet), encoder, f"O*NET ({options.onet.resolve().name})", track)
    if options.esco:
        occupations = esco_occupations(read_esco(options.esco))
        return build_catalogue(occupations, encoder, f"ESCO ({options.esco.name})", track)
    return shipped_catalogue(encoder, track)


def _summary(catalogue: TitleCatalogue, own: Iterable[OwnTitle], *, dry_run: bool) -> str:
    lines = [f"new occupation {one.codes[0]}: {', '.join(one.spellings)}" for one in own if one.new_occupation]
    lines += [
        f"{'Dry run, nothing was written. ' if dry_run else ''}"
        f"{catalogue.source}: {len(catalogue.titles):,} titles of {len(catalogue.occupations):,} occupations."
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
