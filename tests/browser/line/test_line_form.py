"""Holds how four lines become one answer that is sent once, and what is said while it cannot be sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Route, expect

from tests.browser.line.conftest import LineServer, OpenForm
from tests.browser.line.hand import Hand

ITEMS = ("personal", "close", "social", "overall")
PLACES = (0.62, 0.41, 0.735, 0.5)
WAITING = "Svaret er ikke gemt endnu. Prøver igen …"
REFUSED = "Svaret er ikke gemt. Bed en medarbejder om hjælp."


def marks_of(hand: Hand) -> dict[str, int | None]:
    """Gives the marks that the page shows, by item."""
    return {item: hand.mark(item) for item in ITEMS}


def arrived(hand: Hand) -> None:
    """Waits until the answer is stored and the next screen is there."""
    hand.page.wait_for_url("**/handover")


def says(hand: Hand, sentence: str) -> None:
    """Waits until a sentence stands beside the button."""
    expect(hand.page.locator(".form-status")).to_have_text(sentence)


def stored(server: LineServer) -> list[dict[str, Any]]:
    """Gives all answers that the server keeps."""
    return list(server.desk()["stored"].values())


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
    marks = marks_of(hand)
    hand.finish()
    arrived(hand)
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
    arrived(hand)
    assert stored(line_server)[0]["rater_id"] is None


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
    arrived(hand)
    items = stored(line_server)[0]["capture"]["items"]
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
    arrived(hand)
    assert len(line_server.desk()["received"]) == 1


def test_finish_and_skip_at_once_does_only_the_first(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    hand.page.evaluate(
        """() => { document.querySelector(".form-finish").click();
                   document.querySelector(".form-skip button").click(); }"""
    )
    arrived(hand)
    assert len(stored(line_server)) == 1
    assert line_server.desk()["skipped"] == 0


def test_skipping_posts_once_and_keeps_no_marks(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.tap("personal", 0.5)
    hand.page.locator(".form-skip button").evaluate("button => { button.click(); button.click(); }")
    expect(hand.page.locator("h1")).to_have_text("Giv iPad’en tilbage")
    assert line_server.desk() == {"received": [], "stored": {}, "skipped": 1}


def test_without_network_the_marks_stay_and_are_sent_when_it_comes_back(
    open_form: OpenForm, line_server: LineServer
) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    before = marks_of(hand)
    hand.page.context.set_offline(True)
    hand.finish()
    says(hand, WAITING)
    assert hand.page.locator(".form-finish").inner_text() == "Prøv igen"
    assert marks_of(hand) == before
    hand.page.context.set_offline(False)
    arrived(hand)
    assert [answer["marks"] for answer in stored(line_server)] == [before]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_is_asked_again_with_the_same_answer(
    open_form: OpenForm, line_server: LineServer, status: int
) -> None:
    line_server.answer_with(status)
    hand = open_form()
    hand.mark_all(*PLACES)
    hand.finish()
    says(hand, WAITING)
    line_server.answer_with(201)
    hand.finish()
    arrived(hand)
    received = line_server.desk()["received"]
    assert len(received) >= 2
    assert all(again == received[0] for again in received)
    assert len(stored(line_server)) == 1


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_stored_once(
    open_form: OpenForm, line_server: LineServer
) -> None:
    hand, lost = open_form(), list[str]()

    def lose_first_receipt(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(route.request.url)
            route.abort("connectionreset")

    hand.page.context.route("**/api/v1/responses/*", lose_first_receipt)
    hand.mark_all(*PLACES)
    hand.finish()
    arrived(hand)
    desk = line_server.desk()
    assert len(desk["received"]) == 2
    assert len(desk["stored"]) == 1


@pytest.mark.parametrize("status", [302, 401, 403, 409, 422])
def test_a_refused_answer_stays_on_the_page_until_staff_has_helped(
    open_form: OpenForm, line_server: LineServer, status: int
) -> None:
    line_server.answer_with(status)
    hand = open_form()
    hand.mark_all(*PLACES)
    hand.finish()
    says(hand, REFUSED)
    assert hand.mark("close") is not None
    line_server.answer_with(201)
    hand.finish()
    arrived(hand)
    assert len(stored(line_server)) == 1


def test_an_answer_on_its_way_can_no_longer_be_changed(open_form: OpenForm, line_server: LineServer) -> None:
    line_server.answer_with(422)
    hand = open_form()
    hand.mark_all(*PLACES)
    before = hand.mark("personal")
    hand.finish()
    says(hand, REFUSED)
    hand.tap("personal", 0.05)
    hand.slider("personal").press("Home")
    assert hand.mark("personal") == before
    assert hand.page.locator(".nudge:visible").count() == 0


def test_back_never_shows_the_marks_again(open_form: OpenForm, line_server: LineServer) -> None:
    hand = open_form()
    hand.page.goto(f"{line_server.url}/unlock")
    hand = open_form()
    hand.mark_all(*PLACES)
    hand.finish()
    arrived(hand)
    hand.page.go_back()
    expect(hand.page.locator("h1")).to_have_text("Lås op")


def test_a_page_kept_for_back_is_fetched_anew(open_form: OpenForm) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    with hand.page.expect_navigation():
        hand.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    hand.page.wait_for_selector("html[data-ready]")
    assert hand.mark("personal") is None


def test_the_unlock_keys_write_in_the_field(open_form: OpenForm, line_server: LineServer) -> None:
    page = open_form().page
    page.goto(f"{line_server.url}/unlock")
    page.wait_for_selector("html[data-ready]")
    for key in ("4", "7", "1", "Slet sidste ciffer", "0"):
        page.get_by_role("button", name=key, exact=True).tap()
    assert page.get_by_label("PIN-kode").input_value() == "470"
    page.get_by_role("button", name="Lås op").tap()
    expect(page.get_by_role("alert")).to_have_text("PIN-koden passer ikke. Prøv igen.")
