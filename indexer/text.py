"""Text as both engines see it: cleaning what people typed, and the tokens of the lexical index.

One function makes the tokens for documents and queries alike, so SQLite and Elasticsearch index the same
words and need no analyzer of their own beyond stemming.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Invisible or direction-changing characters: C0/C1 controls, soft hyphen, zero-width signs, bidi overrides and
# isolates, byte-order mark. They carry no meaning in a profile and let one text pose as another.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# 64 is the limit of RFC 5321; without one, a long text without any @ takes time by the square of its length.
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
# With a + and the country, or as North Americans group them. National numbers of other forms look like years,
# sums and part numbers, and stay.
_PHONE = re.compile(
    r"(?<![\w.,])(?:\+\d(?:[ ()./-]{0,2}\d){7,14}|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w-])"
)

# Names of technologies that lose their identity when punctuation goes: C, C++ and C# would all become "c".
_TECHNOLOGIES = (
    (re.compile(r"(?<![^\W_])c\s?\+\+"), "cplusplus "),
    (re.compile(r"(?<![^\W_])([cfj])#"), r"\1sharp "),
    (re.compile(r"(?<![^\W_])objective[ -]c(?![^\W_])"), "objectivec "),
    (re.compile(r"(?<![^\W_])(asp|vb)?\.net(?![^\W_])"), r"\1 dotnet "),
    (re.compile(r"([^\W_])[. ]js(?![^\W_])"), r"\1js "),
    (re.compile(r"(?<![^\W_])r\s?&\s?d(?![^\W_])"), "randd "),
)
_APOSTROPHE = re.compile(r"(?<=[^\W_])['\u2019](?=[^\W_])")
_TOKEN = re.compile(r"[^\W_]+")

# Words a wish is made of but no profile is found by ("I want to be someone who ...").
# "it" is not among them: IT is a job.
WISH_WORDS = frozenset(
    """
    a about all am an and any anybody anyone are as at be become been being by can could do does
    doing find for from get getting has have how i id if im in into is job jobs kind like looking
    love me meet my of on or our people person role roles some somebody someone something talk than
    that the their them then there they this to us want wanting wants was we what when where which
    who whom will wish with work working works would you your
""".split()
)


def clean_line(text: str) -> str:
    """Return `text` as one line: NFC, no invisible characters, white space folded to single spaces."""
    return " ".join(_visible(text).split())


def clean_paragraphs(text: str) -> str:
    """Return `text` with its line breaks kept, at most one empty line in a row, and otherwise clean lines."""
    lines = [" ".join(line.split()) for line in _visible(text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _visible(text: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _LONE_SURROGATE.sub("", text)))


def hide_contacts(text: str) -> str:
    """Return `text` without e-mail addresses and phone numbers: public texts must not carry contact data."""
    return _PHONE.sub("[phone removed]", _EMAIL.sub("[e-mail removed]", text))


def tokens(text: str) -> list[str]:
    """Return the lexical tokens of `text`: lower case, no accents, C++, C# and .NET kept apart."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for pattern, replacement in _TECHNOLOGIES:
        folded = pattern.sub(replacement, folded)
    folded = _APOSTROPHE.sub("", folded)
    decomposed = unicodedata.normalize("NFD", folded)
    return _TOKEN.findall("".join(c for c in decomposed if not unicodedata.combining(c)))


def query_tokens(text: str) -> list[str]:
    """Return the distinct tokens of a query without the words of wishing, unless nothing else is left."""
    distinct = list(dict.fromkeys(tokens(text)))
    return [token for token in distinct if token not in WISH_WORDS] or distinct


# "M.I.T." is MIT, "e.V." is eV.
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
# Words of names that people shorten, and one that two kinds of English spell otherwise.
_WRITTEN_OUT = {
    "assn": "association",
    "assoc": "association",
    "bros": "brothers",
    "center": "centre",
    "coll": "college",
    "dept": "department",
    "govt": "government",
    "hosp": "hospital",
    "inst": "institute",
    "intl": "international",
    "natl": "national",
    "uni": "university",
    "univ": "university",
}
# Words that a company's, school's or community's name has or has not, as people write it: wherever they stand, and
# at its end alone, since "Co-op" and "SAS Institute" begin with them. Of countries only what sets a branch apart:
# "Google UK", but neither "Air France" nor "Toys R Us".
_OPTIONAL = frozenset("the and inc incorporated ltd limited llc llp plc corp corporation gmbh pty pvt".split())
_OPTIONAL_AT_THE_END = frozenset("co company ag kg kgaa ev se sa sas sarl srl bv nv ab as oy oyj uk usa".split())


@lru_cache(maxsize=100_000)  # the same companies and schools come in every answer
def name_key(name: str) -> str:
    """Return what two spellings of one name share.

    "The Walt Disney Co." and "walt disney" are one company, "Univ. of Leeds" and "University of Leeds" one school.
    The order of words stays: the University of Washington is not Washington University.
    """
    words = [_WRITTEN_OUT.get(word, word) for word in tokens(_INITIALS.sub(_without_points, name))]
    telling = [word for word in words if word not in _OPTIONAL]
    while telling and telling[-1] in _OPTIONAL_AT_THE_END:
        telling.pop()
    return " ".join(telling or words)


def _without_points(initials: re.Match[str]) -> str:
    return initials[0].replace(".", "")


def name_keys(names: Iterable[str]) -> list[str]:
    """Return the keys of `names`, each once and without those of no word."""
    return [key for key in dict.fromkeys(map(name_key, names)) if key]
