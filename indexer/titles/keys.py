"""The key of a title: what all spellings of one title share."""

import re
from functools import lru_cache

from indexer.text import tokens

# Words that only join: "Director of Marketing" is "Marketing Director".
_JOINING = frozenset("a an and of the".split())

# The feminine form of a job, for those that no rule makes. "-man" and "-woman" are a rule.
_GENDERED = {
    "actress": "actor",
    "comedienne": "comedian",
    "headmistress": "headmaster",
    "hostess": "host",
    "landlady": "landlord",
    "laundress": "launderer",
    "masseuse": "masseur",
    "stewardess": "steward",
    "usherette": "usher",
    "waitress": "waiter",
}
_PERSON = re.compile(r"(?<=...)(?:wo)?man$")
_AMERICAN = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"aesth", "esth"),  # anaesthetist, aesthetician
        (r"(?<=p)aed", "ed"),  # paediatrician, orthopaedic
        (r"(?<=h)aem", "em"),
        (r"(?<=arch)aeo", "eo"),
        (r"(?<=gyn)aec", "ec"),
        (r"isation", "ization"),
        (r"(?<=..[^aeo])is(?=(?:e|er|ing)$)", "iz"),  # organiser; but advertiser is American too, and both fold
        (r"(?<=...)our(?=s?$|ing$|er$|ist$|al$)", "or"),  # labour, colourist
        (r"(?<=[bt])re$", "er"),  # fibre, theatre, centre
        (r"ll(?=(?:er|or|ing|ery)$)", "l"),  # jeweller, counsellor, modelling
        (r"jewelery$", "jewelry"),
        (r"programme$", "program"),
        (r"logue$", "log"),
        (r"(?<=[ef]en)ce$", "se"),  # defence, licence
    )
)


def title_key(title: str) -> str:
    """Return the key that equal titles share: its words without number, gender and British spelling, sorted.

    The order of words carries nothing: "Reporter, Sports" is a sports reporter, "Waitresses" are waiters, a
    "programme manager" is a program manager. A key is to be compared, not to be read.
    """
    words = tokens(title)
    return " ".join(sorted(word_key(word) for word in words if word not in _JOINING)) or " ".join(words)


@lru_cache(maxsize=50_000)  # O*NET's titles have 15,000 distinct words
def word_key(token: str) -> str:
    """Return what the forms of one word share: "waitresses" is "waiter", "chairwoman" "chairperson"."""
    if len(token) <= 3:
        return token
    word = _singular(token)
    word = _PERSON.sub("person", _GENDERED.get(word, word))
    for british, american in _AMERICAN:
        word = british.sub(american, word)
    return word


def _singular(token: str) -> str:
    for ending, singular in (("men", "man"), ("people", "person"), ("wives", "wife"), ("ies", "y")):
        if token.endswith(ending) and len(token) > len(ending):
            return token.removesuffix(ending) + singular
    if token.endswith(("sses", "shes", "ches", "xes")):
        return token.removesuffix("es")
    return token[:-1] if token.endswith("s") and not token.endswith(("ss", "us", "is")) else token
