"""What a seeker tells of themselves for one search, kept nowhere, and what somebody shares with it. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.engines import Ground
from indexer.facts import Facts
from indexer.text import name_key

# What one shared thing is worth of everything that could be shared. Set by hand: no data tell it. Who worked in
# the same place can say most about it; a school or a community is a reason to answer; many live in one town, and
# most people of a country speak its language.
_WORTH = {"companies": 0.8, "schools": 0.6, "communities": 0.6, "location": 0.4, "languages": 0.2}


# The language of the pages: whoever reads them shares it with nearly everybody, and so with nobody in particular.
_EVERYBODYS = "en"


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who searches, as far as they say it. `token` is any text that tells one seeker from another."""

    schools: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    location: str = ""
    languages: tuple[str, ...] = ()
    token: str = ""

    @property
    def ground(self) -> Ground:
        """What people are looked for by: few share it, so that retrieval might miss them."""
        return Ground(self.schools, self.companies, self.communities)

    @property
    def tells(self) -> bool:
        """Whether there is anything that somebody could share."""
        return bool(self.ground or self.location or self.languages)


@dataclass(frozen=True, slots=True)
class Shared:
    """What a person has in common with a seeker, in the words of the person's own profile."""

    companies: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    location: str = ""
    languages: tuple[str, ...] = ()

    @property
    def worth(self) -> float:
        """What it counts, 0 to 1: each kind takes its share of what the others leave, so more is always more."""
        return 1 - math.prod(1 - worth for kind, worth in _WORTH.items() if getattr(self, kind))


def shared(seeker: Seeker, facts: Facts) -> Shared:
    """Return what `facts` have in common with what `seeker` tells."""
    return Shared(
        companies=_common(seeker.companies, facts.companies),
        schools=_common(seeker.schools, facts.schools),
        communities=_common(seeker.communities, facts.communities),
        location=facts.location if _same_place(seeker.location, facts.location) else "",
        languages=tuple(code for code in facts.languages if code in seeker.languages and code != _EVERYBODYS),
    )


def _common(told: tuple[str, ...], held: Sequence[str]) -> tuple[str, ...]:
    if not told:
        return ()
    keys = {name_key(name) for name in told} - {""}
    return tuple(dict.fromkeys(name for name in held if name_key(name) in keys))


def _same_place(told: str, held: str) -> bool:
    """Return whether both name one town: "Leeds" and "Leeds, UK" do, "Paris, Texas" and "Paris, France" do not."""
    town, _, beyond = told.partition(",")
    other_town, _, other_beyond = held.partition(",")
    same = name_key(town) == name_key(other_town) != ""
    return same and (not beyond.strip() or not other_beyond.strip() or name_key(beyond) == name_key(other_beyond))
