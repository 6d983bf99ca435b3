"""Serves the application with gunicorn: the command `mentor-search`."""

import os
import sys
from datetime import date
from typing import Any
from wsgiref.types import WSGIApplication

from gunicorn.app.base import BaseApplication

from indexer.errors import MentorSearchError
from service.app import configured_engine, create_app
from service.search import Searcher, SearchRequest
from service.settings import Settings, load_settings


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, set up by our settings. Each worker process makes its own application after the fork."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn."""
        settings = self._settings
        options: dict[str, Any] = {
            "bind": f"{_bracketed(settings.host)}:{settings.port}",
            "workers": settings.workers,
            "worker_class": "gthread",
            "threads": settings.threads,
            "loglevel": settings.log_level,
            "proc_name": "mentor-search",
            "post_worker_init": _announce,
            # gunicorn would open a socket for its control program in the home folder; nothing here uses it.
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """Return the application of one worker, ready to answer fast from its first request."""
        app = create_app(self._settings)
        _warm_up(app.extensions["mentor_search"])
        return app


def _warm_up(searcher: Searcher) -> None:
    """Load the encoder and the vectors now, rather than while the first seeker waits."""
    try:
        searcher.search(SearchRequest("warm up"), date.today())
    except MentorSearchError as error:
        # The service starts all the same: /readyz says what is wrong, and it recovers by itself.
        print(f"warning: {error}", file=sys.stderr)


def _announce(worker: Any) -> None:
    if worker.age > 1:  # once is enough, however many workers there are
        return
    host, port = worker.sockets[0].sock.getsockname()[:2]
    print(f"Mentor Search is at http://{_bracketed(host)}:{port}", flush=True)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def main() -> int:
    """Serve until stopped; return the exit status."""
    try:
        settings = load_settings(os.environ)
        # Here, where a wrong address ends the start in words, and not in each worker again. Nothing is contacted.
        configured_engine(settings).close()
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    Server(settings).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
