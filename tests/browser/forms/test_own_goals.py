"""Tests the family's own goals as lines: their words exactly, however long, and one mark for each that was made."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser.forms.conftest import OpenPack
from tests.browser.line.conftest import LineServer
from tests.support.chromium import PORTRAIT

PHONE = {"width": 320, "height": 640}
LONG = ("<b>Vi</b> vil 🍲 sove \u202bفي سريرها\u202c om natten.\n" * 60)[:2000]
UNBROKEN = "å" * 2000


def goals(*words: str) -> str:
    """Gives the query that asks for goals."""
    return urlencode([("goal", word) for word in words])


def test_a_goal_of_two_thousand_characters_is_shown_word_for_word(open_pack: OpenPack) -> None:
    for size in (PORTRAIT, PHONE):
        page = open_pack("maal", "da", goals(LONG, UNBROKEN), viewport=size, screen=size).page
        assert page.locator(".goal-words").first.evaluate("element => element.textContent") == LONG
        more = page.get_by_role("button", name="Vis hele målet")
        expect(more).to_have_count(2)
        low = page.locator(".goal-words").first.evaluate("element => element.clientHeight")
        more.first.tap()
        expect(more.first).to_have_attribute("aria-expanded", "true")
        assert page.locator(".goal-words").first.evaluate("element => element.clientHeight") > 3 * low
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_a_short_goal_has_nothing_to_unfold(open_pack: OpenPack) -> None:
    page = open_pack("maal", "da", goals("Sove hele natten")).page
    expect(page.get_by_text("Sove hele natten")).to_be_visible()
    expect(page.locator(".goal-more")).to_be_hidden()
    expect(page.get_by_role("slider", name="Sove hele natten")).to_be_visible()


def test_each_goal_has_its_own_mark_and_one_is_enough(open_pack: OpenPack, line_server: LineServer) -> None:
    person = open_pack("maal", "da", goals("Et", "To"))
    expect(person.page.locator(".form-finish")).to_have_attribute("aria-disabled", "true")
    person.tap("goal-1", 0.5)
    person.hand_in()
    person.arrived()
    (given,) = line_server.received()
    assert list(given["marks"]) == ["goal-1"]
    assert list(given["capture"]["items"]) == ["goal-1"]
