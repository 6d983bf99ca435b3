"""BM25 over combined fields, straight from its definition, to compare the engines with."""

from collections.abc import Sequence
from math import log

from indexer.engines.contract import TITLE_WEIGHT


def combined_bm25(word: str, texts: Sequence[tuple[str, str]]) -> list[float]:
    """Return the BM25 (k1 1.2, b .75) of `word`, which needs no stemming, for texts of two fields, as Lucene does.

    A word of the first field counts TITLE_WEIGHT times. Its rarity is that of the field where more have it, and
    lengths are as a byte keeps them.
    """
    fields = [(first.split(), second.split()) for first, second in texts]
    longest = max(sum(bool(words) for words in field) for field in zip(*fields, strict=True))
    holders = max(sum(word in words for words in field) for field in zip(*fields, strict=True))
    average = sum(TITLE_WEIGHT * len(first) + len(second) for first, second in fields) / max(1, longest)
    idf = log(1 + (longest - holders + 0.5) / (holders + 0.5))
    scores = []
    for first, second in fields:
        occurrences = TITLE_WEIGHT * first.count(word) + second.count(word)
        length = _kept(round(TITLE_WEIGHT * _kept(len(first)) + _kept(len(second))))
        scores.append(idf * 2.2 * occurrences / (occurrences + 1.2 * (0.25 + 0.75 * length / (average or 1))))
    return scores


def _kept(length: int) -> int:
    """Return `length` as SmallFloat.intToByte4 keeps it: exact below 24, four binary digits of what is above."""
    if length < 24:
        return length
    digits = f"{length - 24:b}"
    return 24 + int(digits[:4] + "0" * len(digits[4:]), 2)
