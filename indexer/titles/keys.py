"""The key of a title: what all spellings of one title share."""

from indexer.text import tokens


def title_key(title: str) -> str:
    """Return the key that equal titles share: its words in the singular, in the order of the alphabet.

    The order of words carries nothing: "Reporter, Sports" is a sports reporter.
    """
    return " ".join(sorted(_singular(token) for token in tokens(title)))


def _singular(token: str) -> str:
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token
