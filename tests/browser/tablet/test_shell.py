"""Tests the shell as a document: light, accessible in every light and shape, and in words without script."""

from __future__ import annotations

import gzip
import re

from playwright.sync_api import Page

from tests.browser.line.harness import AXE
from tests.browser.line.test_line_access import violations
from tests.browser.looks import looks
from tests.browser.tablet.conftest import MAJA, PLACES, HandOver
from tests.support.chromium import NewContext
from tests.support.servers import Server

SCRIPT_LIMIT = 45_000
PAGE_LIMIT = 60_000


def test_every_screen_is_accessible_and_fits(hand_over: HandOver) -> None:
    family = hand_over(MAJA, reduced_motion="reduce")
    family.context.route("**/axe.js", lambda route: route.fulfill(path=AXE))
    found = {"handover": wrong_with(family.page)}
    hand = family.open_form()
    found["form"] = wrong_with(family.page)
    hand.mark_all(*PLACES)
    found["marked"] = wrong_with(family.page)
    hand.finish()
    family.at("finished")
    found["finished"] = wrong_with(family.page)
    family.choose("unlock")
    family.at("unlock")
    family.type_pin("0000")
    family.complaint("PIN-koden passer ikke. Prøv igen.")
    found["wrong pin"] = wrong_with(family.page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def wrong_with(page: Page) -> list[object]:
    """Gives what is wrong with the screen at any look."""
    return [(look, wrong) for look in looks(page) for wrong in wrong_now(page)]


def wrong_now(page: Page) -> list[object]:
    """Gives what axe finds, and whether the screen is larger than the tablet."""
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    shown = page.viewport_size
    assert shown is not None
    too_large = [] if size == [shown["width"], shown["height"]] else [("larger than the tablet", size)]
    return [*violations(page), *too_large]


def test_the_scoring_page_is_light(hand_over: HandOver) -> None:
    page = hand_over(MAJA).open_form().page
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname)")
    ours = {name for name in names if not name.startswith(("/api/", "/tablet/ture", "/sw.js"))} | {"/tablet"}
    bodies = {name: page.request.get(page.url.replace("/tablet", name)).body() for name in ours}
    sizes = {name: len(gzip.compress(body)) for name, body in bodies.items()}
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= SCRIPT_LIMIT, sizes
    assert sum(sizes.values()) <= PAGE_LIMIT, sizes
    assert not [name for name in sizes if "htmx" in name or "visit" in name]


def test_the_shell_has_no_inline_style_or_script(live_server: Server, page: Page) -> None:
    for path in ("/tablet", "/tablet/ord/da", "/tablet/skema/ors/1/da"):
        source = page.request.get(live_server.url + path).text()
        assert not re.search(r"<style|\sstyle=|<script(?![^>]* src=)|\son[a-z]+=|data:|https?://", source), path


def test_without_script_the_shell_says_whom_to_ask(new_context: NewContext, live_server: Server) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/tablet")
    assert "Bed en medarbejder om hjælp." in page.locator(".notice").inner_text()


def test_a_tablet_that_nobody_has_handed_over_leads_to_the_day(page: Page, live_server: Server) -> None:
    page.goto(f"{live_server.url}/tablet")
    page.wait_for_url("**/log-ind")
