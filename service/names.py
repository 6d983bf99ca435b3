"""Names for codes, as people read them."""

import unicodedata
from functools import cache

import pycountry

# Where ISO's own name is turned round for sorting in a register, or is not what people say.
_COUNTRIES = {
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "FK": "Falkland Islands",
    "FM": "Micronesia",
    "MF": "Saint Martin",
    "PS": "Palestine",
    "SX": "Sint Maarten",
    "VA": "Vatican City",
    "VG": "British Virgin Islands",
    "VI": "U.S. Virgin Islands",
}
_LANGUAGES = {
    "el": "Greek",
    "ht": "Haitian Creole",
    "kl": "Greenlandic",
    "ky": "Kyrgyz",
    "or": "Odia",
    "pa": "Punjabi",
    "ps": "Pashto",
    "ug": "Uyghur",
}


@cache
def country_names() -> dict[str, str]:
    """Return every country's name by its ISO 3166-1 alpha-2 code, in alphabetical order of names."""
    names = {country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries}
    return _sorted(names | _COUNTRIES)


@cache
def language_names() -> dict[str, str]:
    """Return the name of every language that has a two-letter ISO 639 code, in alphabetical order of names."""
    coded = [language for language in pycountry.languages if hasattr(language, "alpha_2")]
    names = {language.alpha_2: language.name.partition(" (")[0] for language in coded}
    return _sorted(names | _LANGUAGES)


def language_name(code: str) -> str:
    """Return the name of the language `code` (two letters or three)."""
    if code in language_names():
        return language_names()[code]
    found = pycountry.languages.get(alpha_3=code)
    return str(found.name) if found else code


def _sorted(names: dict[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: _letters(item[1])))


def _letters(name: str) -> str:
    """Return `name` without its accents: Åland is looked for under A."""
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
