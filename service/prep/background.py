"""What to read before a chat: the person's own pages, the employer, the occupation. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.profile import Link, Position, Profile
from indexer.taxonomy import daily_work
from indexer.titles import KnownOccupation
from indexer.titles.neighbours import neighbours
from service.prep.career import employer
from service.search import OccupationRef

# What O*NET's job zones say of the preparation that an occupation takes, in words of our own:
# https://www.onetonline.org/help/online/zones
_WAYS_IN = {
    1: "Most people begin without training and learn the work in a few days or weeks.",
    2: "Most people finish school and learn by doing, within some months or a year.",
    3: "Most people train for one or two years, at a college, in an apprenticeship or by doing.",
    4: "Most people have a first degree, and some years of practice before they work on their own.",
    5: "Most people study for longer than a first degree, and practise for years.",
}
# As many as one reads without losing the thread.
_RELATED = 5
_ONET_CODE = re.compile(r"\d\d-\d{4}\.\d\d")
_BOOKING = re.compile(r"\b(?:book|calend|schedul|appointment|meet(?!up)|cal\.com)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OccupationBackground:
    """An occupation in a few lines under its title; each of `daily_work`, `way_in` and `onet_url` may be ""."""

    code: str
    title: str
    daily_work: str
    way_in: str
    onet_url: str
    related: list[OccupationRef]


@dataclass(frozen=True, slots=True)
class Background:
    """What to read. `company` is "" and `occupation` None where there is none.

    `links` are public ones, but for that by which one books a time.
    """

    links: list[Link]
    company: str
    occupation: OccupationBackground | None


def background(
    profile: Profile, position: Position, code: str, occupations: Mapping[str, KnownOccupation]
) -> Background:
    """Return what to read on `profile`, `position` and the occupation `code`, "" for none."""
    booking = booking_link(profile)
    return Background(
        links=[link for link in profile.links if link.public and link != booking],
        company=employer(position),
        occupation=_occupation(code, occupations) if code in occupations else None,
    )


def booking_link(profile: Profile) -> Link | None:
    """Return the public link by which one books a time with the person, None where there is none."""
    return next(
        (link for link in profile.links if link.public and _BOOKING.search(f"{link.label} {link.url}")), None
    )


def _occupation(code: str, occupations: Mapping[str, KnownOccupation]) -> OccupationBackground:
    known, phrases = occupations[code], daily_work(code)
    return OccupationBackground(
        code=code,
        title=known.title,
        # A comma before the last one, too: the phrases have an "and" of their own.
        daily_work=f"On most days they {', '.join(phrases[:-1])}, and {phrases[-1]}." if phrases else "",
        way_in=_WAYS_IN[known.job_zone] if known.job_zone else "",
        onet_url=f"https://www.onetonline.org/link/summary/{code}" if _ONET_CODE.fullmatch(code) else "",
        related=[OccupationRef(one, occupations[one].title) for one in neighbours(code, occupations)[:_RELATED]],
    )
