"""Text as both engines see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text import clean_line, clean_paragraphs, hide_contacts, query_tokens, tokens

# All of Unicode, lone surrogates too: JSON files can carry them.
ANY_TEXT = st.text(st.characters(exclude_categories=[]))


class TestCleaning:
    @pytest.mark.parametrize(
        ("written", "cleaned"),
        [
            ("  Nurse \t in\n Leeds ", "Nurse in Leeds"),
            ("Nu\u00adrse\u200b", "Nurse"),
            ("abc\u202ecba", "abccba"),
            ("Zoe\u0308", "Zo\u00eb"),
            ("\ufeffNurse\x00", "Nurse"),
            ("bad \ud800 half", "bad half"),
            ("👩\u200d⚕️ in 日本", "👩\u200d⚕️ in 日本"),
        ],
    )
    def test_a_line_keeps_what_can_be_read_and_nothing_else(self, written: str, cleaned: str) -> None:
        assert clean_line(written) == cleaned

    def test_paragraphs_keep_their_breaks_and_at_most_one_empty_line(self) -> None:
        assert clean_paragraphs("\n One \r\n two\n\n\n\nthree  four\n") == "One\ntwo\n\nthree four"

    @given(ANY_TEXT)
    def test_cleaning_twice_is_cleaning_once(self, text: str) -> None:
        assert clean_line(clean_line(text)) == clean_line(text)
        assert clean_paragraphs(clean_paragraphs(text)) == clean_paragraphs(text)

    @given(ANY_TEXT)
    def test_what_is_clean_can_be_written_anywhere(self, text: str) -> None:
        line = clean_line(text)

        assert line.encode().decode() == line
        assert not set(line) & set("\n\r\t\x00\x1b\u202e")


class TestContacts:
    @pytest.mark.parametrize(
        ("written", "public"),
        [
            ("write to ann.b+x@mail.example.org!", "write to [e-mail removed]!"),
            ("a@b.org,c@d.org", "[e-mail removed],[e-mail removed]"),
            ("x@y.org+z@w.org", "[e-mail removed][e-mail removed]"),
            ("@ann on chat, 5 @ 9.30", "@ann on chat, 5 @ 9.30"),
            ("call +44 7700 900123.", "call [phone removed]."),
            ("+1 (202) 555-0123 or (202) 555-0123", "[phone removed] or [phone removed]"),
            ("202-555-0123; +49 (0)30/12345678", "[phone removed]; [phone removed]"),
            ("2009 - 2012, 2015-2019", "2009 - 2012, 2015-2019"),
            ("raised 1,200,000,000 and +20 % in 2021", "raised 1,200,000,000 and +20 % in 2021"),
            ("ISBN 978-3-16-148410-0, A350-900", "ISBN 978-3-16-148410-0, A350-900"),
        ],
    )
    def test_an_address_or_phone_number_in_a_public_text_is_hidden(self, written: str, public: str) -> None:
        assert hide_contacts(written) == public

    @given(st.text("ab.@- +()0123"))
    def test_hiding_twice_is_hiding_once(self, text: str) -> None:
        assert hide_contacts(hide_contacts(text)) == hide_contacts(text)

    def test_a_long_text_without_any_takes_no_time(self) -> None:
        text = "a" * 300_000

        # By the square of the length this would take a quarter of an hour: the time limit of a test catches it.
        assert hide_contacts(text) == text


class TestTokens:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("C, C++ and C#", ["c", "cplusplus", "and", "csharp"]),
            ("ASP.NET or .NET", ["asp", "dotnet", "or", "dotnet"]),
            ("internet", ["internet"]),
            ("Node.js / Node JS", ["nodejs", "nodejs"]),
            ("R&D in R", ["randd", "in", "r"]),
            ("Objective-C", ["objectivec"]),
            ("Children's café", ["childrens", "cafe"]),
            ("STRASSE straße", ["strasse", "strasse"]),
            ("snake_case", ["snake", "case"]),
            ("ﬁlm Ⅳ", ["film", "iv"]),
            ("'; DROP TABLE--", ["drop", "table"]),
            ("🎬 …", []),
        ],
    )
    def test_tokens_are_the_words_that_people_mean(self, written: str, expected: list[str]) -> None:
        assert tokens(written) == expected

    @given(ANY_TEXT)
    def test_every_token_of_any_text_stands_for_itself(self, text: str) -> None:
        for token in tokens(text):
            assert tokens(token) == [token]

    def test_a_query_loses_its_words_of_wishing_and_repetitions(self) -> None:
        assert query_tokens("I want to be a vet, a vet with horses") == ["vet", "horses"]

    def test_a_query_of_nothing_but_wishing_is_kept(self) -> None:
        assert query_tokens("Who am I?") == ["who", "am", "i"]
