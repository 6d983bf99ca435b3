"""Keeps Arabic, Hebrew and the like in their own direction within an English sentence. Pure."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

# The blocks whose characters are written from right to left, or would be if they were assigned:
# https://www.unicode.org/Public/UCD/latest/ucd/extracted/DerivedBidiClass.txt
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
# From the first such letter to the last, over spaces and signs, and not over other letters or digits.
_RUN = re.compile(rf"({_LETTER}(?:\W*{_LETTER})*)")


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield `text` piece by piece, with whether the piece is written from right to left."""
    for place, piece in enumerate(_RUN.split(text)):
        if piece:
            yield piece, place % 2 == 1


def isolated(text: str) -> Markup:
    """Return `text`, escaped, with what is written from right to left in a <bdi>.

    Without it digits after an Arabic name count as a part of it, and "2016 to 2021" reads the other way round:
    https://www.unicode.org/reports/tr9/#W2
    """
    return Markup("").join(isolate(escape(piece)) if is_rtl else escape(piece) for piece, is_rtl in parts(text))


def isolate(html: Markup) -> Markup:
    """Return `html` in an element that keeps its direction from what stands around it."""
    return Markup("<bdi>{}</bdi>").format(html)
