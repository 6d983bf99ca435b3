"""The import of job titles as an operator runs it."""

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indexer.document import make_documents, unread
from indexer.engines import Engine, open_engine
from indexer.titles.build import build_catalogue
from scripts import import_titles
from scripts.import_titles import main
from scripts.progress import embedding_progress
from tests.factories import make_profile
from tests.fakes import KeywordEncoder
from tests.relevance.occupations import make_occupation
from tests.unit.test_taxonomy import HEADER, ONET, VET, esco

ENCODER = KeywordEncoder("vet", "nurse", dimensions=4)
SHIPPED = build_catalogue(
    [make_occupation("29-1131.00", title="Veterinarians", alternate_titles=("Vet",))],
    ENCODER,
    "O*NET 27.0, as shipped",
)


NOBODY = "0 people in the index were read as another occupation than before."


class Operator:
    """Someone at a terminal: writes files, runs the import, reads what it says."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str], engine: Engine) -> None:
        self.folder, self.capture, self.engine = folder, capture, engine
        self.status, self.err = -1, ""

    def write(self, name: str, *lines: str) -> str:
        (self.folder / name).write_text("\n".join(lines), encoding="utf-8")
        return str(self.folder / name)

    def run(self, *arguments: str) -> list[str]:
        self.status = main([*arguments])
        out, self.err = self.capture.readouterr()
        return out.splitlines()


@pytest.fixture
def operator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Operator]:
    url = f"sqlite:///{tmp_path}/index.db"
    monkeypatch.setenv("MENTOR_SEARCH_ENGINE_URL", url)
    monkeypatch.setattr(import_titles, "open_encoder", lambda _: ENCODER)
    monkeypatch.setattr(import_titles, "shipped_catalogue", lambda *_: SHIPPED)
    with closing(open_engine(url)) as engine:
        yield Operator(tmp_path, capsys, engine)


def test_without_options_the_shipped_titles_are_imported(operator: Operator) -> None:
    assert operator.run() == [NOBODY, "O*NET 27.0, as shipped: 2 titles of 1 occupations."]
    assert operator.status == 0
    assert version(operator) == SHIPPED.version


def test_people_in_the_index_are_read_anew(operator: Operator) -> None:
    operator.engine.create(ENCODER.fingerprint, ENCODER.short_dimensions)
    people = [make_profile("ann", "Vet"), make_profile("bob", "Nurse")]
    operator.engine.upsert(make_documents(people, ENCODER, datetime.now(UTC), unread))

    assert operator.run()[0] == "1 people in the index were read as another occupation than before."
    assert operator.engine.occupation_counts(date.today()) == {"29-1131.00": 1}


def test_own_titles_are_added_and_new_occupations_are_listed(operator: Operator) -> None:
    first = operator.write("first.csv", "title,occupation,aliases", "Animal Medic,Vet,Beast Doc", "Team Coach,,")
    second = operator.write("second.csv", "title", "Juggler")

    assert operator.run("--own", first, "--own", second) == [
        NOBODY,
        "new occupation own:team-coach: Team Coach",
        "new occupation own:juggler: Juggler",
        "O*NET 27.0, as shipped; first.csv, second.csv: 6 titles of 3 occupations.",
    ]
    assert operator.status == 0
    assert operator.engine.titles.suggest(["beast"], 5)[0].codes == ("29-1131.00",)


def test_a_wrong_row_is_reported_and_nothing_is_written(operator: Operator) -> None:
    own = operator.write("own.csv", "title,occupation", "Animal Medic,Vet", "Zoo Medic,Zookeeper", ",Vet")

    assert operator.run("--own", own) == [
        f"{own}, row 4, title: is missing.",
        f"{own}, row 3, occupation: “Zookeeper” is neither a code nor a title that is known.",
        "2 faults. Nothing was written: mend them and import again.",
    ]
    assert operator.status == 1
    assert operator.engine.titles.status() is None


def test_a_dry_run_writes_nothing(operator: Operator) -> None:
    own = operator.write("own.csv", "title,occupation", "Animal Medic,Vet")

    assert operator.run("--own", own, "--dry-run") == [
        "Dry run, nothing was written. O*NET 27.0, as shipped; own.csv: 3 titles of 1 occupations."
    ]
    assert operator.status == 0
    assert operator.engine.titles.status() is None


def test_onet_is_read_from_a_download(operator: Operator) -> None:
    folder = operator.folder / "db_27_0_text"
    folder.mkdir()
    for name, rows in ONET.items():
        (folder / name).write_text("".join("\t".join(row) + "\n" for row in rows))

    assert operator.run("--onet", str(folder)) == [NOBODY, "O*NET (db_27_0_text): 7 titles of 2 occupations."]
    assert [one.title for one in operator.engine.titles.occupations()] == ["Actors", "Veterinarians"]


def test_esco_is_read_from_a_download(operator: Operator) -> None:
    assert operator.run("--esco", str(esco(operator.folder, HEADER, VET))) == [
        NOBODY,
        "ESCO (occupations_en.csv): 3 titles of 1 occupations.",
    ]


def test_a_file_that_cannot_be_used_leaves_the_titles_from_before(operator: Operator) -> None:
    operator.run()

    assert operator.run("--onet", str(operator.folder / "nowhere")) == []
    assert operator.status == 2
    assert "Give the folder of an O*NET database in text format." in operator.err
    assert "The job titles in the index are those from before." in operator.err
    assert version(operator) == SHIPPED.version


def test_an_engine_that_cannot_be_written_to_is_said_to_be(operator: Operator) -> None:
    (operator.folder / "index.db").write_text("no database")

    assert operator.run() == []
    assert operator.status == 2
    assert operator.err.startswith("error: ")


def test_onet_and_esco_are_not_imported_at_once(operator: Operator) -> None:
    with pytest.raises(SystemExit) as stopped:
        operator.run("--onet", "a", "--esco", "b")

    assert stopped.value.code == 2
    assert "not allowed with argument" in operator.capture.readouterr().err


def test_progress_counts_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", terminal)
    batches = [["a", "b"], ["c"]]

    assert list(embedding_progress(quiet=False)(batches)) == batches
    assert "3/3" in terminal.getvalue()
    assert list(embedding_progress(quiet=True)(batches)) == batches


def version(operator: Operator) -> str:
    status = operator.engine.titles.status()
    assert status is not None
    return status.version
