"""The two ways an index can be the wrong one for this program, and what each tells the operator."""

from indexer.errors import IndexMismatch


def check_encoder(index: str, ours: str) -> None:
    """Raise IndexMismatch unless the index's vectors were made by our encoder."""
    if index != ours:
        raise IndexMismatch(
            f"The index was made with the encoder {index}, and the one in use is {ours}: their vectors cannot "
            "be compared. Run scripts/rebuild_index.py to bring the index to the encoder in use, or set "
            "MENTOR_SEARCH_ENCODER to the one that made it."
        )


def check_schema(index: str | int, ours: int) -> None:
    """Raise IndexMismatch unless the index has the layout that this program reads."""
    if int(index) != ours:
        raise IndexMismatch(
            f"The index has schema version {index}, and this program reads version {ours}. "
            "Import the profiles into a new index."
        )
