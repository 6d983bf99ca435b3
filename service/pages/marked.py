"""Marks the words of a text that match a search. Pure."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape


def marked(text: str, words: Iterable[str]) -> Markup:
    """Return `text`, escaped, with each of the whole words `words` in a <mark>."""
    # The longest first: "set" would end the search for "set-designer" too early.
    wanted = sorted(set(words) - {""}, key=lambda word: (-len(word), word))
    if not wanted:
        return escape(text)
    # A word ends where no letter and no digit follows; the C of C++ and C# is another word than C.
    pattern = rf"(?<![^\W_])({'|'.join(map(re.escape, wanted))})(?![^\W_]|[+#])"
    parts = re.split(pattern, text)
    return Markup("").join(Markup("<mark>{}</mark>").format(p) if n % 2 else p for n, p in enumerate(parts))
