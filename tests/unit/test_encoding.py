"""How a file is encoded, and what is no text at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import InvalidFile
from indexer.readers.encoding import check_encoding

TEXT = "id,name\nann,Zoë\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-8-sig", "UTF8"),
        ("cp1252", "cp1252"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_the_encoding_it_finds_gives_the_text_back(file: Path, written: str, said: str | None) -> None:
    file.write_bytes(TEXT.encode(written))

    assert file.read_text(check_encoding(file, said)) == TEXT


def test_utf_16_of_either_byte_order_is_known_by_its_mark(file: Path) -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        file.write_bytes(mark + TEXT.encode(encoding))

        assert file.read_text(check_encoding(file)) == TEXT


@pytest.mark.parametrize("said", ["klingon", "hex", "rot13", "undefined"])
def test_what_is_no_encoding_of_text_is_refused(file: Path, said: str) -> None:
    file.write_bytes(b"\xff")

    with pytest.raises(InvalidFile, match="is not an encoding; examples are"):
        check_encoding(file, said)


@given(st.binary(max_size=40), st.none() | st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-7", "shift_jis"]))
def test_any_bytes_are_text_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, said: str | None
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(content)
    try:
        encoding = check_encoding(file, said)
    except InvalidFile as error:
        assert str(file) in str(error)  # noqa: PT017
    else:
        assert "\0" not in file.read_text(encoding)
