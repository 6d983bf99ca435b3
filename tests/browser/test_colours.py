"""Whether everybody can read the pages, in the light colours and in the dark."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.browser.addresses import PAGES
from tests.browser.contrast import CONTROL, TEXT, Colour, contrast
from tests.browser.test_search import follow

SCHEMES = ("light", "dark")
# [what it is, its colour, what lies behind it] of every text that is seen, and of every border of a field.
_COLOURS = """() => {
  const ground = element => {
    const colour = getComputedStyle(element).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" ? ground(element.parentElement) : colour;
  };
  const seen = [...document.body.querySelectorAll("*")].filter(element => element.checkVisibility());
  const fields = seen.filter(element => element.matches("input, select, textarea"));
  const hasText = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const texts = seen.filter(element => hasText(element) && !element.matches("option")).concat(fields);
  return {
    texts: texts.map(text => [text.outerHTML, getComputedStyle(text).color, ground(text)]),
    borders: fields.map(one => [one.outerHTML, getComputedStyle(one).borderColor, ground(one.parentElement)]),
  };
}"""
_colours = st.tuples(*[st.integers(0, 255)] * 3)


def parsed(css: str) -> Colour:
    """The channels of rgb(1, 2, 3); a colour that lets others shine through is refused, as it has no contrast."""
    match = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", css)
    assert match, css
    red, green, blue = (int(channel) for channel in match.groups())
    return red, green, blue


def too_faint(found: list[list[str]], least: float) -> list[Any]:
    assert found
    contrasts = [(contrast(parsed(colour), parsed(ground)), what[:80]) for what, colour, ground in found]
    return [(round(value, 2), what) for value, what in contrasts if value < least]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((118, 118, 118), (255, 255, 255), 4.54),  # the lightest grey that the guidelines allow on white
        ((255, 0, 0), (255, 255, 255), 4.0),
        ((10, 10, 10), (0, 0, 0), 1.06),
    ],
)
def test_the_contrast_is_that_of_the_guidelines(one: Colour, other: Colour, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


@given(_colours, _colours)
def test_the_contrast_is_the_same_both_ways_and_lies_between_1_and_21(one: Colour, other: Colour) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_and_every_field_stands_out_from_its_ground(new_page: Callable[..., Page], scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    for address in PAGES.values():
        page.goto(address)
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        found = page.evaluate(_COLOURS)
        assert too_faint(found["texts"], TEXT) == [], address
        if found["borders"]:
            assert too_faint(found["borders"], CONTROL) == [], address


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
def test_so_does_what_is_wrong_with_a_form(new_page: Callable[..., Page], scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    page.goto("/you")
    page.get_by_label("Languages").fill("Klingonish")
    follow(page.get_by_role("button", name="Keep in this browser"))
    assert page.locator("[aria-invalid]").count() == 1
    found = page.evaluate(_COLOURS)
    assert too_faint(found["texts"], TEXT) == []
    assert too_faint(found["borders"], CONTROL) == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_the_keyboard_reaches_is_marked_in_a_colour_that_stands_out(
    new_page: Callable[..., Page], scheme: str
) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(PAGES["narrowed results"])
    mark = """element => [element.outerHTML, getComputedStyle(element).outlineColor,
                          getComputedStyle(document.body).backgroundColor]"""
    reached = page.locator(":is(a, button, input, select, summary):visible").count()
    assert reached > 6
    for _ in range(reached):
        page.keyboard.press("Tab")
        focused = page.locator(":focus-visible")
        assert focused.evaluate("element => parseFloat(getComputedStyle(element).outlineWidth)") >= 2
        assert too_faint([focused.evaluate(mark)], CONTROL) == []


@pytest.mark.browser
def test_the_dark_colours_are_dark_and_the_light_ones_are_light(new_page: Callable[..., Page]) -> None:
    def ground(scheme: str) -> Colour:
        page = new_page(color_scheme=scheme)
        page.goto("/")
        return parsed(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert max(ground("dark")) < 60
    assert min(ground("light")) > 200
