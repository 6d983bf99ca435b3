"""What a column may be called, and how the columns of a row become a nested profile."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.columns import UnclearRow, canonical, known_columns, nest, origin, split

CELL = st.text(string.ascii_letters + " ", min_size=1, max_size=8).map(str.strip).filter(bool)


class TestNames:
    @pytest.mark.parametrize(
        ("header", "ours"),
        [
            ("id", "id"),
            (" Full Name ", "name"),
            ("JOB-TITLE", "position_1_title"),
            ("Employer", "position_1_company"),
            ("about", "bio"),
            ("email", "contact_email"),
            ("contact_phone", "contact_phone"),
            ("position_1_title", "position_1_title"),
            ("Position 02 Company", "position_2_company"),
            ("position_3", "position_3_title"),
            ("positions", "position_title"),
            ("position", "position_title"),
            ("position_company", "position_company"),
            ("school", "school_school"),
            ("school_2_degree", "school_2_degree"),
            ("links", "link_url"),
            ("Open to chats", "open_to_chats"),
        ],
    )
    def test_a_header_means_a_field_however_it_is_written(self, header: str, ours: str) -> None:
        assert canonical(header) == ours

    @pytest.mark.parametrize(
        "header",
        ["", "shoe size", "position_0_title", "position_1_shoe", "position_100_title", "contact_fax", "contact"],
    )
    def test_a_header_that_means_no_field_has_no_name(self, header: str) -> None:
        assert canonical(header) is None

    def test_every_name_we_suggest_is_a_name_we_take(self) -> None:
        assert [name for name in known_columns() if canonical(name) != name] == []

    @given(st.text())
    def test_our_name_for_a_header_is_its_own_name(self, header: str) -> None:
        ours = canonical(header)

        assert ours is None or canonical(ours) == ours


class TestNesting:
    def test_a_row_becomes_a_profile(self) -> None:
        assert nest(
            {
                "id": "ann",
                "position_1_title": "Vet",
                "position_1_end": "",
                "position_2_title": "Nurse",
                "position_2_end": "2019",
                "skills": "surgery; cats ;; ",
                "school_school": "Leeds",
                "link_1_url": "https://example.org",
                "contact_email": "ann@example.org",
                "bio": "",
                "country": None,
            }
        ) == {
            "id": "ann",
            "positions": [{"title": "Vet"}, {"title": "Nurse", "end": "2019"}],
            "skills": ["surgery", "cats"],
            "schools": [{"school": "Leeds"}],
            "links": [{"url": "https://example.org"}],
            "contact": {"email": "ann@example.org"},
        }

    def test_parallel_lists_are_as_many_positions(self) -> None:
        assert nest({"position_title": "Vet; Nurse", "position_company": "; Hill Clinic"}) == {
            "positions": [{"title": "Vet"}, {"title": "Nurse", "company": "Hill Clinic"}]
        }

    @given(
        st.dictionaries(st.sampled_from(["", *map("_{}".format, range(1, 5))]), CELL | st.just(""), min_size=1),
        st.sampled_from(["position", "school"]),
    )
    def test_every_value_of_a_group_is_found_in_its_column_again(self, cells: dict[str, str], group: str) -> None:
        primary = {"position": "title", "school": "school"}[group]
        flat = {f"{group}{number}_{primary}": cell for number, cell in cells.items()}

        for place, item in enumerate(nest(flat).get(f"{group}s", [])):
            column, entry = origin((f"{group}s", place, primary), flat)
            values = split(flat[column], keep_empty=True)
            assert item == {primary: values[int(entry.removeprefix("entry ")) - 1] if entry else flat[column]}

    def test_positions_are_in_the_order_of_their_numbers(self) -> None:
        flat = {"position_10_title": "c", "position_2_title": "b", "position_1_title": "a"}

        assert [position["title"] for position in nest(flat)["positions"]] == ["a", "b", "c"]

    def test_lists_of_different_lengths_are_refused(self) -> None:
        with pytest.raises(UnclearRow, match="position_company has 3 entries and position_title has 2"):
            nest({"position_title": "Vet; Nurse", "position_company": "A; B; C"})

    @pytest.mark.parametrize(
        ("flat", "name"),
        [
            ({"positions": [{"title": "Vet"}], "position_1_title": "Nurse"}, "positions"),
            ({"contact": {"phone": "1"}, "contact_email": "ann@example.org"}, "contact"),
            ({"contact_email": "ann@example.org", "contact": "call me"}, "contact"),
        ],
    )
    def test_what_is_given_twice_is_refused_rather_than_half_lost(self, flat: dict[str, Any], name: str) -> None:
        with pytest.raises(UnclearRow, match=f"^{name} is given twice"):
            nest(flat)

    @pytest.mark.parametrize("value", [5, True, 1.5, {"title": "Vet"}])
    def test_a_value_that_is_no_text_is_left_to_the_schema(self, value: Any) -> None:
        assert nest({"position_title": value}) == {"positions": [{"title": value}]}
        assert nest({"position_1": value, "skills": [value]}) == {"position_1": value, "skills": [value]}

    @given(st.lists(CELL, min_size=1, max_size=9))
    def test_a_list_cell_gives_back_its_entries(self, entries: list[str]) -> None:
        assert split("; ".join(entries)) == entries
        assert split(";".join(entries) + ";") == entries
        assert nest({"skills": "; ".join(entries)})["skills"] == entries

    @given(st.lists(st.tuples(CELL, CELL | st.just("")), min_size=1, max_size=9))
    def test_numbered_columns_and_parallel_lists_say_the_same(self, career: list[tuple[str, str]]) -> None:
        numbered = {f"position_{n}_title": title for n, (title, _) in enumerate(career, start=1)}
        numbered |= {f"position_{n}_company": company for n, (_, company) in enumerate(career, start=1)}
        titles, companies = ("; ".join(values) for values in zip(*career, strict=True))
        parallel = {"position_title": titles}
        if companies:
            parallel["position_company"] = companies

        assert nest(numbered) == nest(parallel)

    @given(
        st.dictionaries(
            st.sampled_from([*known_columns(), "positions", "contact", "position_company", "shoe"]),
            st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(), max_size=2),
        )
    )
    def test_any_row_is_nested_or_told_to_be_unclear(self, flat: dict[str, Any]) -> None:
        try:
            record = nest(flat)
        except UnclearRow as unclear:
            assert "twice" in str(unclear) or "entries" in str(unclear)  # noqa: PT017
        else:
            assert not [value for value in record.values() if value in ("", None)]
