"""Holds how four lines become one answer that is sent once, or none; a network in trouble is tested beside it."""

from __future__ import annotations

from uuid import UUID

from playwright.sync_api import expect

from tests.browser.line.conftest import LineServer, OpenForm
from tests.browser.line.hand import ITEMS

PLACES = (0.62, 0.41, 0.735, 0.5)


def test_the_page_says_in_words_how_many_lines_are_missing(open_form: OpenForm) -> None:
    hand = open_form()
    said = [hand.status()]
    for item, place in zip(ITEMS, PLACES, strict=True):
        hand.tap(item, place)
        said.append(hand.status())
    assert said == ["Fire linjer mangler", "Tre linjer mangler", "To linjer mangler", "Én linje mangler", ""]
    assert hand.page.locator(".form-finish").get_attribute("aria-disabled") == "false"


def test_finishing_too_early_sends_nothing_and_goes_to_the_first_blank_line(
    open_form: OpenForm, line_server: LineServer
) -> None:
    hand = open_form()
    hand.tap("personal", 0.5)
    hand.finish()
    expect(hand.slider("close")).to_be_focused()
    assert line_server.desk()["received"] == []


def test_a_finished_form_is_sent_as_the_contract_says(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form("about")
    hand.mark_all(*PLACES)
    marks = hand.marks()
    hand.finish()
    hand.arrived()
    (sent,) = line_server.desk()["received"]
    assert UUID(sent.pop("id")).version == 4
    capture = sent.pop("capture")
    assert sent == {
        "session_id": "7d0e1a52-5f0b-4c36-9b0e-5c6f7a8b9c01",
        "member_id": "7d0e1a52-5f0b-4c36-9b0e-5c6f7a8b9c02",
        "rater_id": "7d0e1a52-5f0b-4c36-9b0e-5c6f7a8b9c03",
        "instrument": "ors",
        "version": "1",
        "language": "da",
        "marks": marks,
    }
    assert set(capture) == {"items", "dpr", "viewport", "zoom", "mode"}
    assert (capture["dpr"], capture["viewport"], capture["zoom"], capture["mode"]) == (2, [1180, 820], 1, "all")


def test_a_person_who_marks_for_herself_is_sent_without_a_rater(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    hand.finish()
    hand.arrived()
    assert line_server.stored()[0]["rater_id"] is None


def test_how_each_mark_came_about_is_sent_with_it(open_form: OpenForm, line_server: LineServer) -> None:
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
    items = line_server.stored()[0]["capture"]["items"]
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


def test_a_double_tap_on_finish_sends_once(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    hand.page.locator(".form-finish").evaluate("button => { for (let tap = 0; tap < 20; tap += 1) button.click(); }")
    hand.arrived()
    assert len(line_server.desk()["received"]) == 1


def test_finish_and_skip_at_once_does_only_the_first(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    hand.page.evaluate(
        """() => { document.querySelector(".form-finish").click();
                   document.querySelector(".form-skip button").click(); }"""
    )
    hand.arrived()
    assert len(line_server.stored()) == 1
    assert line_server.desk()["skipped"] == 0


def test_skipping_posts_once_and_keeps_no_marks(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.tap("personal", 0.5)
    hand.page.locator(".form-skip button").evaluate("button => { button.click(); button.click(); }")
    expect(hand.page.locator("h1")).to_have_text("Giv iPad’en tilbage")
    assert line_server.desk() == {"received": [], "stored": {}, "skipped": 1}


def test_back_never_shows_the_marks_again(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.page.goto(f"{line_server.url}/unlock")
    hand = open_form()
    hand.mark_all(*PLACES)
    hand.finish()
    hand.arrived()
    hand.page.go_back()
    expect(hand.page.locator("h1")).to_have_text("Lås op")


def test_a_page_kept_for_back_is_fetched_anew(open_form: OpenForm) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    with hand.page.expect_navigation():
        hand.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    hand.page.wait_for_selector("html[data-ready]")
    assert hand.mark("personal") is None
