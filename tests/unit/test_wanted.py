"""service/search/wanted.py: which occupations a search wants, and how much each counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.titles import KnownOccupation
from indexer.titles.neighbours import neighbours
from indexer.titles.understanding import Reading
from service.search.wanted import TIER_SHARES, Wanted, kept, wanted, widened


def occupation(code: str, angle: float = 0.0, **related: str) -> KnownOccupation:
    """Return an occupation named by its code, whose vector lies at `angle` in a plane."""
    vector = np.array([np.cos(angle), np.sin(angle)], np.float32)
    return KnownOccupation(code=code, title=code, job_zone=None, related=related, words={}, vector=vector)


def reading(code: str, confidence: float) -> Reading:
    return Reading(code, code, confidence, matched_title="")


OCCUPATIONS = {
    one.code: one
    for one in (
        occupation("nurse", midwife="Primary-Short", medic="Supplemental", doctor="Primary-Long"),
        occupation("midwife", nurse="Primary-Short"),
        occupation("doctor", nurse="Supplemental"),
        occupation("medic", nurse="Primary-Long"),
        occupation("baker", 1.0),
        occupation("cook", 1.1),
    )
}


def test_the_surest_reading_counts_full_and_its_neighbours_by_their_tier() -> None:
    meant = wanted([reading("nurse", 0.8)], OCCUPATIONS)

    assert meant.certainty == 0.8
    assert meant.shares == {
        "nurse": 1.0,
        "midwife": TIER_SHARES["Primary-Short"],
        "doctor": TIER_SHARES["Primary-Long"],
        "medic": TIER_SHARES["Supplemental"],
    }


def test_a_second_reading_counts_by_its_confidence_against_the_first() -> None:
    meant = wanted([reading("doctor", 0.8), reading("baker", 0.2)], OCCUPATIONS)

    assert meant.shares["baker"] == pytest.approx(0.25)


def test_an_occupation_that_is_read_and_related_counts_by_the_better() -> None:
    meant = wanted([reading("nurse", 0.5), reading("midwife", 0.4)], OCCUPATIONS)

    assert meant.shares["midwife"] == pytest.approx(0.8)


def test_without_readings_occupations_say_nothing() -> None:
    assert wanted([], OCCUPATIONS) == Wanted()


def test_what_was_dropped_is_not_wanted_as_a_neighbour_either() -> None:
    meant = wanted([reading("nurse", 1.0)], OCCUPATIONS, dropped=["midwife"])

    assert "midwife" not in meant.shares
    assert meant.dropped == {"midwife"}


@given(st.lists(st.builds(reading, st.sampled_from(list(OCCUPATIONS)), st.floats(0, 1)), max_size=5))
def test_every_share_is_between_0_and_1_and_the_surest_is_1(readings: list[Reading]) -> None:
    meant = wanted(readings, OCCUPATIONS)

    assert all(0 <= share <= 1 for share in meant.shares.values())
    if meant.certainty:
        assert max(meant.shares.values()) == 1


def test_the_nearest_tier_comes_first_among_neighbours() -> None:
    assert neighbours("nurse", OCCUPATIONS) == ["midwife", "doctor", "medic"]


def test_where_a_taxonomy_names_none_the_nearest_by_meaning_are_the_neighbours() -> None:
    nearer = OCCUPATIONS | {"chef": occupation("chef", 1.01)}

    assert neighbours("baker", nearer)[:2] == ["chef", "cook"]


def test_an_occupation_that_is_alone_has_no_neighbours() -> None:
    assert neighbours("baker", {"baker": OCCUPATIONS["baker"]}) == []


def test_a_search_for_two_jobs_is_widened_by_the_nearest_of_each_in_turn() -> None:
    assert widened(["nurse", "medic"], OCCUPATIONS) == ["midwife", "doctor"]


def confidences(readings: tuple[Reading, ...]) -> dict[str, float]:
    return {one.code: round(one.confidence, 6) for one in readings}


def test_without_the_reading_that_is_not_meant_the_others_are_as_much_surer() -> None:
    read = [reading("doctor", 0.6), reading("nurse", 0.3), reading("medic", 0.02)]

    assert confidences(kept(read, ["doctor"])) == {"nurse": 0.75, "medic": 0.05}
    assert confidences(kept(read, [])) == {"doctor": 0.6, "nurse": 0.3, "medic": 0.02}


def test_of_several_jobs_each_is_as_sure_as_before_without_another() -> None:
    assert confidences(kept([reading("cook", 1.0), reading("nurse", 0.6)], ["cook"])) == {"nurse": 0.6}


def test_without_all_that_was_read_nothing_is_left() -> None:
    assert kept([reading("doctor", 0.9999999)], ["doctor"]) == ()


@given(
    st.lists(st.tuples(st.sampled_from([*OCCUPATIONS]), st.floats(0, 1)), unique_by=lambda one: one[0]), st.data()
)
def test_what_is_kept_is_a_chance_and_never_less_likely(
    read: list[tuple[str, float]], data: st.DataObject
) -> None:
    readings = [reading(code, confidence) for code, confidence in read]
    dropped = data.draw(st.sets(st.sampled_from([*OCCUPATIONS])))

    left = confidences(kept(readings, dropped))

    assert set(left) == {one.code for one in readings} - dropped
    assert all(round(one.confidence, 6) <= left.get(one.code, 1) <= 1 for one in readings)


def test_a_search_is_not_widened_to_what_was_dropped() -> None:
    assert widened(["nurse"], OCCUPATIONS, dropped=["midwife"]) == ["doctor", "medic"]
