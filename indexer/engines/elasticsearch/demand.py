"""The counts of searches in Elasticsearch: one document a day, in an index that is made when it is missing."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from elasticsearch import Elasticsearch

from indexer.engines.demand import KEPT_FOR, SearchCounts
from indexer.engines.elasticsearch.client import create_if_missing, translated_errors

# Occupation codes are no fields: their counts come and go as a whole.
_MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {
        "day": {"type": "date", "format": "strict_date"},
        "counts": {"type": "object", "enabled": False},
    },
}
_ADD = """
    for (entry in params.counts.entrySet()) {
        def added = entry.getValue();
        def total = ctx._source.counts.get(entry.getKey());
        if (total == null) { ctx._source.counts.put(entry.getKey(), added); }
        else { for (int i = 0; i < 2; i++) { total[i] += added[i]; } }
    }
"""
# As many processes may count in the same moment, each at most once a minute.
_ATTEMPTS = 50
# More days than are ever kept.
_MOST_DAYS = 1000


class ElasticsearchDemand:
    """`{prefix}-demand` holds the counts; see DemandStore."""

    def __init__(
        self, client: Elasticsearch, *, prefix: str, label: str, check_index: Callable[[], object]
    ) -> None:
        """`check_index` raises IndexMissing or IndexMismatch if there is no index of profiles that can be used."""
        self._client = client
        self._label = label
        self._index = f"{prefix}-demand"
        self._check_index = check_index

    def add(self, day: date, counts: Mapping[str, SearchCounts]) -> None:
        """Add `counts` in one update; see DemandStore.add."""
        if not counts:
            return
        self._check_index()
        added = {code: list(count) for code, count in counts.items()}
        with translated_errors(self._label):
            create_if_missing(self._client, self._index, _MAPPING)
            answer = self._client.update(
                index=self._index,
                id=day.isoformat(),
                script={"source": _ADD, "params": {"counts": added}},
                upsert={"day": day.isoformat(), "counts": added},
                retry_on_conflict=_ATTEMPTS,
                refresh=True,
            )
            if answer["result"] == "created":  # once a day
                self._client.delete_by_query(
                    index=self._index,
                    query={"range": {"day": {"lt": (day - KEPT_FOR).isoformat()}}},
                    conflicts="proceed",
                    refresh=True,
                )

    def since(self, day: date) -> dict[str, SearchCounts]:
        """Return the totals from `day` on; see DemandStore.since."""
        self._check_index()
        with translated_errors(self._label):
            answer = self._client.search(
                index=self._index,
                ignore_unavailable=True,
                size=_MOST_DAYS,
                query={"range": {"day": {"gte": day.isoformat()}}},
                source={"includes": ["counts"]},
            )
        totals: dict[str, SearchCounts] = {}
        for hit in answer["hits"]["hits"]:
            for code, (searches, in_vain) in hit["_source"]["counts"].items():
                before = totals.get(code, SearchCounts(0, 0))
                totals[code] = SearchCounts(before.searches + searches, before.in_vain + in_vain)
        return totals
