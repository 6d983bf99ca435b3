"""Profiles that try to run scripts, to break the layout or to pass for another text stay text within the page."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from scripts.screenshots import ROOT, import_people, serving
from scripts.temporary.service import inherited_environment
from tests.browser.hostile import NURSES, PEOPLE, SCRIPTS, person

pytestmark = pytest.mark.browser

# What breaks the policy is told to the page, in whatever frame it happens.
_LISTEN = """window.broken = [];
addEventListener("securitypolicyviolation", event => window.broken.push(event.violatedDirective));
"""
LISTS = [
    f"/?q=registered+nurse&per_page=50&occupation={NURSES}",
    "/?q=nurse&per_page=50",
    f"/browse/occupations/{NURSES}",
]
ADDRESSES = [
    *LISTS,
    "/browse/29",
    *(f"/profiles/{one['id']}{page}?job={quote(SCRIPTS[0])}" for one in PEOPLE for page in ("", "/prep")),
]


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "people.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in PEOPLE))
    engine = f"sqlite:///{folder}/index.db"
    import_people(file, engine)
    with serving(engine) as address:
        yield address


@pytest.fixture
def open_page(new_page: Callable[..., Page], hostile_site: str) -> Callable[..., Page]:
    def opened(width: int = 1280) -> Page:
        page = new_page(viewport={"width": width, "height": 800}, base_url=hostile_site)
        page.add_init_script(_LISTEN)
        return page

    return opened


def test_no_script_of_a_profile_runs_and_none_needs_the_policy_to_be_stopped(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    told: list[str] = []
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text))
    for address in ADDRESSES:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        assert page.evaluate("[window.ran, window.broken]") == [None, []], address
        # Nothing of a profile became an element.
        made = page.locator("main :is(script, svg, img, [onerror], [onfocus], [onload], [href^='javascript:' i])")
        expect(made).to_have_count(0)
    assert told == []


@pytest.mark.parametrize("wish", SCRIPTS)
def test_a_hostile_wish_stays_text_in_the_page_and_in_place(open_page: Callable[..., Page], wish: str) -> None:
    page = open_page()
    page.goto(f"/?q={quote(wish)}")
    expect(page.locator("#q")).to_have_value(wish)
    page.goto("/?q=nurse")
    page.locator("#q").fill(wish)
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()
    expect(page.locator("#answer")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate("[window.ran, window.broken]") == [None, []]


@pytest.mark.parametrize("one", PEOPLE[: len(SCRIPTS)], ids=lambda one: one["id"])
def test_a_name_that_looks_like_markup_is_read_as_it_is(
    open_page: Callable[..., Page], one: dict[str, str]
) -> None:
    page = open_page()
    page.goto(f"/profiles/{one['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(one["name"])
    assert page.title() == f"{one['name']} – Mentor Search"


@pytest.mark.parametrize("width", [360, 1280])
def test_no_text_is_wider_than_the_page(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(width)
    for address in ADDRESSES:
        page.goto(address)
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == width, address


def test_everybody_is_found_however_hostile(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(LISTS[0])
    found = {link.get_attribute("href") for link in page.locator(".card h3 a").all()}
    assert {f"/profiles/{one['id']}" for one in PEOPLE} == {str(href).partition("?")[0] for href in found}


@pytest.mark.parametrize("id_", ["arabic", "hebrew"])
def test_a_name_from_right_to_left_leaves_the_sentence_around_it_in_order(
    open_page: Callable[..., Page], id_: str
) -> None:
    page = open_page()
    page.goto(LISTS[0])
    job = page.locator(".card", has=page.locator(f"a[href^='/profiles/{id_}']")).locator(".job")
    places = job.evaluate("""job => {
      const walker = document.createTreeWalker(job, NodeFilter.SHOW_TEXT);
      const places = {};
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const word of ["Was", "at", "2016", "2021"]) {
          const start = node.data.search(new RegExp(`\\\\b${word}\\\\b`));
          if (start < 0) continue;
          const range = document.createRange();
          range.setStart(node, start);
          range.setEnd(node, start + word.length);
          places[word] = range.getBoundingClientRect().x;
        }
      }
      return places;
    }""")
    assert sorted(places, key=places.__getitem__) == ["Was", "at", "2016", "2021"]


def test_what_turns_the_direction_round_is_taken_out(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/profiles/turned")
    expect(page.get_by_role("heading", level=1)).to_have_text("esruN elihW")
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(page.content())


def test_marks_piled_on_letters_stay_within_their_card(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(LISTS[0])
    assert page.locator(".card").first.evaluate("card => getComputedStyle(card).overflowY") == "clip"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "w" * 10_000}, "name: is 10,000 characters long; at most 120 are kept."),
        ({"links": [{"url": "javascript:alert(1)", "public": True}]}, "links: entry 1, url: is not a web address"),
        (
            {"links": [{"url": " JaVaScRiPt:alert(1)", "public": True}]},
            "links: entry 1, url: is not a web address",
        ),
        (
            {"links": [{"url": "data:text/html,<script>", "public": True}]},
            "links: entry 1, url: is not a web address",
        ),
    ],
    ids=["endless name", "javascript", "JaVaScRiPt", "data"],
)
def test_an_import_refuses_what_no_page_could_show(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text(json.dumps(person("one", "One", "one") | changes))
    command = [
        sys.executable,
        "scripts/import_profiles.py",
        str(file),
        "--engine",
        f"sqlite:///{tmp_path}/i.db",
        "--dry-run",
    ]
    done = subprocess.run(
        command, cwd=ROOT, env=inherited_environment(), capture_output=True, check=False, text=True
    )
    assert done.returncode == 1
    assert said in done.stdout + done.stderr
