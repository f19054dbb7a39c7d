"""Holds what happens to a finished answer while the network or the server is in trouble: it is kept and sent again."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.line.conftest import LineServer, OpenForm
from tests.browser.line.hand import Hand

PLACES = (0.62, 0.41, 0.735, 0.5)
WAITING = "Svaret er ikke gemt endnu. Prøver igen …"
REFUSED = "Svaret er ikke gemt. Bed en medarbejder om hjælp."


def says(hand: Hand, sentence: str) -> None:
    """Waits until a sentence stands beside the button."""
    expect(hand.page.locator(".form-status")).to_have_text(sentence)


def test_without_network_the_marks_stay_and_are_sent_when_it_comes_back(
    open_form: OpenForm, line_server: LineServer
) -> None:
    hand = open_form()
    hand.mark_all(*PLACES)
    before = hand.marks()
    hand.page.context.set_offline(True)
    hand.finish()
    says(hand, WAITING)
    assert hand.page.locator(".form-finish").inner_text() == "Prøv igen"
    assert hand.marks() == before
    hand.page.context.set_offline(False)
    hand.arrived()
    assert [answer["marks"] for answer in line_server.stored()] == [before]


@pytest.mark.parametrize("ends", ["timer", "button", "network"])
def test_waiting_ends_with_the_timer_the_button_or_the_network(
    open_form: OpenForm, line_server: LineServer, page: Page, ends: str
) -> None:
    page.clock.install()
    hand = open_form()
    hand.mark_all(*PLACES)
    page.clock.pause_at(time.time() + 3_600)
    line_server.answer_with(503)
    hand.finish()
    says(hand, WAITING)
    line_server.answer_with(201)
    if ends == "timer":
        page.clock.run_for(1_000)
    elif ends == "button":
        hand.finish()
    else:
        page.evaluate("dispatchEvent(new Event('online'))")
    hand.arrived()
    assert len(line_server.desk()["received"]) == 2


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
    hand.arrived()
    received = line_server.desk()["received"]
    assert len(received) >= 2
    assert all(again == received[0] for again in received)
    assert len(line_server.stored()) == 1


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
    hand.arrived()
    desk = line_server.desk()
    assert len(desk["received"]) == 2
    assert len(desk["stored"]) == 1


@pytest.mark.parametrize("status", [303, 401, 403, 409, 422])
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
    hand.arrived()
    assert len(line_server.stored()) == 1


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
