"""Other ways to write the same, by hand: how technologies are spelt, and everyday short forms of jobs."""

from indexer.titles.short_forms import SHORT_FORMS, TECHNOLOGIES

_TECHNICAL_JOBS = ("developer", "engineer", "programmer")


def spelling_pairs() -> list[tuple[str, str]]:
    """Return pairs of ways to write a technical job, and everyday short forms with what they stand for."""
    pairs = list(SHORT_FORMS)
    for usual, *others in TECHNOLOGIES:
        pairs += [(f"{other} {job}", f"{usual} {job}") for other in others for job in _TECHNICAL_JOBS]
    return pairs
