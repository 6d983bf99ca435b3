"""scripts/screenshots.py takes the pictures of the README."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.screenshots import ROOT, SIZE, main

_SCRIPT = ROOT / "scripts" / "screenshots.py"


def size(picture: bytes) -> tuple[int, int]:
    """The width and height that the head of a PNG tells."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.browser
@pytest.mark.usefixtures("browser")  # skips this test too where there is no Chromium
def test_the_command_takes_pictures_that_are_small_enough_for_a_repository(tmp_path: Path, site: str) -> None:
    folder = tmp_path / "new" / "images"
    command = [sys.executable, str(_SCRIPT), "--folder", str(folder), "--address", site]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    search, chat = (folder / "search.png").read_bytes(), (folder / "chat.png").read_bytes()
    assert size(search) == SIZE
    assert size(chat)[0] <= SIZE[0]
    for picture in (search, chat):
        # An empty page of this size has 5 kB.
        assert 20_000 < len(picture) < 250_000
    for name in ("search.png", "chat.png"):
        assert str(folder / name) in done.stdout


def test_without_chromium_the_command_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["--folder", str(tmp_path)]) == 1
    assert "apt-get install chromium" in capsys.readouterr().err
