from itertools import pairwise

from indexer.profile import Profile, from_record, to_record
from scripts.relevance.people import Person, make_people
from tests.relevance.occupations import make_occupation

BORNE = {f"29-11{n}.00": [f"Title {n} a", f"Title {n} b"] for n in range(10, 40)}
OCCUPATIONS = [make_occupation(code, related={"29-1110.00": "Primary-Short"}) for code in BORNE]


def people() -> list[Person]:
    return make_people(OCCUPATIONS, BORNE, each=3)


def test_the_same_people_are_made_every_time() -> None:
    assert people() == people()


def test_every_occupation_has_its_number_of_people_whose_newest_job_it_is() -> None:
    assert sorted(person.codes[0] for person in people()) == sorted(list(BORNE) * 3)


def test_every_position_bears_a_title_of_the_code_it_is_graded_by() -> None:
    for person in people():
        for code, position in zip(person.codes, person.profile.positions, strict=True):
            assert position.title in BORNE[code]


def test_careers_have_one_to_three_jobs_one_after_another() -> None:
    careers = [person.profile.positions for person in people()]

    assert {len(career) for career in careers} == {1, 2, 3}
    assert all(newer.start == older.end for career in careers for newer, older in pairwise(career))


def test_most_but_not_all_are_in_their_newest_job_now() -> None:
    current = [person.profile.positions[0].current for person in people()]

    assert 0.8 < sum(current) / len(current) < 1


def test_past_jobs_come_from_related_occupations_and_from_any() -> None:
    past = [code for person in people() for code in person.codes[1:]]

    assert 0.4 < past.count("29-1110.00") / len(past) < 0.8


def test_every_person_is_a_profile_that_an_engine_keeps_unchanged() -> None:
    profiles: list[Profile] = [person.profile for person in people()]

    assert [from_record(to_record(profile)) for profile in profiles] == profiles
