"""Tests that nothing leads out of the family's hands, and what was begun survives: reload, back, tabs, idle hours."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from backend.demo import PIN
from tests.browser.line.hand import Hand
from tests.browser.tablet.conftest import MAJA, PLACES, HandOver
from tests.support.chromium import lose_network

WRONG = "PIN-koden passer ikke. Prøv igen."
MINUTE = 60_000
FULL = """() => { const add = IDBObjectStore.prototype.add; window.heal = () => { IDBObjectStore.prototype.add = add };
    IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError") } }"""
NO_STEP = """() => { const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
      if (key === "vault sitting") throw new DOMException("gone", "UnknownError");
      return put.call(this, value, ...(key === undefined ? [] : [key])) } }"""
FORGET = """async () => { const { erase } = await import("/static/js/store.js"); await erase("tablet") }"""
KEPT = """async () => { const { transact } = await import("/static/js/store.js");
    return transact("readonly", async ({ kept, outbox }) => JSON.stringify([await kept.getAll(),
      await kept.getAllKeys(), (await outbox.getAll()).length])) }"""


def test_a_reload_in_mid_form_leads_to_the_lock_screen_and_the_marks_come_back_to_their_owner(
    hand_over: HandOver,
) -> None:
    family = hand_over()
    hand = family.open_form()
    hand.tap("personal", 0.62)
    hand.tap("close", 0.41)
    before = hand.marks()
    expect_draft(family.page)
    family.page.reload()
    family.at("handover")
    assert family.heading() == "Giv iPad’en til Maja"
    assert family.page.locator(".line").count() == 0
    hand = family.open_form()
    assert hand.marks() == before
    assert hand.status() == "To linjer mangler"
    hand.tap("social", 0.735)
    hand.tap("overall", 0.5)
    hand.finish()
    family.at("handover")
    assert family.open_form().marks() == dict.fromkeys(before)


@pytest.mark.parametrize("address", ["/i-dag", "/familier", "/tablet", "/log-ind"])
def test_no_address_leads_away_from_the_lock_screen(hand_over: HandOver, address: str) -> None:
    family = hand_over(MAJA)
    family.open_form()
    family.page.goto(family.server.url + address)
    family.at("handover")
    assert family.page.url == f"{family.server.url}/tablet"
    assert family.heading() == "Giv iPad’en til Maja"


def test_back_and_a_second_window_show_the_lock_screen_of_the_same_turn(hand_over: HandOver) -> None:
    family = hand_over()
    family.answer()
    hand = family.open_form()
    hand.tap("personal", 0.5)
    family.page.go_back()
    family.at("handover")
    assert family.heading() == "Giv iPad’en til Karim"
    assert family.page.locator(".line").count() == 0
    second = family.context.new_page()
    second.goto(f"{family.server.url}/i-dag")
    family.at("handover", second)
    assert second.locator("#stage h1").inner_text() == "Giv iPad’en til Karim"


def test_two_windows_deposit_a_turn_once(hand_over: HandOver) -> None:
    family = hand_over()
    first = family.open_form()
    first.mark_all(*PLACES)
    second = family.context.new_page()
    second.goto(f"{family.server.url}/tablet")
    family.at("handover", second)
    family.choose("begin", second)
    other = Hand(family.at("form", second))
    other.mark_all(0.1, 0.1, 0.1, 0.1)
    first.finish()
    family.at("handover")
    other.finish()
    family.at("handover", second)
    assert second.locator("#stage h1").inner_text() == "Giv iPad’en til Karim"
    family.unlock()
    assert len(family.points("Maja")) == 1
    assert len(set(family.sent)) == 1


def test_a_window_that_comes_back_after_staff_has_unlocked_elsewhere_shows_nothing_of_the_sitting(
    hand_over: HandOver,
) -> None:
    family = hand_over(MAJA)
    second = family.context.new_page()
    second.goto(f"{family.server.url}/tablet")
    family.at("handover", second)
    family.unlock()
    second.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    second.wait_for_url("**/i-dag")


def test_a_form_left_alone_for_twenty_minutes_is_blank_behind_its_lock_screen(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    family.page.clock.install()
    family.page.reload()
    family.at("handover")
    hand = family.open_form()
    hand.mark_all(*PLACES)
    expect_draft(family.page)
    family.page.clock.fast_forward(19 * MINUTE)
    assert family.page.locator(".line").count() == 4
    family.page.clock.fast_forward(2 * MINUTE)
    family.at("handover")
    assert family.open_form().marks() == dict.fromkeys(("personal", "close", "social", "overall"))


def test_a_form_in_use_does_not_go_away(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    family.page.clock.install()
    family.page.reload()
    family.at("handover")
    hand = family.open_form()
    for item in ("personal", "close", "social"):
        family.page.clock.fast_forward(15 * MINUTE)
        hand.tap(item, 0.5)
    assert hand.mark("personal") == pytest.approx(5000, abs=20)


def test_a_draft_of_twenty_minutes_ago_is_gone_after_a_reload(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    family.page.clock.install()
    hand = family.open_form()
    hand.tap("personal", 0.5)
    expect_draft(family.page)
    family.page.clock.set_system_time(time.time() + 21 * 60)
    family.page.reload()
    family.at("handover")
    assert family.open_form().mark("personal") is None


def test_a_full_tablet_keeps_the_marks_on_the_page_and_says_whom_to_ask(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    hand = family.open_form()
    hand.mark_all(*PLACES)
    family.page.evaluate(FULL)
    hand.finish()
    expect(family.page.locator(".form-status")).to_have_text(re.compile("ikke mere plads"))
    assert None not in hand.marks().values()
    family.page.evaluate("window.heal()")
    hand.finish()
    family.at("finished")
    family.unlock()
    assert len(family.points("Maja")) == 1


def test_a_crash_between_the_deposit_and_the_next_turn_asks_nobody_twice(hand_over: HandOver) -> None:
    family = hand_over()
    hand = family.open_form()
    hand.mark_all(*PLACES)
    family.page.evaluate(NO_STEP)
    hand.finish()
    family.at("handover")
    family.page.reload()
    family.at("handover")
    assert family.heading() == "Giv iPad’en til Karim"
    family.unlock()
    assert len(family.points("Maja")) == 1
    assert len(set(family.sent)) == 1


def test_staff_can_come_in_from_a_form_that_cannot_be_kept_and_the_marks_wait(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    hand = family.open_form()
    hand.mark_all(*PLACES)
    before = hand.marks()
    family.page.evaluate(FORGET)
    hand.finish()
    expect(family.page.locator(".form-status")).to_have_text(re.compile("ikke tilmeldt"))
    family.page.locator(".form-unlock").tap()
    family.at("handover")
    assert family.open_form().marks() == before


def test_wrong_pins_are_told_and_then_throttled_across_a_reload(hand_over: HandOver) -> None:
    family = hand_over(MAJA, role="leader")  # whose account nobody else in this file unlocks with
    family.choose("unlock")
    family.at("unlock")
    for _ in range(5):
        family.type_pin("0000")
        family.complaint(WRONG)
        expect(family.page.locator(".pin-field")).to_have_value("")
        family.page.evaluate("document.querySelector('.field-error').textContent = ''")
    family.page.reload()
    family.at("handover")
    family.choose("unlock")
    family.at("unlock")
    family.type_pin()
    family.complaint("For mange forsøg. Vent 1 min., og prøv igen.")
    assert family.page.url.endswith("/tablet")


def test_the_way_back_from_the_pin_pad_is_the_lock_screen(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    family.choose("unlock")
    family.at("unlock")
    family.page.locator("[data-key='4']").tap()
    family.page.locator("[data-key='2']").tap()
    family.page.locator(".pin-erase").tap()
    expect(family.page.locator(".pin-field")).to_have_value("4")
    family.page.get_by_role("button", name="Tilbage").tap()
    family.at("handover")


def test_without_a_network_the_pin_unlocks_only_where_it_is_known_and_the_server_still_asks(
    hand_over: HandOver,
) -> None:
    family = hand_over(MAJA)
    family.answer()
    lose_network(family.page)
    family.choose("unlock")
    family.at("unlock")
    family.type_pin()
    family.complaint(re.compile("kan ikke prøves uden net"))
    staff = THERAPIST_ID % family.session_id
    family.page.evaluate(REMEMBER, [PIN, family.page.evaluate(staff)])
    family.type_pin("1111")
    family.complaint(WRONG)
    family.type_pin()
    family.at("visit-lines")
    family.context.set_offline(False)
    family.page.reload()
    family.at("unlock")
    assert family.page.get_by_role("button", name="Tilbage").count() == 0
    family.type_pin()
    family.page.wait_for_url(f"**/samtaler/{family.session_id}")


THERAPIST_ID = """async () => { const { recall } = await import("/static/js/vault.js");
    const kept = await recall("sitting", { withinMs: 1e9 });
    if (kept.sitting.session.id !== "%s") throw new Error("another sitting"); return kept.sitting.staff.id }"""
REMEMBER = """async ([pin, staff]) => { const { rememberPin } = await import("/static/js/pin.js");
    await rememberPin(pin, staff) }"""


def test_nothing_that_is_kept_can_be_read(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    hand = family.open_form()
    hand.tap("personal", 0.62)
    expect_draft(family.page)
    kept = family.page.evaluate(KEPT)
    for secret in ("Maja", "Kanariefugl", str(hand.mark("personal")), family.members["Maja"]):
        assert secret not in kept
    assert "vault draft" in kept
    assert family.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def expect_draft(page: object) -> None:
    """Waits until the marks that were just made are kept."""
    page.evaluate(  # type: ignore[attr-defined]
        """async () => { const { read } = await import("/static/js/store.js");
            while (!(await read("vault draft"))) await new Promise(requestAnimationFrame); }"""
    )
