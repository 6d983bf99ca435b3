"""Brings an index to another encoder: embeds everybody anew from the stored texts, then switches."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from indexer.document import Document, make_documents, unread
from indexer.encoder import Encoder
from indexer.engines import Engine, StoredProfile
from indexer.indexing import BATCH


def rebuild_index(engine: Engine, encoder: Encoder, progress: Callable[[int, int], object]) -> int | None:
    """Embed everybody in `engine` with `encoder` and switch to the new vectors; return how many people that were.

    Return None, with nothing done, if the index has that encoder. The index serves with its old vectors until the
    switch. An interruption leaves it so, and the next call goes on where this one stopped. `progress` is called
    with the people embedded in this run and those to be embedded in all. Raises EncoderError and EngineError.
    """
    rebuild = engine.rebuild(encoder.fingerprint, encoder.short_dimensions)
    if rebuild is None:
        return None
    embedded, total = 0, rebuild.remaining()
    progress(embedded, total)
    switched = False
    while not switched:
        while people := rebuild.pending(BATCH):
            rebuild.write(_documents(people, encoder))
            embedded += len(people)
            # People who were imported or changed meanwhile come on top.
            total = max(total, embedded)
            progress(embedded, total)
        switched = rebuild.finish()
    return embedded


def _documents(people: Sequence[StoredProfile], encoder: Encoder) -> list[Document]:
    """Return the documents of `people`, who stay at their revisions.

    Their occupations are read after the switch, by job titles of the same encoder.
    """
    documents = make_documents([person.profile for person in people], encoder, datetime.now(UTC), unread)
    return [
        replace(document, version=person.revision.version, content_hash=person.revision.content_hash)
        for document, person in zip(documents, people, strict=True)
    ]
