"""Holds how four lines become one answer that is handed in once, or none; what becomes of it is tested elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.line.conftest import LineServer, OpenForm
from tests.browser.line.hand import ITEMS, Hand

PLACES = (0.62, 0.41, 0.735, 0.5)
SKIPPED: dict[str, object] = {"marks": {}, "answers": {}, "anonymous": None, "skipped": True, "capture": {}}


def says(hand: Hand, sentence: str) -> None:
    """Waits until a sentence stands beside the button."""
    expect(hand.page.locator(".form-status")).to_have_text(sentence)


def test_the_page_says_in_words_how_many_lines_are_missing(open_form: OpenForm) -> None:
    hand = open_form()
    said = [hand.status()]
    for item, place in zip(ITEMS, PLACES, strict=True):
        hand.tap(item, place)
        said.append(hand.status())
    assert said == ["Fire linjer mangler", "Tre linjer mangler", "To linjer mangler", "Én linje mangler", ""]
    assert hand.page.locator(".form-finish").get_attribute("aria-disabled") == "false"


def test_finishing_too_early_keeps_nothing_and_goes_to_the_first_blank_line(
    open_form: OpenForm, line_server: LineServer
) -> None:
    hand = open_form()
    hand.tap("personal", 0.5)
    hand.finish()
    expect(hand.slider("close")).to_be_focused()
    assert line_server.received() == []


def test_finishing_too_early_in_the_moment_of_a_mark_goes_to_the_first_blank_line(open_form: OpenForm) -> None:
    hand = open_form()
    hand.touch_and("personal", 0.5, ".form-finish")
    expect(hand.slider("close")).to_be_focused()
    assert hand.mark("personal") == 5000
    assert hand.status() == "Tre linjer mangler"


def test_a_mark_made_in_the_moment_of_finishing_is_handed_in(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    for item in ITEMS[:3]:
        hand.tap(item, 0.2)
    hand.touch_and("overall", 0.5, ".form-finish")
    hand.arrived()
    (given,) = line_server.received()
    assert given["marks"]["overall"] == 5000
    assert given["capture"]["items"]["overall"]["input"] == "tap"


def test_a_finger_that_is_still_down_when_the_answer_is_given_moves_nothing(
    open_form: OpenForm, line_server: LineServer
) -> None:
    line_server.refuse("storage")
    hand = open_form()
    hand.mark_all(*PLACES)
    before = hand.marks()
    hand.fingers("touchStart", hand.point("personal", 0.9))
    hand.page.locator(".form-finish").evaluate("button => button.click()")
    says(hand, "Svaret er ikke gemt. Prøv igen, eller bed en medarbejder om hjælp.")
    hand.fingers("touchMove", hand.point("personal", 0.8))
    hand.fingers("touchEnd")
    assert hand.marks() == before == line_server.received()[0]["marks"]
    assert hand.drawn("personal") == pytest.approx(PLACES[0], abs=1 / 620)


def test_a_finished_form_hands_in_marks_and_how_they_came_about(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form("about")
    hand.mark_all(*PLACES)
    marks = hand.marks()
    hand.finish()
    hand.arrived()
    (given,) = line_server.received()
    capture = given.pop("capture")
    assert given == {"marks": marks, "answers": {}, "anonymous": None, "skipped": False}
    assert set(capture) == {"items", "dpr", "viewport", "zoom", "mode"}
    assert (capture["dpr"], capture["viewport"], capture["zoom"], capture["mode"]) == (2, [1180, 820], 1, "all")


def test_how_each_mark_came_about_is_handed_in_with_it(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.tap("personal", 0.2)
    hand.tap("personal", 0.6)
    hand.drag("close", 0.2, 0.4)
    for key in ("Home", "PageUp", "ArrowRight"):
        hand.slider("social").press(key)
    hand.tap("overall", 0.5)
    hand.line("overall").locator("[data-nudge='1']").tap()
    hand.line("overall").locator("[data-nudge='1']").tap()
    hand.finish()
    hand.arrived()
    items = line_server.received()[0]["capture"]["items"]
    assert {item: (kept["input"], kept["remarks"]) for item, kept in items.items()} == {
        "personal": ("tap", 1),
        "close": ("drag", 0),
        "social": ("key", 0),
        "overall": ("nudge", 1),
    }
    assert {kept["line_px"] for kept in items.values()} == {620}
    times = [items[item]["ms"] for item in ITEMS]
    assert times == sorted(times)
    assert times[0] > 0


def test_twenty_taps_on_finish_hand_in_once(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    hand.page.locator(".form-finish").evaluate("button => { for (let tap = 0; tap < 20; tap += 1) button.click(); }")
    hand.arrived()
    assert len(line_server.received()) == 1


@pytest.mark.parametrize(("first", "second"), [("finish", "skip"), ("skip", "finish")])
def test_finish_and_skip_at_once_do_only_the_first(
    open_form: OpenForm, line_server: LineServer, first: str, second: str
) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    press = "names => { for (const name of names) document.querySelector(`.form-${name}`).click(); }"
    hand.page.evaluate(press, [first, second])
    hand.arrived()
    assert [given["skipped"] for given in line_server.received()] == [first == "skip"]


def test_skipping_hands_in_no_mark(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.tap("personal", 0.5)
    hand.page.locator(".form-skip").evaluate("button => { button.click(); button.click(); }")
    hand.arrived()
    assert line_server.received() == [SKIPPED]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("full", "Svaret er ikke gemt, for der er ikke mere plads på iPad’en. Bed en medarbejder om hjælp."),
        ("storage", "Svaret er ikke gemt. Prøv igen, eller bed en medarbejder om hjælp."),
        ("not-enrolled", "Svaret er ikke gemt, for iPad’en er ikke tilmeldt. Bed en medarbejder om hjælp."),
        ("no-key", "Svaret er ikke gemt, for iPad’en er ikke tilmeldt. Bed en medarbejder om hjælp."),
    ],
)
def test_an_answer_that_cannot_be_kept_stays_on_the_page_and_is_tried_again(
    open_form: OpenForm, line_server: LineServer, reason: str, sentence: str
) -> None:
    line_server.refuse(reason)
    hand = open_form()
    hand.mark_all(*PLACES)
    before = hand.marks()
    hand.finish()
    says(hand, sentence)
    assert hand.marks() == before
    assert hand.page.locator(".form-unlock").is_visible()
    line_server.refuse("")
    hand.finish()
    hand.arrived()
    first, second = line_server.received()
    assert first == second


def test_an_answer_that_is_being_kept_can_no_longer_be_changed(open_form: OpenForm, line_server: LineServer) -> None:
    line_server.refuse("storage")
    hand = open_form()
    hand.mark_all(*PLACES)
    before = hand.mark("personal")
    hand.finish()
    says(hand, "Svaret er ikke gemt. Prøv igen, eller bed en medarbejder om hjælp.")
    hand.tap("personal", 0.05)
    hand.slider("personal").press("Home")
    assert hand.mark("personal") == before
    assert hand.page.locator(".nudge:visible").count() == 0


def test_a_skip_that_cannot_be_kept_is_tried_again_as_a_skip(open_form: OpenForm, line_server: LineServer) -> None:
    line_server.refuse("storage")
    hand = open_form()
    hand.page.locator(".form-skip").tap()
    says(hand, "Svaret er ikke gemt. Prøv igen, eller bed en medarbejder om hjælp.")
    line_server.refuse("")
    hand.finish()
    hand.arrived()
    assert line_server.received() == [SKIPPED, SKIPPED]


def test_a_page_kept_for_back_is_fetched_anew(open_form: OpenForm) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    with hand.page.expect_navigation():
        hand.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    hand.page.wait_for_selector("html[data-ready]")
    assert hand.mark("personal") is None
