"""Which person may be shown by a link: the same rule for the API and the pages."""

from datetime import date

from indexer.engines import Engine
from indexer.profile import Availability, Profile, availability


def shown_profile(engine: Engine, profile_id: str, today: date) -> Profile | None:
    """Return the profile if the person said yes and is not on a break, else None. Raises EngineError.

    Somebody who is booked this month is not found by a search, and a link that is already out there works.
    """
    profile = engine.get([profile_id]).get(profile_id)
    if profile and availability(profile, today) in (Availability.OPEN, Availability.BOOKED):
        return profile
    return None
