"""What each kind of field takes, and what it says of the rest."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from marshmallow import ValidationError, fields

from indexer.profile.fields import (
    Country,
    Day,
    Email,
    EndDate,
    Language,
    Line,
    Moment,
    OneOf,
    Paragraphs,
    PartialDate,
    PrivateLine,
    WebAddress,
    Whole,
    YesNoNotSaid,
)


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        (Line(10), "  Vet \n nurse", "Vet nurse"),
        (Line(4), 2016, "2016"),
        (Line(30), "mail ann@example.org", "mail [e-mail removed]"),
        (Paragraphs(20), "One\n\n\n\ntwo", "One\n\ntwo"),
        (PrivateLine(20), " +44 1 ", "+44 1"),
        (Email(50), "ann@example.org", "ann@example.org"),
        (Email(50), "", ""),
        (PartialDate(), "2016", "2016"),
        (PartialDate(), 2016, "2016"),
        (PartialDate(), "2016-9", "2016-09"),
        (PartialDate(), "2016-02-29", "2016-02-29"),
        (PartialDate(), " ", ""),
        (EndDate(), "Present", ""),
        (EndDate(), "2020-01", "2020-01"),
        (Day(), "2026-09-30", date(2026, 9, 30)),
        (Day(), "2026-09-30T23:00:00Z", date(2026, 9, 30)),
        (Day(), "", None),
        (Moment(), "2026-09-30T14:00:00+02:00", datetime(2026, 9, 30, 12, tzinfo=UTC)),
        (Moment(), "2026-09-30 14:00", datetime(2026, 9, 30, 14, tzinfo=UTC)),
        (Moment(), "", None),
        (Country(), "gb", "GB"),
        (Country(), "UK", "GB"),
        (Country(), "Germany", "DE"),
        (Country(), "", ""),
        (Language(), "EN", "en"),
        (Language(), "eng", "en"),
        (Language(), "gsw", "gsw"),
        (Language(), "Portuguese", "pt"),
        (YesNoNotSaid(), "Yes", "yes"),
        (YesNoNotSaid(), False, "no"),
        (YesNoNotSaid(), "", "not_said"),
        (Whole(0, 99), "30", 30),
        (Whole(0, 99), "30.0", 30),
        (Whole(0, 99), 30.0, 30),
        (OneOf(("video", "in_person")), "In person", "in_person"),
        (WebAddress(50), " https://example.org/a?b=c ", "https://example.org/a?b=c"),
    ],
)
def test_it_understands_what_people_write(field: fields.Field[Any], written: Any, read: Any) -> None:
    assert field.deserialize(written) == read


@pytest.mark.parametrize(
    ("field", "written", "reason"),
    [
        (Line(3), "nurse", "is 5 characters long; at most 3 are kept."),
        (Line(3, required=True), " ", "must not be empty."),
        (Line(3), ["a"], "must be text."),
        (Line(9), True, "must be text."),
        (Paragraphs(3), "nurse", "is 5 characters long; at most 3 are kept."),
        (PartialDate(), "May 2016", "“May 2016” is not a date; write it as 2016, 2016-09 or 2016-09-30."),
        (PartialDate(), "2016-13", "“2016-13” is a date that does not exist."),
        (PartialDate(), "2015-02-29", "“2015-02-29” is a date that does not exist."),
        (PartialDate(), "0201", "“0201” is not between 1900 and 2100."),
        (PartialDate(), {"year": 2016}, "must be one value, not a list or a group."),
        (EndDate(), "soon", "“soon” is not a date; write it as 2016, 2016-09 or 2016-09-30."),
        (Day(), "2026-09", "“2026-09” is not a date; write it as 2026-09-30."),
        (Day(), "2026-06-31", "“2026-06-31” is a date that does not exist."),
        (Moment(), "noon", "“noon” is not a point in time; write it as 2026-09-30T14:00:00Z."),
        (Moment(), "1969-01-01", "“1969-01-01” is not between 1971 and 2100."),
        (
            Country(),
            "Narnia",
            "“Narnia” is not a country; use its ISO 3166-1 code of two letters, such as GB.",
        ),
        (Language(), "Elvish", "“Elvish” is not a language; use its ISO 639 code, such as en or pt."),
        (YesNoNotSaid(), "maybe", "“maybe” is not one of yes, no, not_said."),
        (Whole(5, 120), "121", "121 is not between 5 and 120."),
        (Whole(5, 120), 15.5, "“15.5” is not a whole number."),
        (Whole(0, 1), True, "“True” is not a whole number."),
        (Whole(0, 9), "9" * 30, "“999999999999999999999999999999” is not a whole number."),
        (OneOf(("video", "mail")), "fax", "is not one of video, mail."),
        (WebAddress(50), "example", "is not a web address; it starts with https:// or http://."),
        (WebAddress(50), "javascript:alert(1)", "is not a web address; it starts with https:// or http://."),
        (WebAddress(50), f"https://example.org/{'a' * 50}", "is longer than 50 characters."),
    ],
)
def test_it_says_what_is_wrong_in_words(field: fields.Field[Any], written: Any, reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        field.deserialize(written)

    assert caught.value.messages == [reason]


@pytest.mark.parametrize("field", [Email(20), PrivateLine(20)])
def test_a_message_about_a_private_value_does_not_repeat_it(field: fields.Field[Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        field.deserialize("secret secret secret secret")

    assert "secret" not in str(caught.value)


def test_a_message_shows_only_the_beginning_of_a_long_value_and_nothing_invisible() -> None:
    with pytest.raises(ValidationError, match=f"“\\[31m{'x' * 36}…” is not"):
        Day().deserialize("\x1b[31m" + "x" * 100)


def test_an_address_cannot_pose_as_another_by_invisible_signs() -> None:
    assert WebAddress(50).deserialize("https://example.org/\u202egpj") == "https://example.org/gpj"
