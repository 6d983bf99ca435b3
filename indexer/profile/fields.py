"""marshmallow fields for what profiles hold, with messages a person understands."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import pycountry
from marshmallow import ValidationError, fields, validate

from indexer import text

# Careers and birth dates of living people fit; a typo such as 0201 or 20211 does not.
FIRST_YEAR, LAST_YEAR = 1900, 2100

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NOW_WORDS = {"now", "present", "current", "today", "ongoing", "to date"}
_YES_NO = {
    **dict.fromkeys(("yes", "y", "true", "1", "open"), "yes"),
    **dict.fromkeys(("no", "n", "false", "0", "closed"), "no"),
    **dict.fromkeys(("not_said", "not said", "unknown", ""), "not_said"),
}


class _Written:
    """For fields whose `_read` turns what was written into a value, or raises ValidationError.

    The marshmallow field beside it in each class tells the API's documentation the JSON type.
    """

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:  # noqa: ARG002  (inherited)
        return self._read(value)

    def _read(self, value: Any) -> Any:
        raise NotImplementedError


class Line(_Written, fields.String):
    """One line of public text of at most `longest` characters; contact data in it are hidden."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def _read(self, value: Any) -> str:
        cleaned = text.hide_contacts(self.clean(_as_text(value)))
        if len(cleaned) > self.longest:
            raise ValidationError(f"is {len(cleaned):,} characters long; at most {self.longest:,} are kept.")
        if self.required and not cleaned:
            raise ValidationError("must not be empty.")
        return cleaned

    clean = staticmethod(text.clean_line)


class Paragraphs(Line):
    """Public text that keeps its line breaks."""

    clean = staticmethod(text.clean_paragraphs)


class PrivateLine(_Written, fields.String):
    """One line that is kept as it is and never shown."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def _read(self, value: Any) -> str:
        cleaned = text.clean_line(_as_text(value))
        if len(cleaned) > self.longest:
            raise ValidationError(f"is too long; at most {self.longest:,} characters are kept.")
        return cleaned


class Email(PrivateLine):
    """An e-mail address. The message never repeats the value: it is private."""

    def _read(self, value: Any) -> str:
        cleaned = super()._read(value)
        if cleaned and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", cleaned):
            raise ValidationError("is not an e-mail address.")
        return cleaned


class PartialDate(_Written, fields.String):
    """A date that may be only a year or a month: "2016", "2016-09" or "2016-09-30"."""

    def _read(self, value: Any) -> str:
        written = _single(value)
        if not written:
            return ""
        match = _PARTIAL_DATE.fullmatch(written)
        if not match:
            raise ValidationError(f"{_quoted(written)} is not a date; write it as 2016, 2016-09 or 2016-09-30.")
        year, month, day = (int(part) if part else None for part in match.groups())
        _existing_date(written, year or 0, month or 1, day or 1)
        return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


class EndDate(PartialDate):
    """A partial date, or a word such as "present", which means that there is no end yet."""

    def _read(self, value: Any) -> str:
        if _single(value).casefold() in _NOW_WORDS:
            return ""
        return super()._read(value)


class Day(_Written, fields.String):
    """A whole date: "2026-09-30"; the time of a timestamp is left out."""

    def _read(self, value: Any) -> date | None:
        written = _single(value)
        if not written:
            return None
        match = re.match(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])", written)
        if not match:
            raise ValidationError(f"{_quoted(written)} is not a date; write it as 2026-09-30.")
        return _existing_date(written, *(int(part) for part in match.groups()))


class Moment(_Written, fields.String):
    """A point in time in ISO 8601; without a zone it is UTC."""

    def _read(self, value: Any) -> datetime | None:
        written = _single(value)
        if not written:
            return None
        try:
            moment = datetime.fromisoformat(written)
        except ValueError as error:
            raise ValidationError(
                f"{_quoted(written)} is not a point in time; write it as 2026-09-30T14:00:00Z."
            ) from error
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if not 1970 < moment.year <= LAST_YEAR:
            raise ValidationError(f"{_quoted(written)} is not between 1971 and {LAST_YEAR}.")
        return moment.astimezone(UTC)


class Country(_Written, fields.String):
    """An ISO 3166-1 alpha-2 code; a country's English name is understood and turned into it."""

    def _read(self, value: Any) -> str:
        written = text.clean_line(_as_text(value))
        if not written:
            return ""
        code = _country_code(written)
        if code is None:
            raise ValidationError(
                f"{_quoted(written)} is not a country; use its ISO 3166-1 code of two letters, such as GB."
            )
        return code


class Language(_Written, fields.String):
    """An ISO 639 code ("en", or "gsw" where two letters do not exist); an English name is turned into it."""

    def _read(self, value: Any) -> str:
        written = text.clean_line(_as_text(value))
        code = _language_code(written)
        if code is None:
            raise ValidationError(f"{_quoted(written)} is not a language; use its ISO 639 code, such as en or pt.")
        return code


class YesNoNotSaid(_Written, fields.String):
    """Consent: "yes", "no" or "not_said"; true and false are understood."""

    def _read(self, value: Any) -> str:
        written = _single(value)
        said = _YES_NO.get(written.casefold())
        if said is None:
            raise ValidationError(f"{_quoted(written)} is not one of yes, no, not_said.")
        return said


class Whole(_Written, fields.Integer):
    """A whole number from `least` to `most`."""

    def __init__(self, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def _read(self, value: Any) -> int:
        written = _single(value)
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,18}(\.0)?", written):
            raise ValidationError(f"{_quoted(written)} is not a whole number.")
        number = int(written.removesuffix(".0"))
        if not self.least <= number <= self.most:
            raise ValidationError(f"{number} is not between {self.least} and {self.most}.")
        return number


class OneOf(_Written, fields.String):
    """One of a few words, however written: "In person" is "in_person"."""

    def __init__(self, words: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(validate=validate.OneOf(words, error=f"is not one of {', '.join(words)}."), **kwargs)

    def _read(self, value: Any) -> str:
        return re.sub(r"[\s-]+", "_", _single(value).casefold())


class WebAddress(_Written, fields.Url):
    """An http or https URL without invisible characters: they let one address pose as another."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        too_long = validate.Length(max=longest, error=f"is longer than {longest:,} characters.")
        wrong: dict[str, Any] = {"invalid": "is not a web address; it starts with https:// or http://."}
        super().__init__(schemes={"http", "https"}, validate=too_long, error_messages=wrong, **kwargs)

    def _read(self, value: Any) -> str:
        return text.clean_line(_as_text(value))


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValidationError("must be text.")
    return str(value)


def _single(value: Any) -> str:
    # Before str(): that of lists nested a thousand deep fails.
    if isinstance(value, list | dict):
        raise ValidationError("must be one value, not a list or a group.")
    return str(value).strip()


def _quoted(written: str) -> str:
    shown = text.clean_line(written)
    return f"“{shown[:40]}…”" if len(shown) > 40 else f"“{shown}”"


def _existing_date(written: str, year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(f"{_quoted(written)} is not between {FIRST_YEAR} and {LAST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(f"{_quoted(written)} is a date that does not exist.") from error


# pycountry scans its tables on every look-up by name; a file repeats the same few.
@lru_cache(maxsize=4096)
def _country_code(written: str) -> str | None:
    # "UK" is reserved for the United Kingdom in ISO 3166-1 and is what most people write.
    if written.upper() == "UK":
        return "GB"
    found = pycountry.countries.get(alpha_2=written.upper()) or _by_name(pycountry.countries, written)
    return str(found.alpha_2) if found else None


@lru_cache(maxsize=4096)
def _language_code(written: str) -> str | None:
    # By code first: there is a language that is called En.
    code = written.casefold()
    languages = pycountry.languages
    found = languages.get(alpha_2=code) or languages.get(alpha_3=code) or _by_name(languages, written)
    return str(getattr(found, "alpha_2", found.alpha_3)) if found else None


def _by_name(table: Any, written: str) -> Any:
    # Some tables have names of one letter: "S" would be the language of uncoded languages.
    if len(written) < 3:
        return None
    try:
        return table.lookup(written)
    except LookupError:
        return None
