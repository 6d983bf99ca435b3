"""The version of a profile in the version of a document."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.elasticsearch.versions import REWRITES, first, last, version_of

VERSIONS = st.integers(min_value=0, max_value=2**42)


@given(VERSIONS, st.integers(min_value=0, max_value=REWRITES - 1))
def test_a_document_that_was_rewritten_holds_the_same_version(version: int, rewrites: int) -> None:
    assert version_of(first(version) + rewrites) == version
    assert first(version) + rewrites <= last(version)


@given(VERSIONS)
def test_a_newer_version_is_above_every_rewrite_of_an_older_one(version: int) -> None:
    assert last(version) < first(version + 1)


def test_they_fit_a_version_of_elasticsearch_until_2248() -> None:
    assert last(8_796_093_022_207) == 2**63 - 1
