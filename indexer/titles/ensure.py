"""Gives an engine the shipped job titles where it has none."""

from indexer.encoder import Encoder
from indexer.engines import Engine
from indexer.errors import IndexMismatch
from indexer.titles.build import Track
from indexer.titles.shipped import AS_SHIPPED, shipped_catalogue, shipped_version


def ensure_titles(engine: Engine, encoder: Encoder, track: Track = iter) -> bool:
    """See to it that `engine` has a job-title index that `encoder` can read; return whether it was written.

    The shipped catalogue is written where there is none, and in place of another version of it, or of another
    encoder's. What an operator imported stays. Raises IndexMismatch where that is of another encoder, and
    EncoderError and EngineError.
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
