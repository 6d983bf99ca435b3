"""The pairs that training learns from, and which in-batch answers count as wrong."""

from dataclasses import replace

import numpy as np
import pytest

from scripts.relevance.mask import mask, title_stems
from scripts.training.masks import meanings, wrong_answers
from scripts.training.pairs import Kind, Pair, Recipe, build_pairs
from scripts.training.sources import Group, singular_form

PLAIN = Recipe(misspelt_share=0, masked_share=0, texts=False, hard_negatives=False)
PILOT = Group(
    key="53-2011.00",
    titles=("Pilots", "Flyer", "Captain", "Aviator"),
    texts=("Fly planes of an airline with care.", "Check the weather before each flight begins."),
    abbreviations=(("First Officer", "FO"),),
    neighbours=("53-2021.00",),
)
CONTROLLER = Group(key="53-2021.00", titles=("Air Traffic Controllers", "Tower Chief"), texts=(), near=frozenset())
COOK = Group(
    key="http://esco/cook", titles=("cook", "chef", "kitchen hand"), texts=("Cooks make meals for guests.",)
)


def of_group(pairs: list[Pair], group: Group, kind: Kind) -> list[Pair]:
    return [pair for pair in pairs if pair.key == group.key and pair.kind is kind]


def pair(group: Group, anchor: str, positive: str, negative: str | None = None) -> Pair:
    return Pair(kind=Kind.ONET_TITLES, key=group.key, anchor=anchor, positive=positive, negative=negative)


def test_a_pair_of_titles_is_two_titles_of_one_group() -> None:
    pairs = of_group(build_pairs([PILOT, COOK], PLAIN), COOK, Kind.ESCO_TITLES)

    assert len(pairs) == 3
    assert {frozenset((one.anchor, one.positive)) for one in pairs} == {
        frozenset(("cook", "chef")),
        frozenset(("cook", "kitchen hand")),
        frozenset(("chef", "kitchen hand")),
    }


def test_no_group_gives_more_pairs_than_its_cap() -> None:
    large = replace(PILOT, titles=tuple(f"job {letter}" for letter in "abcdefghijklmnop"), abbreviations=())

    pairs = of_group(build_pairs([large], replace(PLAIN, onet_cap=7)), large, Kind.ONET_TITLES)

    assert len(pairs) == 7
    assert sum("job a" in (one.anchor, one.positive) for one in pairs) >= 4


def test_an_abbreviation_is_paired_with_what_it_stands_for() -> None:
    pairs = of_group(build_pairs([PILOT], PLAIN), PILOT, Kind.ONET_TITLES)

    assert {"First Officer", "FO"} in [{one.anchor, one.positive} for one in pairs]


def test_a_title_that_many_groups_share_is_in_no_pair_of_titles() -> None:
    groups = [replace(COOK, key=f"http://esco/{n}", titles=("worker", f"cook {n}", f"chef {n}")) for n in range(4)]

    pairs = [one for one in build_pairs(groups, PLAIN) if one.kind is Kind.ESCO_TITLES]

    assert len(pairs) == 4
    assert not any("worker" in (one.anchor, one.positive) for one in pairs)


def test_a_text_is_paired_with_a_title_of_its_group() -> None:
    pairs = of_group(build_pairs([PILOT], replace(PLAIN, texts=True)), PILOT, Kind.TEXTS)

    assert {one.anchor for one in pairs} == set(PILOT.texts)
    assert {one.positive for one in pairs} <= set(PILOT.titles)


def test_a_masked_text_does_not_name_its_title() -> None:
    pairs = build_pairs([PILOT, COOK], replace(PLAIN, texts=True, masked_share=1))

    texts = of_group(pairs, PILOT, Kind.TEXTS) + of_group(pairs, COOK, Kind.TEXTS)
    assert texts
    assert all(mask(one.anchor, title_stems([one.positive])) == one.anchor for one in texts)


@pytest.mark.parametrize("recipe", [PLAIN, replace(PLAIN, texts=True)])
def test_without_hard_negatives_no_pair_has_one(recipe: Recipe) -> None:
    assert {one.negative for one in build_pairs([PILOT, CONTROLLER], recipe)} == {None}


def test_a_hard_negative_is_a_title_of_a_neighbour() -> None:
    pairs = build_pairs([PILOT, CONTROLLER, COOK], replace(PLAIN, hard_negatives=True))

    assert {one.negative for one in of_group(pairs, PILOT, Kind.ONET_TITLES)} <= set(CONTROLLER.titles)


def test_a_hard_negative_is_never_a_title_of_the_group_itself() -> None:
    twin = replace(CONTROLLER, titles=("Pilot", "Tower Chief"))

    pairs = build_pairs([PILOT, twin], replace(PLAIN, hard_negatives=True))

    assert {one.negative for one in of_group(pairs, PILOT, Kind.ONET_TITLES)} == {"Tower Chief"}


def test_misspelt_titles_are_as_many_as_asked() -> None:
    pairs = of_group(build_pairs([COOK], replace(PLAIN, misspelt_share=1)), COOK, Kind.ESCO_TITLES)

    assert all(singular_form(one.positive) in {"cook", "chef", "kitchen hand"} for one in pairs)
    assert any(one.anchor not in COOK.titles for one in pairs)


def test_the_same_seed_gives_the_same_pairs_and_another_seed_others() -> None:
    groups = [PILOT, CONTROLLER, COOK]

    assert build_pairs(groups, Recipe()) == build_pairs(groups, Recipe())
    assert build_pairs(groups, Recipe()) != build_pairs(groups, Recipe(seed=18))


def test_a_group_has_the_same_pairs_whatever_groups_are_beside_it() -> None:
    alone = of_group(build_pairs([COOK], PLAIN), COOK, Kind.ESCO_TITLES)

    assert of_group(build_pairs([PILOT, CONTROLLER, COOK], PLAIN), COOK, Kind.ESCO_TITLES) == alone


def test_an_answer_of_the_same_group_or_a_near_one_is_not_wrong() -> None:
    near = replace(CONTROLLER, near=frozenset({PILOT.key}))
    groups = [replace(PILOT, near=frozenset({near.key})), near, COOK]
    rows = meanings(
        [
            pair(PILOT, "Flyer", "Captain"),
            pair(PILOT, "Pilots", "Aviator"),
            pair(near, "Tower Chief", "Air Traffic Controllers"),
            pair(COOK, "chef", "cook"),
        ],
        groups,
    )

    wrong = wrong_answers(rows, [row.positive for row in rows])

    np.testing.assert_array_equal(wrong, [[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 1], [1, 1, 1, 0]])


def test_an_answer_with_the_same_words_is_not_wrong_though_its_group_is_another() -> None:
    rows = meanings(
        [pair(PILOT, "Flyer", "Captain"), pair(COOK, "chef", "Flyers"), pair(COOK, "chef", "nobody")],
        [PILOT, COOK],
    )

    wrong = wrong_answers(rows, [row.positive for row in rows])

    assert wrong[0].tolist() == [False, False, True]


def test_a_hard_negative_that_another_pair_wants_is_not_wrong_there() -> None:
    rows = meanings(
        [pair(PILOT, "Flyer", "Captain", "cook"), pair(COOK, "chef", "cook", "Captain")], [PILOT, COOK]
    )

    wrong = wrong_answers(rows, [row.negative for row in rows])

    np.testing.assert_array_equal(wrong, [[1, 0], [0, 1]])
