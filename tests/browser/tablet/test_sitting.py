"""Tests a sitting in Chromium with a real server: one person after another, one deposit each, whatever is tapped."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from backend.scoring import as_decimal, total_tenths
from tests.browser.line.hand import Hand, digits_in
from tests.browser.tablet.conftest import KARIM, MAJA, PLACES, HandOver
from tests.support.chromium import PORTRAIT, lose_network

SARA = ("Sara", "1988-01", "en")
KEPT = "Dit svar er gemt på iPad’en."


def test_two_people_answer_and_staff_finds_both(hand_over: HandOver) -> None:
    family = hand_over()
    assert family.heading() == "Giv iPad’en til Maja"
    first = family.answer()
    assert family.heading() == "Giv iPad’en til Karim"
    expect(family.page.locator(".between-thanks")).to_contain_text("Tak, Maja.")
    expect(family.page.locator(".between-kept")).to_contain_text(KEPT)
    expect(family.page.locator(".between-sent")).to_have_text("Sendt.")
    second = family.answer(0.2, 0.3, 0.4, 0.7)
    assert family.heading() == "Giv iPad’en tilbage"
    assert digits_in(family.page) == []
    family.unlock()
    for who, marks in (("Maja", first), ("Karim", second)):
        (point,) = family.points(who)
        assert point["total"] == str(as_decimal(total_tenths([mark or 0 for mark in marks.values()])))
    assert len(set(family.sent)) == 2


def test_a_skipped_form_passes_on_and_staff_is_asked_why(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    family.open_form()
    family.page.locator(".form-skip").tap()
    family.at("finished")
    expect(family.page.locator(".between-thanks")).to_contain_text("Tak, Maja.")
    assert family.page.locator(".between-kept").count() == 0
    family.unlock()
    expect(family.page.get_by_text("Hvorfor?")).to_be_visible()
    assert family.points("Maja") == []


def test_each_person_reads_their_own_language_and_staff_theirs(hand_over: HandOver) -> None:
    family = hand_over(MAJA, SARA)
    family.answer()
    page = family.page
    assert family.heading() == "Please pass the iPad to Sara"
    assert page.locator("html").get_attribute("lang") == "en"
    family.answer()
    assert family.heading() == "Please give the iPad back"
    expect(page.locator(".between-thanks")).to_contain_text("Thank you, Sara.")
    family.choose("unlock")
    family.at("unlock")
    assert page.locator("html").get_attribute("lang") == "da"


def test_every_screen_moves_the_reader_to_its_heading(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    heading = family.page.locator("#stage h1")
    expect(heading).to_be_focused()
    family.open_form()
    expect(heading).to_be_focused()
    assert family.page.title() == "Hvordan har du haft det den seneste uge?"
    assert "Maja" not in family.page.title()


def test_a_double_tap_on_who_one_is_marks_nothing(hand_over: HandOver) -> None:
    family = hand_over()
    box = family.page.locator("[data-choice=begin]").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    family.page.touchscreen.tap(*middle)
    family.at("form")
    for _ in range(3):
        family.page.touchscreen.tap(*middle)
    assert set(Hand(family.page).marks().values()) == {None}
    assert family.page.locator(".has-mark").count() == 0


@pytest.mark.parametrize("first", ["finish", "skip"])
def test_twenty_taps_on_both_buttons_deposit_once(hand_over: HandOver, first: str) -> None:
    family = hand_over(MAJA)
    hand = family.open_form()
    hand.mark_all(*PLACES)
    family.page.evaluate(
        """names => { for (let tap = 0; tap < 20; tap += 1)
            for (const name of names) document.querySelector(`.form-${name}`)?.click(); }""",
        ["finish", "skip"] if first == "finish" else ["skip", "finish"],
    )
    family.at("finished")
    family.unlock()
    assert len(set(family.sent)) == 1
    assert len(family.points("Maja")) == (1 if first == "finish" else 0)


def test_a_mark_made_in_the_moment_of_skipping_is_kept_nowhere(hand_over: HandOver) -> None:
    family = hand_over()
    family.open_form().touch_and("personal", 0.5, ".form-skip")
    family.at("handover")
    kept = "async () => (await import('/static/js/vault.js')).recall('draft', { withinMs: 600_000 })"
    assert family.page.evaluate(kept) is None


def test_turning_the_tablet_in_mid_form_keeps_every_mark_in_its_place(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    hand = family.open_form()
    hand.mark_all(*PLACES)
    before = hand.marks()
    for size in (PORTRAIT, {"width": 1180, "height": 820}):
        family.page.set_viewport_size(size)
        assert hand.marks() == before
        for item, place in zip(before, PLACES, strict=True):
            assert hand.drawn(item) == pytest.approx(place, abs=2 / 620)
    hand.finish()
    family.at("finished")


def test_an_answer_given_without_a_network_is_kept_and_says_when_it_is_sent(hand_over: HandOver) -> None:
    family = hand_over()
    lose_network(family.page)
    family.answer()
    expect(family.page.locator(".between-kept")).to_contain_text(KEPT)
    family.answer()
    assert family.heading() == "Giv iPad’en tilbage"
    assert family.page.locator(".between-sent").inner_text() == ""
    family.context.set_offline(False)
    expect(family.page.locator(".between-sent")).to_have_text("Sendt.")
    family.unlock()
    assert [len(family.points(who)) for who in ("Maja", "Karim")] == [1, 1]


def test_a_form_that_was_never_fetched_says_so_and_comes_when_it_can(hand_over: HandOver) -> None:
    family = hand_over(MAJA, service_workers="block")
    page = family.page
    page.context.route("**/tablet/skema/**", lambda route: route.abort())
    page.reload()
    family.at("handover")
    family.choose("begin")
    expect(page.locator(".between-promise")).to_have_text(re.compile("Skemaet kunne ikke hentes"))
    page.context.unroute("**/tablet/skema/**")
    family.open_form()


def test_the_end_of_the_session_asks_its_own_form(hand_over: HandOver) -> None:
    family = hand_over(KARIM, phase="end")
    family.open_form()
    assert family.heading() == "Hvordan var samtalen i dag?"
