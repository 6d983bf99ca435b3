"""What a seeker tells goes into a cookie and comes out as it was; any other cookie tells nothing."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.about import LONGEST_COOKIE, MOST, AboutTooLong, from_cookie, to_cookie
from service.search import Seeker

names = st.text("abcdefgh ÄÖé東京&<;,=\"'", min_size=1, max_size=30).map(lambda text: " ".join(text.split()))
lists = st.lists(names.filter(bool), max_size=3, unique=True).map(tuple)
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


def packed(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


@given(schools=lists, companies=lists, communities=lists)
def test_what_is_told_comes_back(
    schools: tuple[str, ...], companies: tuple[str, ...], communities: tuple[str, ...]
) -> None:
    seeker = Seeker(schools, companies, communities, "Leeds", ("en", "gsw"))

    assert from_cookie(to_cookie(seeker)) == seeker


def test_a_cookie_is_made_of_characters_that_cookies_may_hold() -> None:
    assert set(to_cookie(Seeker(schools=('Ä; b="c", 東京',)))).isdisjoint('";, \\\n')


def test_the_token_does_not_get_into_it() -> None:
    assert to_cookie(Seeker(location="Leeds", token="0123")) == to_cookie(Seeker(location="Leeds"))


def test_more_than_a_browser_keeps_is_refused() -> None:
    long = tuple(f"{number} {'x' * 110}" for number in range(MOST))

    assert len(to_cookie(Seeker(schools=long, companies=long))) <= LONGEST_COOKIE
    with pytest.raises(AboutTooLong):
        to_cookie(Seeker(schools=long, companies=long, communities=long))


@given(st.text(max_size=200) | json_values.map(packed))
def test_whatever_else_is_in_a_cookie_is_read_without_an_error(cookie: str) -> None:
    assert isinstance(from_cookie(cookie), Seeker)


@pytest.mark.parametrize(
    "told",
    [
        [],
        "Leeds",
        {"schools": "Leeds"},
        {"schools": [["Leeds"]]},
        {"schools": ["Leeds"] * (MOST + 1)},
        {"schools": ["x" * 121]},
        {"languages": ["Klingonish"]},
        {"location": None},
        {"location": "Leeds", "token": "x"},
    ],
)
def test_a_cookie_that_is_not_ours_tells_nothing(told: Any) -> None:
    assert from_cookie(packed(told)) == Seeker()


def test_lists_in_lists_in_lists_tell_nothing() -> None:
    nested = urlsafe_b64encode(b"[" * 2_000).decode()

    assert len(nested) < LONGEST_COOKIE
    assert from_cookie(nested) == Seeker()


def test_a_cookie_that_is_too_long_for_ours_tells_nothing() -> None:
    assert from_cookie(packed({"location": "Leeds"})) == Seeker(location="Leeds")
    assert from_cookie(packed({"location": "Leeds" + " " * LONGEST_COOKIE})) == Seeker()


def test_texts_that_no_index_could_be_asked_for_are_mended() -> None:
    assert from_cookie(packed({"schools": ["Le\ud800eds\x00", "\u202e"]})) == Seeker(schools=("Leeds",))
