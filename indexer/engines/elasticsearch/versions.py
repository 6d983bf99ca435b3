"""How the version of a profile is kept as the version of a document in Elasticsearch.

A document's own version is the profile's, in ms since 1970, times REWRITES, plus how often we have rewritten it
since without a new version of the profile, as when its titles are read anew. So Elasticsearch itself refuses older
profiles, and a rewrite can demand that nobody wrote meanwhile (`if_seq_no`), for which Elasticsearch counts the
version up by one and takes none from us.
"""

# Room for a million rewrites of one version; the years until 2248 fit the 63 bits of a version.
REWRITES = 2**20


def first(version: int) -> int:
    """Return the number of a document that holds `version` of a profile and was never rewritten."""
    return version * REWRITES


def anew(version: int) -> int:
    """Return the number of a document that is written again after it was withdrawn: past all rewrites so far."""
    return first(version) + REWRITES // 2


def last(version: int) -> int:
    """Return the highest number that a document with `version` of a profile can have."""
    return first(version + 1) - 1


def version_of(number: int) -> int:
    """Return the version of the profile in a document with this number."""
    return number // REWRITES
