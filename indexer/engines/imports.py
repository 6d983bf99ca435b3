"""What both engines do alike with the history of imports: changes as JSON, and which are still kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from indexer.engines.contract import KEPT_DAYS, Revision, StoredProfile
from indexer.profile import Contact, from_record, to_record
from indexer.profile.record import contact_record


def stored_record(person: StoredProfile) -> dict[str, Any]:
    """Return `person` as JSON values, with their private contact."""
    return {
        "record": to_record(person.profile),
        "contact": contact_record(person.profile),
        "version": person.revision.version,
        "content_hash": person.revision.content_hash,
    }


def stored_profile(
    record: Mapping[str, Any], contact: Mapping[str, str], version: int, content_hash: str
) -> StoredProfile:
    """Return the person of whom an engine keeps these parts."""
    profile = from_record({**record, "contact": Contact(**contact)})
    return StoredProfile(profile, Revision(version, content_hash))


def too_old(now: datetime) -> datetime:
    """Return the moment before which imports began whose changes are not kept any more."""
    return now - timedelta(days=KEPT_DAYS)
