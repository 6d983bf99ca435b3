"""The tree of errors is the one that is drawn at the top of its file."""

import inspect

import pytest

from indexer import errors
from indexer.errors import MentorSearchError

CLASSES = [member for _, member in inspect.getmembers(errors, inspect.isclass)]


def drawn(error: type[Exception]) -> int:
    """Return how deep the drawing shows `error`."""
    (line,) = [line for line in (errors.__doc__ or "").splitlines() if f"{error.__name__} " in f"{line} "]
    return line.index(error.__name__) // 4


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_is_drawn_where_it_stands(error: type[Exception]) -> None:
    assert drawn(error) == error.__mro__.index(MentorSearchError)


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_says_when_it_is_raised(error: type[Exception]) -> None:
    assert inspect.getdoc(error)
    assert issubclass(error, MentorSearchError)
    assert str(error("Do this.")) == "Do this."


def test_nothing_is_drawn_that_does_not_exist() -> None:
    names = [line.lstrip("│├└─ ").split(" ")[0] for line in (errors.__doc__ or "").splitlines()[2:]]

    assert sorted(names) == sorted(error.__name__ for error in CLASSES)
