"""Texts that name no job in English: what reading a text must not be sure about. Seeded, and pure."""

import random

from scripts.relevance.split import Split
from scripts.relevance.tune import NONSENSE

_SEED = 7
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FIRST_NAMES = (
    "John Maria Ahmed Wei Anna Carlos Fatima James Olga Hiroshi Priya Kwame Ingrid Luca Chloe Diego Amara Sven "
    "Leila Tomasz Grace Mateo Yuki Nadia"
).split()
_LAST_NAMES = (
    "Smith Garcia Khan Zhang Kowalski Okafor Johansson Rossi Nguyen Patel Dubois Silva Tanaka Ivanova Jensen "
    "Haddad Murphy Novak Schneider Lopez Kim Osei Weber Costa"
).split()
# None of them is written like an English word for the same job.
_FOREIGN = (
    "Krankenschwester|Klempnermeister|Rechtsanwältin|Zahnarzthelferin|Lehrer|Bäcker|Feuerwehrmann|Schreiner"
    "|Steuerberater|Buchhalterin|Tierarzt|Fleischereifachverkäufer|Gärtner|Hausmeister|infirmière|boulanger"
    "|avocat d'affaires|plombier chauffagiste|enseignante|couturière|menuisier|enfermera|abogado|panadero"
    "|fontanero|cocinero|maestra de primaria|peluquero|bombero|sjuksköterska|sairaanhoitaja|lekarz|hemşire"
    "|медсестра|учитель|看護師|护士|ممرضة|교사"
).split("|")
_EACH = 60


def negatives(split: Split) -> list[str]:
    """Return people's names, random letters, titles in other languages and wishes for no job.

    Those of the development and of the test split are others.
    """
    generator = random.Random(f"{_SEED} {split}")  # noqa: S311  (not a secret)
    half = int(split is Split.TEST)
    names = [
        f"{generator.choice(_FIRST_NAMES[half::2])} {generator.choice(_LAST_NAMES[half::2])}" for _ in range(_EACH)
    ]
    letters = [
        " ".join("".join(generator.choices(_LETTERS, k=generator.randint(3, 9))) for _ in range(words))
        for words in (1, 2) * (_EACH // 2)
    ]
    return [*dict.fromkeys(names), *letters, *_FOREIGN[half::2], *NONSENSE[half::2]]
