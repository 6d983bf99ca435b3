"""Words of others in sentences of ours: cut short, with the right article, and without a stop too many. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from indexer.text import clean_line

# Letters whose names begin with a vowel: an MRI technician, an SRE.
_VOWEL_NAMES = frozenset("AEFHILMNORSX")
# Acronyms that are spoken as words, although they look as if they were spelt.
_SPOKEN = frozenset("FEMA FIFA LASER LEGO MIDI NASA NATO NICU RADAR SCUBA SWAT".split())
# An acronym has fewer letters than this; longer words in capitals are words: "TEACHER".
_SPELT_LETTERS = 6
# They begin with the sound of "you" or "won": a union rep, a European, a one-man band.
_CONSONANT_SOUND = re.compile(r"(?:eu|ewe|one(?!i)|once|ubiq|ufo|uk|uni(?!n|mp|mag)|ur[aeio]|us[aeiu]|ut[eio])")
_SILENT_H = re.compile(r"(?:heir|honest|hono|hour)")
# Said "an": eight, eleven, eighteen, eighty.
_VOWEL_NUMBER = re.compile(r"8|1[18](?!\d)")

# What only one or a few of a place are, and English says without an article: "as Head of Design".
_OFFICE = re.compile(
    r"(?:head|director|dean|chair(?:man|woman|person)?|president|vice[ -]president|[es]?vp|chief|c[a-z]o"
    r"|(?:co-?)?founder|(?:co-?)?owner|(?:managing|executive) director|general counsel)\b",
    re.IGNORECASE,
)
# "Firefighter, later Fire Captain": they became it, and are it.
_LATER = re.compile(r",?\s+(?:then|later)\s+", re.IGNORECASE)
# What is set apart from a title: "Charge Nurse, Intensive Care", "Counsellor (Trade)", "Carpenter / Site Lead".
_SET_APART = re.compile(r"\s*[,;|(\[].*|\s+[/\u2013\u2014-]\s.*")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|\{\s*\}")
_EDGES = " \t,;:|/\\-\u2013\u2014\u2022"

# Names that English says with "the": "at the Ministry of Health".
_WITH_THE = re.compile(
    r"(?:academy|bank|city|college|department|faculty|institute|ministry|museum|office|school|university) of\b",
    re.IGNORECASE,
)

# What a sentence takes of a title, a name or a topic: so a message keeps to its length, whatever a profile holds.
MOST_WORDS, MOST_LETTERS = 7, 60


def brief(text: str, words: int = MOST_WORDS, letters: int = MOST_LETTERS) -> str:
    """Return `text` as one line of at most so many `words` and `letters`; where it is cut, "…" tells.

    What is only punctuation at its edges is taken off. It may be "".
    """
    line = re.sub(r"\s+(?=[,;])", "", _EMPTY_BRACKETS.sub(" ", clean_line(text)))
    parts = line.strip(_EDGES).split()
    kept = parts[:words]
    while len(kept) > 1 and len(" ".join(kept)) > letters:
        kept.pop()
    short = " ".join(kept)[:letters]
    return short if short == " ".join(parts) else short.rstrip(_EDGES + ".") + "…"


def short_title(title: str) -> str:
    """Return what a sentence says of a position's `title`: "Charge Nurse" of "Charge Nurse, Intensive Care"."""
    latest = _LATER.split(clean_line(title))[-1]
    alone = brief(_SET_APART.sub("", latest))
    return alone if any(map(str.isalnum, alone)) else brief(title)


def role(title: str) -> str:
    """Return a title as it follows "as": "a Set Designer", "an SRE", "Head of Design"; "" of none."""
    return title if not title or _OFFICE.match(title) else f"{article(title)} {title}"


def article(phrase: str) -> str:
    """Return "a" or "an", as `phrase` is spoken."""
    first = re.match(r"[^\W_]*", phrase.lstrip("\"'\u201c\u2018(["))
    word = first[0] if first else ""
    if not word:
        return "a"
    if word[0].isdigit():
        return "an" if _VOWEL_NUMBER.match(word) else "a"
    if _is_spelt(word):
        return "an" if word[0] in _VOWEL_NAMES else "a"
    plain = unicodedata.normalize("NFD", word.casefold())
    if plain.startswith("h"):
        return "an" if _SILENT_H.match(plain) else "a"
    return "an" if plain[0] in "aeiou" and not _CONSONANT_SOUND.match(plain) else "a"


def _is_spelt(word: str) -> bool:
    """Return whether `word`, the first of a phrase, is said letter by letter: HR, X-ray, F1, A&E."""
    return word.isascii() and word.isupper() and len(word) < _SPELT_LETTERS and word not in _SPOKEN


def place_name(name: str) -> str:
    """Return the name of a school or a company for a sentence, with "the" where English has it."""
    short = brief(name)
    return f"the {short}" if _WITH_THE.match(short) else short


def sentence(text: str) -> str:
    """Return `text` with one mark at its end: a company may be called "Acme Inc."."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def quoted(text: str, words: int = MOST_WORDS, letters: int = MOST_LETTERS) -> str:
    """Return `text` cut short and in quotation marks, whatever marks it has itself."""
    inner = brief(text, words, letters).translate({ord(mark): "'" for mark in '\u201c\u201d"'})
    return f"“{inner.rstrip('.')}”"


def listed(words: Sequence[str], last: str) -> str:
    """Return "a, b and c" with `last` for "and"; "" of none."""
    *others, end = words or [""]
    return f"{', '.join(others)} {last} {end}" if others else end
