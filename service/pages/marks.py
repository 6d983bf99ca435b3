"""Marks the words of a text that match a query."""

import re
from collections.abc import Collection

from markupsafe import Markup, escape


def marked(text: str, words: Collection[str]) -> Markup:
    """Return `text`, escaped, with each whole word of `words` in a <mark>."""
    if not words:
        return escape(text)
    # The longest first: "C++" before "C".
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    # Between two matches stands what is not marked.
    parts = re.split(rf"(?<![^\W_])({either})(?![^\W_])", text)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )
