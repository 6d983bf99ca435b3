"""Says why a person is shown, in words, from facts of the profile alone. Pure."""

from indexer.profile import Position, Profile


def reasons(profile: Profile, position: Position) -> list[str]:
    """Return two short reasons for showing `profile`, whose best match is `position`."""
    return [career(position), chats(profile)]


def career(position: Position) -> str:
    """Return what the person does or did: "Set Designer at Harbour Films until 2021"."""
    job = f"{position.title} at {position.company}" if position.company else position.title
    if position.end_year:
        return f"{job} until {position.end_year}"
    return f"{job} since {position.start[:4]}" if position.start else job


def chats(profile: Profile) -> str:
    """Return what a person who said yes offers: "Open to 15 or 30 minutes"."""
    if not profile.chat_minutes:
        return "Open to chats"
    return f"Open to {_listed([str(minutes) for minutes in sorted(set(profile.chat_minutes))])} minutes"


def _listed(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
