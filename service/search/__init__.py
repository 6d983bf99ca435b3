"""From a dream job to ranked people with reasons: request, retrieval, rank, reasons. No Flask here."""

from service.search.request import SearchRequest
from service.search.search import Result, SearchAnswer, Searcher

__all__ = ["Result", "SearchAnswer", "SearchRequest", "Searcher"]
