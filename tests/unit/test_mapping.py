"""A saved mapping of one board's names to ours."""

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import InvalidFile
from indexer.readers import Mapping, load_mapping

ROOT = Path(__file__).parents[2]


def saved(folder: Path, content: Any) -> Path:
    path = folder / "mapping.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_it_names_fields_translates_values_and_fills_gaps(tmp_path: Path) -> None:
    mapping = load_mapping(
        saved(
            tmp_path,
            {
                "fields": {"Role": "Job title", "internal": None},
                "values": {"open_to_chats": {"sure": "yes"}},
                "defaults": {"name": "Member {no}", "headline": "New here"},
            },
        )
    )

    assert mapping.target("Role") == "position_1_title"
    assert mapping.target("internal") is None
    assert mapping.target("Bio") == "bio"
    assert mapping.fill({"open_to_chats": "sure", "headline": "Vet"}, {"no": "7"}) == {
        "open_to_chats": "yes",
        "headline": "Vet",
        "name": "Member 7",
    }


def test_a_value_without_a_translation_stays() -> None:
    mapping = Mapping(values={"country": {"EU": ""}})

    assert mapping.fill({"country": "FR", "skills": ["EU"]}, {}) == {"country": "FR", "skills": ["EU"]}


def test_a_name_that_means_no_field_is_not_guessed() -> None:
    with pytest.raises(KeyError, match="shoe"):
        Mapping().target("shoe")


def test_a_byte_order_mark_is_no_part_of_it(tmp_path: Path) -> None:
    assert load_mapping(saved(tmp_path, "\ufeff{}")) == Mapping()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is not JSON"),
        ([], "must hold the groups fields, values and defaults"),
        ({"fields": []}, "must hold the groups fields, values and defaults"),
        ({"field": {}}, "unknown group: field"),
        ({"fields": {"a": "shoe"}}, "names “shoe”, which is not a field"),
        ({"fields": {"a": 5}}, "names “5”, which is not a field"),
        ({"fields": {"a": ""}}, "names “”, which is not a field"),
        ({"values": {"shoe": {}}}, "names “shoe”, which is not a field"),
        ({"values": {"country": "EU"}}, "values of “country” must be a group"),
        ({"defaults": {"name": 5}}, "default of “name” must be a text"),
        ({"defaults": {"name": "Member {"}}, "default of “name” must be a text"),
        ({"defaults": {"name": "Member {}"}}, "default of “name” must be a text"),
        ({"defaults": {"name": "{id.__class__}"}}, "default of “name” must be a text"),
        ({"defaults": {"name": "{id:>1000000000}"}}, "default of “name” must be a text"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_at_once(tmp_path: Path, content: Any, reason: str) -> None:
    path = saved(tmp_path, content)

    with pytest.raises(InvalidFile, match=reason) as caught:
        load_mapping(path)

    assert str(path) in str(caught.value)


def test_a_mapping_that_is_missing_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="cannot be read: No such file"):
        load_mapping(tmp_path / "none.json")


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "mappings").glob("*.json")), ids=lambda path: path.name)
def test_every_mapping_that_we_ship_can_be_loaded(path: Path) -> None:
    assert load_mapping(path).fields
