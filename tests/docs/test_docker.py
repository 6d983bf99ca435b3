import json
import re
import shutil
import subprocess
import urllib.request
from importlib.metadata import requires
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from packaging.requirements import Requirement

from scripts.elasticsearch_node import RELEASES
from tests.docs.conftest import BIN, serving, shell_environment
from tests.docs.docker_files import (
    COMPOSE,
    DOCKERFILE,
    compose,
    copied,
    final_stage,
    image_environment,
    instructions,
    only,
)

# People of the sample in our image: enough that a search finds somebody.
SAMPLE = 60

# The files


def test_the_dockerfile_passes_hadolint() -> None:
    checked = subprocess.run([BIN / "hadolint", DOCKERFILE], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")


def test_the_compose_file_follows_the_compose_specification() -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_image_runs_as_a_user_of_a_fixed_id_that_is_not_root() -> None:
    user, group = (int(number) for number in only("USER").split(":"))
    assert user >= 1000
    assert group >= 1000
    assert f"--uid {user} " in only("RUN")


def test_both_stages_use_the_same_python_for_the_environment_moves_from_one_to_the_other() -> None:
    bases = {rest.split()[0] for name, rest in instructions() if name == "FROM"}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+-slim", bases.pop())


def test_the_image_is_installed_from_pinned_wheels_without_an_extra() -> None:
    (install,) = [rest for name, rest in instructions() if name == "RUN" and "pip install" in rest]
    assert install.endswith("--only-binary :all: -c constraints.txt -e .")


def test_what_the_image_installs_holds_no_torch() -> None:
    installed = _needed_by("mentor-search")
    assert {"flask", "onnxruntime"} <= installed
    assert installed.isdisjoint({"torch", "sentence-transformers", "transformers"})


def _needed_by(name: str, known: set[str] | None = None) -> set[str]:
    """Return the names of all distributions that `name` brings, without its extras."""
    known = set() if known is None else known
    for requirement in map(Requirement, requires(name) or []):
        wanted = requirement.name.lower()
        if wanted not in known and (not requirement.marker or requirement.marker.evaluate({"extra": ""})):
            known.add(wanted)
            _needed_by(wanted, known)
    return known


def test_docker_is_given_what_the_dockerfile_copies_and_nothing_else() -> None:
    lines = Path(".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert rules[-1] == "**/__pycache__"
    assert {line.removeprefix("!") for line in rules[1:-1]} == {source for source, _ in copied(instructions())}


def test_no_secret_stands_in_the_files() -> None:
    example = Path("docker/.env.example").read_text("utf-8")
    assert dict(re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE)) == {
        "ELASTIC_PASSWORD": "",
        "MENTOR_SEARCH_API_KEYS": "",
    }
    assert "/.env" in Path("docker/.gitignore").read_text("utf-8").splitlines()
    written = re.findall(r"(?:PASSWORD|KEYS?): (.*)|elastic:(.*)@", COMPOSE.read_text("utf-8"))
    assert len(written) == 3
    assert [value for pair in written for value in pair if value and not value.startswith("${")] == []


def test_compose_stops_in_words_without_a_password() -> None:
    used = re.findall(r"\$\{ELASTIC_PASSWORD[^}]*\}", COMPOSE.read_text("utf-8"))
    assert len(used) == 2
    assert all(one.startswith("${ELASTIC_PASSWORD:?copy docker/.env.example") for one in used)


def test_compose_shows_the_service_to_this_machine_alone_and_elasticsearch_to_nobody() -> None:
    services = compose()["services"]
    assert services["service"]["ports"] == ["127.0.0.1:8000:8000"]
    assert only("EXPOSE") == "8000"
    assert [name for name, service in services.items() if "ports" in service] == ["service"]


def test_compose_imports_when_elasticsearch_can_be_searched_and_serves_when_all_is_imported() -> None:
    services = compose()["services"]
    assert services["import"]["depends_on"] == {"elasticsearch": {"condition": "service_healthy"}}
    assert services["service"]["depends_on"] == {"import": {"condition": "service_completed_successfully"}}
    assert services["import"]["restart"] == "no"


def test_compose_runs_the_elasticsearch_that_our_tests_run() -> None:
    image, _, version = compose()["services"]["elasticsearch"]["image"].rpartition(":")
    assert image == "docker.elastic.co/elasticsearch/elasticsearch"
    assert version in RELEASES


@pytest.mark.parametrize("name", ["import", "service"])
def test_our_containers_can_write_nowhere_and_gain_no_rights(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


# What they run, outside of Docker: in a folder that holds what the image copies, and nothing else


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("image") / "app"
    for source, target in copied(final_stage()):
        path = folder / target / (Path(source).name if target.endswith("/") else "")
        path.parent.mkdir(parents=True, exist_ok=True)
        if Path(source).is_dir():
            shutil.copytree(source, path, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, path)
    # To embed everybody of the sample takes 20 s, each time.
    sample = folder / "data" / "sample_profiles.jsonl"
    sample.write_text("".join(sample.read_text("utf-8").splitlines(keepends=True)[:SAMPLE]), "utf-8")
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is /data in the image."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def image_settings(image: Path, data: Path) -> dict[str, str]:
    """The image's own variables, its /data in `data`."""
    variables = {name: value for name, value in image_environment().items() if name != "PATH"}
    variables["MENTOR_SEARCH_ENGINE_URL"] = variables["MENTOR_SEARCH_ENGINE_URL"].replace("/data", str(data))
    # In the image, the environment points to /app; here it points to the project, so this has to come first.
    return shell_environment(PYTHONPATH=str(image), **variables)


def _run(command: list[str], settings: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)


def _answer(url: str) -> Any:
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with straight.open(url) as response:
        return json.load(response)


def _finds_people(address: str) -> bool:
    return _answer(f"{address}/api/v1/search?q=nurse")["total"] > 0


def test_the_image_imports_the_sample_and_serves_it_from_sqlite_and_writes_to_its_data_alone(
    image: Path, image_settings: dict[str, str], data: Path
) -> None:
    before = _state(image)
    imported = _run(compose()["services"]["import"]["command"], image_settings, image)
    assert imported.returncode == 0, imported.stderr
    assert (data / "mentors.db").exists()
    assert json.loads(only("CMD")) == ["mentor-search"]
    with serving(image_settings, image) as address:
        assert _finds_people(address)
    assert _state(image) == before


def _state(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_the_image_uses_its_own_code_and_its_own_encoder(image: Path, image_settings: dict[str, str]) -> None:
    code = "import indexer.encoder as e, service; print(e.__file__, service.__file__, e.DEFAULT_ENCODER)"
    paths = _run(["python", "-c", code], image_settings, image).stdout.split()
    assert len(paths) == 3
    assert all(Path(path).is_relative_to(image) for path in paths)


def test_the_health_check_tells_a_service_that_answers_from_one_that_does_not(
    image: Path, image_settings: dict[str, str]
) -> None:
    check = json.loads(only("HEALTHCHECK").partition("CMD ")[2])
    with serving(image_settings, image) as address:
        port = address.rpartition(":")[2]
        a_proxy_that_is_down = {"http_proxy": "http://127.0.0.1:9", "NO_PROXY": "", "no_proxy": ""}
        settings = {**image_settings, **a_proxy_that_is_down, "MENTOR_SEARCH_PORT": port}
        assert _run(check, settings, image).returncode == 0
    assert _run(check, settings, image).returncode == 1


# The same on a real Elasticsearch


@pytest.fixture
def compose_settings(elasticsearch_url: str, prefix: str, image_settings: dict[str, str]) -> dict[str, str]:
    """What the compose file sets for the service, with the server and the index of this test."""
    given = compose()["services"]["service"]["environment"]
    assert given.pop("MENTOR_SEARCH_API_KEYS") == "${MENTOR_SEARCH_API_KEYS:-}"
    in_compose = r"http://elastic:\$\{.*\}@elasticsearch:9200/mentors"
    assert re.fullmatch(in_compose, given.pop("MENTOR_SEARCH_ENGINE_URL"))
    assert given == {}
    here = {"MENTOR_SEARCH_ENGINE_URL": f"{elasticsearch_url}/{prefix}", "MENTOR_SEARCH_API_KEYS": ""}
    return {**image_settings, **here}


@pytest.mark.elasticsearch
def test_what_compose_runs_imports_and_serves_and_imports_again_without_a_change(
    image: Path, compose_settings: dict[str, str]
) -> None:
    command = compose()["services"]["import"]["command"]
    first, second = _run(command, compose_settings, image), _run(command, compose_settings, image)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "0 new, 0 changed" in second.stdout
    with serving(compose_settings, image) as address:
        assert _finds_people(address)


@pytest.mark.elasticsearch
def test_composes_health_check_of_elasticsearch_needs_the_right_password(elasticsearch_url: str) -> None:
    kind, script = compose()["services"]["elasticsearch"]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    server = urlsplit(elasticsearch_url)
    script = script.replace("$$", "$").replace("127.0.0.1:9200", f"{server.hostname}:{server.port}")
    right = shell_environment(ELASTIC_PASSWORD=server.password or "")
    assert _run(["sh", "-c", script], right, Path.cwd()).returncode == 0
    assert _run(["sh", "-c", script], {**right, "ELASTIC_PASSWORD": "wrong"}, Path.cwd()).returncode != 0
