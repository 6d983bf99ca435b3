"""Takes the words that name a job from a text, so that it says what is done and not how that is called."""

import re
from collections.abc import Collection, Iterable

from indexer.text import tokens

# Words of titles that name nothing: taking them out would only break the sentence.
_EMPTY_WORDS = frozenset("a all an and as at by except for from in into of on or other the to with".split())
# Longest first. What is left has at least four letters, so that "care" stays apart from "car".
_ENDINGS = (
    *("izations", "ization", "ational", "ations", "ements", "icians", "ators", "ation", "ement", "ments", "ician"),
    *("ating", "ists", "ator", "ment", "ions", "ians", "ants", "ents", "ings", "ical", "ance", "ence"),
    *("ies", "ied", "ist", "ion", "ian", "ant", "ent", "ing", "ers", "ors", "ive", "ate", "ial", "ize", "yze"),
    *("yst", "er", "or", "ed", "es", "al", "ic", "ry", "y", "e", "s"),
)
_SHORTEST_STEM = 4
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_LONELY_PUNCTUATION = re.compile(r"\s+([,.;:)])|([(])\s+|\(\s*\)")


def stem(word: str) -> str:
    """Return `word` without up to three endings: "engineers" and "engineering" are both "engine"."""
    for _ in range(3):
        shorter = _without_ending(word)
        if shorter == word:
            break
        word = shorter
    return word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def title_stems(titles: Iterable[str]) -> set[str]:
    """Return the stems of all words of `titles` that name something."""
    return {stem(word) for title in titles for word in tokens(title) if word not in _EMPTY_WORDS}


def mask(text: str, stems: Collection[str]) -> str:
    """Return `text` without the words that have one of `stems`, and without the punctuation they leave behind."""

    def keep(found: re.Match[str]) -> str:
        words = tokens(found[0].removesuffix("'s").removesuffix("\u2019s"))
        return "" if any(stem(word) in stems for word in words) else found[0]

    masked = _LONELY_PUNCTUATION.sub(r"\1\2", _WORD.sub(keep, text))
    masked = re.sub(r"[/-](?=[\s,.;]|$)|(?<=\s)[/-]", "", masked)
    masked = re.sub(r"([,;])(?:\s*[,;])+", r"\1", " ".join(masked.split()))
    return re.sub(r"[,;]+\.", ".", masked).strip(" ,;.")
