"""What a job-title index holds, whichever engine keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class JobTitle:
    """One way to write a job, and the codes of the occupations it names, the likeliest first."""

    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnownOccupation:
    """What reading a text needs to know of one occupation.

    `job_zone` is O*NET's 1 (little preparation) to 5 (extensive), None where it is not known. `related` maps the
    codes of other occupations to O*NET's tier: "Primary-Short", "Primary-Long" or "Supplemental". `words` counts
    in how many of its titles and of the sentences that describe it each word is (text.query_tokens: whole words,
    since spelling is corrected by them); `vector`, of unit length and shape (dimensions,), is the mean of the
    vectors of both. Neither gives a sentence away.
    """

    code: str
    title: str
    job_zone: int | None
    related: Mapping[str, str]
    words: Mapping[str, int]
    vector: NDArray[np.float32]

    @property
    def is_rest_class(self) -> bool:
        """Whether it holds what no other does, such as "Engineers, All Other": unlike jobs, rarely meant."""
        return "all other" in self.title.casefold()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TitleCatalogue:
    """The whole content of a job-title index.

    `source` names where it comes from, for people: "O*NET 27.0". `version` changes with the content. `titles` are
    in the order of how likely somebody means them, the likeliest first; `vectors` has one row a title, float32 of
    unit length, shape (titles, dimensions), made by the encoder `fingerprint`. `dimensions` here may be fewer than
    the encoder's own: see Encoder.short_dimensions.
    """

    source: str
    version: str
    fingerprint: str
    occupations: tuple[KnownOccupation, ...]
    titles: tuple[JobTitle, ...]
    vectors: NDArray[np.float32]
