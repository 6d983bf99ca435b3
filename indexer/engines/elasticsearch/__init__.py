"""The engine for those who outgrow one machine: Elasticsearch 8 or 9."""

from indexer.engines.elasticsearch.client import connect
from indexer.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine", "connect"]
