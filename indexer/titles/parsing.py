"""Takes a text about jobs apart: several jobs, the words of wishing, levels, company and place. Pure."""

import re
from dataclasses import dataclass

import pycountry

from indexer.text import WISH_WORDS, clean_line, tokens
from indexer.titles.negation import without_negated
from indexer.titles.spelling import Vocabulary

# Letters of a text that are read: three times the longest title of O*NET, and as many as a seeker may type.
LONGEST_TEXT = 500
# Jobs that one text names at most; whoever lists more is shown the first.
_MOST_JOBS = 4

_ARROW = re.compile(r"\s*(?:→|➜|⇒|->|=>|\n|\|)\s*")
# These stand in sentences as well, and part jobs only where all parts are as short as titles.
_OR = re.compile(r"\s*(?:;|\s/\s|(?<=[^\W\d_]{4})/(?=[^\W\d_]{4})|\s(?:or|then)\s)\s*", re.IGNORECASE)
_LONGEST_PART = 4
_SENTENCE_WORDS = frozenset("a an the to in at with for from by who that".split())
# What a wish begins with. Only after one of these the words of wishing are taken from the front.
_WISH = re.compile(
    r"^(?:(?:i|i[\u2019']?[dm]|ive|we|my|someone|somebody|anyone|anybody|people|persons?|those|job|career|dream)\b"
    r"|(?:how|who|would|wanna|want(?:ing)?|looking|becom(?:e|ing)|be(?:ing)?|to|a|an|the)\b"
    r"|work(?:ing)? (?:as|with|in)\b)",
    re.IGNORECASE,
)
_WISH_MORE = frozenset(
    "career dream ever always gonna just life maybe one please really wanna would day living".split()
)
_LEVEL_BEFORE = re.compile(
    r"^(?:(?:senior|snr|sr|junior|jnr|jr|lead|principal|staff|head|chief|(?:entry|mid|senior)[- ]level|experienced"
    r"|freelance|self[- ]employed|independent|part[- ]time|full[- ]time|remote|former|ex|retired|aspiring|future"
    r"|trainee|apprentice|acting|interim|deputy)\b[.-]?\s*)+(?=\S)",
    re.IGNORECASE,
)
_LEVEL_AFTER = re.compile(
    r"(?:[\s,(-]+(?:i{1,3}|iv|v|[1-5]|l[1-9]|ic[1-9]|level (?:[1-9]|i{1,3}|iv)|senior|sr\.?|junior|jr\.?|lead"
    r"|intern|trainee|apprentice|freelance|part[- ]time|full[- ]time|remote)\)?)+$",
    re.IGNORECASE,
)
# "Head of Marketing" is no title in O*NET, but "Marketing Director" and "Marketing Manager" are.
_LEADS = re.compile(
    r"^(?:(?:global|regional)\s+)?(?:head|lead|leader|chief|[es]?vp|vice president|director)"
    r" of (?:the )?(?P<field>.+)$",
    re.IGNORECASE,
)
_LEADERS = ("director", "manager")
_COMPANY = re.compile(r"^(?P<job>.*\S)\s+(?P<by>at|@|for|with)\s+(?P<company>\S.*)$", re.IGNORECASE)
_PLACE = re.compile(
    r"^(?P<job>.*\S)(?:\s+(?:in|near|from|based in)\s+|\s*,\s*|\s+[-\u2013]\s+)(?P<place>[^,]*\S)$",
    re.IGNORECASE,
)
# "Nurse at a hospital", "teacher at home", "deck hand at sea": no company.
_NO_COMPANY = frozenset(
    "a an the my our your his her their this that home night nights sea school university college work large "
    "least hospital events parties and or in on".split()
)
_LONGEST_NAME = 5
# "ML engineer at a climate start-up": what kind of employer, which is not the job. And yet "designer at a game
# studio" is a game designer.
_EMPLOYER = re.compile(
    r"^(?P<job>.*\S)\s+(?:at|in|for|with|of)\s+(?:an?|the|some|any|my own)\s+(?P<field>(?:\S+\s+){0,3}?)"
    r"(?:start[- ]?ups?|scale[- ]?ups?|compan(?:y|ies)|corporation|firm|business|enterprise|employer|agency"
    r"|consultancy|studio|non[- ]?profits?|not-for-profit|charity|ngo|foundation|organi[sz]ation|brand|label)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Job:
    """One job that a text names.

    `forms` are the ways to write it as a title, the fullest first: "Senior Nurse at Mercy", "Senior Nurse",
    "Nurse".
    `text` is the one that says best what is meant. `are_names_sure` is False where company and place are that only
    if what is before them is a title: "engineer at apple", but "look at stars".
    """

    forms: tuple[str, ...]
    text: str
    company: str = ""
    place: str = ""
    are_names_sure: bool = True


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text read as one job, and the jobs that it names unless the whole is a title.

    These are several, or what is meant without the words of `denied`, such as "not a lawyer"; where nothing is
    denied and no several jobs are named there are none.
    """

    whole: Job
    parts: tuple[Job, ...]
    denied: str = ""


def parse(text: str, vocabulary: Vocabulary) -> Parsed | None:
    """Return `text` taken apart, None if there is no letter or digit in it.

    The `vocabulary` is that of jobs: a word that is not in it may be a name.
    """
    line = clean_line(text)[:LONGEST_TEXT]
    if not tokens(line):
        return None
    meant, denied = without_negated(line)
    if denied:
        # "No Bake Molder" is a title; of anything else that denies something no word counts on its own.
        parts = [part for part in _parts(meant) if any(map(_says_something, part.split()))][:_MOST_JOBS]
        return Parsed(Job((line,), line), tuple(_job(part, vocabulary) for part in parts), denied)
    parts = [part for part in _parts(line) if tokens(part)][:_MOST_JOBS]
    return Parsed(
        _job(line, vocabulary), tuple(_job(part, vocabulary) for part in parts) if len(parts) > 1 else ()
    )


def _parts(line: str) -> list[str]:
    parts = []
    for part in _ARROW.split(line):
        shorter = _OR.split(part)
        parts += shorter if all(map(_may_be_title, shorter)) else [part]
    return parts


def _may_be_title(part: str) -> bool:
    words = part.casefold().split()
    return len(words) <= _LONGEST_PART and _SENTENCE_WORDS.isdisjoint(words)


def _job(text: str, vocabulary: Vocabulary) -> Job:
    told = _without_wish(text)
    somewhere, place = _without_place(told, vocabulary)
    of_field, job = _without_employer(somewhere)
    bare, company = _without_company(job, vocabulary)
    if company and not place:
        bare, place = _without_place(bare, vocabulary)
    plain = [_without_level(bare)]
    if match := _LEADS.match(bare):
        plain = [f"{match['field']} {leader}" for leader in _LEADERS]
    sure = not company or company[0].isupper() or not all(token in vocabulary for token in tokens(company))
    best = plain[-1] if sure else told
    return Job(tuple(dict.fromkeys((text, told, *of_field, bare, *plain))), best, company, place, sure)


def _without_wish(text: str) -> str:
    """Return `text` without "I want to be a"; what is nothing but that stays."""
    if not _WISH.match(text):
        return text.rstrip(" .!?") or text
    words = text.split()
    while words and not _says_something(words[0]):
        words.pop(0)
    return " ".join(words).rstrip(" .!?") or text


def _without_employer(text: str) -> tuple[list[str], str]:
    """Return `text` without the kind of employer in it, and before that the job in its field, if it names one."""
    match = _EMPLOYER.match(text)
    if not match or not any(map(_says_something, match["job"].split())):
        return [], text
    field = match["field"].strip()
    return [f"{field} {_without_level(match['job'])}"] if field else [], match["job"]


def _says_something(word: str) -> bool:
    return not _WISH_MORE.union(WISH_WORDS).issuperset(tokens(word))


def _without_level(text: str) -> str:
    plain = _LEVEL_AFTER.sub("", _LEVEL_BEFORE.sub("", text)).strip(" ,-")
    return plain if tokens(plain) else text


def _without_company(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    match = _COMPANY.match(text)
    if match and _is_company(match["by"], match["company"], vocabulary):
        return match["job"], match["company"]
    return text, ""


def _without_place(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    match = _PLACE.match(text)
    if match and len(words := match["place"].split()) <= _LONGEST_NAME and _is_place(words, vocabulary):
        return match["job"].rstrip(" ,-\u2013"), match["place"]
    return text, ""


def _is_place(words: list[str], vocabulary: Vocabulary) -> bool:
    if " ".join(words).casefold() in _COUNTRIES:
        return True
    if words[0][0].isupper():
        return not any(token in vocabulary for token in tokens(words[-1]))
    return not any(vocabulary.may_mean(token) for word in words for token in tokens(word))


def _is_company(by: str, name: str, vocabulary: Vocabulary) -> bool:
    words = name.split()
    if len(words) > _LONGEST_NAME or words[0].casefold() in _NO_COMPANY:
        return False
    if by.casefold() in ("at", "@"):
        return True
    return words[0][0].isupper() and not any(token in vocabulary for token in tokens(words[0]))


_COUNTRIES = frozenset(
    name.casefold()
    for country in pycountry.countries
    for name in (country.name, getattr(country, "common_name", country.name))
) | {"usa", "us", "uk", "england", "scotland", "wales", "europe", "turkey", "russia"}
