"""What all engines do alike with job titles: the order of matches, an occupation as JSON, the words for none."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.contract import TitleMatch, TitleQuery
from indexer.engines.nearest import SIMILARITY_DECIMALS, nearest, similarities
from indexer.errors import TitlesMissing
from indexer.titles import JobTitle, KnownOccupation


def look_up(
    queries: Sequence[TitleQuery],
    count: int,
    places_by_key: Mapping[str, Sequence[int]],
    vectors: NDArray[np.float32] | None,
) -> list[tuple[set[int], dict[int, float]]]:
    """Return for each query the places of the titles with one of its keys, and the cosine of every match by place.

    Matches are those with a key and the `count` nearest in `vectors` (titles, dimensions), in which a title's row
    is its place by likelihood; None where there are no titles, or no query has a vector. Cosines are 0 without.
    """
    cosines: Iterator[NDArray[np.float32]] = iter(())
    if vectors is not None:
        cosines = similarities(vectors, [query.vector for query in queries if query.vector is not None])
    found = []
    for query in queries:
        keyed = {place for key in query.keys for place in places_by_key.get(key, ())}
        cosine = None if query.vector is None or vectors is None else next(cosines)
        places = keyed if cosine is None else keyed.union(nearest(cosine, count))
        found.append((keyed, {place: 0.0 if cosine is None else float(cosine[place]) for place in places}))
    return found


def in_order(
    keyed: Collection[int], cosines: Mapping[int, float], titles: Mapping[int, JobTitle] | Sequence[JobTitle]
) -> list[TitleMatch]:
    """Return what `look_up` found of one query in the order of TitleStore.match; `titles` are by place."""

    def order(place: int) -> tuple[bool, float, int]:
        similarity = round(cosines[place], SIMILARITY_DECIMALS)
        return place not in keyed, 0.0 if place in keyed else -similarity, place

    return [
        TitleMatch(titles[place], place in keyed, round(cosines[place], SIMILARITY_DECIMALS))
        for place in sorted(cosines, key=order)
    ]


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
