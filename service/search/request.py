"""What a seeker asks for."""

from dataclasses import dataclass, field

from indexer.engines import Filters
from service.search.order import Sort
from service.search.seeker import Seeker

# A dream job in words fits; a pasted advert or an attack does not.
LONGEST_QUERY = 300
# One page of people to read; a person looks at a few, a program can ask for more at once.
PER_PAGE, MOST_PER_PAGE = 10, 50


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search: a dream job as the seeker wrote it, who may be shown, and which page.

    `query` may be empty where the filters name occupations: then these are the dream job. `dropped` are the codes
    of occupations that the query does not mean. With `as_typed` its spelling is not corrected. `seen` are the
    marks (see cursor.py) of those whom a walk has shown: its next page is asked for, and `page` does not count.
    None where no walk goes on.
    """

    query: str
    filters: Filters = field(default=Filters())
    page: int = 1
    per_page: int = PER_PAGE
    dropped: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    seeker: Seeker = field(default=Seeker())
    seen: tuple[bytes, ...] | None = None
    as_typed: bool = False
