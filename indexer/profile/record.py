"""A profile as a JSON record, the shape engines store it in."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from indexer.profile.model import Contact, Link, Position, Profile, School

_GROUPS: dict[str, type] = {"positions": Position, "links": Link, "schools": School}
_DATES = ("consent_at", "paused_until", "last_active_at")


def to_record(profile: Profile) -> dict[str, Any]:
    """Return `profile` as JSON-ready values, without empty fields and without the private contact."""
    return {
        field.name: _plain(value)
        for field in fields(profile)
        if field.name != "contact" and _said(value := getattr(profile, field.name))
    }


def contact_record(profile: Profile) -> dict[str, str]:
    """Return the private contact as JSON-ready values, for the engine's private store only."""
    return _plain_dataclass(profile.contact)


def from_record(record: Mapping[str, Any]) -> Profile:
    """Return the profile that `to_record` wrote; the record is trusted, so nothing is validated again."""
    values: dict[str, Any] = dict(record)
    for name, group in _GROUPS.items():
        values[name] = tuple(group(**item) for item in values.get(name, ()))
    for name in _DATES:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    if "updated_at" in values:
        values["updated_at"] = datetime.fromisoformat(values["updated_at"])
    frozen: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Profile(**frozen)


def content_hash(profile: Profile) -> str:
    """Return a hash of everything the profile says except `updated_at`: equal hashes need no new indexing."""
    content = {**to_record(profile), "contact": contact_record(profile)}
    content.pop("updated_at", None)
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _said(value: object) -> bool:
    return value is not None and value not in ("", ())


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Position | School | Link | Contact):
        return _plain_dataclass(value)
    return value.isoformat() if isinstance(value, date) else value


def _plain_dataclass(item: Any) -> dict[str, Any]:
    return {f.name: value for f in fields(item) if _said(value := getattr(item, f.name))}
