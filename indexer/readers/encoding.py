"""Finds out how a text file is encoded, and refuses what is no text."""

import codecs
from pathlib import Path
from typing import BinaryIO

from indexer.errors import InvalidFile

_CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def check_encoding(path: Path, encoding: str | None = None) -> str:
    """Return the encoding that the whole file at `path` can be read in.

    A byte-order mark is believed; without one it must be UTF-8. `encoding` overrides both. The whole file is
    decoded once here, so that a fault at its end is found before anything is imported from its beginning.
    Raises InvalidFile.
    """
    with _open(path) as file:
        start = file.read(8)
    if not start:
        raise InvalidFile(f"{path} is empty.")
    if start.startswith(b"PK\x03\x04"):
        raise InvalidFile(f"{path} is a spreadsheet or zip archive; save it as CSV (UTF-8) and import that.")
    chosen = encoding or next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8")
    if known_encoding(chosen) == "utf-8":
        chosen = "utf-8-sig"  # a byte-order mark is no part of the text, also where the operator says utf-8
    _decode_all(path, chosen)
    return chosen


def known_encoding(encoding: str) -> str:
    """Return the encoding's usual name. Raises InvalidFile."""
    try:
        "".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise InvalidFile(f"“{encoding}” is not an encoding; examples are utf-8, utf-16 and cp1252.") from error


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InvalidFile(f"{path} cannot be read: {error.strerror}.") from error


def _decode_all(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with _open(path) as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                decoded = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise InvalidFile(_not_text(path, encoding, line, error)) from error
            except UnicodeError as error:  # UTF-16 that does not say its byte order
                raise InvalidFile(f"{path} is not {encoding.upper()}: {error}. Nothing was imported.") from error
            if "\0" in decoded:
                raise InvalidFile(f"{path} is not a text file; export the profiles as CSV, JSON or JSON Lines.")
            line += decoded.count("\n")
            if not chunk:
                return


def _not_text(path: Path, encoding: str, line: int, error: UnicodeDecodeError) -> str:
    if "unexpected end" in error.reason or "truncated" in error.reason:
        return f"{path} ends in the middle of a character: it seems to be cut off. Nothing was imported."
    hint = " If it was saved by Excel on Windows, try the encoding cp1252." if encoding.startswith("utf") else ""
    name = encoding.removesuffix("-sig").upper()
    return f"{path} is not {name} (line {line}); say how it is encoded.{hint} Nothing was imported."
