"""A whole profile: which fields there are, how much fits, and what is said about the rest."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.profile import Profile
from indexer.profile.schema import FieldError, ProfileSchema, read_profile
from tests.factories import make_profile, profile_record


def wrong(**changes: Any) -> list[tuple[str, str]]:
    """Return (field, reason) of all that is wrong with a profile of these changes."""
    errors = read_profile(profile_record("ann", **changes))
    assert isinstance(errors, list), errors
    return [(error.field, error.reason) for error in errors]


class TestWhatIsRead:
    def test_an_id_a_name_and_a_title_are_enough(self) -> None:
        profile = read_profile({"id": "ann", "name": "Ann", "positions": [{"title": "Vet"}]})

        assert isinstance(profile, Profile)
        assert profile.open_to_chats == "not_said"
        assert not profile.contact

    def test_a_number_is_an_id_and_a_yes_is_not(self) -> None:
        assert isinstance(read_profile(profile_record(7)), Profile)  # type: ignore[arg-type]
        assert wrong(id=True) == [("id", "must be text.")]

    def test_null_means_not_given(self) -> None:
        nothing = dict.fromkeys(set(ProfileSchema().fields) - {"id", "name", "positions"})

        assert make_profile("ann", **nothing) == make_profile("ann", open_to_chats="not_said")

    def test_a_list_keeps_every_entry_once_and_none_that_is_empty(self) -> None:
        profile = make_profile("ann", skills=["SQL", "", " SQL ", "R"], languages=["English", "en", "fr"])

        assert profile.skills == ("SQL", "R")
        assert profile.languages == ("en", "fr")

    def test_a_current_position_may_say_so(self) -> None:
        profile = make_profile("ann", positions=[{"title": "Vet", "start": "2019-04", "end": "present"}])

        assert profile.positions[0].current


class TestLimits:
    @pytest.mark.parametrize(
        ("name", "longest"), [("name", 120), ("headline", 200), ("bio", 5000), ("location", 120)]
    )
    def test_a_text_of_the_greatest_length_fits_and_one_more_does_not(self, name: str, longest: int) -> None:
        assert len(getattr(make_profile("ann", **{name: "x" * longest}), name)) == longest
        assert wrong(**{name: "x" * (longest + 1)}) == [
            (name, f"is {longest + 1:,} characters long; at most {longest:,} are kept.")
        ]

    @pytest.mark.parametrize(
        ("name", "item", "most"),
        [
            ("languages", "en", 20),
            ("links", {"url": "https://example.org"}, 10),
            ("skills", "SQL", 60),
            ("topics", "Moving abroad", 30),
            ("schools", {"school": "Leeds"}, 10),
            ("communities", "Choir", 20),
            ("chat_minutes", 15, 8),
            ("channels", "mail", 4),
        ],
    )
    def test_a_list_of_the_greatest_length_fits_and_one_more_does_not(
        self, name: str, item: Any, most: int
    ) -> None:
        make_profile("ann", **{name: [item] * most})

        assert wrong(**{name: [item] * (most + 1)}) == [(name, f"has more than {most} entries.")]

    @pytest.mark.parametrize("count", [0, 31])
    def test_there_are_1_to_30_positions(self, count: int) -> None:
        make_profile("ann", positions=[{"title": "Vet"}] * 30)

        assert wrong(positions=[{"title": "Vet"}] * count) == [("positions", "must be 1 to 30 positions.")]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"positions": [{"title": "x" * 121}]}, "position_1_title"),
            ({"positions": [{"title": "Vet"}, {"title": "Vet", "company": "x" * 121}]}, "position_2_company"),
            ({"positions": [{"title": "Vet", "industry": "x" * 81}]}, "position_1_industry"),
            ({"skills": ["x" * 61]}, "skills_1"),
            ({"topics": ["x" * 121]}, "topics_1"),
            ({"communities": ["x" * 101]}, "communities_1"),
            ({"schools": [{"school": "x" * 161}]}, "school_1_school"),
            ({"schools": [{"school": "Leeds", "degree": "x" * 161}]}, "school_1_degree"),
            ({"schools": [{"school": "Leeds", "year": 1899}]}, "school_1_year"),
            ({"links": [{"url": "https://example.org/" + "x" * 500}]}, "link_1_url"),
            ({"links": [{"url": "https://example.org", "label": "x" * 61}]}, "link_1_label"),
            ({"links": [{"url": "https://example.org", "public": "perhaps"}]}, "link_1_public"),
            ({"contact": {"email": "x" * 250 + "@example.org"}}, "contact_email"),
            ({"contact": {"phone": "1" * 41}}, "contact_phone"),
            ({"contact": {"other": "x" * 301}}, "contact_other"),
            ({"chat_minutes": [15, 4]}, "chat_minutes_2"),
            ({"chat_minutes": [121]}, "chat_minutes_1"),
            ({"monthly_capacity": 101}, "monthly_capacity"),
            ({"monthly_capacity": -1}, "monthly_capacity"),
            ({"chats_this_month": 1001}, "chats_this_month"),
            ({"channels": ["fax"]}, "channels_1"),
            ({"consent_at": "2026-02-30"}, "consent_at"),
            ({"paused_until": "tomorrow"}, "paused_until"),
            ({"last_active_at": "2026"}, "last_active_at"),
            ({"updated_at": "2026-99-01T00:00:00Z"}, "updated_at"),
            ({"country": "XX"}, "country"),
            ({"languages": ["en", "xx-unknown"]}, "languages_2"),
        ],
    )
    def test_a_value_beyond_its_limit_is_named_by_its_column(self, changes: dict[str, Any], field: str) -> None:
        assert [name for name, _ in wrong(**changes)] == [field]


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("changes", "field", "reason"),
        [
            ({"name": None}, "name", "is missing."),
            ({"name": " "}, "name", "must not be empty."),
            ({"positions": None}, "positions", "at least one position with a title is needed."),
            ({"positions": [{"company": "X"}]}, "position_1_title", "is missing."),
            ({"positions": [None]}, "position_1", "must not be empty."),
            ({"positions": "Vet"}, "positions", "must be a list."),
            ({"positions": ["Vet"]}, "position_1", "must be a group of fields."),
            ({"skills": "SQL"}, "skills", "must be a list."),
            ({"contact": "Ann"}, "contact", "must be a group of fields."),
            ({"skils": ["SQL"]}, "skils", "is not a field of a profile. Did you mean skills?"),
            ({"shoe": 42}, "shoe", "is not a field of a profile."),
            (
                {"positions": [{"title": "Vet", "compny": "X"}]},
                "position_1_compny",
                "is not a field of a profile. Did you mean company?",
            ),
            ({"contact": {"²": "x"}}, "contact_²", "is not a field of a profile."),
            ({"channels": ["fax"]}, "channels_1", "is not one of video, phone, in_person, mail."),
        ],
    )
    def test_it_is_said_in_words(self, changes: dict[str, Any], field: str, reason: str) -> None:
        assert wrong(**changes) == [(field, reason)]

    def test_everything_that_is_wrong_is_said_at_once(self) -> None:
        several = wrong(name="", bio=5 * ["x"], country="Narnia", chat_minutes=[1, 2], shoe=42)

        assert {name for name, _ in several} == {
            "shoe",
            "name",
            "bio",
            "country",
            "chat_minutes_1",
            "chat_minutes_2",
        }

    def test_a_record_is_not_from_the_future_but_for_clocks_that_differ(self) -> None:
        now = datetime.now(UTC)
        late = now + timedelta(days=2)

        assert wrong(updated_at=late.isoformat()) == [("updated_at", f"{late:%Y-%m-%d} is in the future.")]
        make_profile("ann", updated_at=(now + timedelta(hours=14)).isoformat())

    @pytest.mark.parametrize(
        ("start", "end"), [("2020", "2019"), ("2020-05", "2020-04"), ("2020-05-02", "2020-05-01")]
    )
    def test_a_position_does_not_end_before_it_starts(self, start: str, end: str) -> None:
        career = [{"title": "Vet", "start": start, "end": end}]

        assert wrong(positions=career) == [("position_1_end", f"{end} is before the start, {start}.")]

    @pytest.mark.parametrize(("start", "end"), [("2020-05", "2020"), ("2020", "2020-01"), ("2020", "2020")])
    def test_a_position_may_end_in_the_year_it_starts(self, start: str, end: str) -> None:
        make_profile("ann", positions=[{"title": "Vet", "start": start, "end": end}])

    @pytest.mark.parametrize("id_", ["", "a b", "-a", "ann@example.org", "a/b", "a\n", "x" * 129, "é"])
    def test_an_id_fits_into_a_link_and_is_no_address(self, id_: str) -> None:
        ((field, reason),) = wrong(id=id_)

        assert field == "id"
        assert "must not be an e-mail address" in reason

    @pytest.mark.parametrize("record", [None, 5, "Ann", [], [{}]])
    def test_what_is_no_group_of_fields_is_no_profile(self, record: Any) -> None:
        assert read_profile(record) == [FieldError((), "must be a group of fields.")]

    def test_the_name_of_an_unknown_field_is_shown_short_and_without_controls(self) -> None:
        ((field, _),) = wrong(**{"\x1b[2J" + "x" * 1000: 1})

        assert field == "[2J" + "x" * 77

    def test_a_message_never_repeats_a_private_value(self) -> None:
        errors = wrong(contact={"email": "secret", "phone": ["secret"], "other": "secret" * 99})

        assert [name for name, _ in errors] == ["contact_email", "contact_phone", "contact_other"]
        assert "secret" not in str(errors)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = sorted(ProfileSchema().fields)
NESTED = st.sampled_from(["title", "start", "end", "url", "public", "school", "year", "email", "phone", "other"])
NEARLY_A_PROFILE = st.dictionaries(
    st.sampled_from(NAMES), JSON | st.lists(st.dictionaries(NESTED, JSON, max_size=3), max_size=2), max_size=8
).map(lambda changes: profile_record("ann") | changes)


@given(JSON | NEARLY_A_PROFILE)
def test_any_json_is_a_profile_or_is_told_what_is_wrong_with_it(record: Any) -> None:
    result = read_profile(record)

    if not isinstance(result, Profile):
        assert result
        assert all(error.field and error.reason for error in result)


def test_json_nested_a_thousand_deep_is_told_so_too() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    names = sorted(set(NAMES) - {"id", "open_to_chats"})

    errors = read_profile({"id": deep, "open_to_chats": deep} | dict.fromkeys(names, deep))

    assert isinstance(errors, list)
    assert {error.field.split("_1")[0] for error in errors} >= {"id", "name", "consent_at", "open_to_chats"}
