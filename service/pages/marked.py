"""Marks the words of a text that match a search. Pure."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from service.pages.isolated import isolate, isolated, parts


def marked(text: str, words: Iterable[str]) -> Markup:
    """Return `text`, escaped and isolated, with each of the whole words `words` in a <mark>."""
    # The longest first: "set" would end the search for "set-designer" too early.
    wanted = sorted(set(words) - {""}, key=lambda word: (-len(word), word))
    if not wanted:
        return isolated(text)
    # A word ends where no letter and no digit follows; the C of C++ and C# is another word than C.
    pattern = re.compile(rf"(?<![^\W_])({'|'.join(map(re.escape, wanted))})(?![^\W_]|[+#])")
    pieces = ((_marked(piece, pattern), is_rtl) for piece, is_rtl in parts(text))
    return Markup("").join(isolate(piece) if is_rtl else piece for piece, is_rtl in pieces)


def _marked(text: str, pattern: re.Pattern[str]) -> Markup:
    split = enumerate(pattern.split(text))
    return Markup("").join(Markup("<mark>{}</mark>").format(p) if n % 2 else escape(p) for n, p in split)
