"""Which words are corrected, and which are left as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.titles.spelling import Vocabulary

WORDS = Vocabulary(
    {"data": 200, "scientist": 275, "software": 150, "engineer": 900, "logger": 14, "developer": 90, "bar": 20}
    | {
        "nurse": 300,
        "nursing": 80,
        "veterinarian": 30,
        "waiter": 9,
        "bartender": 20,
        "tender": 200,
        "influence": 3,
    }
    | {"chairman": 4, "node": 1, "maths": 2, "teacher": 500}
    | {"lawyer": 24, "layer": 110, "manager": 1326, "manger": 1}
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("data sceintist", "data scientist"),
        ("Enginere", "Engineer"),
        ("vetrinarain", "veterinarian"),
        ("nures", "nurse"),
        ("softwareengineer", "software engineer"),
        ("datascientist", "data scientist"),
        ("lawer", "lawyer"),
        ("enginer", "engineer"),
        ("product manger", "product manager"),
    ],
)
def test_a_misspelt_word_is_corrected(written: str, meant: str) -> None:
    assert WORDS.corrected(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        *(
            "nurse",
            "Nurses",
            "waitress",
            "chairwoman",
            "C# developer",
            "C++",
            ".NET",
            "Node.js",
            "k8s",
            "SWE",
            "R",
        ),
        *("blogger", "vlogger", "kubernetes", "influences", "Zoë", "data"),
    ],
)
def test_what_is_known_or_is_near_to_nothing_stays(text: str) -> None:
    assert WORDS.corrected(text) == text


@pytest.mark.parametrize("word", ["werden", "wollen", "arbeiten", "worden", "quero"])
def test_a_verb_of_wishing_in_another_language_is_no_misspelt_trade(word: str) -> None:
    trades = Vocabulary(dict.fromkeys("warden woolen arbiter wooden query".split(), 20))

    assert trades.corrected(word) == word
    assert trades.corrected("game wardn") == "game warden"


def test_two_words_that_are_known_as_one_are_joined() -> None:
    assert list(WORDS.joined("bar tender")) == ["bartender"]
    assert list(WORDS.joined("data nurse")) == []


@given(st.text(max_size=80))
def test_no_text_fails_and_a_correction_is_final(text: str) -> None:
    once = WORDS.corrected(text)

    assert WORDS.corrected(once) == once
