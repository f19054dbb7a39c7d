"""Tests a form read from right to left at a real tablet: same marks from the low end, and its language is kept."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from uuid import UUID

import pytest
from playwright.sync_api import expect

from backend.instruments import pack
from tests.browser.line.hand import ITEMS, Hand, digits_in
from tests.browser.tablet.conftest import PLACES, HandOver, Sitting
from tests.support.chromium import PORTRAIT

AMAL, BODIL = ("Amal", "1984-02", "ar"), ("Bodil", "1986-03", "da")
WITHIN_A_PIXEL = 17


def stored(family: Sitting) -> dict[str, dict[str, int]]:
    """Gives the marks that the server has of this session, by the language of the form."""
    asked = "SELECT language, marks FROM response WHERE session_id = ?"
    with closing(sqlite3.connect(f"file:{family.server.data / 'linjen.sqlite'}?mode=ro", uri=True)) as database:
        return {
            language: json.loads(marks) for language, marks in database.execute(asked, (UUID(family.session_id).hex,))
        }


def mark_from_the_low_end(hand: Hand, low_end_is_right: bool) -> None:
    for item, place in zip(ITEMS, PLACES, strict=True):
        hand.tap(item, 1 - place if low_end_is_right else place)


@pytest.mark.parametrize("changes", [{}, {"viewport": PORTRAIT, "screen": PORTRAIT}], ids=["lying", "upright"])
def test_the_same_place_from_the_low_end_is_the_same_mark_and_the_language_is_kept(
    hand_over: HandOver, changes: dict[str, object]
) -> None:
    family = hand_over(AMAL, BODIL, **changes)
    arabic = pack("ors").text("ar")
    hand = family.open_form()
    assert family.page.locator("html").get_attribute("dir") == "rtl"
    assert family.heading() == arabic.heading
    low, rule = hand.line("personal").locator(".line-low").bounding_box(), hand.point("personal", 0.5)
    assert low
    assert low["x"] > rule[0], "the low end stands right"
    assert digits_in(family.page) == []
    mark_from_the_low_end(hand, low_end_is_right=True)
    hand.finish()
    family.page.locator(".between-kept").wait_for()
    assert family.page.locator("html").get_attribute("dir") == "ltr"
    mark_from_the_low_end(hand := family.open_form(), low_end_is_right=False)
    hand.finish()
    family.at("finished")
    expect(family.page.locator(".between-sent")).to_have_text("Sendt.")
    family.unlock()
    marks = stored(family)
    assert set(marks) == {"ar", "da"}
    for item, place in zip(ITEMS, PLACES, strict=True):
        assert marks["ar"][item] == pytest.approx(place * 10_000, abs=WITHIN_A_PIXEL)
        assert marks["ar"][item] == pytest.approx(marks["da"][item], abs=WITHIN_A_PIXEL)


def test_the_small_steps_stay_where_the_hand_sees_them_when_the_writing_turns(hand_over: HandOver) -> None:
    hand = hand_over(AMAL).open_form()
    hand.tap("personal", 0.5)
    left, right = (hand.line("personal").locator(f"[data-nudge='{way}']") for way in (-1, 1))
    places = [button.bounding_box() for button in (left, right)]
    assert places[0]
    assert places[1]
    assert places[0]["x"] < places[1]["x"]
    before = hand.mark("personal")
    assert before is not None
    left.tap()
    assert hand.drawn("personal") < 0.5
    assert hand.mark("personal") == before + 200
    right.tap()
    right.tap()
    assert hand.drawn("personal") > 0.5
    assert hand.mark("personal") == before - 200
