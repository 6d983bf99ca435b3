"""The seeker in one sentence, made of their answers to two questions. Pure."""

import re
from dataclasses import dataclass

from indexer.text import clean_line
from service.prep.wording import brief, sentence

# One sentence that can be said in a breath, and that the ask has room for.
MOST_WORDS, MOST_LETTERS = 16, 120
_AS_A_SENTENCE = re.compile(r"^(?:(?:at the moment|currently|now|right now),?\s+)?(?=i\b)", re.IGNORECASE)
_AS_A_WISH = re.compile(
    r"^(?:and\s+)?(?:i(?:['\u2019]d| would)? (?:want|like|love|wish|hope)\s+)?(?:to\s+)?"
    r"(?:find out|learn|know|understand)\s+(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Focus:
    """What a seeker does `now`, and what they want to `find_out`, in their own words.

    It is used for one answer and kept nowhere.
    """

    now: str = ""
    find_out: str = ""


def statement(focus: Focus) -> str:
    """Return the sentence, "" without answers.

    Such as "At the moment I teach biology, and I would like to find out how vets spend their days."
    """
    now, find_out = _clause(focus.now), _clause(focus.find_out)
    present = _AS_A_SENTENCE.sub("", now)
    if present and not re.match(r"i\b", present, re.IGNORECASE):
        present = f"I {present}"
    wanted = _AS_A_WISH.sub("", find_out)
    parts = [
        *([f"At the moment {present}"] if present else []),
        *([f"I would like to find out {wanted}"] if wanted else []),
    ]
    return sentence(", and ".join(parts)) if parts else ""


def _clause(answer: str) -> str:
    """Return `answer` as part of a sentence: short, without the stop that ended it."""
    clause = brief(clean_line(answer).rstrip(" .!?"), MOST_WORDS, MOST_LETTERS)
    return clause if any(map(str.isalnum, clause)) else ""
