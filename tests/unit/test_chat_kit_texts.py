"""Whole kits of a few sample people, to be read by people: does this sound like something one would send?

The files in chat_kits/ show them. When a text is changed on purpose, write them anew and read what has changed:
python -m tests.unit.test_chat_kit_texts
"""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from indexer.profile import Profile
from indexer.profile.schema import read_profile
from indexer.titles.reader import TitleReader
from indexer.titles.shipped import shipped_catalogue
from scripts.make_sample_profiles import OUTPUT
from service.prep import Focus, Preparer
from service.search import QueryVectors, Seeker
from tests.fakes import MemoryTitles
from tests.reading import shipped_encoder

TEXTS = Path(__file__).parent / "chat_kits"
TODAY = date(2026, 11, 25)
# A name for the file, the person, the dream job, and what the seeker tells.
KITS: dict[str, tuple[str, str, Seeker, Focus]] = {
    "set-designer": (
        "sample-0197",
        "set designer for films",
        Seeker(schools=("Wexbridge College of Art and Design",)),
        Focus(),
    ),
    "help-sick-animals": ("sample-0299", "help sick animals", Seeker(location="Leeds"), Focus()),
    "by-mail-alone": ("sample-0148", "ML engineer at a climate start-up", Seeker(), Focus()),
    "barista-once": ("sample-0233", "I want to be a barista", Seeker(), Focus()),
    "founder": (
        "sample-0292",
        "",
        Seeker(companies=("Cool Corner HVAC",)),
        Focus("repair fridges", "whether one can found something without a degree"),
    ),
    "sre": ("sample-0415", "SRE", Seeker(communities=("Women in Film",)), Focus()),
    "far-away": ("sample-0007", "astronaut", Seeker(), Focus()),
}


@cache
def people() -> dict[str, Profile]:
    read = map(read_profile, map(json.loads, OUTPUT.read_text(encoding="utf-8").splitlines()))
    return {one.id: one for one in read if isinstance(one, Profile)}


@cache
def preparer() -> Preparer:
    vectors = QueryVectors(shipped_encoder)
    return Preparer(TitleReader(MemoryTitles(shipped_catalogue(shipped_encoder())), lambda: vectors), vectors)


def written(name: str) -> str:
    """The kit as a text to read."""
    id_, job, seeker, focus = KITS[name]
    person = people()[id_]
    kit = preparer().kit(person, job, seeker, TODAY, focus)
    career = "\n".join(f"- {one.title}, {one.company} ({one.start}, {one.end})" for one in person.positions)
    occupation = kit.background.occupation
    read = [kit.background.company, *(link.label for link in kit.background.links)]
    if occupation:
        read += [
            occupation.title,
            occupation.daily_work,
            occupation.way_in,
            *(one.title for one in occupation.related),
        ]
    parts = {
        f"{person.name}, for “{job}”": career,
        "Ask": f"{kit.ask.subject}\n\n{kit.ask.message}",
        "Reminder": f"{kit.follow_up.subject}\n\n{kit.follow_up.message}",
        "Thanks": f"{kit.thanks.subject}\n\n{kit.thanks.message}",
        "Questions": "\n".join(f"- {question}" for question in kit.questions),
        "Read": "\n".join(f"- {line}" for line in read if line),
    }
    return "\n\n".join(f"# {title}\n\n{text}" for title, text in parts.items()) + "\n"


@pytest.mark.parametrize("name", KITS)
def test_a_kit_reads_as_it_was_read_by_people(name: str) -> None:
    assert written(name) == (TEXTS / f"{name}.md").read_text(encoding="utf-8")


def test_each_text_belongs_to_a_kit() -> None:
    assert {path.stem for path in TEXTS.glob("*.md")} == set(KITS)


if __name__ == "__main__":
    TEXTS.mkdir(exist_ok=True)
    for kit_name in KITS:
        (TEXTS / f"{kit_name}.md").write_text(written(kit_name), encoding="utf-8")
