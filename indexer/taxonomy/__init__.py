"""Taxonomies of jobs, read from the operator's own downloads: O*NET (American) and ESCO (European)."""

from indexer.taxonomy.esco import Concept, read_esco
from indexer.taxonomy.onet import Occupation, read_onet

__all__ = ["Concept", "Occupation", "read_esco", "read_onet"]
