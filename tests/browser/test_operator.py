"""An operator imports a file with errors, mends it, and takes an import back; with JavaScript and without."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from scripts.screenshots import sample_service
from service.app import create_app
from service.settings import Settings
from tests.browser.axe import faults
from tests.browser.contrast import CONTROL, TEXT
from tests.browser.test_colours import _COLOURS, SCHEMES, too_faint
from tests.browser.test_search import follow
from tests.factories import profile_record

pytestmark = pytest.mark.browser

KEY = "a-key-of-the-browser-tests"
HEADER = "id,name,title,open_to_chats,country\n"
WITH_ERRORS = f"{HEADER}zoe,Zoë,Zookeeper,yes,GB\nyan,,Yacht Captain,yes,GB\nwim,Wim,Window Cleaner,yes,Narnia\n"
# Pages that are there without an upload.
ADDRESSES = ["/operator", "/operator/imports", "/operator/inactive", "/operator/demand"]


@pytest.fixture(scope="module")
def operator_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service of its own, whose people may change."""
    folder = tmp_path_factory.mktemp("operator")
    people = folder / "people.jsonl"
    records = [
        profile_record("ann", last_active_at="2020-01-31"),
        profile_record("bob", "Vet", open_to_chats="no"),
    ]
    people.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    with sample_service(
        folder, people, API_KEYS=KEY, UPLOAD_FOLDER=str(folder / "uploads"), WORKERS="2"
    ) as address:
        yield address


@pytest.fixture
def logged_in(new_page: Callable[..., Page], operator_site: str) -> Callable[..., Page]:
    """Opens a page in a browser that is new and logged in."""

    def opened(**options: object) -> Page:
        page = new_page(**options)
        page.goto(f"{operator_site}/operator")
        page.get_by_label("API key").fill(KEY)
        follow(page.get_by_role("button", name="Log in"))
        expect(page.get_by_role("heading", name="Index", exact=True)).to_be_visible()
        return page

    return opened


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(logged_in: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    return logged_in(java_script_enabled=request.param)


def upload(page: Page, file: Path) -> None:
    """Upload `file`, as whoever is on any operator page does, and wait until it is checked."""
    follow(page.get_by_role("link", name="Import", exact=True))
    page.get_by_label("File with people").set_input_files(file)
    follow(page.get_by_role("button", name="Upload and check"))
    expect(page.get_by_role("heading", name="before it is imported")).to_be_visible()


def test_a_wrong_key_is_told_and_the_right_one_leads_to_the_state_of_the_index(
    new_page: Callable[..., Page], operator_site: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(operator_site)
    follow(page.get_by_role("link", name="For operators"))
    key = page.get_by_label("API key")
    key.fill("a-wrong-key-of-browser-tests")
    follow(page.get_by_role("button", name="Log in"))
    expect(page.get_by_role("alert")).to_contain_text("This is none of the API keys.")
    expect(key).to_have_accessible_description(re.compile("none of the API keys. Check that it is copied whole"))

    key.fill(KEY)
    follow(page.get_by_role("button", name="Log in"))
    expect(page.get_by_role("row", name="Closed said no")).to_contain_text("1")
    (cookie,) = page.context.cookies()
    assert (cookie.get("httpOnly"), cookie.get("secure"), cookie.get("sameSite")) == (True, True, "Strict")

    follow(page.get_by_role("button", name="Log out"))
    page.goto(f"{operator_site}/operator")
    expect(page.get_by_label("API key")).to_be_visible()


def test_a_file_that_cannot_be_used_is_told_at_its_field(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("id,name,titel\nann,Ann,Vet\n")
    follow(page.get_by_role("link", name="Import", exact=True))
    page.get_by_label("File with people").set_input_files(file)
    follow(page.get_by_role("button", name="Upload and check"))

    expect(page.get_by_role("alert")).to_contain_text(
        "people.csv: the column “titel” is not a field of a profile."
    )
    expect(page.get_by_label("File with people")).to_have_accessible_description(
        re.compile("Did you mean title|titel")
    )


def test_a_file_that_is_too_large_is_told_as_well(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(b"x" * 40_000_000)
    follow(page.get_by_role("link", name="Import", exact=True))
    page.get_by_label("File with people").set_input_files(file)
    follow(page.get_by_role("button", name="Upload and check"))

    expect(page.get_by_role("alert")).to_contain_text("The files are larger than 32 MB together.")


def test_a_file_with_errors_is_checked_imported_and_undone(page: Page, tmp_path: Path, operator_site: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(WITH_ERRORS, encoding="utf-8")
    upload(page, file)
    expect(page.get_by_role("listitem").filter(has_text="rejected")).to_have_text(re.compile("2 rejected"))
    expect(page.get_by_role("row", name="3 name is missing.")).to_be_visible()
    expect(page.get_by_role("row", name="4 country")).to_contain_text("“Narnia” is not a country")

    with page.expect_download() as download:
        page.get_by_role("link", name="Download the rejected rows").click()
    mended = tmp_path / download.value.suggested_filename
    rows = download.value.path().read_text(encoding="utf-8-sig")
    mended.write_text(rows.replace("yan,,", "yan,Yan,").replace(",Narnia", ",GB"), encoding="utf-8")

    follow(page.get_by_role("button", name="Import", exact=True))
    expect(page.get_by_role("heading", name="people.csv is imported")).to_be_visible()
    upload(page, mended)
    expect(page.get_by_role("listitem").filter(has_text="rejected")).to_have_text(re.compile("0 rejected"))
    follow(page.get_by_role("button", name="Import", exact=True))
    expect(page.get_by_role("heading", name="people-rejected.csv is imported")).to_be_visible()
    page.goto(f"{operator_site}/?q=yacht+captain")
    expect(page.locator(".card").first).to_contain_text("Yan")
    page.goto(f"{operator_site}/?q=zookeeper")
    expect(page.locator(".card").first).to_contain_text("Zoë")

    page.goto(f"{operator_site}/operator/imports")
    expect(page.get_by_role("row", name="people-rejected.csv").first).to_contain_text("2 new, 0 changed")
    follow(page.get_by_role("link", name="Undo the import of people-rejected.csv").first)
    follow(page.get_by_role("button", name="Undo this import"))
    expect(page.get_by_role("listitem").filter(has_text="removed")).to_have_text(re.compile("2 removed"))
    page.goto(f"{operator_site}/operator/imports")
    follow(page.get_by_role("link", name="Undo the import of people.csv").first)
    expect(page.get_by_role("heading", name="Undo the import of people.csv?")).to_be_visible()
    follow(page.get_by_role("button", name="Undo this import"))
    expect(page.get_by_role("heading", name="The import of people.csv is undone")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="removed")).to_have_text(re.compile("1 removed"))
    page.goto(f"{operator_site}/?q=zookeeper")
    expect(page.get_by_text("Zoë")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_scrolls_sideways(
    logged_in: Callable[..., Page], tmp_path: Path, width: int, operator_site: str
) -> None:
    page = logged_in(viewport={"width": width, "height": 800})
    file = tmp_path / f"{'long-name' * 9}.csv"
    file.write_text(f"{WITH_ERRORS}{'x' * 90},Ann,Vet,yes,{'y' * 90}\n", encoding="utf-8")
    upload(page, file)
    for address in [page.url, *(operator_site + one for one in ADDRESSES)]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
        boxes = [one.bounding_box() for one in page.locator("a:visible, button, summary, input:visible").all()]
        # 24 px is what the Web Content Accessibility Guidelines 2.2 ask for.
        assert [box for box in boxes if box and min(box["width"], box["height"]) < 24] == [], address


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_and_every_field_stands_out_from_its_ground(
    logged_in: Callable[..., Page], tmp_path: Path, scheme: str, operator_site: str
) -> None:
    page = logged_in(color_scheme=scheme)
    file = tmp_path / "people.csv"
    file.write_text(WITH_ERRORS, encoding="utf-8")
    upload(page, file)
    for address in [page.url, *(operator_site + one for one in ADDRESSES)]:
        page.goto(address)
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        found = page.evaluate(_COLOURS)
        assert too_faint(found["texts"], TEXT) == [], address
        if found["borders"]:
            assert too_faint([one for one in found["borders"] if "hidden" not in one[0]], CONTROL) == [], address


def test_axe_finds_nothing_on_any_operator_page(
    logged_in: Callable[..., Page], new_page: Callable[..., Page], tmp_path: Path, operator_site: str
) -> None:
    login = new_page(base_url=operator_site)
    login.goto("/operator/login")
    assert faults(login) == ""
    page = logged_in(base_url=operator_site)
    file = tmp_path / "people.csv"
    file.write_text(WITH_ERRORS, encoding="utf-8")
    upload(page, file)
    looked_at = [login.url, page.url]
    assert faults(page) == ""
    follow(page.get_by_role("button", name="Import", exact=True))
    expect(page.get_by_role("heading", name="people.csv is imported")).to_be_visible()
    assert faults(page) == ""
    page.goto("/operator/imports")
    undo = page.get_by_role("link", name="Undo").first.get_attribute("href")
    for address in (*ADDRESSES, str(undo)):
        page.goto(address)
        assert faults(page) == "", address
        looked_at.append(page.url)

    app = create_app(Settings())
    routes = app.url_map.bind("localhost")
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.startswith("operator.")
    } - {"operator.tasks.rejected"}  # a file
    assert pages - {routes.match(urlsplit(address).path)[0] for address in looked_at} == set()
