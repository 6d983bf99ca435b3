"""service/search/similar.py: who else to talk to."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from indexer.engines import Engine, open_engine
from indexer.errors import EncoderError
from indexer.indexing import ImportReport, import_profiles
from indexer.profile import Profile
from indexer.titles.reader import TitleReader
from service.search import QueryVectors, SimilarPeople
from service.search.similar import CAREER, rank_alike
from tests.candidates import MIDWIFE, NURSE, VET, candidate, of
from tests.factories import make_catalogue, make_occupation, make_profile
from tests.fakes import KeywordEncoder

TODAY = date(2026, 11, 24)
ENCODER = KeywordEncoder("nurse", "vet", "pilot")
TITLES = {"Nurse": NURSE, "Vet": VET, "Pilot": "53-2011.00"}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(open_engine(f"sqlite:///{tmp_path}/index.db")) as engine:
        engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
        engine.titles.replace(make_catalogue(ENCODER, TITLES, words={"nurse": 2, "vet": 1, "pilot": 1}))
        yield engine


@pytest.fixture
def index(engine: Engine) -> Callable[..., None]:
    def imported(*profiles: Profile) -> None:
        read = TitleReader(engine.titles, lambda: ENCODER).occupation_codes
        import_profiles(profiles, engine, lambda: ENCODER, read, ImportReport())

    return imported


def people(engine: Engine, open_encoder: Callable[[], KeywordEncoder] = lambda: ENCODER) -> SimilarPeople:
    vectors = QueryVectors(open_encoder)
    return SimilarPeople(engine, TitleReader(engine.titles, lambda: vectors), vectors)


def ids(engine: Engine, profile: Profile, *seen: str, count: int = 10) -> list[str]:
    return [found.profile.id for found in people(engine).similar(profile, seen, count, TODAY)]


def career(*titles: str) -> list[dict[str, str]]:
    """Return positions, the newest first, of which all but that are past."""
    return [{"title": title, **({"end": str(2024 - n)} if n else {})} for n, title in enumerate(titles)]


ANN = make_profile("ann", positions=career("Vet", "Nurse"))


def test_who_went_the_same_way_comes_first(engine: Engine, index: Callable[..., None]) -> None:
    index(
        ANN,
        make_profile("pilot", positions=career("Pilot")),
        make_profile("same", positions=career("Vet", "Nurse")),
        make_profile("half", positions=career("Nurse", "Pilot")),
    )

    assert ids(engine, ANN) == ["same", "half", "pilot"]
    assert ids(engine, ANN, count=1) == ["same"]


def test_the_person_and_those_seen_are_left_out(engine: Engine, index: Callable[..., None]) -> None:
    index(ANN, make_profile("bob", "Vet"), make_profile("cem", "Vet"))

    assert ids(engine, ANN, "bob") == ["cem"]


def test_only_who_can_be_asked_is_shown(engine: Engine, index: Callable[..., None]) -> None:
    index(
        make_profile("open", "Vet"),
        make_profile("no", "Vet", open_to_chats="no"),
        make_profile("silent", "Vet", open_to_chats="not_said"),
        make_profile("paused", "Vet", paused_until="2026-12-01"),
        make_profile("booked", "Vet", monthly_capacity=1, chats_this_month=1),
    )

    assert ids(engine, ANN) == ["open"]


def test_they_are_of_several_companies(engine: Engine, index: Callable[..., None]) -> None:
    at = [("The Mill", 8), ("Pixar", 1), ("Harbour Films", 1)]
    board = [
        make_profile(f"{company[:3]}{n}".replace(" ", ""), positions=[{"title": "Vet", "company": company}])
        for company, count in at
        for n in range(count)
    ]
    index(*board)

    companies = {id_.rstrip("0123456789") for id_ in ids(engine, make_profile("me", "Vet"), count=5)}

    assert len(companies) >= 2


def test_each_is_shown_with_a_reason(engine: Engine, index: Callable[..., None]) -> None:
    index(make_profile("bob", positions=career("Pilot", "Vet"), chat_minutes=[15]))

    (bob,) = people(engine).similar(ANN, (), 5, TODAY)

    assert bob.position.title == "Vet"
    assert bob.reasons == ["Was Vet until 2023", "Open to 15-minute chats"]
    assert sum(bob.signals.values()) == pytest.approx(bob.score)


def test_without_the_encoder_there_are_none(engine: Engine, index: Callable[..., None]) -> None:
    def missing() -> KeywordEncoder:
        raise EncoderError("There is no encoder.")

    index(make_profile("bob", "Vet"))

    assert people(engine, missing).similar(ANN, (), 5, TODAY) == []


def test_a_related_occupation_counts_by_its_tier_and_an_earlier_step_less_than_a_later() -> None:
    related = {NURSE: make_occupation(ENCODER, NURSE, "Nurse", related={MIDWIFE: "Primary-Short"})}
    board = [of("midwife", MIDWIFE, 0.0), of("nurse", NURSE, 0.0), of("vet", VET, 0.0), candidate("other", 0.0)]

    ranked = {one.id: one.score for one in rank_alike(board, [NURSE, VET], related)}

    assert ranked["nurse"] == pytest.approx(CAREER / 1.7)
    assert ranked["vet"] == pytest.approx(CAREER * 0.7 / 1.7)
    assert ranked["midwife"] == pytest.approx(CAREER * 0.5 / 1.7)
    assert ranked["other"] == 0.0


def test_where_no_occupation_is_known_the_profile_decides() -> None:
    (near, far) = rank_alike(
        [candidate("far", 0.0, profile=0.2), candidate("near", 0.0, profile=0.8)], ["", ""], {}
    )

    assert (near.id, near.score, far.score) == ("near", pytest.approx(0.8), pytest.approx(0.2))
