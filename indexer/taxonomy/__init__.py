"""Taxonomies of jobs, read from the operator's own downloads: O*NET (American) and ESCO (European)."""

from indexer.taxonomy.daily_work import daily_work
from indexer.taxonomy.esco import Concept, esco_occupations, read_esco
from indexer.taxonomy.groups import MAJOR_GROUPS, major_group
from indexer.taxonomy.occupation import Occupation
from indexer.taxonomy.onet import read_onet

__all__ = [
    "MAJOR_GROUPS",
    "Concept",
    "Occupation",
    "daily_work",
    "esco_occupations",
    "major_group",
    "read_esco",
    "read_onet",
]
