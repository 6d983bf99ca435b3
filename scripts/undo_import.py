"""List the last imports, or undo one: who came with it goes, who was changed stands as before.

Example: scripts/undo_import.py, then scripts/undo_import.py 12
"""

import argparse
import os
import sys
from functools import cache

from tqdm import tqdm

from indexer.encoder import open_encoder
from indexer.engines import Engine, PastImport, open_engine
from indexer.errors import MentorSearchError
from indexer.titles.reader import TitleReader
from indexer.undoing import Undone, undo_import
from service.settings import Settings, load_settings

# Imports that are listed: those that can be undone, and as many before them.
_LISTED = 20


def main(arguments: list[str] | None = None) -> int:
    """List imports or undo one, and return the exit status: 2 where something could not be used, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("id", nargs="?", metavar="ID", help="the import to undo; without it, they are listed")
    parser.add_argument("--engine", metavar="URL", help="engine to use (default: MENTOR_SEARCH_ENGINE_URL)")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    options = parser.parse_args(arguments)
    undone = Undone()
    try:
        settings = load_settings(os.environ)
        engine = open_engine(
            options.engine or settings.engine_url,
            api_key=settings.elasticsearch_api_key,
            ca_certs=settings.elasticsearch_ca_certs,
        )
        try:
            if options.id is None:
                print(_listed(engine.imports.recent(_LISTED)))
                return 0
            _undo(engine, options.id, settings, undone, options.quiet)
        finally:
            engine.close()
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. What was undone stays so; run the same command again to go on.", file=sys.stderr)
        return 2
    print(
        f"{undone.restored:,} restored, {undone.removed:,} removed, {undone.left_alone:,} left alone: they were "
        "changed or deleted since."
    )
    return 0


def _undo(engine: Engine, import_id: str, settings: Settings, undone: Undone, quiet: bool) -> None:
    opened = cache(lambda: open_encoder(settings.encoder))
    codes = TitleReader(engine.titles, opened).occupation_codes
    with tqdm(unit=" people", disable=True if quiet else None, file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        undo_import(engine, import_id, opened, codes, undone, progress=progress)


def _listed(imports: list[PastImport]) -> str:
    if not imports:
        return "No import has changed anything yet."
    return "\n".join(_line(past) for past in imports)


def _line(past: PastImport) -> str:
    counts = past.counts
    state = (
        f"undone on {past.undone_at:%d %B %Y}"
        if past.undone_at
        else "can be undone"
        if past.undoable
        else "too old to undo"
    )
    return (
        f"{past.id}  {past.at:%Y-%m-%d %H:%M} UTC  {past.file}: {counts.get('new', 0):,} new, "
        f"{counts.get('changed', 0):,} changed, {counts.get('rejected', 0):,} rejected; {state}"
    )


if __name__ == "__main__":
    sys.exit(main())
