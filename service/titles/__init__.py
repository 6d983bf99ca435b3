"""Finding jobs rather than people: titles as they are typed, and occupations to browse. No Flask here."""

from service.titles.directory import CountedOccupation, OccupationDirectory
from service.titles.suggest import Suggester, Suggestion

__all__ = ["CountedOccupation", "OccupationDirectory", "Suggester", "Suggestion"]
