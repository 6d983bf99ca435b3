"""Words that match are marked, and nothing else of a text changes."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.marked import marked

# Texts that look like markup, and words that look like patterns, more often than by chance.
texts = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'aC+#. -/")), max_size=60)
words = st.lists(st.one_of(texts, st.sampled_from(["a", "C", "C++", "mark", "amp", "lt", ".*", "("])), max_size=5)


class Seen(HTMLParser):
    """What a browser makes of a piece of HTML: its tags and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"<{tag}{attrs or ''}>")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data


@given(texts, words)
def test_the_text_stays_as_it_is_and_the_only_markup_is_a_mark_or_its_direction(
    text: str, words: list[str]
) -> None:
    seen = Seen(marked(text, words))

    assert seen.text == text
    marks = [tag for tag in seen.tags if tag not in ("<bdi>", "</bdi>")]
    assert marks == ["<mark>", "</mark>"] * (len(marks) // 2)


@given(texts, words)
def test_only_wanted_words_are_marked(text: str, words: list[str]) -> None:
    found = re.findall("<mark>(.*?)</mark>", marked(text, words), re.DOTALL)

    assert {Seen(one).text for one in found} <= set(words)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Set designer", ["designer"], "Set <mark>designer</mark>"),
        ("Was Set Designer, 2019", ["Set", "Designer"], "Was <mark>Set</mark> <mark>Designer</mark>, 2019"),
        ("Setting a set", ["set"], "Setting a <mark>set</mark>"),
        ("set-designer", ["set", "set-designer"], "<mark>set-designer</mark>"),
        ("C, C++ and C#", ["C"], "<mark>C</mark>, C++ and C#"),
        ("C, C++ and C#", ["C++"], "C, <mark>C++</mark> and C#"),
        ("R&D <b>", ["R&D"], "<mark>R&amp;D</mark> &lt;b&gt;"),
        ("Was مصمم ديكور, 2019", ["ديكور", "Was"], "<mark>Was</mark> <bdi>مصمم <mark>ديكور</mark></bdi>, 2019"),
        ("Nurse", [], "Nurse"),
        ("Nurse", [""], "Nurse"),
    ],
)
def test_it_marks_whole_words(text: str, words: list[str], expected: str) -> None:
    assert marked(text, words) == expected
