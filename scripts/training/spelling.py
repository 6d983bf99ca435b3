"""Other ways to write the same: slips of the keyboard, masked titles, and how technologies are spelt."""

import random
import re

from indexer.text import tokens

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_TO_MISSPELL = 5
_STEM = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

# Spellings of one technology. The first is the usual one.
TECHNOLOGIES = (
    ("C#", "C sharp", "csharp"),
    ("C++", "cpp", "c plus plus"),
    (".NET", "dotnet", "dot net"),
    ("ASP.NET", "asp dotnet"),
    ("F#", "F sharp", "fsharp"),
    ("Node.js", "node js", "nodejs", "node"),
    ("JavaScript", "JS", "java script"),
    ("TypeScript", "TS", "type script"),
    ("React", "ReactJS", "React.js"),
    ("Vue.js", "Vue", "vuejs"),
    ("Angular", "AngularJS", "angular js"),
    ("Golang", "Go", "Go lang"),
    ("R", "R language", "R statistics"),
    ("Objective-C", "objective c", "objc"),
    ("PostgreSQL", "Postgres", "psql"),
    ("SQL", "structured query language"),
    ("Python", "py"),
    ("Ruby on Rails", "Rails", "RoR"),
    ("Kubernetes", "k8s"),
    ("Amazon Web Services", "AWS"),
    ("Google Cloud", "GCP", "google cloud platform"),
    ("machine learning", "ML"),
    ("artificial intelligence", "AI"),
    ("natural language processing", "NLP"),
    ("front-end", "frontend", "front end"),
    ("back-end", "backend", "back end"),
    ("full-stack", "fullstack", "full stack"),
    ("iOS", "iPhone", "Swift iOS"),
)
_TECHNICAL_JOBS = ("developer", "engineer", "programmer")

# Everyday short forms that neither taxonomy has.
SHORT_FORMS = (
    ("SWE", "software engineer"),
    ("SDE", "software development engineer"),
    ("SDET", "software engineer in test"),
    ("SRE", "site reliability engineer"),
    ("dev", "software developer"),
    ("devops", "development operations engineer"),
    ("DBA", "database administrator"),
    ("sysadmin", "system administrator"),
    ("QA", "quality assurance tester"),
    ("UX designer", "user experience designer"),
    ("UI designer", "user interface designer"),
    ("PM", "product manager"),
    ("TPM", "technical program manager"),
    ("BA", "business analyst"),
    ("CTO", "chief technology officer"),
    ("CFO", "chief financial officer"),
    ("CMO", "chief marketing officer"),
    ("HR", "human resources manager"),
    ("VP of engineering", "vice president of engineering"),
    ("MD", "medical doctor"),
    ("GP", "general practitioner"),
    ("vet", "veterinarian"),
    ("RN", "registered nurse"),
    ("EMT", "emergency medical technician"),
    ("PT", "physical therapist"),
    ("OT", "occupational therapist"),
    ("TA", "teaching assistant"),
    ("prof", "university professor"),
    ("CPA", "certified public accountant"),
    ("IB", "investment banker"),
    ("VC", "venture capital investor"),
    ("AE", "account executive"),
    ("SDR", "sales development representative"),
    ("EA", "executive assistant"),
    ("PA", "personal assistant"),
    ("DP", "director of photography"),
    ("AD", "art director"),
    ("DJ", "disc jockey"),
    ("MUA", "make-up artist"),
)


def misspelt(title: str, chance: random.Random) -> str:
    """Return `title` with one slip in one longer word: two letters swapped, one lost, doubled or wrong.

    A title of short words only comes back as it is. The first letter of a word stays: people rarely miss it.
    """
    words = [match for match in _WORD.finditer(title) if len(match.group()) >= _SHORTEST_TO_MISSPELL]
    if not words:
        return title
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 1)
    swapped = title[:at] + title[at + 1] + title[at] + title[at + 2 :]
    lost = title[:at] + title[at + 1 :]
    doubled = title[:at] + title[at] + title[at:]
    wrong = title[:at] + chance.choice(_LETTERS) + title[at + 1 :]
    return chance.choice([swapped, lost, doubled, wrong])


def masked(text: str, title: str) -> str:
    """Return `text` without the words of `title` and words of the same stem, so that meaning must do the work."""
    stems = {_stem(token) for token in tokens(title) if len(token) > 2}
    kept = [word for word in text.split() if not any(_stem(token) in stems for token in tokens(word))]
    return " ".join(kept)


def spelling_pairs() -> list[tuple[str, str]]:
    """Return pairs of ways to write a technical job, and everyday short forms with what they stand for."""
    pairs = list(SHORT_FORMS)
    for usual, *others in TECHNOLOGIES:
        pairs += [(f"{other} {job}", f"{usual} {job}") for other in others for job in _TECHNICAL_JOBS]
    return pairs


def _stem(token: str) -> str:
    return token.rstrip("s")[:_STEM]
