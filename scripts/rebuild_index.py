"""Bring the index to the encoder of the settings: embed everybody anew from the stored texts, then switch.

The service answers from the old vectors until the switch; restart it with the same MENTOR_SEARCH_ENCODER then.

Example: MENTOR_SEARCH_ENCODER=models/my-encoder scripts/rebuild_index.py
"""

import argparse
import os
import sys

from tqdm import tqdm

from indexer.encoder import Encoder, open_encoder
from indexer.engines import open_engine
from indexer.errors import MentorSearchError
from indexer.rebuilding import rebuild_index
from indexer.titles.ensure import ensure_titles
from indexer.titles.reader import TitleReader
from scripts.progress import embedding_progress
from service.settings import load_settings

SWITCHED, FAILED = 0, 2


def main(arguments: list[str] | None = None) -> int:
    """Run the rebuild and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        print(_run(options))
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\nStopped. The old vectors serve as before; run the same command again to go on.", file=sys.stderr)
        return FAILED
    return SWITCHED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=_EXIT_STATUS
    )
    parser.add_argument("--engine", metavar="URL", help="engine to rebuild (default: MENTOR_SEARCH_ENGINE_URL)")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


_EXIT_STATUS = """exit status:
  0  the index has the vectors of this encoder
  2  the engine or the encoder could not be used, or the rebuild was stopped; the old vectors serve as before
"""


def _run(options: argparse.Namespace) -> str:
    settings = load_settings(os.environ)
    encoder = open_encoder(settings.encoder)
    engine = open_engine(
        options.engine or settings.engine_url,
        api_key=settings.elasticsearch_api_key,
        ca_certs=settings.elasticsearch_ca_certs,
    )
    bar = tqdm(unit=" people", disable=True if options.quiet else None, file=sys.stderr)

    def show(embedded: int, total: int) -> None:
        bar.total = total
        bar.update(embedded - bar.n)

    try:
        embedded = rebuild_index(engine, encoder, show)
        # The job titles' vectors are the encoder's too, and what people do is read by them. Also where there was
        # nothing to do: an earlier run may have stopped here.
        ensure_titles(engine, encoder, embedding_progress(options.quiet))
        engine.recode(TitleReader(engine.titles, lambda: encoder).occupation_codes)
    finally:
        bar.close()
        engine.close()
    return _summary(embedded, encoder)


def _summary(embedded: int | None, encoder: Encoder) -> str:
    if embedded is None:
        return f"Nothing to do: the index has the vectors of {encoder.fingerprint}."
    return (
        f"{embedded:,} people embedded; the index has switched to {encoder.fingerprint}. "
        "Now restart the service with the same MENTOR_SEARCH_ENCODER."
    )


if __name__ == "__main__":
    sys.exit(main())
