"""The sample profiles: fictional people who show every kind of career and every state of consent."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from indexer.profile import Availability, Profile, availability
from indexer.profile.schema import read_profile
from scripts.make_sample_profiles import OUTPUT, TODAY, main, read_sketches

# The 23 major groups of the Standard Occupational Classification of 2018.
MAJOR_GROUPS = {f"{group}" for group in range(11, 57, 2)}


@pytest.fixture(scope="module")
def people() -> list[dict[str, Any]]:
    return [json.loads(line) for line in OUTPUT.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def profiles(people: list[dict[str, Any]]) -> list[Profile]:
    loaded = [read_profile(person) for person in people]
    errors = [profile for profile in loaded if not isinstance(profile, Profile)]
    assert errors == []
    return [profile for profile in loaded if isinstance(profile, Profile)]


def test_its_file_is_what_the_script_makes_now(tmp_path: Path) -> None:
    main(["--output", str(tmp_path / "people.jsonl")])

    assert (tmp_path / "people.jsonl").read_bytes() == OUTPUT.read_bytes()


def test_another_seed_makes_other_people_of_the_same_careers(tmp_path: Path, people: list[dict[str, Any]]) -> None:
    main(["--output", str(tmp_path / "people.jsonl"), "--seed", "1"])
    others = [json.loads(line) for line in (tmp_path / "people.jsonl").read_text("utf-8").splitlines()]

    assert {p["bio"] for p in others} == {p["bio"] for p in people}
    assert len({p["name"] for p in others} & {p["name"] for p in people}) < len(people) / 2


def test_it_helps(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])

    assert stop.value.code == 0
    assert "--seed" in capsys.readouterr().out


def test_it_has_hundreds_of_people_sorted_by_id(people: list[dict[str, Any]]) -> None:
    ids = [person["id"] for person in people]

    assert len(ids) >= 300
    assert ids == sorted(set(ids))


def test_it_covers_every_major_group_of_occupations() -> None:
    sketches = list(read_sketches())

    assert {sketch.soc for sketch in sketches} == MAJOR_GROUPS
    assert len({sketch.occupation for sketch in sketches}) >= 150
    assert Counter(sketch.key for sketch in sketches).most_common(1)[0][1] == 1


def test_every_person_is_a_valid_profile(profiles: list[Profile]) -> None:
    assert len(profiles) >= 300


def test_it_shows_every_state_of_consent(profiles: list[Profile]) -> None:
    states = Counter(availability(profile, TODAY) for profile in profiles)

    assert set(states) == set(Availability)
    assert states[Availability.OPEN] > len(profiles) / 2
    assert any(p.paused_until and p.paused_until < TODAY for p in profiles)
    assert all(p.consent_at and p.chat_minutes for p in profiles if p.open_to_chats == "yes")
    assert not any(p.consent_at or p.chat_minutes for p in profiles if p.open_to_chats != "yes")


def test_a_job_that_is_sought_after_finds_somebody(profiles: list[Profile]) -> None:
    by_bio = {profile.bio: profile for profile in profiles}
    firsts = [by_bio[" ".join(s.written["bio"].split())] for s in read_sketches() if s.kept_open]

    assert len(firsts) > 50
    assert {availability(profile, TODAY) for profile in firsts} == {Availability.OPEN}


def test_nobody_is_there_twice(people: list[dict[str, Any]]) -> None:
    assert len({person["name"] for person in people}) == len(people)
    assert len({person["bio"] for person in people}) == len(people)


def test_no_two_people_say_the_same_sentence(people: list[dict[str, Any]]) -> None:
    sentences = Counter(s for person in people for s in set(re.split(r"(?<=[.!?])\s+", person["bio"])))

    assert [sentence for sentence, times in sentences.items() if times > 1] == []


def test_people_write_two_to_seven_sentences_of_their_own(people: list[dict[str, Any]]) -> None:
    counts = {p["id"]: len(re.split(r"(?<=[.!?])\s+", p["bio"])) for p in people}

    assert {id_: count for id_, count in counts.items() if not 2 <= count <= 7} == {}


def test_careers_run_from_the_newest_position_to_the_oldest(people: list[dict[str, Any]]) -> None:
    for person in people:
        positions = person["positions"]
        assert 1 <= len(positions) <= 5
        assert all(p["start"][:4] <= p.get("end", p["start"])[:4] <= str(TODAY.year) for p in positions)
        for newer, older in pairwise(positions):
            assert ("end" not in newer, newer["start"]) >= ("end" not in older, older["start"]), person["id"]


def test_careers_of_every_length_from_one_to_five_are_there(people: list[dict[str, Any]]) -> None:
    assert {len(person["positions"]) for person in people} == {1, 2, 3, 4, 5}


def test_it_holds_no_placeholders(people: list[dict[str, Any]]) -> None:
    placeholder = re.compile(r"lorem|ipsum|\bTODO\b|\bTBD\b|\bxxx|[{}<>_]|example person", re.IGNORECASE)

    found = [text for person in people for text in _public_texts(person) if placeholder.search(text)]

    assert found == []


def test_contact_data_stand_nowhere_else(people: list[dict[str, Any]]) -> None:
    private = [value for person in people for value in person.get("contact", {}).values()]
    public = "\n".join(json.dumps(_without_contact(person), ensure_ascii=False) for person in people)

    assert len(private) > 300
    assert [value for value in private if value in public] == []


def test_addresses_belong_to_nobody(people: list[dict[str, Any]]) -> None:
    addresses = [p["contact"]["email"] for p in people if "email" in p.get("contact", {})]
    addresses += [link["url"].split("/")[2] for p in people for link in p.get("links", [])]

    assert len(addresses) > 300
    # The names that RFC 2606 keeps for documentation.
    assert [a for a in addresses if not re.search(r"(^|[.@])(example\.(com|net|org)|[a-z-]+\.example)$", a)] == []


def _without_contact(person: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in person.items() if field != "contact"}


def _public_texts(person: dict[str, Any]) -> list[str]:
    texts = [person["name"], person.get("headline", ""), person["bio"], person["location"]]
    texts += [*person["skills"], *person["topics"], *person.get("communities", [])]
    texts += [position[field] for position in person["positions"] for field in ("title", "industry")]
    texts += [position["company"] for position in person["positions"] if "company" in position]
    return texts + [school["school"] for school in person.get("schools", [])]
