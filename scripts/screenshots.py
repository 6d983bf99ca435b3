"""Take the pictures of the README anew: what a search in the sample people shows, and a chat that is prepared.

Example: scripts/screenshots.py

Needs Chromium (Debian: apt-get install chromium) and the extra: pip install -c constraints.txt -e '.[test]'
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from scripts.elasticsearch_node import free_port
from scripts.make_sample_profiles import OUTPUT
from scripts.temporary.service import inherited_environment, running
from service.settings import PREFIX

ROOT = Path(__file__).resolve().parents[1]
QUERY = "set designer for films"
SIZE = (1280, 900)
# The names that distributions give to it.
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_GET_CHROMIUM = "Debian: apt-get install chromium"
# No graphics card, and nothing that Chromium does of its own accord on the network.
_CHROMIUM_OPTIONS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class ChromiumMissing(Exception):
    """There is no Chromium on this machine."""


@contextmanager
def sample_service(folder: Path, people: Path = OUTPUT, **settings: str) -> Iterator[str]:
    """Yield the address of a service that serves `people`, the sample's, from an index in `folder`.

    `settings` are as in Settings, in capitals.
    """
    engine = f"sqlite:///{folder.resolve()}/mentors.db"
    import_people(people, engine)
    with serving(engine, **settings) as address:
        yield address


def import_people(file: Path, engine: str) -> None:
    """Import `file` into `engine`. Raises CalledProcessError if a row is rejected."""
    subprocess.run(
        [sys.executable, "scripts/import_profiles.py", str(file), "--engine", engine, "--quiet"],
        cwd=ROOT,
        env=inherited_environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )


@contextmanager
def serving(engine: str, **settings: str) -> Iterator[str]:
    """Yield the address of a service that serves the people of `engine`; `settings` as for sample_service."""
    port = free_port()
    own = {f"{PREFIX}{name}": value for name, value in {"LOG_LEVEL": "warning", **settings}.items()}
    own[f"{PREFIX}ENGINE_URL"] = engine
    with running([sys.executable, "-m", "service.serve"], port, ROOT, **own):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the Chromium of this machine. Raises ChromiumMissing; downloads none."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise ChromiumMissing(f"There is no Chromium here ({HOW_TO_GET_CHROMIUM}).")
    # Its sandbox does not work for root.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*_CHROMIUM_OPTIONS, *root])
        try:
            yield browser
        finally:
            browser.close()


def take(browser: Browser, address: str, folder: Path) -> list[Path]:
    """Write to `folder` what the service at `address` shows, in the light colours; return the pictures."""
    width, height = SIZE
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    search, chat = folder / "search.png", folder / "chat.png"
    page.goto(f"{address}/?{urlencode({'q': QUERY})}")
    page.screenshot(path=search)
    page.locator("#people h3 a").first.click()
    page.get_by_role("link", name="Prepare a chat").click()
    page.get_by_role("heading", name="Prepare a chat").wait_for()
    page.get_by_role("region", name="Ask").screenshot(path=chat)
    page.close()
    return [search, chat]


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures and return the exit status."""
    options = _parser().parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    try:
        with chromium() as browser, _service(options.address) as address:
            pictures = take(browser, address, options.folder)
    except ChromiumMissing as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for picture in pictures:
        print(f"{picture} has {picture.stat().st_size / 1000:.0f} kB.")
    return 0


@contextmanager
def _service(running_at: str | None) -> Iterator[str]:
    if running_at:
        yield running_at.rstrip("/")
    else:
        with tempfile.TemporaryDirectory() as work, sample_service(Path(work)) as address:
            yield address


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "docs" / "images", help="where they go (default: docs/images)"
    )
    parser.add_argument(
        "--address", metavar="URL", help="a service that runs already (default: one is started on the sample)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
