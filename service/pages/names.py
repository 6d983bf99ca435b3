"""Names for codes, as people read them."""

from functools import cache

import pycountry


@cache
def country_names() -> dict[str, str]:
    """Return every country's name by its ISO 3166-1 alpha-2 code, in alphabetical order of names."""
    names = {country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries}
    return dict(sorted(names.items(), key=lambda item: item[1]))


@cache
def language_names() -> dict[str, str]:
    """Return the name of every language that has a two-letter ISO 639 code, in alphabetical order of names."""
    coded = [language for language in pycountry.languages if hasattr(language, "alpha_2")]
    names = {language.alpha_2: language.name.partition(" (")[0] for language in coded}
    return dict(sorted(names.items(), key=lambda item: item[1]))


def language_name(code: str) -> str:
    """Return the name of the language `code` (two letters or three)."""
    if code in language_names():
        return language_names()[code]
    found = pycountry.languages.get(alpha_3=code)
    return str(found.name) if found else code
