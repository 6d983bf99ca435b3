"""The ways one job may be worded: as written, abbreviations written out, and with its spelling corrected. Pure."""

from collections import defaultdict
from collections.abc import Mapping

from indexer.titles.evidence import Wording
from indexer.titles.parsing import Job
from indexer.titles.short_forms import SHORT_FORMS
from indexer.titles.spelling import Vocabulary


def wordings(job: Job, vocabulary: Vocabulary) -> tuple[Wording, ...]:
    """Return the wording of `job` as written and, if that has an unknown word near to a known one, corrected."""
    found = [_wording(job.forms, job.text, vocabulary)]
    forms, text = tuple(map(vocabulary.corrected, job.forms)), vocabulary.corrected(job.text)
    if text != job.text:
        found.append(_wording(forms, text, vocabulary, is_corrected=True))
    return tuple(found)


def written_out(text: str) -> str:
    """Return `text` with its short forms written out: "SWE" and "senior SWE", and "PM" with all it stands for.

    Within a longer text only capitals are short forms: there "it", "pa" and "dev" are other words.
    """
    if meanings := _MEANINGS.get(text.casefold()):
        return ", ".join(meanings)
    words = (word if word != word.upper() else _first_meaning(word) for word in text.split())
    return " ".join(words)


def is_short_form(text: str) -> bool:
    """Return whether `text` is an abbreviation: one that is known, or a word all in capitals."""
    return text.casefold() in _MEANINGS or (text.isupper() and " " not in text and len(text) <= _LONGEST_ACRONYM)


# "EMT-B" and "MA/LPN" are abbreviations, "ELECTRICIAN" is a word that somebody shouts.
_LONGEST_ACRONYM = 6


def _first_meaning(word: str) -> str:
    return _MEANINGS.get(word.casefold(), (word,))[0]


def _wording(forms: tuple[str, ...], text: str, vocabulary: Vocabulary, *, is_corrected: bool = False) -> Wording:
    text = written_out(text)
    joined = [one for form in forms for one in vocabulary.joined(form)]
    return Wording(tuple(dict.fromkeys((*forms, text, *joined))), text, is_corrected)


def _meanings() -> Mapping[str, tuple[str, ...]]:
    meanings: defaultdict[str, list[str]] = defaultdict(list)
    for short, meant in SHORT_FORMS:
        meanings[short.casefold()].append(meant)
    return {short: tuple(meant) for short, meant in meanings.items()}


_MEANINGS = _meanings()
