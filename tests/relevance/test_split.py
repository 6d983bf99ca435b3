from collections import Counter

from scripts.relevance.split import Split, split_of

CODES = [f"{group}-{number}.00" for group in range(11, 54, 2) for number in range(1000, 1100)]


def test_a_fifth_of_the_occupations_test_and_a_tenth_tune() -> None:
    share = {split: count / len(CODES) for split, count in Counter(map(split_of, CODES)).items()}

    assert 0.17 < share[Split.TEST] < 0.23
    assert 0.07 < share[Split.DEVELOPMENT] < 0.13


def test_all_occupations_of_one_soc_code_are_in_one_split() -> None:
    assert all(split_of(code) is split_of(f"{code[:7]}.07") for code in CODES)


def test_an_occupation_never_changes_its_split() -> None:
    assert [split_of(code) for code in ("11-1011.00", "29-1141.00", "15-1252.00")] == [
        Split.TEST,
        Split.TEST,
        Split.TRAIN,
    ]
