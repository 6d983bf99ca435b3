"""What a profile is: the model, the schema that validates it, and when a person may be shown."""

from indexer.profile.availability import Availability, availability
from indexer.profile.model import Contact, Link, Position, Profile, School
from indexer.profile.record import content_hash, from_record, to_record
from indexer.profile.schema import ProfileSchema

__all__ = [
    "Availability",
    "Contact",
    "Link",
    "Position",
    "Profile",
    "ProfileSchema",
    "School",
    "availability",
    "content_hash",
    "from_record",
    "to_record",
]
