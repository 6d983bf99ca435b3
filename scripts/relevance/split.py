"""Which occupations training may see, which tune, and which only the final test may see."""

import hashlib
from enum import StrEnum

# Of 256 equal parts: about 20 % of occupations test, 10 % tune, the rest train.
_TEST, _DEVELOPMENT = 51, 77


class Split(StrEnum):
    """The three sets of occupations, which share none."""

    TRAIN = "train"
    DEVELOPMENT = "development"
    TEST = "test"


def split_of(code: str) -> Split:
    """Return the set of the occupation `code` (O*NET-SOC), the same in every release of O*NET.

    All occupations of one SOC code (29-1141.00, 29-1141.01, ...) are in one set: their titles are near.
    """
    part = hashlib.sha256(code[:7].encode()).digest()[0]
    if part < _TEST:
        return Split.TEST
    return Split.DEVELOPMENT if part < _DEVELOPMENT else Split.TRAIN
