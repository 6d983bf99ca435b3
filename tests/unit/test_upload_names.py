import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.operator.uploads import shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("people.csv", "people.csv"),
        ("../../etc/people.csv", "people.csv"),
        ("C:\\Users\\Ann\\people.csv", "people.csv"),
        ("peo\u202eple\r\n\x00.csv", "people.csv"),
        (" Mentoren & Köche.csv ", "Mentoren & Köche.csv"),
        ("..", ".."),
        ("people/", ""),
    ],
)
def test_a_name_is_shown_without_its_folders_and_in_one_line(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(st.text(), st.sampled_from([".csv", ".jsonl"]))
def test_no_name_is_long_or_loses_its_kind(name: str, kind: str) -> None:
    shown = shown_name(name + kind)

    assert len(shown) <= 80
    assert shown.isprintable()
    assert not set("/\\") & set(shown)
    assert shown.endswith(kind)
