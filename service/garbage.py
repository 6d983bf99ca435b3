"""How often Python looks for garbage: objects that refer to each other, which nothing else does any more."""

import gc

# New objects after which it looks among the newest, and after how many such rounds among older ones and among all.
# Of a search over Elasticsearch some ten thousand objects are alive at once, most of them answers. By the defaults
# (700, 10, 10) they were taken for old ones, and one search in fifteen waited 65 ms while the 200,000 objects of
# job titles and readings were looked through (docs/benchmarks.md, "Search").
_ROUNDS = 50_000, 20, 20


def collect_rarely() -> None:
    """Let this process look for garbage rarely; what is not in a cycle goes at once all the same."""
    gc.set_threshold(*_ROUNDS)
