"""service/search/highlight.py: the words of a text that match a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text import query_tokens
from service.search.highlight import matched_words


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("Senior Set Designer at Harbour Films", "designing sets", ["Set", "Designer"]),
        ("C++ and C# developer (Node.js)", "c++", ["C++"]),
        ("C++ and C# developer (Node.js)", "node.js", ["Node.js"]),
        ("Set-designer, “films”", "set film", ["Set-designer", "films"]),
        ("Nurse; nurse", "nurse", ["Nurse", "nurse"]),
        ("Pilot", "nurse", []),
        ("", "nurse", []),
    ],
)
def test_words_match_by_their_stem_as_they_are_written(text: str, query: str, words: list[str]) -> None:
    assert matched_words([text], query_tokens(query)) == words


@given(st.lists(st.text(max_size=40), max_size=3), st.text(max_size=20))
def test_every_word_stands_in_a_text(texts: list[str], query: str) -> None:
    words = matched_words(texts, query_tokens(query))

    assert len(words) == len(set(words))
    assert all(any(word in text for text in texts) for word in words)
