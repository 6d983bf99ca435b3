"""Says why a person is shown, in words, from public facts of the profile alone. Pure."""

from collections.abc import Collection

from indexer.profile import Position, Profile
from indexer.profile.availability import has_room
from indexer.titles.stems import stem
from service.names import language_name
from service.search.highlight import stems_of
from service.search.seeker import Shared

# A seeker reads a few words a person, and compares many people.
_MOST = 3


def reasons(profile: Profile, position: Position, shared: Shared, query: Collection[str] = ()) -> list[str]:
    """Return two or three short reasons for showing `profile`, whose best match is `position`.

    What the person does or did; what they share with the seeker, or else what they tell beside their job that has
    words of the `query`, its tokens; and what they offer.
    """
    beside = in_common(shared) or _words_beside(profile, position, query)
    return [career(position), *beside[: _MOST - 2], chats(profile)]


def career(position: Position) -> str:
    """Return what the person does or did: "Was Set Designer at Harbour Films until 2021"."""
    job = f"{position.title} at {position.company}" if position.company else position.title
    since, until = position.start[:4], position.end[:4]
    if not until:
        return f"{job} since {since}" if since else job
    if not since:
        return f"Was {job} until {until}"
    return f"Was {job} in {until}" if since == until else f"Was {job}, {since}\u2013{until}"


def in_common(shared: Shared) -> list[str]:
    """Return what is shared, that first which connects most: "Also went to Leeds"."""
    return [
        *(f"Has worked at {company}, too" for company in shared.companies),
        *(f"Also went to {school}" for school in shared.schools),
        *(f"Is in {community}, too" for community in shared.communities),
        *([f"Also in {shared.location}"] if shared.location else []),
        *(f"Also speaks {language_name(code)}" for code in shared.languages),
    ]


def chats(profile: Profile) -> str:
    """Return what a person who said yes offers: "Open to chats of 15 or 30 minutes"."""
    if not has_room(profile):
        return "Booked this month"
    lengths = sorted(set(profile.chat_minutes))
    if not lengths:
        return "Open to chats"
    if len(lengths) == 1:
        return f"Open to {lengths[0]}-minute chats"
    return f"Open to chats of {', '.join(map(str, lengths[:-1]))} or {lengths[-1]} minutes"


def _words_beside(profile: Profile, position: Position, query: Collection[str]) -> list[str]:
    """Return the topics and skills that have words of `query` which the position's title has not."""
    left = {stem(token) for token in query} - stems_of(position.title)
    if not left:
        return []
    return [
        f"{said} {words}"
        for said, texts in (("Likes to talk about", profile.topics), ("Knows", profile.skills))
        for words in texts
        if not left.isdisjoint(stems_of(words))
    ]
