"""Where a walk through the results stands: who was shown already, as a short text for an address. Pure.

Results are ranked anew for each page, and people change meanwhile. Since the next page leaves out who was shown,
instead of so many places, nobody comes twice and nobody is skipped.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable
from hashlib import blake2b

# Four bytes of a hash stand for a person: that two of the at most 500 in a list share them happens to one list in
# 34,000, and with 3,000 characters the longest cursor fits into an address.
_BYTES = 4
_MOST = 500


def mark(id_: str) -> bytes:
    """Return what stands for a person in a cursor."""
    return blake2b(id_.encode(), digest_size=_BYTES).digest()


def write(seen: Iterable[bytes]) -> str:
    """Return the cursor of a walk that has shown `seen`, in this order."""
    return urlsafe_b64encode(b"".join(seen)).decode().rstrip("=")


def read(cursor: str) -> tuple[bytes, ...]:
    """Return whom the walk has shown. Raises ValueError for what `write` cannot have written."""
    try:
        whole = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (Error, ValueError):
        whole = b""
    seen = tuple(whole[start : start + _BYTES] for start in range(0, len(whole), _BYTES))
    # Decoding skips what it does not know, so that much else would pass for a cursor.
    if not cursor or write(seen) != cursor or len(whole) % _BYTES or len(seen) > _MOST:
        raise ValueError("is not a cursor that a search has given.")
    return seen
