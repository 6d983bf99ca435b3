"""Slips of the keyboard in a title, for queries that test and for titles that train."""

import random

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def misspelt(title: str, generator: random.Random) -> str:
    """Return `title` in lower case with one slip, or two from 12 letters on, in words of 4 letters or more."""
    text = title.lower()
    for _ in range(generator.randint(1, 2) if len(text) >= 12 else 1):
        words = text.split(" ")
        long = [i for i, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
        if long:
            place = generator.choice(long)
            words[place] = _slip(words[place], generator)
        text = " ".join(words)
    return text


def _slip(word: str, generator: random.Random) -> str:
    """Return `word` with a letter lost, doubled, wrong, or in its neighbour's place; the first stays."""
    at = generator.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + generator.choice(_LETTERS.replace(word[at], "")) + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return generator.choice([slip for slip in slips if slip != word])
