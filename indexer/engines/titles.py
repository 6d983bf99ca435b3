"""What all engines do alike with job titles: the order of matches, an occupation as JSON, the words for none."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from indexer.engines.contract import TitleMatch
from indexer.errors import TitlesMissing
from indexer.titles import KnownOccupation

# A cosine in float32 is exact to about 1e-7, and its last digits depend on who adds up in which order.
SIMILARITY_DECIMALS = 6


def in_order(matches: Iterable[tuple[int, TitleMatch]]) -> list[TitleMatch]:
    """Return matches in the order of TitleStore.match, each given after the place of its title by likelihood."""

    def order(placed: tuple[int, TitleMatch]) -> tuple[bool, float, int]:
        place, match = placed
        return not match.has_key, 0.0 if match.has_key else -match.similarity, place

    return [match for _, match in sorted(matches, key=order)]


def occupation_record(occupation: KnownOccupation) -> dict[str, Any]:
    """Return `occupation` as JSON values, without its code and its vector."""
    return {
        "title": occupation.title,
        "job_zone": occupation.job_zone,
        "related": dict(occupation.related),
        "words": dict(occupation.words),
    }


def known_occupation(code: str, record: Mapping[str, Any], vector: bytes) -> KnownOccupation:
    """Return the occupation of occupation_record; `vector` are the bytes of its float32 vector."""
    return KnownOccupation(code=code, vector=np.frombuffer(vector, np.float32), **record)


def titles_missing(label: str) -> TitlesMissing:
    """Return the error of an engine that holds no job-title index that this program can read."""
    return TitlesMissing(f"There is no job-title index at {label} yet; run scripts/import_titles.py.")
