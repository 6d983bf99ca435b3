"""Candidates as engines return them: single ones by hand, and any for property tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from indexer.engines import Candidate, PositionSignal, Retrieved
from indexer.facts import Facts, Years

TODAY = date(2026, 11, 24)
CODES = (NURSE, MIDWIFE, VET) = "29-1141.00", "29-1161.00", "29-1131.00"

# float32 rounding takes the cosine of two unit vectors a little beyond 1.
cosines = st.floats(-1.0001, 1.0001)
years = st.builds(Years, st.none() | st.integers(1980, 2026), st.none() | st.integers(1980, 2026))
days = st.integers(0, 1200).map(lambda ago: (TODAY - timedelta(days=ago)).isoformat())


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    """Any candidate, of few ids, companies and places, so that some are alike."""
    count = draw(st.integers(1, 4))
    held = st.lists(st.sampled_from(["", *CODES]), min_size=count, max_size=count)
    names = st.sampled_from(["", "Harbour Films", "harbour films", "Pixar", "The Mill Ltd"])
    return Candidate(
        id=draw(st.text("abc", min_size=1, max_size=4)),
        bm25=draw(st.floats(0, 50)),
        positions=tuple(PositionSignal(draw(cosines), code) for code in draw(held)),
        profile_similarity=draw(cosines),
        facts=Facts(
            years=draw(st.lists(years, min_size=count, max_size=count)),
            companies=draw(st.lists(names, min_size=count, max_size=count)),
            industries=draw(st.lists(st.sampled_from(["Film", "FILM", "Health"]), max_size=2, unique=True)),
            schools=draw(st.lists(st.sampled_from(["Leeds", "leeds", "MIT"]), max_size=2, unique=True)),
            communities=draw(st.lists(st.sampled_from(["Women in Film", "PyLadies"]), max_size=2, unique=True)),
            location=draw(st.sampled_from(["", "Leeds", "Leeds, UK", "Paris, Texas"])),
            country=draw(st.sampled_from(["", "GB", "US"])),
            languages=draw(st.lists(st.sampled_from(["en", "cy", "fr"]), max_size=3, unique=True)),
            chat_minutes=draw(st.lists(st.sampled_from([15, 30, 60]), max_size=3, unique=True)),
            room=draw(st.none() | st.integers(0, 10)),
            active_on=draw(st.just("") | days),
        ),
    )


@st.composite
def pools(draw: st.DrawFn) -> Retrieved:
    """Anything that an engine may return."""
    found = draw(st.lists(candidates(), max_size=12, unique_by=lambda candidate: candidate.id))
    return retrieved(found, draw(st.floats(0, 20)))


def retrieved(found: Sequence[Candidate], above: float = 0.0) -> Retrieved:
    """Return `found` as an engine does; somebody whom the filters leave out may have more BM25, by `above`."""
    return Retrieved(list(found), len(found), max((one.bm25 for one in found), default=0.0) + above)


def candidate(id_: str, *similarities: float, bm25: float = 0.0, profile: float = 0.0, **facts: Any) -> Candidate:
    """Return somebody with current positions of these similarities; `facts` are fields of Facts."""
    held = tuple(PositionSignal(similarity) for similarity in similarities)
    told = {"years": [Years(None, None)] * len(held), "companies": [""] * len(held)} | facts
    return Candidate(id_, bm25, held, profile, Facts(**told))


def of(id_: str, code: str, similarity: float = 0.5, **facts: Any) -> Candidate:
    """Return somebody with one current position, read as `code`, and a profile as near as its title."""
    one = candidate(id_, similarity, profile=similarity, **facts)
    return replace(one, positions=(PositionSignal(similarity, code),))
