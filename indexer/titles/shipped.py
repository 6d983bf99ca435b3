"""The job titles that the product ships, in data/job_titles: O*NET's, with vectors of the shipped encoder.

Three files: `manifest.json` says what the others hold; `catalogue.json.gz` has all but the vectors;
`vectors.npz` has those of one encoder, the titles' as int8 (docs/job-titles.md tells what that costs), the
occupations' as float16.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.encoder.short import shortened
from indexer.titles.build import Track, centre, embedded
from indexer.titles.catalogue import JobTitle, KnownOccupation, TitleCatalogue

SHIPPED = Path(__file__).parents[2] / "data" / "job_titles"
# Ends the source of a catalogue that we may replace by a newer one: it is not an operator's own.
AS_SHIPPED = ", as shipped"

_MANIFEST, _CATALOGUE, _VECTORS = "manifest.json", "catalogue.json.gz", "vectors.npz"


def shipped_version(folder: Path = SHIPPED) -> str:
    """Return the version of the shipped catalogue, without reading the catalogue."""
    return str(_manifest(folder)["version"])


def shipped_catalogue(encoder: Encoder, track: Track = iter, folder: Path = SHIPPED) -> TitleCatalogue:
    """Return the shipped catalogue with vectors of `encoder`. Raises EncoderError.

    Vectors of the shipped encoder are read from the folder. For any other, all titles are embedded, which takes
    minutes, and an occupation's vector is the mean of its titles': its sentences are not shipped.
    """
    manifest = _manifest(folder)
    content = json.loads(gzip.decompress((folder / _CATALOGUE).read_bytes()))
    codes = [one["code"] for one in content["occupations"]]
    titles = tuple(JobTitle(title, tuple(codes[row] for row in rows)) for title, rows in content["titles"])
    vectors = _precomputed(folder, manifest["version"], encoder) or _computed(titles, codes, encoder, track)
    title_vectors, occupation_vectors = vectors
    return TitleCatalogue(
        source=manifest["source"],
        version=manifest["version"],
        fingerprint=encoder.fingerprint,
        occupations=tuple(
            _occupation(one, codes, content["tiers"], vector)
            for one, vector in zip(content["occupations"], occupation_vectors, strict=True)
        ),
        titles=titles,
        vectors=title_vectors,
    )


def write_shipped(catalogue: TitleCatalogue, folder: Path) -> None:
    """Write `catalogue` to `folder` as it is shipped. The same catalogue gives the same bytes."""
    row_of = {one.code: row for row, one in enumerate(catalogue.occupations)}
    tiers = sorted({tier for one in catalogue.occupations for tier in one.related.values()})
    content = {
        "tiers": tiers,
        "occupations": [_record(one, row_of, tiers) for one in catalogue.occupations],
        "titles": [[title.title, [row_of[code] for code in title.codes]] for title in catalogue.titles],
    }
    manifest = {"source": catalogue.source, "version": catalogue.version}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _CATALOGUE).write_bytes(gzip.compress(_json(content), mtime=0))
    np.savez(
        folder / _VECTORS,
        version=np.array(catalogue.version),
        fingerprint=np.array(catalogue.fingerprint),
        titles=_as_int8(catalogue.vectors),
        occupations=np.array([one.vector for one in catalogue.occupations], np.float16),
    )
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    return manifest


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _record(one: KnownOccupation, row_of: dict[str, int], tiers: list[str]) -> dict[str, Any]:
    """Return `one` as it is written, its related occupations as pairs of a row and a tier."""
    related = [[row_of[code], tiers.index(tier)] for code, tier in one.related.items() if code in row_of]
    return {
        "code": one.code,
        "title": one.title,
        "job_zone": one.job_zone,
        "related": related,
        "words": dict(one.words),
    }


def _occupation(
    record: dict[str, Any], codes: list[str], tiers: list[str], vector: NDArray[np.float32]
) -> KnownOccupation:
    return KnownOccupation(
        code=record["code"],
        title=record["title"],
        job_zone=record["job_zone"],
        related={codes[row]: tiers[tier] for row, tier in record["related"]},
        words=record["words"],
        vector=vector,
    )


def _as_int8(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return `vectors` with the largest number of each row as 127. Their length is lost; it was 1."""
    scaled: NDArray[np.float32] = vectors * (127 / np.abs(vectors).max(axis=1, keepdims=True))
    return np.rint(scaled).astype(np.int8)


def _unit(vectors: NDArray[Any]) -> NDArray[np.float32]:
    whole: NDArray[np.float32] = vectors.astype(np.float32)
    # In place, and squares without a copy: half the time to load the catalogue goes by here.
    whole /= np.sqrt(np.einsum("ij,ij->i", whole, whole))[:, np.newaxis]
    return whole


def _precomputed(
    folder: Path, version: str, encoder: Encoder
) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
    """Return the vectors of titles and of occupations, None where those in `folder` are not of `encoder`."""
    if not (folder / _VECTORS).exists():
        return None
    with np.load(folder / _VECTORS) as stored:
        if str(stored["fingerprint"]) != encoder.fingerprint or str(stored["version"]) != version:
            return None
        return _unit(stored["titles"]), _unit(stored["occupations"])


def _computed(
    titles: Iterable[JobTitle], codes: list[str], encoder: Encoder, track: Track
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    vectors = embedded([title.title for title in titles], encoder, track)
    named: defaultdict[str, list[NDArray[np.float32]]] = defaultdict(list)
    for title in titles:
        for code in title.codes:
            named[code].append(vectors[title.title])
    centres = np.array([centre(named[code], []) for code in codes])
    return shortened(np.array([vectors[title.title] for title in titles]), encoder), centres
