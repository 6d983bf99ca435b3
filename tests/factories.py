"""Profiles and job-title catalogues for tests: whole ones, of which a test changes what it is about."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from indexer.encoder import Encoder
from indexer.encoder.short import shortened
from indexer.engines import Engine
from indexer.profile import Profile
from indexer.profile.schema import read_profile
from indexer.titles import JobTitle, KnownOccupation, TitleCatalogue
from indexer.titles.reader import TitleReader
from service.search import QueryVectors, Searcher


def make_profile(id_: str, title: str = "Nurse", **changes: Any) -> Profile:
    """Return a person who said yes to chats; `changes` are fields as in a JSON file."""
    profile = read_profile(profile_record(id_, title, **changes))
    assert isinstance(profile, Profile), profile
    return profile


def profile_record(id_: str, title: str = "Nurse", **changes: Any) -> dict[str, Any]:
    """Return the same as JSON values."""
    record = {
        "id": id_,
        "name": f"Person {id_}",
        "positions": [{"title": title}],
        "open_to_chats": "yes",
    }
    return record | changes


def make_catalogue(
    encoder: Encoder, titles: Mapping[str, str | Sequence[str]], *, version: str = "1", **changes: Any
) -> TitleCatalogue:
    """Return a catalogue of `titles`, the likeliest first, each with its code or codes.

    There is one occupation a code, whose title is the first that names it; `changes` are fields of them all.
    """
    codes = {title: (named,) if isinstance(named, str) else tuple(named) for title, named in titles.items()}
    first = {code: title for title in reversed(codes) for code in codes[title]}
    vectors = np.zeros((0, encoder.short_dimensions), np.float32)
    if titles:
        vectors = shortened(encoder.encode([*titles]), encoder)
    return TitleCatalogue(
        source="Made-up 1.0",
        version=version,
        fingerprint=encoder.fingerprint,
        occupations=tuple(make_occupation(encoder, code, first[code], **changes) for code in sorted(first)),
        titles=tuple(JobTitle(title, named) for title, named in codes.items()),
        vectors=vectors,
    )


def make_occupation(encoder: Encoder, code: str, title: str, **changes: Any) -> KnownOccupation:
    """Return an occupation that is told by its title alone."""
    fields: dict[str, Any] = {"job_zone": None, "related": {}, "words": {}} | changes
    return KnownOccupation(code=code, title=title, vector=encoder.encode([title])[0], **fields)


def make_searcher(engine: Engine, open_encoder: Callable[[], Encoder]) -> Searcher:
    """Return what the service answers searches with."""
    vectors = QueryVectors(open_encoder)
    return Searcher(engine, TitleReader(engine.titles, lambda: vectors), vectors)
