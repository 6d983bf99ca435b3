"""The job-title index: which titles name which occupation, and what occupation a text means."""

from indexer.titles.catalogue import JobTitle, KnownOccupation, TitleCatalogue

__all__ = ["JobTitle", "KnownOccupation", "TitleCatalogue"]
