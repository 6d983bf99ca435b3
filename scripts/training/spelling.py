"""Other ways to write the same: slips of the keyboard, masked titles, and how technologies are spelt."""

import random
import re

from indexer.text import tokens
from indexer.titles.short_forms import SHORT_FORMS, TECHNOLOGIES

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_TO_MISSPELL = 5
_STEM = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_TECHNICAL_JOBS = ("developer", "engineer", "programmer")


def misspelt(title: str, chance: random.Random) -> str:
    """Return `title` with one slip in one longer word: two letters swapped, one lost, doubled or wrong.

    A title of short words only comes back as it is. The first letter of a word stays: people rarely miss it.
    """
    words = [match for match in _WORD.finditer(title) if len(match.group()) >= _SHORTEST_TO_MISSPELL]
    if not words:
        return title
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 1)
    swapped = title[:at] + title[at + 1] + title[at] + title[at + 2 :]
    lost = title[:at] + title[at + 1 :]
    doubled = title[:at] + title[at] + title[at:]
    wrong = title[:at] + chance.choice(_LETTERS) + title[at + 1 :]
    return chance.choice([swapped, lost, doubled, wrong])


def masked(text: str, title: str) -> str:
    """Return `text` without the words of `title` and words of the same stem, so that meaning must do the work."""
    stems = {_stem(token) for token in tokens(title) if len(token) > 2}
    kept = [word for word in text.split() if not any(_stem(token) in stems for token in tokens(word))]
    return " ".join(kept)


def spelling_pairs() -> list[tuple[str, str]]:
    """Return pairs of ways to write a technical job, and everyday short forms with what they stand for."""
    pairs = list(SHORT_FORMS)
    for usual, *others in TECHNOLOGIES:
        pairs += [(f"{other} {job}", f"{usual} {job}") for other in others for job in _TECHNICAL_JOBS]
    return pairs


def _stem(token: str) -> str:
    return token.rstrip("s")[:_STEM]
