"""Holds how fingers, a pen and a palm mark the line in Chromium; keys and sending are tested beside it."""

from __future__ import annotations

import pytest

from backend.scoring import score_tenths
from tests.browser.line.conftest import OpenForm

WITHIN_A_PIXEL = 10_000 / 620


def test_a_line_is_blank_until_it_is_touched(open_form: OpenForm) -> None:
    hand = open_form()
    assert [hand.mark(item) for item in ("personal", "close", "social", "overall")] == [None] * 4
    assert hand.words("personal") == "ikke markeret endnu"


def test_a_tap_puts_the_mark_where_the_finger_was(open_form: OpenForm) -> None:
    hand = open_form()
    hand.tap("personal", 0.62)
    assert hand.mark("personal") == pytest.approx(6200, abs=WITHIN_A_PIXEL)
    assert hand.drawn("personal") == pytest.approx(0.62, abs=1 / 620)
    assert hand.mark("close") is None


def test_the_mark_is_drawn_on_whole_pixels_of_the_screen(open_form: OpenForm) -> None:
    hand = open_form()
    for place in (0.1234, 0.3333, 0.6213):
        hand.tap("personal", place)
        box, mark = hand.line("personal").locator(".line-mark").bounding_box(), hand.mark("personal")
        assert box is not None
        assert mark is not None
        assert box["x"] * 2 == pytest.approx(round(box["x"] * 2), abs=0.01)
        assert hand.drawn("personal") == pytest.approx(mark / 10_000, abs=0.5 / 620)


def test_the_mark_scores_as_its_place_on_the_line(open_form: OpenForm) -> None:
    hand = open_form()
    for place, tenths in ((0.0, 10), (0.25, 33), (0.5, 55), (0.75, 78), (1.0, 100)):
        hand.tap("personal", place)
        mark = hand.mark("personal")
        assert mark is not None
        assert score_tenths(mark) == tenths


def test_a_second_tap_moves_the_mark(open_form: OpenForm) -> None:
    hand = open_form()
    hand.tap("personal", 0.2)
    hand.tap("personal", 0.8)
    assert hand.mark("personal") == pytest.approx(8000, abs=WITHIN_A_PIXEL)


def test_a_drag_leaves_the_mark_where_the_finger_was_lifted(open_form: OpenForm) -> None:
    hand = open_form()
    hand.drag("social", 0.1, 0.5, 0.9, 0.735)
    assert hand.mark("social") == pytest.approx(7350, abs=WITHIN_A_PIXEL)


def test_the_mark_follows_the_finger_and_grows_out_of_its_shade(open_form: OpenForm) -> None:
    hand = open_form()
    hand.fingers("touchStart", hand.point("social", 0.3))
    hand.fingers("touchMove", hand.point("social", 0.4))
    assert hand.drawn("social") == pytest.approx(0.4, abs=1 / 620)
    assert "touching" in (hand.line("social").get_attribute("class") or "")
    hand.fingers("touchEnd")
    assert "touching" not in (hand.line("social").get_attribute("class") or "")


@pytest.mark.parametrize(("place", "mark"), [(-0.035, 0), (0.012, 0), (0.988, 10_000), (1.035, 10_000)])
def test_an_end_catches_what_lands_beside_it(open_form: OpenForm, place: float, mark: int) -> None:
    hand = open_form()
    hand.tap("personal", place)
    assert hand.mark("personal") == mark


def test_a_mark_near_an_end_is_not_pulled_to_it(open_form: OpenForm) -> None:
    hand = open_form()
    hand.tap("personal", 0.02)
    assert hand.mark("personal") == pytest.approx(200, abs=WITHIN_A_PIXEL)


def test_the_low_end_is_right_when_the_writing_runs_from_right_to_left(open_form: OpenForm) -> None:
    hand = open_form("rtl")
    hand.tap("personal", 0.25)
    assert hand.mark("personal") == pytest.approx(7500, abs=WITHIN_A_PIXEL)
    assert hand.drawn("personal") == pytest.approx(0.25, abs=1 / 620)
    hand.tap("personal", 1.0)
    assert hand.mark("personal") == 0


def test_a_second_finger_never_moves_the_mark(open_form: OpenForm) -> None:
    hand = open_form()
    first, second = hand.point("personal", 0.3), hand.point("personal", 0.9)
    hand.fingers("touchStart", first)
    hand.fingers("touchStart", first, second)
    hand.fingers("touchMove", first, hand.point("personal", 0.7))
    hand.fingers("touchEnd", first)
    hand.fingers("touchEnd")
    assert hand.mark("personal") == pytest.approx(3000, abs=WITHIN_A_PIXEL)


def test_a_second_finger_on_another_line_marks_nothing(open_form: OpenForm) -> None:
    hand = open_form()
    first = hand.point("personal", 0.3)
    hand.fingers("touchStart", first)
    hand.fingers("touchStart", first, hand.point("social", 0.9))
    hand.fingers("touchEnd")
    assert hand.mark("social") is None


def test_a_thumb_that_holds_the_tablet_does_not_stop_the_other_hand(open_form: OpenForm) -> None:
    hand = open_form()
    thumb = (20.0, 700.0)
    hand.fingers("touchStart", thumb)
    hand.fingers("touchStart", thumb, hand.point("personal", 0.6))
    hand.fingers("touchEnd", thumb)
    hand.fingers("touchEnd")
    assert hand.mark("personal") == pytest.approx(6000, abs=WITHIN_A_PIXEL)


def test_an_interrupted_touch_keeps_its_last_place(open_form: OpenForm) -> None:
    hand = open_form()
    hand.fingers("touchStart", hand.point("close", 0.2))
    hand.fingers("touchMove", hand.point("close", 0.45))
    hand.fingers("touchCancel")
    assert hand.mark("close") == pytest.approx(4500, abs=WITHIN_A_PIXEL)
    hand.tap("close", 0.8)
    assert hand.mark("close") == pytest.approx(8000, abs=WITHIN_A_PIXEL)


def test_a_pen_marks_the_line(open_form: OpenForm) -> None:
    hand = open_form()
    hand.pen("mousePressed", *hand.point("overall", 0.3))
    hand.pen("mouseMoved", *hand.point("overall", 0.55))
    hand.pen("mouseReleased", *hand.point("overall", 0.55))
    assert hand.mark("overall") == pytest.approx(5500, abs=WITHIN_A_PIXEL)


def test_a_palm_that_follows_the_pen_is_ignored(open_form: OpenForm) -> None:
    hand = open_form()
    hand.pen("mousePressed", *hand.point("overall", 0.3))
    hand.fingers("touchStart", hand.point("social", 0.9))
    hand.fingers("touchEnd")
    hand.pen("mouseReleased", *hand.point("overall", 0.3))
    assert hand.mark("social") is None
    assert hand.mark("overall") == pytest.approx(3000, abs=WITHIN_A_PIXEL)


def test_a_palm_on_a_line_is_ignored_while_the_pen_is_anywhere_else(open_form: OpenForm) -> None:
    hand = open_form()
    hand.pen("mousePressed", 600, 70)
    hand.fingers("touchStart", hand.point("social", 0.9))
    hand.fingers("touchEnd")
    assert hand.mark("social") is None
    hand.pen("mouseReleased", 600, 70)
    hand.tap("social", 0.9)
    assert hand.mark("social") == pytest.approx(9000, abs=WITHIN_A_PIXEL)


def test_a_palm_that_comes_before_the_pen_leaves_no_mark(open_form: OpenForm) -> None:
    hand = open_form()
    hand.tap("social", 0.2)
    hand.fingers("touchStart", hand.point("social", 0.9))
    hand.pen("mousePressed", *hand.point("overall", 0.3))
    hand.pen("mouseReleased", *hand.point("overall", 0.3))
    hand.fingers("touchEnd")
    assert hand.mark("social") == pytest.approx(2000, abs=WITHIN_A_PIXEL)
    assert hand.drawn("social") == pytest.approx(0.2, abs=1 / 620)
    assert hand.mark("overall") == pytest.approx(3000, abs=WITHIN_A_PIXEL)


def test_a_finger_works_again_after_the_pen(open_form: OpenForm) -> None:
    hand = open_form()
    hand.pen("mousePressed", *hand.point("overall", 0.3))
    hand.pen("mouseReleased", *hand.point("overall", 0.3))
    hand.tap("social", 0.7)
    assert hand.mark("social") == pytest.approx(7000, abs=WITHIN_A_PIXEL)


def test_only_the_first_button_of_a_mouse_marks(open_form: OpenForm) -> None:
    hand = open_form()
    hand.page.mouse.click(*hand.point("personal", 0.4), button="right")
    assert hand.mark("personal") is None
    hand.page.mouse.click(*hand.point("personal", 0.4))
    assert hand.mark("personal") == pytest.approx(4000, abs=WITHIN_A_PIXEL)
