"""What to do when a test needs something that this machine lacks."""

import os
from typing import NoReturn

import pytest


def lacking(reason: str, how: str) -> NoReturn:
    """Skip the test in plain sight, saying the reason and `how` to mend it; on CI, where all must run, fail it."""
    message = f"{reason} To run this test: {how}"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
