"""Tests what staff sees of the tablet at hand: enrolling it, what waits, making it ready for a visit, logging out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from backend.demo import PIN
from tests.browser.line.harness import AXE
from tests.browser.line.test_line_access import violations
from tests.browser.looks import looks
from tests.browser.test_every_screen import open_login
from tests.support.chromium import NewContext
from tests.support.servers import Server

INBOX = "**/api/v1/inbox"
SENT = """async () => {
    const { onStatus } = await import("/static/js/sender.js");
    return new Promise((done) => onStatus(({ waiting }) => waiting === 0 && done(waiting)));
}"""
DEPOSIT = "async (answer) => (await import('/static/js/outbox.js')).deposit(answer)"
WAITING = "async () => (await (await import('/static/js/outbox.js')).waiting()).count"
PLAN = "async () => (await import('/static/js/vault.js')).recall('plan', { withinMs: 86_400_000 })"
AFTERNOON = "import('/static/js/moments.js').then(({ parts }) => parts(new Date(2026, 10, 22, 14, 5)))"
EMPTY = """async () => {
  const { erase } = await import('/static/js/store.js');
  await erase('tablet');
}"""
NO_STORAGE = "IDBObjectStore.prototype.put = () => Promise.reject(new DOMException('private', 'UnknownError'))"
PATIENCE_MS = 30_000  # a PIN code is slow to check, and the cores are shared


def an_answer() -> dict[str, Any]:
    """Gives an answer to a session of nobody, which the server keeps for staff to look at."""
    session = {"id": str(uuid4()), "episode_id": str(uuid4()), "held_on": "2026-11-22", "kind": "family"}
    who = {"staff_id": str(uuid4()), "member_id": str(uuid4()), "person": None, "rater_id": None, "session": session}
    form = {"instrument": "ors", "version": "1", "language": "da", "marks": {}, "skipped": True, "capture": {}}
    return who | form


def enrol(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/ipads/tilmeld")
    page.get_by_role("button", name="Tilmeld denne iPad").click()
    page.wait_for_url("**/i-dag")


def at_work(page: Page, server: Server) -> Page:
    open_login(page, server, "therapist")
    enrol(page, server)
    return page


def fact(page: Page, name: str) -> Any:
    return page.locator(f"[data-tablet={name}]")


def test_a_tablet_is_enrolled_on_the_way_to_the_family(page: Page, live_server: Server) -> None:
    open_login(page, live_server, "therapist")
    expect(page.locator(".tablet-unknown")).to_be_visible()
    page.get_by_role("link", name="Valmue 1").click()
    page.wait_for_url("**/samtaler/**")
    session = page.url
    page.locator("input[name=present]:enabled").first.check()
    page.locator("button[name=phase][value=start]").click()
    page.wait_for_url("**/ipads/tilmeld**")
    expect(page.get_by_label("iPad’ens navn")).to_have_value(re.compile("Annes iPad"))
    page.get_by_role("button", name="Tilmeld denne iPad").click()
    page.wait_for_url(session)
    page.locator("button[name=phase][value=start]").click()
    page.wait_for_url("**/tablet")


def test_storage_that_cannot_be_trusted_is_told_and_nothing_is_enrolled(page: Page, live_server: Server) -> None:
    open_login(page, live_server, "therapist")
    page.add_init_script(NO_STORAGE)
    page.goto(f"{live_server.url}/ipads/tilmeld")
    page.get_by_role("button", name="Tilmeld denne iPad").click()
    told = page.locator("#enrol .error-summary")
    expect(told).to_contain_text("iPad’en kan ikke gemme sikkert her")
    expect(told).to_contain_text("privat browsing")
    expect(told).to_be_focused()
    assert "/ipads/tilmeld" in page.url


def test_a_tablet_without_a_network_is_told_so(page: Page, live_server: Server) -> None:
    open_login(page, live_server, "therapist")
    page.goto(f"{live_server.url}/ipads/tilmeld")
    page.route("**/api/v1/tablets", lambda route: route.abort())
    page.get_by_role("button", name="Tilmeld denne iPad").click()
    expect(page.locator("#enrol .error-summary")).to_contain_text("Der er ingen forbindelse")
    page.unroute("**/api/v1/tablets")
    page.get_by_role("button", name="Tilmeld denne iPad").click()
    page.wait_for_url("**/i-dag")


def test_english_staff_read_a_clock_of_24_hours(new_context: NewContext, live_server: Server) -> None:
    page = new_context(locale="en-US").new_page()
    page.goto(f"{live_server.url}/log-ind")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate(AFTERNOON) == {"day": "Sunday", "clock": "14:05"}


def test_what_waits_is_seen_on_every_staff_page_and_sent_at_a_tap(page: Page, live_server: Server) -> None:
    at_work(page, live_server)
    expect(fact(page, "name")).to_have_text(re.compile("Annes iPad"))
    expect(fact(page, "waiting")).to_have_text("ingen besvarelser")
    expect(page.locator("#tablet-state")).to_be_hidden()
    page.route(INBOX, lambda route: route.abort())
    for _ in range(2):
        page.evaluate(DEPOSIT, an_answer())
    expect(fact(page, "waiting")).to_have_text("2 besvarelser, den ældste gemt nu")
    page.goto(f"{live_server.url}/forloeb")
    expect(page.locator("#tablet-state")).to_have_text("2 venter")
    page.goto(f"{live_server.url}/i-dag")
    page.get_by_role("button", name="Send nu").click()
    expect(page.locator(".this-tablet .receipt")).to_contain_text("Der er ingen forbindelse")
    page.unroute(INBOX)
    page.get_by_role("button", name="Send nu").click()
    expect(page.locator(".this-tablet .receipt")).to_have_text("Sendt. Intet venter.")
    expect(page.locator("#tablet-state")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("link", name=re.compile("Se på de"))).to_be_visible()


def test_a_tablet_whose_storage_was_emptied_must_be_enrolled_again(page: Page, live_server: Server) -> None:
    at_work(page, live_server)
    page.evaluate(EMPTY)
    page.reload()
    expect(page.locator(".tablet-trouble")).to_contain_text("skal tilmeldes igen")
    page.get_by_role("link", name="Lærkespore 9").click()
    page.wait_for_url("**/samtaler/**")
    page.wait_for_load_state("networkidle")
    page.locator("button[name=phase]").first.click()
    page.wait_for_url("**/ipads/tilmeld?samtale=**")


def choose(page: Page, pin: str) -> None:
    page.get_by_label("Solsikke 12").check()
    page.get_by_label("Din PIN-kode").fill(pin)
    page.get_by_role("button", name="Gør klar", exact=True).click()


def test_a_plan_is_kept_for_the_visit_and_deleted_at_a_tap(page: Page, live_server: Server) -> None:
    at_work(page, live_server)
    page.get_by_role("link", name="Gør klar til besøg").click()
    mistake = page.locator("#prepare .error-summary")
    page.get_by_label("Din PIN-kode").fill(PIN)
    page.get_by_role("button", name="Gør klar", exact=True).click()
    expect(mistake).to_contain_text("Vælg mindst én familie.")
    choose(page, "0000")
    expect(mistake).to_contain_text("PIN-koden passer ikke", timeout=PATIENCE_MS)
    choose(page, PIN)
    expect(page.locator("#prepare .receipt")).to_have_text("Klar. Du kan tage afsted uden net.", timeout=PATIENCE_MS)
    expect(mistake).to_be_hidden()
    kept = page.locator("#kept-plan")
    expect(kept).to_contain_text("Solsikke 12")
    expect(kept).to_contain_text("Planen bliver slettet automatisk")
    assert page.evaluate(PLAN)["families"][0]["alias"] == "Solsikke 12"
    page.goto(f"{live_server.url}/i-dag")
    expect(fact(page, "plan")).to_contain_text("gælder til")
    page.goto(f"{live_server.url}/besoeg")
    page.get_by_role("button", name="Slet nu").click()
    expect(kept).to_be_hidden()
    assert page.evaluate(PLAN) is None


def test_logging_out_takes_the_plan_and_leaves_what_waits(page: Page, live_server: Server) -> None:
    at_work(page, live_server)
    page.goto(f"{live_server.url}/besoeg")
    choose(page, PIN)
    expect(page.locator("#kept-plan")).to_be_visible(timeout=PATIENCE_MS)
    page.route(INBOX, lambda route: route.abort())
    page.evaluate(DEPOSIT, an_answer())
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url("**/log-ind")
    assert page.evaluate(PLAN) is None
    assert page.evaluate(WAITING) == 1


@pytest.fixture
def tablet(new_context: NewContext) -> Page:
    """A tablet which also serves axe from our own origin, as the strict content policy demands."""
    context = new_context(reduced_motion="reduce")
    context.route("**/axe.js", lambda route: route.fulfill(path=AXE))
    return context.new_page()


def screens(page: Page, server: Server) -> Iterator[str]:
    """Goes through the screens with something to look at on each."""
    at_work(page, server)
    page.evaluate(DEPOSIT, an_answer())
    page.evaluate(SENT)
    page.route(INBOX, lambda route: route.abort())
    page.evaluate(DEPOSIT, an_answer())
    for name, path in (("today", "/i-dag"), ("ipads", "/ipads"), ("enrol", "/ipads/tilmeld"), ("visit", "/besoeg")):
        page.goto(f"{server.url}{path}")
        expect(page.locator("#tablet-state")).to_have_text("1 venter")
        yield f"staff-{name}"
    choose(page, PIN)
    expect(page.locator("#kept-plan")).to_be_visible(timeout=PATIENCE_MS)
    yield "staff-visit-ready"
    page.goto(f"{server.url}/besvarelser")
    page.get_by_text("Læg til side").first.click()
    yield "staff-settling"


def test_every_screen_is_accessible_and_fits(tablet: Page, live_server: Server) -> None:
    found = {}
    for name in screens(tablet, live_server):
        for look in looks(tablet):
            wide = tablet.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            wrong = violations(tablet) + ([("wider than the tablet", wide)] if wide > 0 else [])
            if wrong:
                found[f"{name} {look}"] = wrong
    assert found == {}
