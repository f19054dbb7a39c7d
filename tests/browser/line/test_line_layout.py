"""Holds how the form stands on tablets of all sizes; what it says is tested beside it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Locator

from tests.browser.line.conftest import OpenForm

TABLETS = (
    (744, 1133),
    (810, 1080),
    (820, 1180),
    (834, 1194),
    (1024, 768),
    (1024, 1366),
    (1080, 810),
    (1133, 744),
    (1180, 820),
    (1194, 834),
    (1366, 1024),
)


def box(locator: Locator) -> dict[str, float]:
    """Gives where something is drawn, in CSS px."""
    found = locator.bounding_box()
    assert found is not None
    return {
        "x": found["x"],
        "y": found["y"],
        "width": found["width"],
        "height": found["height"],
        "right": found["x"] + found["width"],
        "bottom": found["y"] + found["height"],
    }


@pytest.mark.parametrize("form", ["ors", "srs"])
def test_four_lines_fit_every_tablet_without_scrolling(open_form: OpenForm, form: str) -> None:
    page = open_form(form).page
    for width, height in TABLETS:
        page.set_viewport_size({"width": width, "height": height})
        size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert size == [width, height], (width, height)


@pytest.mark.parametrize("form", ["ors", "srs"])
def test_the_line_is_long_enough_and_keeps_off_the_edges(open_form: OpenForm, form: str) -> None:
    page = open_form(form).page
    for width, height in TABLETS:
        page.set_viewport_size({"width": width, "height": height})
        for rule in page.locator(".line-rule").all():
            line = box(rule)
            assert 520 <= line["width"] <= 640
            assert line["x"] >= 40
            assert width - line["right"] >= 40
        for end in page.locator(".line-end").all():
            words = box(end)
            assert words["x"] >= 0
            assert words["right"] <= width


def test_the_words_of_one_line_never_touch_the_next(open_form: OpenForm) -> None:
    page = open_form("srs").page
    for width, height in TABLETS:
        page.set_viewport_size({"width": width, "height": height})
        rows = page.locator(".line").all()
        for above, below in pairwise(rows):
            lowest = max(box(end)["bottom"] for end in above.locator(".line-end").all())
            highest = min(box(part)["y"] for part in below.locator(".line-end, .line-words").all())
            assert lowest <= highest, (width, height)


@pytest.mark.parametrize(("size", "left"), [((1180, 820), 280), ((820, 1180), 100)])
def test_the_line_lies_where_the_drawings_put_it(open_form: OpenForm, size: tuple[int, int], left: int) -> None:
    page = open_form().page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for rule in page.locator(".line-rule").all():
        assert (box(rule)["x"], box(rule)["width"]) == (left, 620)


def test_turning_the_tablet_keeps_every_mark_at_its_fraction(open_form: OpenForm) -> None:
    hand = open_form()
    hand.mark_all(0.1, 0.333, 0.62, 0.9)
    before = {item: (hand.mark(item), hand.drawn(item)) for item in ("personal", "close", "social", "overall")}
    for width, height in ((820, 1180), (1080, 810), (600, 900), (1180, 820)):
        hand.page.set_viewport_size({"width": width, "height": height})
        for item, (mark, drawn) in before.items():
            assert hand.mark(item) == mark
            assert hand.drawn(item) == pytest.approx(drawn, abs=1 / 620)


def test_the_band_is_high_reaches_past_the_ends_and_keeps_the_page_still(open_form: OpenForm) -> None:
    hand = open_form()
    band, rule = box(hand.slider("personal")), box(hand.line("personal").locator(".line-rule"))
    assert band["height"] >= 64
    assert rule["x"] - band["x"] >= 24
    assert band["right"] - rule["right"] >= 24
    kept = "element => getComputedStyle(element).touchAction"
    assert hand.slider("personal").evaluate(kept) == "none"
    assert hand.page.locator("html").evaluate(kept) == "manipulation"


def test_everything_that_can_be_pressed_is_big_enough(open_form: OpenForm) -> None:
    hand = open_form()
    hand.tap("personal", 0.5)
    for button in hand.page.locator("button:visible").all():
        reach = button.evaluate(
            """(button) => {
                const { left, top, width, height } = button.getBoundingClientRect();
                const meets = (x, y) => button.contains(document.elementFromPoint(x, y));
                const [x, y] = [left + width / 2, top + height / 2];
                return meets(x, y - 21.5) && meets(x, y + 21.5) && width >= 44;
            }"""
        )
        assert reach, button.inner_text()


def test_a_narrow_window_says_so_and_can_still_be_used(open_form: OpenForm) -> None:
    hand = open_form()
    notice = hand.page.get_by_text("Der er for lidt plads til linjen.")
    assert notice.is_hidden()
    hand.page.set_viewport_size({"width": 590, "height": 820})
    assert notice.is_visible()
    assert hand.page.evaluate("document.documentElement.scrollWidth") == 590
    hand.tap("personal", 0.25)
    assert hand.mark("personal") == pytest.approx(2500, abs=10_000 / 510)
