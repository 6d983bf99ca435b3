"""What a text about a job was read as."""

from dataclasses import dataclass
from enum import StrEnum


class QueryKind(StrEnum):
    """How a text names a job; the surest kind that applies."""

    EXACT_TITLE = "exact_title"  # an occupation's official title, or a title of one occupation alone
    ALIAS = "alias"  # a known abbreviation or other name
    NEAR_TITLE = "near_title"  # misspelt, or close to a known title
    FREE_TEXT = "free_text"  # it says what is done rather than what it is called
    UNRECOGNISED = "unrecognised"  # no job was recognised; the words alone are searched


@dataclass(frozen=True, slots=True)
class Reading:
    """One occupation that a text may mean; `matched_title` is the title that led there, "" for free text.

    `confidence` is calibrated: of the readings given .8, at least 8 in 10 are right (docs/relevance.md).
    """

    code: str
    title: str
    confidence: float
    matched_title: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was read of one text.

    `text` is what to search by: without seniority, company and place, misspellings corrected, abbreviations
    written out. `corrected` is the query with its spelling corrected, "" where nothing was. `readings` are at
    most five, the likeliest first. `company` and `place` are parts such as "at Spotify" and "in Berlin", or "".
    """

    query: str
    text: str
    kind: QueryKind
    readings: tuple[Reading, ...]
    corrected: str = ""
    company: str = ""
    place: str = ""
