"""What to do when a test needs something that this machine lacks."""

import os
from typing import NoReturn

import pytest


def lacking(what: str, how: str) -> NoReturn:
    """Skip the test in plain sight, saying `how` to get `what`; on CI, where it must not lack, fail it."""
    message = f"{what}. To run this test: {how}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
