"""Programs as the documents start them."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from service.settings import PREFIX

# The folder with `mentor-search` and the tools that check files.
BIN = Path(sys.executable).parent


def shell_environment(**changes: str) -> dict[str, str]:
    """Return the environment of a shell where our own Python comes first, with no settings but `changes`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    path = f"{BIN}{os.pathsep}{inherited['PATH']}"
    # No proxy stands between us and our own servers.
    return {**inherited, "PATH": path, "NO_PROXY": "*", "no_proxy": "*", **changes}


@contextmanager
def serving(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Run `mentor-search` in `folder` on a free port; yield its address once it answers."""
    settings = {**environment, "MENTOR_SEARCH_PORT": "0"}
    with subprocess.Popen(
        ["mentor-search"], cwd=folder, env=settings, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            announced = server.stdout.readline()
            assert announced.startswith("Mentor Search is at"), announced
            yield f"http://127.0.0.1:{announced.strip().rpartition(':')[2]}"
        finally:
            server.terminate()
