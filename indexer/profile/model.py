"""A profile: one person as an operator imports them."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One job. `start` and `end` are "YYYY", "YYYY-MM" or "YYYY-MM-DD"; no `end` means current."""

    title: str
    company: str = ""
    industry: str = ""
    start: str = ""
    end: str = ""

    @property
    def current(self) -> bool:
        """Whether the person holds this position now."""
        return not self.end

    @property
    def end_year(self) -> int | None:
        """The year the position ended, or None while it is current."""
        return int(self.end[:4]) if self.end else None


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """One place of learning; `year` is the year of the degree."""

    school: str
    degree: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A web address of the person. A seeker sees it only when it is marked public."""

    url: str
    label: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How the operator reaches the person. Private: not searchable, not in any answer, not in a log."""

    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    other: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.email or self.phone or self.other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person. Only `id`, `name` and one position are required; see docs/profiles.md for every field."""

    id: str
    name: str
    positions: tuple[Position, ...]
    headline: str = ""
    bio: str = ""
    location: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    skills: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    schools: tuple[School, ...] = ()
    communities: tuple[str, ...] = ()
    open_to_chats: str = "not_said"
    consent_at: date | None = None
    chat_minutes: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    paused_until: date | None = None
    monthly_capacity: int | None = None
    chats_this_month: int = 0
    last_active_at: date | None = None
    updated_at: datetime | None = None
    contact: Contact = field(default=Contact(), repr=False)
