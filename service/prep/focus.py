"""The seeker in one sentence, made of their answers to two questions. Pure."""

import re
from dataclasses import dataclass

from indexer.text import clean_line
from service.prep.wording import brief, sentence

# One sentence that can be said in a breath, and that the ask has room for.
MOST_WORDS, MOST_LETTERS = 16, 120
_AT_THE_MOMENT = re.compile(r"^(?:at the moment|currently|right now|now),?\s+(?=i\b)", re.IGNORECASE)
_I_WOULD_LIKE = re.compile(
    r"^(?:and\s+)?(?:i(?:['\u2019]d| would)? (?:want|like|love|wish|hope)\s+)?(?:to\s+)?"
    r"(?:find out|learn|know|understand)\s+(?=\S)",
    re.IGNORECASE,
)
# What is no verb yet: "a teacher", "between two lives", "studying law".
_BEING = re.compile(
    r"(?:an?|the|in|at|on|between|out|retired|unemployed|(?!(?:br|s|sw|spr|str)ing\b)[a-z]+ing)\b", re.IGNORECASE
)
_ASKING = re.compile(r"(?:how|if|what|when|where|whether|which|who|whose|why)\b", re.IGNORECASE)


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
    parts = [
        *([f"At the moment {now}"] if (now := _present(_clause(focus.now))) else []),
        *([f"I would like to find out {wanted}"] if (wanted := _wanted(_clause(focus.find_out))) else []),
    ]
    return sentence(", and ".join(parts)) if parts else ""


def _present(answer: str) -> str:
    """Return what is done now, as it follows "At the moment": "I teach", "I am a teacher"."""
    answer = _AT_THE_MOMENT.sub("", answer)
    if not answer or re.match(r"i\b", answer, re.IGNORECASE):
        return answer
    return f"I am {_lower(answer)}" if _BEING.match(answer) else f"I {_lower(answer)}"


def _wanted(answer: str) -> str:
    """Return what is asked, as it follows "find out"."""
    answer = _I_WOULD_LIKE.sub("", answer)
    return _lower(answer) if _ASKING.match(answer) else answer


def _lower(answer: str) -> str:
    """Return `answer` as the middle of a sentence; a short form such as UX keeps its capitals."""
    return answer[0].lower() + answer[1:] if answer[1:2].islower() or answer[1:2] == " " else answer


def _clause(answer: str) -> str:
    """Return `answer` as part of a sentence: short, without the stop that ended it."""
    clause = brief(clean_line(answer).rstrip(" .!?"), MOST_WORDS, MOST_LETTERS)
    return clause if any(map(str.isalnum, clause)) else ""
