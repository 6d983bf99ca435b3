"""Write the sample: fictional people, one JSON profile a line.

What people say about their work is written by hand in data/sample_sources/people. This script gives each of
them a name, a town, employers, schools and chat settings by chance; the same seed gives the same bytes.

Example: scripts/make_sample_profiles.py --output people.jsonl --seed 7
"""

import argparse
import json
import random
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"
SOURCES = DATA / "sample_sources"
OUTPUT = DATA / "sample_profiles.jsonl"
SEED = 2026
# The day on which the sample is set; a fixed one, so that the file does not change from day to day.
TODAY = date(2026, 11, 20)

# Shares of all people. Most are open, as on a mentor board; the others show what consent and pauses do.
STATES = {"no": 0.07, "not_said": 0.08, "paused": 0.02, "pause_over": 0.02, "booked": 0.025}

_POSITION = re.compile(
    r"(?P<start>\d{4}(-\d\d)?) to (?P<end>now|\d{4}(-\d\d)?): (?P<title>.+?) @ "
    r"(?P<sector>[a-z_]+)( (?P<other>\d))?(?P<freelance>, freelance)?( = (?P<company>.+))?"
)
_SCHOOL = re.compile(r"(?P<year>\d{4}): (?P<degree>.+) @ (?P<kind>[a-z_]+)")


@dataclass(frozen=True)
class Sketch:
    """A person as written by hand: `written` is their table in a file of people, `family` that file's head."""

    occupation: str
    soc: str
    kept_open: bool
    key: str
    written: dict[str, Any]
    family: dict[str, Any]


@dataclass(frozen=True)
class World:
    """The tables that chance draws from: places, names by culture, and organisations."""

    places: dict[str, Any]
    names: dict[str, Any]
    organisations: dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file and return the exit status."""
    options = _parser().parse_args(arguments)
    lines = [json.dumps(person, ensure_ascii=False) + "\n" for person in make_profiles(options.seed)]
    options.output.write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(lines)} people written to {options.output}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="FILE", help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=SEED, help="default: %(default)s")
    return parser


def make_profiles(seed: int = SEED) -> list[dict[str, Any]]:
    """Return all people of the sample as JSON values, sorted by id."""
    rng = random.Random(seed)  # noqa: S311  (made-up people, no secrets)
    sketches = list(read_sketches())
    world = World(*(_toml(SOURCES / f"{name}.toml") for name in ("places", "names", "organisations")))
    rng.shuffle(sketches)  # neighbours in the file should not all work in film
    settings = _chat_settings(rng, sketches)
    taken: set[str] = set()
    return [
        {"id": f"sample-{number:04}"} | _profile(sketch, world, settings[sketch.key], taken, seed)
        for number, sketch in enumerate(sketches, start=1)
    ]


def read_sketches() -> Iterator[Sketch]:
    """Yield everybody who is written down, family by family; keys are unique."""
    for path in sorted((SOURCES / "people").glob("*.toml")):
        family = _toml(path)
        for occupation in family.pop("occupation"):
            for number, written in enumerate(occupation["people"]):
                key = f"{occupation['name']} {number}"
                sought = occupation.get("sought", len(occupation["people"]) > 1)
                kept_open = sought and number == 0
                yield Sketch(occupation["name"], occupation["soc"], kept_open, key, written, family)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _chat_settings(rng: random.Random, sketches: Sequence[Sketch]) -> dict[str, str]:
    """Return each person's state: "open", or one of STATES.

    The first person of a job that is sought after stays open, so that a search for it finds somebody.
    """
    states = [state for state, share in STATES.items() for _ in range(round(share * len(sketches)))]
    others = rng.sample([sketch.key for sketch in sketches if not sketch.kept_open], len(states))
    return {sketch.key: "open" for sketch in sketches} | dict(zip(others, states, strict=True))


def _profile(sketch: Sketch, world: World, state: str, taken: set[str], seed: int) -> dict[str, Any]:
    """Return the person without an id. Chance depends on the seed and their key, not on the other people."""
    rng = random.Random(f"{seed}/{sketch.key}")  # noqa: S311
    written, place = sketch.written, world.places[sketch.written["country"]]
    cultures = [written["names"]] if "names" in written else place["names"]
    name, woman, culture = _name(rng, world.names, cultures, written.get("given"), taken)
    slug = _slug(name)
    towns = world.organisations["places"][place["zone"]]
    return {
        "name": name,
        **({"headline": written["headline"]} if "headline" in written else {}),
        "bio": " ".join(written["bio"].split()),
        "location": written.get("location", rng.choice(place["cities"])),
        "country": written["country"],
        "languages": _languages(rng, place, culture),
        **_links(rng, slug, sketch.family["portfolio"]),
        "positions": _positions(rng, written["career"], world.organisations["employers"], towns),
        "skills": written["skills"],
        "topics": written["topics"],
        **_schools(rng, written.get("schools", []), world.organisations["schools"], towns),
        **_communities(rng, sketch, woman),
        **_chats(rng, state),
        **_contact(rng, slug, written["country"]),
    }


def _name(
    rng: random.Random, names: dict[str, Any], cultures: list[str], given: str | None, taken: set[str]
) -> tuple[str, bool, dict[str, Any]]:
    """Return a full name nobody has yet, whether it is a woman's, and its culture."""
    while True:
        culture = names[rng.choice(cultures)]
        woman = rng.choice(("women", "men")) == "women" if given is None else given == "women"
        families = culture.get("family_women", culture["family"]) if woman else culture["family"]
        first = rng.choice(culture["women" if woman else "men"].split())
        name = f"{first} {rng.choice(families.split())}".replace("_", " ")
        if name not in taken:
            taken.add(name)
            return name, woman, culture


def _languages(rng: random.Random, place: dict[str, Any], culture: dict[str, Any]) -> list[str]:
    """Return a mother tongue first, then English, and sometimes one learnt at school."""
    mother: str = culture.get("language", "")
    spoken: list[str] = place["languages"]
    languages = [mother if mother in spoken else rng.choice(spoken) if spoken else "en", "en"]
    if mother and rng.random() < 0.6:
        languages.append(mother)
    if rng.random() < 0.2:
        languages.append(rng.choice(("es", "fr", "de", "pt", "ar", "zh", "it")))
    return list(dict.fromkeys(languages))


def _positions(
    rng: random.Random, career: Iterable[str], employers: dict[str, Any], towns: list[str]
) -> list[dict[str, str]]:
    drawn: dict[str, list[str]] = {}
    positions = []
    for line in career:
        part = _parsed(_POSITION, line)
        sector = employers[part["sector"]]
        if part["sector"] not in drawn:
            drawn[part["sector"]] = _shuffled_names(rng, sector["names"], towns)
        companies = drawn[part["sector"]]
        company = part["company"] or companies[int(part["other"] or 1) - 1]
        position = {"title": part["title"], "industry": sector["industry"], "start": part["start"]}
        if not part["freelance"]:
            position["company"] = company
        if part["end"] != "now":
            position["end"] = part["end"]
        fields = ("title", "company", "industry", "start", "end")
        positions.append({field: position[field] for field in fields if field in position})
    return sorted(positions, key=lambda p: ("end" not in p, p["start"]), reverse=True)


def _schools(
    rng: random.Random, lines: Iterable[str], kinds: dict[str, list[str]], towns: list[str]
) -> dict[str, Any]:
    parts = [_parsed(_SCHOOL, line) for line in lines]
    schools = [
        {
            "school": _shuffled_names(rng, kinds[part["kind"]], towns)[0],
            "degree": part["degree"],
            "year": int(part["year"]),
        }
        for part in parts
    ]
    return {"schools": schools} if schools else {}


def _parsed(pattern: re.Pattern[str], line: str) -> dict[str, str]:
    match = pattern.fullmatch(line)
    if match is None:
        raise ValueError(f"{line!r} in {SOURCES / 'people'} does not look like the lines around it")
    return match.groupdict()


def _shuffled_names(rng: random.Random, names: Iterable[str], towns: Iterable[str]) -> list[str]:
    """Return every name an organisation may have there, in an order of chance."""
    filled = list(dict.fromkeys(name.format(place=town) for name in names for town in towns))
    rng.shuffle(filled)
    return filled


def _communities(rng: random.Random, sketch: Sketch, woman: bool) -> dict[str, Any]:
    if "communities" in sketch.written:
        return {"communities": sketch.written["communities"]}
    joinable = [name for name in sketch.family["communities"] if woman or not name.startswith("Women")]
    chosen = rng.sample(joinable, rng.choice((0, 0, 1, 1, 1, 2)))
    return {"communities": chosen} if chosen else {}


def _chats(rng: random.Random, state: str) -> dict[str, Any]:
    """Return consent and everything that goes with it; who has not said yes has no chat settings."""
    if state in ("no", "not_said"):
        return {"open_to_chats": state, "last_active_at": _day(rng, date(2025, 1, 1), TODAY)}
    consent = _day(rng, date(2024, 6, 1), TODAY - timedelta(days=7))
    chats: dict[str, Any] = {
        "open_to_chats": "yes",
        "consent_at": consent,
        "chat_minutes": rng.choice(([15], [15], [15, 30], [15, 30], [15, 30], [30], [15, 30, 45], [30, 60])),
        "channels": [c for c in ("video", "phone", "in_person", "mail") if rng.random() < 0.45] or ["video"],
    }
    if state == "paused":
        chats["paused_until"] = _day(rng, date(2027, 2, 1), date(2030, 1, 1))
    if state == "pause_over":
        chats["paused_until"] = _day(rng, date(2025, 9, 1), TODAY - timedelta(days=30))
    if state == "booked" or rng.random() < 0.7:
        capacity = rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 8))
        chats["monthly_capacity"] = capacity
        chats["chats_this_month"] = capacity if state == "booked" else rng.randrange(capacity)
    chats["last_active_at"] = _day(rng, max(date.fromisoformat(consent), date(2026, 2, 1)), TODAY)
    return chats


def _day(rng: random.Random, first: date, last: date) -> str:
    return (first + timedelta(days=rng.randint(0, (last - first).days))).isoformat()


def _links(rng: random.Random, slug: str, portfolio: float) -> dict[str, Any]:
    links: list[dict[str, Any]] = []
    if rng.random() < portfolio:
        links.append({"url": f"https://{slug}.example", "label": "Portfolio", "public": True})
    if rng.random() < 0.12:
        links.append({"url": f"https://calendar.example.org/{slug}", "label": "Book a time", "public": True})
    if rng.random() < 0.08:
        links.append({"url": f"https://example.com/people/{slug}", "label": "CV"})
    return {"links": links} if links else {}


def _contact(rng: random.Random, slug: str, country: str) -> dict[str, Any]:
    contact = {}
    if rng.random() < 0.85:
        host = rng.choice(("example.org", "example.com", "example.net", "mail.example"))
        contact["email"] = f"{slug.replace('-', '.')}@{host}"
    phone = _phone(rng, country)
    if phone and rng.random() < 0.5:
        contact["phone"] = phone
    return {"contact": contact} if contact else {}


def _phone(rng: random.Random, country: str) -> str | None:
    """Return a number that the country's regulator keeps for fiction, where we know of such a range."""
    ranges = {
        "GB": f"+44 7700 900{rng.randrange(1000):03}",
        "US": f"+1 202 555 01{rng.randrange(100):02}",
        "CA": f"+1 613 555 01{rng.randrange(100):02}",
        "IE": f"+353 20 91{rng.randrange(10)} {rng.randrange(10000):04}",
        "AU": f"+61 3 5550 {rng.randrange(10000):04}",
        "SE": f"+46 70 174 06 {rng.randrange(5, 100):02}",
    }
    return ranges.get(country)


def _slug(name: str) -> str:
    """Return the name as ASCII words joined by hyphens, for web and e-mail addresses."""
    plain = name.translate(str.maketrans("łŁøØæÆßıđðþÞ", "lLoOaAsiddtT"))
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", "-", ascii_only.lower()).strip("-")


if __name__ == "__main__":
    sys.exit(main())
