"""What a seeker dreams of, as a message of theirs can say it. Pure."""

import re
from dataclasses import dataclass

from indexer.titles.reader import SURE
from indexer.titles.understanding import QueryKind, Understanding
from service.prep.wording import brief, quoted, role

# As many words, and letters, as a message has room for.
_WORDS, _LETTERS = 12, 80
# "I want to be a nurse": what is wished is the nurse.
_WISHING = re.compile(
    r"^(?:(?:(?:i|we)(?:['\u2019]d| would)?\s+)?(?:want|wish|hope|like|love|dream)\s+(?:to|of)\s+)?"
    r"(?:to\s+)?(?:be|become|being|becoming|work as|working as)?\s*\b(?:an?|the)?\s+",
    re.IGNORECASE,
)
# What may follow a title for both to be one phrase: "engineer at a climate start-up", "biologist studying whales".
_GOES_ON = re.compile(
    r"(?:(?:at|for|from|in|of|on|or|and|to|who|with)\b|[a-z]+ing\b)[\w\s,'\u2019&+#-]*", re.IGNORECASE
)
# A title is none after one of these: "talk to a nurse", "my own boss".
_NO_TITLE_AFTER = re.compile(
    r"\b(?:a|an|and|as|at|be|for|from|i|in|like|my|of|or|own|some\w*|the|to|who|with)\b", re.IGNORECASE
)
_PLURAL = re.compile(r"[^s]s$", re.IGNORECASE)
# An ask that asks for a job is not answered; whoever wishes for one in these words is not quoted with them.
ASKS_FOR_A_JOB = re.compile(
    r"\b(?:job (?:openings?|offers?)|openings?|vacanc(?:y|ies)|hir(?:e|es|ed|ing)|refer(?:s|ral|rals)?"
    r"|recommend me|resumes?|r[e\u00e9]sum[e\u00e9]s?|cv|appl(?:y|ication))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A dream job for use in sentences: `title` follows "as" with an article, `words` stand in quotation marks.

    One of them is "", and both are where the seeker named nothing that can be said in an ask.
    """

    title: str = ""
    words: str = ""

    @property
    def as_role(self) -> str:
        """The title with its article."""
        return role(self.title) if self.title else ""

    @property
    def in_quotes(self) -> str:
        """The words in quotation marks."""
        return quoted(self.words, _WORDS, _LETTERS) if self.words else ""


def wish(understood: Understanding) -> Wish:
    """Return how a message says the dream job that was `understood`.

    It is a title where it was read as one and reads like one; anything else is quoted.
    """
    line = understood.query.lstrip(" ,;:!?").rstrip(" .,;:!?")
    if not any(map(str.isalnum, line)):
        return Wish()
    if title := _title(line, understood):
        return Wish(title=title)
    return Wish() if ASKS_FOR_A_JOB.search(line) else Wish(words=line)


def _title(line: str, understood: Understanding) -> str:
    """Return the title that `line` is, without the words of wishing; "" where it is none."""
    if understood.kind in (QueryKind.FREE_TEXT, QueryKind.UNRECOGNISED):
        return ""
    if understood.kind is QueryKind.NEAR_TITLE and understood.readings[0].confidence < SURE:
        return ""
    phrase = _WISHING.sub("", line)
    # The first of "nurse or midwife", whichever was read more surely.
    found = min(
        filter(None, (_head(reading.matched_title, phrase) for reading in understood.readings)), default=None
    )
    if found is None or _NO_TITLE_AFTER.search(phrase[: found[0]]):
        return ""
    beyond = phrase[found[1] :].strip()
    if beyond and (not _GOES_ON.fullmatch(beyond) or ASKS_FOR_A_JOB.search(beyond)):
        return ""
    return phrase if brief(phrase, _WORDS, _LETTERS) == phrase else ""


def _head(title: str, phrase: str) -> tuple[int, int] | None:
    """Return where `phrase` has the word that says what a `title` is; None where it has not.

    That is the last one: "Theater Set Production Designer". A plural is the title of no single person.
    """
    words = title.partition(",")[0].split()
    if not words or _PLURAL.search(words[-1]):
        return None
    found = re.search(rf"(?<![^\W_]){re.escape(words[-1])}(?![^\W_])", phrase, re.IGNORECASE)
    return found.span() if found else None
