"""A reader of job titles for tests: 50 occupations of O*NET, by their titles alone, and the shipped encoder."""

from functools import cache
from pathlib import Path

from indexer.encoder import DEFAULT_ENCODER, Encoder, open_encoder
from indexer.errors import EncoderError
from indexer.titles import TitleCatalogue
from indexer.titles.build import build_catalogue
from indexer.titles.reader import TitleReader
from indexer.titles.shipped import shipped_catalogue
from scripts.relevance.small_set import read_occupations
from tests.fakes import MemoryTitles

OCCUPATIONS = Path(__file__).parent / "relevance" / "data" / "reading.json"


@cache
def shipped_encoder() -> Encoder:
    return open_encoder(str(DEFAULT_ENCODER))


@cache
def small_catalogue() -> TitleCatalogue:
    return build_catalogue(read_occupations(OCCUPATIONS), shipped_encoder(), "50 occupations of O*NET")


@cache
def title_reader() -> TitleReader:
    return TitleReader(MemoryTitles(small_catalogue()), shipped_encoder)


@cache
def shipped_reader() -> TitleReader:
    """The same with all occupations and titles that are shipped."""
    return TitleReader(MemoryTitles(shipped_catalogue(shipped_encoder())), shipped_encoder)


@cache
def reader_of_words() -> TitleReader:
    """The same where the encoder fails."""
    return TitleReader(MemoryTitles(small_catalogue()), _broken)


def _broken() -> Encoder:
    raise EncoderError("This encoder always fails.")
