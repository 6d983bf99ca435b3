"""What training may read: nothing of a held-out occupation, in O*NET's words or in ESCO's."""

from typing import Any

import pytest

from indexer.taxonomy import Concept, Occupation
from scripts.relevance.split import Split, split_of
from scripts.training.sources import singular_form, training_groups

CODES = [f"{number:02d}-{number * 7 % 9000 + 1000}.00" for number in range(11, 60)]
TRAIN, OTHER, THIRD = [code for code in CODES if split_of(code) is Split.TRAIN][:3]
DEVELOPMENT = next(code for code in CODES if split_of(code) is Split.DEVELOPMENT)
TEST = next(code for code in CODES if split_of(code) is Split.TEST)


def occupation(code: str, title: str, *alternates: str, **changes: Any) -> Occupation:
    return Occupation(
        **{
            "code": code,
            "title": title,
            "description": f"Do the work of {title}.",
            "alternate_titles": alternates,
            "short_titles": (),
            "reported_titles": (),
            "tasks": (),
            "related": {},
        }
        | changes
    )


def concept(*labels: str, isco_group: str = "2654") -> Concept:
    return Concept(
        uri=f"http://esco/{labels[0]}",
        isco_group=isco_group,
        preferred_label=labels[0],
        alternative_labels=labels[1:],
        description=f"{labels[0]}s do their work.",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chief Executives", "chief executive"),
        ("Chief Executive Officer (CEO)", "chief executive officer"),
        ("co-ordinator", "Co ordinators"),
    ],
)
def test_spellings_of_one_title_are_equal(one: str, other: str) -> None:
    assert singular_form(one) == singular_form(other)


@pytest.mark.parametrize(
    "pair", [("C developer", "C++ developer"), ("boss", "bos"), ("C# developer", "C developer")]
)
def test_unlike_titles_stay_apart(pair: tuple[str, str]) -> None:
    assert singular_form(pair[0]) != singular_form(pair[1])


@pytest.mark.parametrize("held_out", [DEVELOPMENT, TEST])
def test_a_held_out_occupation_gives_nothing(held_out: str) -> None:
    groups = training_groups(
        [occupation(TRAIN, "Pilots", "Flyer"), occupation(held_out, "Vets", "Horse Doctor")], []
    )

    assert [group.key for group in groups] == [TRAIN]


def test_a_title_that_a_held_out_occupation_has_too_is_left_out() -> None:
    groups = training_groups(
        [occupation(TRAIN, "Pilots", "Flyer", "Captains"), occupation(TEST, "Ship Officers", "Captain")], []
    )

    assert groups[0].titles == ("Pilots", "Flyer")


def test_an_abbreviation_that_a_held_out_occupation_has_too_is_left_out() -> None:
    groups = training_groups(
        [
            occupation(TRAIN, "Pilots", "Airline Captain (AC)", "Flight Officer (FO)"),
            occupation(TEST, "Clerks", "Account Clerk (AC)"),
        ],
        [],
    )

    assert groups[0].abbreviations == (("Flight Officer", "FO"),)


def test_a_concept_with_a_title_of_held_out_occupations_only_is_left_out_whole() -> None:
    occupations = [occupation(TRAIN, "Pilots"), occupation(TEST, "Vets", "Horse Doctor")]

    groups = training_groups(occupations, [concept("equine vet", "horse doctors"), concept("flyer", "aviator")])

    assert [group.key for group in groups] == [TRAIN, "http://esco/flyer"]


def test_a_concept_with_the_name_of_a_held_out_occupation_is_left_out_though_training_shares_it() -> None:
    occupations = [occupation(TRAIN, "Animal Nurses", "Vet"), occupation(TEST, "Vets")]

    groups = training_groups(occupations, [concept("vet", "animal doctor")])

    assert [group.key for group in groups] == [TRAIN]


def test_a_concept_keeps_its_other_labels_where_training_shares_the_held_out_title() -> None:
    occupations = [occupation(TRAIN, "Pilots", "Captain"), occupation(TEST, "Ship Officers", "Captain")]

    groups = training_groups(occupations, [concept("air captain", "captain", "flight captain")])

    assert groups[1].titles == ("air captain", "flight captain")


def test_what_stands_in_brackets_is_an_abbreviation_and_no_part_of_the_title() -> None:
    (group,) = training_groups([occupation(TRAIN, "Chief Executives", "Chief Operating Officer (COO)")], [])

    assert group.titles == ("Chief Executives", "Chief Operating Officer")
    assert group.abbreviations == (("Chief Operating Officer", "COO"),)


def test_an_abbreviation_of_a_part_of_the_title_stands_for_no_title() -> None:
    (group,) = training_groups([occupation(TRAIN, "Examiners", "Educational Development (ED) Examiner")], [])

    assert group.abbreviations == ()
    assert "Educational Development Examiner" in group.titles


def test_a_rest_class_gives_no_synonyms() -> None:
    assert training_groups([occupation(TRAIN, "Engineers, All Other", "Salvage Engineer")], []) == []


def test_groups_that_share_a_title_are_near_both_ways_and_never_neighbours() -> None:
    related = {OTHER: "Supplemental"}
    groups = training_groups(
        [occupation(TRAIN, "Pilots", "Captain", related=related), occupation(OTHER, "Skippers", "Captain")], []
    )

    assert [group.near for group in groups] == [{OTHER}, {TRAIN}]
    assert groups[0].neighbours == ()


def test_the_nearest_related_occupations_are_near_and_the_others_are_neighbours() -> None:
    related = {OTHER: "Primary-Short", THIRD: "Primary-Long", TEST: "Primary-Long"}
    occupations = [occupation(TRAIN, "Pilots", related=related), occupation(OTHER, "Navigators")]
    occupations += [occupation(THIRD, "Stewards"), occupation(TEST, "Vets")]

    groups = {group.key: group for group in training_groups(occupations, [])}

    assert (groups[TRAIN].near, groups[TRAIN].neighbours) == ({OTHER}, (THIRD,))
    assert groups[OTHER].near == {TRAIN}


def test_concepts_of_one_isco_group_are_neighbours() -> None:
    groups = training_groups([], [concept("editor"), concept("cutter"), concept("cook", isco_group="3434")])

    assert [group.neighbours for group in groups] == [("http://esco/cutter",), ("http://esco/editor",), ()]
