"""Importing from the browser: upload, see what would happen, do it or not."""

import io
import json
import logging
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer.engines import Engine, open_engine
from indexer.errors import EngineUnavailable
from service.app import create_app
from service.imports.folder import TaskFolder
from service.imports.task import MOST_REJECTIONS
from service.pages.operator.uploads import MOST_MEGABYTES
from service.settings import Settings
from tests.api.conftest import KEY
from tests.api.operator import Operator
from tests.factories import make_profile, profile_record
from tests.fakes import KeywordEncoder

pytestmark = pytest.mark.usefixtures("few_job_titles")

Index = Callable[..., None]
CSV = "id,name,title,open_to_chats\n"
PEOPLE = f"{CSV}ann,Ann,Nurse,yes\nbob,Bob,Vet,yes\n"
SECRET = "secret@example.org"
STEP = re.compile(r"<strong>([\d,]+)</strong> (\w+)")


def counts(inside: Operator, address: str) -> dict[str, int]:
    """The counts that the page of a task shows."""
    html = inside.client.get(address).text
    return {name: int(number.replace(",", "")) for number, name in STEP.findall(html)}


def last_undo(inside: Operator) -> str:
    """The address at which the last import can be undone."""
    links = [href for href in inside.page("/operator/imports").values("a", "href") if href and "undo" in href]
    assert links
    return links[0]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()} - {"slot", "running", "task.json"}


class TestPlan:
    def test_it_tells_what_an_import_would_bring_and_writes_nothing(
        self, inside: Operator, index: Index, engine: Engine
    ) -> None:
        index(
            make_profile("same", "Nurse", name="Same"),
            make_profile("changed", "Nurse"),
            make_profile("newer", "Nurse", updated_at="2026-03-01"),
            make_profile("gone"),
        )
        inside.client.delete("/api/v1/profiles/gone", headers={"Authorization": f"Bearer {KEY}"})
        rows = [
            profile_record("same", name="Same"),
            profile_record("changed", headline="Other"),
            profile_record("newer", updated_at="2026-02-01"),
            profile_record("gone"),
            profile_record("new", open_to_chats=None),
            profile_record("also-new"),
            profile_record("bad", name=""),
        ]

        address = inside.check(json.dumps(rows), "people.json")

        page = inside.page(address)
        expected = {"new": 2, "changed": 1, "unchanged": 1, "rejected": 1, "stale": 1, "deleted": 1}
        assert counts(inside, address) == expected
        assert "7 rows read. An import would bring:" in page.text
        assert "1 row dormant" in page.text
        assert engine.get(["new"]) == {}

    def test_each_row_that_is_rejected_is_told_with_its_field_and_the_reason(self, inside: Operator) -> None:
        address = inside.check("id,name,title,country\nann,,Vet,Narnia\nbob,Bob\n")

        text = inside.page(address).text

        assert "Row Field Reason 2 name is missing. 2 country “Narnia” is not a country;" in text
        assert "3 row has 2 cells; the header has 4." in text
        assert "Every reason" in text

    def test_of_many_reasons_the_first_are_shown(self, inside: Operator) -> None:
        address = inside.check(CSV + "".join(f"p{n},,Vet,yes\n" for n in range(MOST_REJECTIONS + 50)))

        page = inside.page(address)

        assert f"The first {MOST_REJECTIONS} reasons" in page.text
        assert page.text.count("is missing.") == MOST_REJECTIONS
        assert counts(inside, address)["rejected"] == MOST_REJECTIONS + 50

    def test_what_a_cell_holds_is_shown_as_text(self, inside: Operator) -> None:
        cell = "<script>alert(1)</script>"
        address = inside.check(f"id,name,title,country\nann,Ann,Vet,{cell}\n", f"{cell}.csv".replace("/", ""))

        html = inside.client.get(address).text

        assert "<script>alert" not in html
        assert "“&lt;script&gt;alert(1)&lt;/script&gt;”" in html
        assert "&lt;script&gt;alert(1)&lt;script&gt;.csv" in html

    @pytest.mark.parametrize("name", ["p.csv", "p.TSV", "p.json", "p.jsonl", "p.ndjson"])
    def test_every_kind_of_file_is_read(self, inside: Operator, name: str) -> None:
        people = [profile_record("ann"), profile_record("bob")]
        content = {
            "csv": PEOPLE,
            "tsv": PEOPLE.replace(",", "\t"),
            "json": json.dumps(people),
            "jsonl": "\n".join(map(json.dumps, people)),
            "ndjson": "\n".join(map(json.dumps, people)),
        }[name.partition(".")[2].lower()]

        assert counts(inside, inside.check(content, name))["new"] == 2

    def test_a_mapping_and_an_encoding_are_used(self, inside: Operator, engine: Engine) -> None:
        mapping = io.BytesIO(json.dumps({"fields": {"who": "name", "works_as": "title", "pet": None}}).encode())
        content = "id,who,works_as,pet\nann,Zoë,Vet,cat\n".encode("cp1252")

        address = inside.check(content, mapping=(mapping, "board.json"), encoding=" cp1252 ")
        inside.go_on(address)

        assert engine.get(["ann"])["ann"].name == "Zoë"


class TestRejectedRows:
    def test_they_are_downloaded_mended_and_uploaded(self, inside: Operator) -> None:
        address = inside.check(f"{PEOPLE}cem,,Vet,yes\n", "our people.csv")

        with inside.client.get(f"{address}/rejected") as response:
            mended = response.text.replace("cem,,", "cem,Cem,")

        assert response.mimetype == "text/csv"
        assert 'attachment; filename="our people-rejected.csv"' in response.headers["Content-Disposition"]
        assert response.headers["Cache-Control"] == "no-store"
        assert counts(inside, inside.check(mended)) == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 0}

    def test_those_of_json_are_json_lines(self, inside: Operator) -> None:
        address = inside.check(json.dumps([profile_record("ann", name="")]), "people.json")

        with inside.client.get(f"{address}/rejected") as response:
            assert json.loads(response.text)["rejected_field"] == "name"

        assert "people-rejected.jsonl" in response.headers["Content-Disposition"]

    def test_they_outlast_the_import_and_go_when_it_is_taken_off_the_list(
        self, inside: Operator, uploads: Path
    ) -> None:
        address = inside.check(f"{PEOPLE}cem,,Vet,yes\n")
        inside.go_on(address)

        with inside.client.get(f"{address}/rejected") as response:
            assert "cem,,Vet" in response.text
        inside.send(f"{address}/discard")
        assert files(uploads) == set()

    def test_without_any_there_is_no_file(self, inside: Operator) -> None:
        address = inside.check(PEOPLE)

        assert "Download" not in inside.page(address).text
        assert inside.client.get(f"{address}/rejected").status_code == 404


class TestCommit:
    def test_people_are_imported_and_the_file_is_removed(
        self, inside: Operator, engine: Engine, uploads: Path
    ) -> None:
        address = inside.check(f"{PEOPLE}bad,,Vet,yes\n")
        assert "upload.csv" in files(uploads)

        page = inside.go_on(address)

        assert "people.csv is imported" in page.text
        assert counts(inside, address) == {"new": 2, "changed": 0, "unchanged": 0, "rejected": 1}
        assert set(engine.get(["ann", "bob", "bad"])) == {"ann", "bob"}
        assert "upload.csv" not in files(uploads)

    def test_the_first_import_brings_the_job_titles_with_it(self, inside: Operator, engine: Engine) -> None:
        inside.go_on(inside.check(PEOPLE))

        titles = engine.titles.status()
        assert titles
        assert titles.titles == 2
        assert "Job titles Made-up 1.0" in inside.page("/operator").text

    def test_who_is_imported_is_found_at_once(self, inside: Operator) -> None:
        inside.go_on(inside.check(PEOPLE))

        assert inside.page("/?q=vet").people()[0] == "bob"

    def test_importing_again_what_is_imported_does_nothing(self, inside: Operator, engine: Engine) -> None:
        address = inside.check(PEOPLE)
        inside.go_on(address)
        before = engine.revisions(["ann"])

        page = inside.go_on(address)

        assert "people.csv is imported" in page.text
        assert engine.revisions(["ann"]) == before

    def test_discarding_removes_the_file_and_imports_nobody(
        self, inside: Operator, engine: Engine, uploads: Path
    ) -> None:
        address = inside.check(PEOPLE)

        response = inside.send(f"{address}/discard")

        assert response.location == "/operator/imports"
        assert files(uploads) == set()
        assert "is not here any more" in inside.page(address, 404).text
        inside.send(address, 404)
        assert engine.revisions(["ann"]) == {}

    def test_an_engine_that_does_not_answer_is_told_and_the_import_goes_on_later(
        self, inside: Operator, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = inside.check(PEOPLE)

        def upsert(*_: Any) -> None:
            raise EngineUnavailable("The engine rests.")

        with monkeypatch.context() as patched:
            patched.setattr(engine, "upsert", upsert)
            text = inside.go_on(address).text

        assert "The import of people.csv stopped" in text
        assert "The engine rests." in text
        assert "What was imported stays. Import again to go on." in text
        assert "people.csv is imported" in inside.go_on(address).text
        assert set(engine.get(["ann", "bob"])) == {"ann", "bob"}

    def test_a_bug_tells_the_log_where_it_was_and_nothing_of_the_file(
        self, inside: Operator, engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        address = inside.check(PEOPLE)

        def upsert(*_: Any) -> None:
            raise ValueError(SECRET)

        monkeypatch.setattr(engine, "upsert", upsert)
        text = inside.go_on(address).text

        assert "Something went wrong that nobody foresaw." in text
        assert "ValueError while importing" in caplog.text
        assert "in upsert" in caplog.text
        assert SECRET not in caplog.text + text


class TestUndo:
    def test_the_last_imports_are_listed_the_newest_first(self, inside: Operator) -> None:
        inside.go_on(inside.check(PEOPLE, "first.csv"))
        inside.go_on(inside.check(f"{CSV}ann,Anna,Nurse,yes\nbad,,Vet,yes\n", "second.csv"))

        text = inside.page("/operator/imports").text

        assert re.search(
            "second.csv .* 0 new, 1 changed, 1 rejected Undo .* first.csv .* 2 new, 0 changed Undo", text
        )

    def test_the_page_says_what_will_happen_and_only_the_button_does_it(
        self, inside: Operator, engine: Engine
    ) -> None:
        inside.go_on(inside.check(PEOPLE))

        page = inside.page(last_undo(inside))

        assert "Undo the import of people.csv?" in page.text
        assert "brought 2 new, 0 changed" in page.text
        assert set(engine.get(["ann", "bob"])) == {"ann", "bob"}

    def test_it_restores_and_removes_people_and_says_how_many(
        self, inside: Operator, engine: Engine, index: Index
    ) -> None:
        index(make_profile("ann", name="Ann before"))
        inside.go_on(inside.check(f"{PEOPLE}cem,Cem,Vet,yes\n"))
        index(make_profile("cem", name="Cem since"))

        page = inside.finished(inside.send(last_undo(inside)).location)

        assert "The import of people.csv is undone" in page.text
        assert "1 as before 1 removed 1 left alone" in page.text
        assert {id_: one.name for id_, one in engine.get(["ann", "bob", "cem"]).items()} == {
            "ann": "Ann before",
            "cem": "Cem since",
        }
        assert "undone on" in inside.page("/operator/imports").text

    def test_what_was_undone_cannot_be_undone_again(self, inside: Operator) -> None:
        inside.go_on(inside.check(PEOPLE))
        address = last_undo(inside)
        inside.finished(inside.send(address).location)

        assert "was undone already" in inside.page(address, 409).text
        inside.send(address, 409)
        inside.page("/operator/imports/nothing/undo", 404)

    def test_it_waits_for_another_import(self, inside: Operator, uploads: Path, engine: Engine) -> None:
        inside.go_on(inside.check(PEOPLE))
        other = inside.check(f"{CSV}cem,Cem,Vet,yes\n", "other.csv")
        with TaskFolder(uploads).working(other.rpartition("/")[2]):
            assert "Another import is being" in inside.send(last_undo(inside), 409).text

        assert set(engine.get(["ann", "bob"])) == {"ann", "bob"}

    def test_an_undo_that_was_stopped_goes_on(
        self, inside: Operator, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inside.go_on(inside.check(PEOPLE))

        def withdraw(*_: Any) -> None:
            raise EngineUnavailable("The engine rests.")

        with monkeypatch.context() as patched:
            patched.setattr(engine, "withdraw", withdraw)
            address = inside.send(last_undo(inside)).location
            text = inside.finished(address).text

        assert "The undoing of the import of people.csv stopped" in text
        assert "The engine rests." in text
        assert "2 removed" in inside.go_on(address).text
        assert engine.get(["ann", "bob"]) == {}

    def test_the_name_of_a_file_is_shown_as_text(self, inside: Operator) -> None:
        inside.go_on(inside.check(PEOPLE, "<b>people.csv"))

        for path in ("/operator/imports", last_undo(inside)):
            html = inside.client.get(path).text
            assert "&lt;b&gt;people.csv" in html
            assert "<b>people" not in html


@pytest.fixture
def cluster(elasticsearch_url: str, prefix: str) -> Iterator[Engine]:
    with closing(open_engine(f"{elasticsearch_url}/{prefix}")) as engine:
        yield engine


@pytest.mark.elasticsearch
def test_on_elasticsearch_a_file_is_checked_imported_and_undone(
    cluster: Engine, encoder: KeywordEncoder, uploads: Path
) -> None:
    settings = Settings(api_keys=(KEY,), upload_folder=str(uploads))
    inside = Operator(create_app(settings, engine=cluster, encoder=encoder).test_client(), KEY)
    assert "no index" in inside.page("/operator").text
    address = inside.check(f"{PEOPLE}bad,,Vet,yes\n")
    assert counts(inside, address) == {"new": 2, "changed": 0, "unchanged": 0, "rejected": 1}

    assert "people.csv is imported" in inside.go_on(address).text
    assert "found by a search 2 " in inside.page("/operator").text
    page = inside.finished(inside.send(last_undo(inside)).location)

    assert "2 removed" in page.text
    assert cluster.get(["ann", "bob"]) == {}


class TestOneAtATime:
    def test_while_a_file_is_imported_its_page_shows_the_progress(self, inside: Operator, uploads: Path) -> None:
        address = inside.check(PEOPLE)
        task_id = address.rpartition("/")[2]
        with TaskFolder(uploads).working(task_id):
            page = inside.page(address)
            assert "progress" in page.values("div", "id")
            # Without JavaScript the page refreshes itself.
            assert '<noscript><meta http-equiv="refresh"' in inside.client.get(address).text
            assert "button" not in {attributes.get("id") for _, attributes in page.tags}
            assert "2 of 2 rows (100 %)" in page.text
            # Pressing its button again leads to the same page, and discarding waits.
            inside.send(address)
            assert "Another import is being" in inside.send(f"{address}/discard", 409).text
        assert "Check people.csv before it is imported" in inside.page(address).text

    def test_a_second_file_waits_with_a_reason(self, inside: Operator, uploads: Path) -> None:
        first, second = inside.check(PEOPLE, "first.csv"), inside.check(PEOPLE, "second.csv")
        before = files(uploads)
        with TaskFolder(uploads).working(first.rpartition("/")[2]):
            assert "Another import is being" in inside.send(second, 409).text
            assert "Another import is being" in inside.upload(PEOPLE, "third.csv", 409).text
            assert "first.csv checked now" in inside.page("/operator/imports").text

        assert files(uploads) == before
        assert "second.csv is imported" in inside.go_on(second).text

    def test_an_import_whose_process_ended_says_so_and_goes_on(
        self, inside: Operator, uploads: Path, engine: Engine
    ) -> None:
        address = inside.check(PEOPLE)
        state = uploads / address.rpartition("/")[2] / "task.json"
        # As a process leaves it that is killed.
        state.write_text(json.dumps(json.loads(state.read_text()) | {"stage": "importing", "done": 1}))

        assert "people.csv stopped while importing" in inside.page("/operator/imports").text
        text = inside.page(address).text
        assert "The import of people.csv stopped" in text
        assert "The process that worked on it ended." in text
        assert "What was imported stays." in text
        assert "people.csv is imported" in inside.go_on(address).text
        assert set(engine.get(["ann", "bob"])) == {"ann", "bob"}

    def test_a_check_whose_process_ended_is_done_again(self, inside: Operator, uploads: Path) -> None:
        address = inside.check(PEOPLE)
        state = uploads / address.rpartition("/")[2] / "task.json"
        state.write_text(json.dumps(json.loads(state.read_text()) | {"stage": "checking", "counts": {}}))

        assert "The check of people.csv stopped" in inside.page(address).text
        assert "before it is imported" in inside.go_on(address).text

    def test_every_process_shows_the_same(
        self, inside: Operator, engine: Engine, encoder: KeywordEncoder, uploads: Path
    ) -> None:
        address = inside.check(PEOPLE)
        settings = Settings(api_keys=("another-key", KEY), upload_folder=str(uploads))
        other = Operator(create_app(settings, engine=engine, encoder=encoder).test_client(), KEY)

        assert counts(other, address) == counts(inside, address)
        assert "people.csv is imported" in other.go_on(address).text
        assert "people.csv is imported" in inside.page(address).text


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


class TestHostileUploads:
    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("people.csv", b"", "people.csv is empty."),
            ("people.csv", CSV, "has a header and no rows"),
            ("people.csv", archive(), "is a spreadsheet or zip archive; save it as CSV"),
            ("people.csv", bytes(range(256)) * 40, "is not UTF-8"),
            ("people.csv", b"\x00\x01\x02" * 1000, "is not a text file"),
            ("people.csv", "id,name,titel\nann,Ann,Vet\n", "the column “titel” is not a field of a profile."),
            ("people.csv", f'{PEOPLE}cem,"Cem', "the quotes do not match"),
            ("people.json", b"[" * 200_000, "people.json"),
            ("people.json", b"{}", "must be a JSON list"),
            ("people.xlsx", archive(), "“people.xlsx” cannot be read: the name must end in one of .csv"),
            ("people", PEOPLE, "“people” cannot be read"),
            (".csv", PEOPLE, "cannot be read"),
        ],
    )
    def test_a_file_that_cannot_be_used_is_refused_at_its_field_and_leaves_nothing_behind(
        self, inside: Operator, uploads: Path, name: str, content: str | bytes, words: str
    ) -> None:
        html = inside.upload(content, name, 422).text

        assert words in html
        assert str(uploads) not in html
        assert 'id="file-problem"' in html
        assert "<title>Error: Import" in html
        assert files(uploads) == set()
        assert TaskFolder(uploads).all() == []

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("../../../etc/people.csv", "people.csv"),
            (f"{'x' * 10_000}.csv", f"{'x' * 60}…{'x' * 15}.csv"),
        ],
    )
    def test_its_name_is_shown_short_and_leads_nowhere(
        self, inside: Operator, uploads: Path, name: str, shown: str
    ) -> None:
        address = inside.check(PEOPLE, name)

        assert f"Check {shown} before it is imported" in inside.page(address).text
        assert files(uploads) == {"upload.csv"}

    def test_only_this_user_can_read_the_file(self, inside: Operator, uploads: Path) -> None:
        inside.check(PEOPLE)

        assert {stat.S_IMODE(path.stat().st_mode) for path in (uploads, *uploads.glob("*/"))} == {0o700}

    def test_one_file_is_chosen(self, inside: Operator) -> None:
        two = [(io.BytesIO(PEOPLE.encode()), name) for name in ("a.csv", "b.csv")]

        assert "Choose one file at a time." in inside.send("/operator/imports", 422, file=two).text
        assert "Choose a file with people." in inside.send("/operator/imports", 422).text
        assert "Choose a file with people." in inside.upload(b"", "", 422).text

    def test_a_mapping_or_an_encoding_that_cannot_be_used_is_told_at_its_field(self, inside: Operator) -> None:
        mapping = (io.BytesIO(b'{"fields": {"x": "salary"}}'), "../board.json")

        html = inside.upload(PEOPLE, mapping=mapping, status=422).text
        assert "The mapping board.json names “salary”, which is not a field of a profile." in html.replace(
            "&#39;", "'"
        )
        assert 'id="mapping-problem"' in html
        for encoding in ("klingon", "x" * 10_000, "../etc/passwd", "zip", "\x00"):
            assert 'id="encoding-problem"' in inside.upload(PEOPLE, encoding=encoding, status=422).text

    def test_files_that_are_too_large_are_refused_before_they_are_read(
        self, inside: Operator, uploads: Path
    ) -> None:
        size = str(MOST_MEGABYTES * 1_000_000 + 1)
        response = inside.client.post(
            "/operator/imports",
            content_type="multipart/form-data; boundary=x",
            environ_overrides={"CONTENT_LENGTH": size},
        )
        html = response.text

        assert response.status_code == 413
        assert f"The files are larger than {MOST_MEGABYTES} MB together." in html
        assert "<title>Error: Import" in html
        assert not uploads.exists()

    def test_other_forms_take_no_more_than_elsewhere(self, inside: Operator) -> None:
        size = {"CONTENT_LENGTH": "300000"}
        form = "application/x-www-form-urlencoded"

        for path in ("/operator/logout", "/operator/login"):
            assert inside.client.post(path, content_type=form, environ_overrides=size).status_code == 413

    def test_cells_of_10_000_characters_are_shortened_in_the_reasons(self, inside: Operator) -> None:
        address = inside.check(f"id,name,title,country\nann,Ann,Vet,{'Ω' * 10_000}\nbob,{'x' * 10_000},Vet,\n")

        assert counts(inside, address)["rejected"] == 2
        assert len(inside.client.get(address).text) < 10_000

    def test_a_disk_without_room_is_told(self, inside: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        def save(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("werkzeug.datastructures.FileStorage.save", save)

        assert "No space left on device" in inside.upload(PEOPLE, status=503).text


def test_contact_data_are_neither_shown_nor_logged(
    inside: Operator, uploads: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    contact = {"email": SECRET, "phone": "555-secret"}
    bad = {"email": "secret", "phone": "secret" * 20}
    rows = [profile_record("ann", contact=contact), profile_record("bob", name="", contact=contact)]
    rows += [profile_record("cem", contact=bad)]

    address = inside.check(json.dumps(rows), "people.json")
    shown = inside.client.get(address).text
    inside.go_on(address)

    shown += inside.client.get(address).text
    assert counts(inside, address)["new"] == 1
    assert "secret" not in shown + caplog.text
    state = uploads / address.rpartition("/")[2] / "task.json"
    assert "secret" not in state.read_text()


def test_an_address_that_is_no_task_is_not_found(inside: Operator) -> None:
    for name in ("x", "a" * 32, "..", "%2e%2e"):
        assert inside.client.get(f"/operator/tasks/{name}").status_code == 404


def test_nothing_is_made_before_the_first_upload(inside: Operator, uploads: Path) -> None:
    inside.page("/operator/imports")

    assert not uploads.exists()
