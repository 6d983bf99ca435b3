"""Builds a job-title catalogue from a taxonomy's occupations."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain, zip_longest

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.encoder.short import shortened
from indexer.taxonomy import Occupation
from indexer.text import query_tokens
from indexer.titles.catalogue import JobTitle, KnownOccupation, TitleCatalogue
from indexer.titles.likelihood import likeliest_first
from indexer.titles.naming import Naming, namings

# How progress is shown: gets the batches that texts are embedded in, and gives them back one after another.
Track = Callable[[Sequence[Sequence[str]]], Iterable[Sequence[str]]]

# Texts embedded together: about a second of work, so that a progress bar moves.
_BATCH = 512


def build_catalogue(
    occupations: Sequence[Occupation], encoder: Encoder, source: str, track: Track = iter
) -> TitleCatalogue:
    """Return the catalogue of `occupations`, with all titles and sentences embedded. Raises EncoderError."""
    occupations = sorted(occupations, key=lambda occupation: occupation.code)
    named = namings(occupations)
    spelling = {key: naming.spelling for key, naming in named.items()}
    texts = {one.code: _texts(one) for one in occupations}
    vectors = embedded([*spelling.values(), *chain.from_iterable(texts.values())], encoder, track)

    titles_of: defaultdict[str, list[str]] = defaultdict(list)
    for key, naming in named.items():
        for code in naming.sources:
            titles_of[code].append(spelling[key])
    centres = {
        one.code: centre([vectors[t] for t in titles_of[one.code]], [vectors[t] for t in texts[one.code]])
        for one in occupations
    }
    known = tuple(
        KnownOccupation(
            code=one.code,
            title=one.title,
            job_zone=one.job_zone,
            related=dict(one.related),
            words=counted(chain(titles_of[one.code], texts[one.code])),
            vector=centres[one.code],
        )
        for one in occupations
    )
    rest = {one.code for one in known if one.is_rest_class}
    codes = _codes(named, rest, lambda key, code: float(vectors[spelling[key]] @ centres[code]))
    titles = tuple(JobTitle(spelling[key], codes[key]) for key in likeliest_first(named, rest))
    return TitleCatalogue(
        source=source,
        version=content_version(source, known, titles),
        fingerprint=encoder.fingerprint,
        occupations=known,
        titles=titles,
        vectors=shortened(np.array([vectors[title.title] for title in titles]), encoder),
    )


def embedded(texts: Iterable[str], encoder: Encoder, track: Track) -> dict[str, NDArray[np.float32]]:
    """Return the vector of each of `texts`, shape (dimensions,), each distinct text embedded once."""
    distinct = list(dict.fromkeys(texts))
    batches = [distinct[start : start + _BATCH] for start in range(0, len(distinct), _BATCH)]
    vectors: dict[str, NDArray[np.float32]] = {}
    for batch in track(batches):
        vectors.update(zip(batch, encoder.encode(batch), strict=True))
    return vectors


def content_version(source: str, occupations: Iterable[KnownOccupation], titles: Iterable[JobTitle]) -> str:
    """Return a short text that is equal only for equal content, whichever encoder made its vectors."""
    content = [
        source,
        [[one.code, one.title, one.job_zone, one.related, one.words] for one in occupations],
        [[title.title, title.codes] for title in titles],
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _texts(occupation: Occupation) -> list[str]:
    return [text for text in (occupation.description, *occupation.tasks) if text]


def counted(texts: Iterable[str]) -> dict[str, int]:
    """Return in how many of `texts` each word is, by the alphabet: the order of the texts would give them away."""
    return dict(sorted(Counter(token for text in texts for token in query_tokens(text)).items()))


def centre(titles: Sequence[NDArray[np.float32]], texts: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the unit mean of the mean of `titles` and the mean of `texts`, which count alike however many."""
    means = [np.mean(vectors, axis=0) for vectors in (titles, texts) if vectors]
    total = np.sum([mean / np.linalg.norm(mean) for mean in means], axis=0)
    centre: NDArray[np.float32] = (total / np.linalg.norm(total)).astype(np.float32)
    return centre


def _codes(
    named: Mapping[str, Naming], rest: Collection[str], similarity: Callable[[str, str], float]
) -> dict[str, tuple[str, ...]]:
    """Return by its key the codes of each title, the likeliest first.

    Ahead goes the occupation whose official title it is, then the one that more sources name so, then the one
    whose titles and texts are nearer to it by `similarity` (of a key and a code); the classes in `rest` come last.
    A title that stands for several names first what each of those names first. What was chosen by hand stays.
    """
    codes: dict[str, tuple[str, ...]] = {}

    def resolved(key: str) -> tuple[str, ...]:
        if key not in codes:
            naming = named[key]
            own = sorted(
                naming.sources,
                key=lambda code: (
                    code in rest,
                    code not in naming.official,
                    -naming.sources[code],
                    -similarity(key, code),
                ),
            )
            turns = zip_longest(*(resolved(meant) for meant in naming.stands_for))
            found = dict.fromkeys(code for code in (*chain.from_iterable(turns), *own) if code)
            codes[key] = naming.chosen or tuple(found)
        return codes[key]

    for key in named:
        resolved(key)
    return codes
