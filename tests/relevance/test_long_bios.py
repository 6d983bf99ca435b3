import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.relevance.long_bios import chunked, chunks, evaluate_long_bios, make_bios
from scripts.relevance.queries import Kind, Query
from tests.fakes import KeywordEncoder
from tests.relevance.occupations import make_occupation

JOBS = ("nurse", "pilot", "cook", "judge")
ENCODER = KeywordEncoder(*JOBS)
OCCUPATIONS = [
    make_occupation(f"{number}-1011.00", description=f"{job} work. " * 200) for number, job in enumerate(JOBS, 11)
]


def test_each_job_is_told_of_first_once_and_last_once_and_never_twice_in_one_bio() -> None:
    bios = make_bios([*OCCUPATIONS, make_occupation("53-1011.00", description="Too little.")])

    codes = sorted(occupation.code for occupation in OCCUPATIONS)
    assert sorted(bio.first for bio in bios) == sorted(bio.last for bio in bios) == codes
    assert all(bio.first != bio.last for bio in bios)
    assert all(3200 < len(bio.text) < 5000 for bio in bios)


@given(st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=60), st.integers(1, 9))
def test_chunks_hold_every_word_once_in_order_and_are_about_equally_long(words: list[str], most: int) -> None:
    parts = [chunk.split() for chunk in chunks(" ".join(words), most)]

    assert [word for part in parts for word in part] == words
    assert max(map(len, parts)) <= most
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_a_text_in_chunks_has_the_mean_of_their_vectors() -> None:
    (vector,) = chunked(ENCODER, ["nurse nurse pilot pilot"], words=2)

    np.testing.assert_allclose(vector[[1, 2]], np.sqrt(0.5), atol=1e-6)


@pytest.mark.parametrize(("told", "ranks"), [("first", (1, 3)), ("last", (3, 1))])
def test_a_job_is_asked_for_in_both_places_and_its_other_bio_is_no_rival(
    told: str, ranks: tuple[int, int]
) -> None:
    bios = make_bios(OCCUPATIONS)
    codes = [occupation.code for occupation in OCCUPATIONS]
    # As if one of the two jobs were all that was read of a bio, and each bio without the nurse's job named it too.
    read = [JOBS[codes.index(getattr(bio, told))] for bio in bios]
    others = [codes[0] not in (bio.first, bio.last) for bio in bios]
    vectors = ENCODER.encode([f"nurse {job}" if other else job for job, other in zip(read, others, strict=True)])

    scores = evaluate_long_bios(bios, vectors, [Query(Kind.TITLE, codes[0], "nurse")], ENCODER.encode(["nurse"]))

    assert sum(others) == 2
    assert [(score.kind, 1 / score.values["MRR"]) for score in scores] == [
        ("told first", ranks[0]),
        ("told last", ranks[1]),
    ]


def test_a_query_for_a_job_that_no_bio_tells_of_is_left_out() -> None:
    bios = make_bios(OCCUPATIONS)

    assert evaluate_long_bios(bios, np.eye(4), [Query(Kind.TITLE, "53-9999.00", "?")], np.eye(4)[:1]) == []
