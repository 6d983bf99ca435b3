"""Names from right to left keep the sentence around them in order, and nothing else of a text changes."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.isolated import isolated

texts = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"' 12aשכرم،.-")), max_size=60)


@given(texts)
def test_the_text_stays_as_it_is(text: str) -> None:
    assert unescape(re.sub("</?bdi>", "", isolated(text))) == text


@given(texts)
def test_each_piece_begins_and_ends_with_a_letter_from_right_to_left_and_holds_no_digit(text: str) -> None:
    for piece in re.findall("<bdi>(.*?)</bdi>", isolated(text), re.DOTALL):
        assert not re.search("[a-z0-9]", re.sub("&[^;]+;", "", piece))
        assert piece[0] not in "<>&\"' .-"
        assert piece[-1] not in "<>&\"' .-"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Was مصمم ديكور at شركة النور, 2016", "Was <bdi>مصمم ديكور</bdi> at <bdi>شركة النور</bdi>, 2016"),
        ("אחות (בכירה), 2021", "<bdi>אחות (בכירה</bdi>), 2021"),
        ("قناة 24", "<bdi>قناة</bdi> 24"),
        ("Åsa & <b>", "Åsa &amp; &lt;b&gt;"),
        ("", ""),
    ],
)
def test_it_isolates_from_the_first_such_letter_to_the_last(text: str, expected: str) -> None:
    assert isolated(text) == expected
