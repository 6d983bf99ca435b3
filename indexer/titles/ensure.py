"""Makes an engine ready for people: gives it an index, and the shipped job titles where it has none."""

from indexer.encoder import Encoder
from indexer.engines import Engine
from indexer.errors import IndexMismatch
from indexer.titles.build import Track
from indexer.titles.reader import TitleReader
from indexer.titles.shipped import AS_SHIPPED, shipped_catalogue, shipped_version


def ready_for_import(engine: Engine, encoder: Encoder, track: Track = iter) -> None:
    """See to it that there is an index in `engine`, with job titles that `encoder` reads people's positions by.

    Whoever is in the index already is read anew where the titles are other ones than before. Raises as
    `ensure_titles` does.
    """
    engine.create(encoder.fingerprint, encoder.short_dimensions)
    if ensure_titles(engine, encoder, track):
        engine.recode(TitleReader(engine.titles, lambda: encoder).occupation_codes)


def ensure_titles(engine: Engine, encoder: Encoder, track: Track = iter) -> bool:
    """See to it that `engine` has a job-title index that `encoder` can read; return whether it was written.

    The shipped catalogue is written where there is none, and in place of another version of it, or of another
    encoder's. What an operator imported stays. The engine's index exists (Engine.create). Raises IndexMismatch
    where an operator's titles are of another encoder, and EncoderError and EngineError.
    """
    status = engine.titles.status()
    if status is not None:
        is_usable = status.fingerprint == encoder.fingerprint
        if not status.source.endswith(AS_SHIPPED):
            if is_usable:
                return False
            raise IndexMismatch(
                f"The job titles in {engine.label} ({status.source}) were embedded with another encoder. Import "
                "them again with scripts/import_titles.py and the same options, or without one for the shipped."
            )
        if is_usable and status.version == shipped_version():
            return False
    engine.titles.replace(shipped_catalogue(encoder, track))
    return True
