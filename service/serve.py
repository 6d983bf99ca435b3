"""Serves the application with gunicorn: the command `mentor-search`."""

import os
import socket
import sys
from datetime import date
from typing import Any
from wsgiref.types import WSGIApplication

from gunicorn.app.base import BaseApplication

from indexer.encoder import is_library_model, open_encoder
from indexer.engines import Filters
from indexer.errors import MentorSearchError
from service.app import configured_engine, create_app
from service.garbage import collect_rarely
from service.search import Searcher, SearchRequest
from service.settings import InvalidSetting, Settings, load_settings


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
            "worker_exit": _write_counts,
            # gunicorn would open a socket for its control program in the home folder; nothing here uses it.
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """Return the application of one worker, ready to answer fast from its first request."""
        collect_rarely()
        app = create_app(self._settings)
        _warm_up(app.extensions["mentor_search"])
        # A process before this one may have left something there.
        app.extensions["operator_tasks"].tidy_up()
        return app


def _warm_up(searcher: Searcher) -> None:
    """Load the encoder and the vectors now, rather than while the first seeker waits."""
    try:
        # With a filter, for which it does not count as somebody's wish.
        searcher.search(SearchRequest("warm up", Filters(booked=True)), date.today())
    except MentorSearchError as error:
        # The service starts all the same: /readyz says what is wrong, and it recovers by itself.
        print(f"warning: {error}", file=sys.stderr)


def _announce(worker: Any) -> None:
    if worker.age > 1:  # once is enough, however many workers there are
        return
    host, port = worker.sockets[0].sock.getsockname()[:2]
    print(f"Mentor Search is at http://{_bracketed(host)}:{port}", flush=True)


def _write_counts(_: Any, worker: Any) -> None:
    """Write what this worker has counted of searches; it has no application where that could not be made."""
    if worker.wsgi is not None:
        worker.wsgi.extensions["demand"].write()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _check(settings: Settings) -> None:
    """End the start in words, once, for what would fail in each worker again. Nothing is contacted.

    Raises InvalidEngineURL, EncoderError and InvalidSetting.
    """
    configured_engine(settings).close()
    if not is_library_model(settings.encoder):  # torch must not be loaded before the fork
        open_encoder(settings.encoder)
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        # As gunicorn does: connections that linger after a stop do not make a port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise InvalidSetting(
                f"The address {_bracketed(settings.host)}:{settings.port} cannot be listened on "
                f"({error.strerror}). Choose another port with MENTOR_SEARCH_PORT, or another MENTOR_SEARCH_HOST."
            ) from error


def main() -> int:
    """Serve until stopped; return the exit status."""
    try:
        settings = load_settings(os.environ)
        _check(settings)
    except MentorSearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    Server(settings).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
