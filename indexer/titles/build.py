"""Builds a job-title catalogue from a taxonomy's occupations."""

from collections.abc import Sequence

from indexer.encoder import Encoder
from indexer.taxonomy import Occupation
from indexer.titles.catalogue import TitleCatalogue


def build_catalogue(occupations: Sequence[Occupation], encoder: Encoder, source: str) -> TitleCatalogue:
    """Return the catalogue of `occupations`, with all titles and sentences embedded. Raises EncoderError."""
    raise NotImplementedError
