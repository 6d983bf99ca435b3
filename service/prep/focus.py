"""The seeker in one sentence, made of their answers to two questions. Pure."""

import re
from dataclasses import dataclass

from indexer.text import clean_line
from service.prep.wish import ASKS_FOR_A_JOB
from service.prep.wording import article, brief, quoted, sentence

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
# One who does something, in up to three words: "student", "UX designer", "law student". Not "work as a designer".
_SOMEBODY = re.compile(
    r"(?!(?:build|do|have|help|lead|learn|like|live|love|make|manage|play|run|sell|serve|study|teach|train|work"
    r"|write)\b)"
    r"(?:[\w'-]+ ){0,2}[\w-]+(?:er|or|ist|ian|ant|ent|eer|ect|urse)",
    re.IGNORECASE,
)
# "What is a normal day like": a question as it is asked, which no "find out" goes before.
_ASKED = re.compile(
    r"(?:(?:how|what|when|where|who|why)(?:['\u2019]s| (?:is|are|was|were|do|does|did|can|could|should|would|will"
    r"|has|have)\b)|(?:is|are|do|does|did|can|could|should|would|will)\b)",
    re.IGNORECASE,
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
    if _BEING.match(answer):
        return f"I am {_lower(answer)}"
    return f"I am {article(answer)} {_lower(answer)}" if _SOMEBODY.fullmatch(answer) else f"I {_lower(answer)}"


def _wanted(answer: str) -> str:
    """Return what is asked, as it follows "find out"; "" where that is for a job."""
    answer = _I_WOULD_LIKE.sub("", answer)
    if ASKS_FOR_A_JOB.search(answer):
        return ""
    if _ASKED.match(answer):
        return f"the answer to {quoted(f'{answer}?', MOST_WORDS, MOST_LETTERS)}"
    if answer[:3].casefold() == "to ":
        return f"how {_lower(answer)}"
    return _lower(answer) if _ASKING.match(answer) else answer


def _lower(answer: str) -> str:
    """Return `answer` as the middle of a sentence; a short form such as UX keeps its capitals."""
    return answer[0].lower() + answer[1:] if answer[1:2].islower() or answer[1:2] == " " else answer


def _clause(answer: str) -> str:
    """Return `answer` as part of a sentence: short, without the stop that ended it."""
    clause = brief(clean_line(answer).rstrip(" .!?"), MOST_WORDS, MOST_LETTERS)
    return clause if any(map(str.isalnum, clause)) else ""
