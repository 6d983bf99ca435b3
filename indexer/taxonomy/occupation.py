"""One occupation of a taxonomy, whichever it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.taxonomy.groups import major_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """One occupation; `code` is its O*NET-SOC code, such as 29-1131.00, or that of another taxonomy.

    `related` maps the code of another occupation to how near it is: "Primary-Short", "Primary-Long" or
    "Supplemental". `job_zone` is how much preparation it needs, 1 (little) to 5 (extensive), None where it is not
    known. `named_by` counts the sources that give it an alternate or short title; a title not in it has one.
    """

    code: str
    title: str
    description: str
    alternate_titles: tuple[str, ...]
    short_titles: tuple[str, ...]
    reported_titles: tuple[str, ...]
    tasks: tuple[str, ...]
    related: Mapping[str, str]
    job_zone: int | None = None
    named_by: Mapping[str, int] = field(default_factory=dict)

    @property
    def major_group(self) -> str:
        """The key of its major group in taxonomy.MAJOR_GROUPS, "" where it has none."""
        return major_group(self.code)
