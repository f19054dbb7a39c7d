"""Tests that a visit's screens are for everybody: no axe violation, light and dark, lying and upright; they fit."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.line.harness import AXE
from tests.browser.line.test_line_access import violations
from tests.browser.looks import looks
from tests.browser.visit.conftest import SetOut
from tests.browser.visit.plans import family, plan, turn
from tests.browser.visit.therapist import Therapist

MEMBERS = (("Maria", "parent"), ("Jonas", "parent"), ("Maja", "young"), ("Noah", "child"))
PLACES = (0.3, 0.42, 0.36, 0.9)


def screens(therapist: Therapist) -> Iterator[str]:
    therapist.type_pin()
    yield "visit-families"
    therapist.page.get_by_role("button", name="Solsikke 12").click()
    therapist.page.locator(".more-forms summary").click()
    yield "visit-family"
    therapist.add("", "voksen")
    therapist.hand_over("start")
    for who, _ in MEMBERS:
        therapist.answer(who, PLACES)
    therapist.ready("finished")
    therapist.take_back()
    yield "visit-lines"
    therapist.page.get_by_role("button", name="Videre").click()
    therapist.page.get_by_role("button", name="Besøg").click()
    therapist.page.get_by_text("Slet planen nu").click()
    therapist.page.get_by_role("button", name="Slet planen", exact=True).click()
    yield "visit-none"


def overflow(page: Page) -> int:
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def test_every_screen_of_a_visit_is_for_everybody(set_out: SetOut) -> None:
    home = family("Solsikke 12", MEMBERS)
    maria, *_ = home["members"]
    maria["more"] = [turn(maria["id"], "Maria", "who-5", wave=wave) for wave in ("baseline", "midway", "final")]
    therapist = set_out(plan(home, family("Ravnen", [("Karim", "parent")])), reduced_motion="reduce")
    therapist.page.evaluate(AXE.read_text("utf-8"))
    for screen in screens(therapist):
        therapist.ready(screen)
        for look in looks(therapist.page):
            assert violations(therapist.page) == [], (screen, look)
            assert overflow(therapist.page) == 0, (screen, look)
