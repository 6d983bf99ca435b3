"""From a dream job to ranked people with reasons: request, retrieval, rank, reasons. No Flask here."""

from service.search.demand import DemandCounter
from service.search.request import SearchRequest
from service.search.results import Result
from service.search.search import OccupationRef, SearchAnswer, Searcher
from service.search.seeker import Seeker
from service.search.similar import SimilarPeople
from service.search.vectors import QueryVectors

__all__ = [
    "DemandCounter",
    "OccupationRef",
    "QueryVectors",
    "Result",
    "SearchAnswer",
    "SearchRequest",
    "Searcher",
    "Seeker",
    "SimilarPeople",
]
