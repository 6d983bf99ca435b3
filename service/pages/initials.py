"""The letters of an avatar. Pure."""

import re
import unicodedata
from zlib import crc32

# How many colours style.css has for them.
COLOURS = 6
_FORMS_OF_ADDRESS = frozenset("dr prof professor mr mrs ms mx miss sir dame lord lady rev".split())


def initials(name: str) -> str:
    """Return the first letters of the first and the last name: "ÅL" of "Dr Åsa Maria Lind, PhD"; at most two.

    A name of one word gives one letter. Of a name without letters it is the first digit or sign, and of dots and
    dashes alone the first of these.
    """
    words = [letter for word in _words(name) if (letter := _first_letter(word))]
    return "".join(words[:1] + words[1:][-1:]) or _first_letter(name) or _first_sign(name)


def colour(name: str) -> int:
    """Return the colour of an avatar, from 1 to COLOURS; the same for the same name."""
    return crc32(name.encode()) % COLOURS + 1


def _first_sign(name: str) -> str:
    # Numbers and symbols, such as an emoji; controls, spaces and lone marks are nothing to see.
    kinds = {character: unicodedata.category(character)[0] for character in name}
    return next((one for kind in ("NS", "P") for one in name if kinds[one] in kind), "")


def _words(name: str) -> list[str]:
    # What follows a comma are degrees, and what is in brackets is said besides.
    words = re.sub(r"\([^)]*\)", " ", name).partition(",")[0].split()
    named = [word for word in words if word.casefold().rstrip(".") not in _FORMS_OF_ADDRESS]
    return named or words


def _first_letter(word: str) -> str:
    """Return the first letter of `word` with at most two of the marks that belong to it."""
    for place, character in enumerate(word):
        if character.isalpha():
            marks = "".join(c for c in word[place + 1 : place + 3] if unicodedata.combining(c))
            capital = character.upper()
            # "ß" has no capital of one letter.
            return unicodedata.normalize("NFC", (capital if len(capital) == 1 else character) + marks)
    return ""
