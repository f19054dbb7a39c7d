"""Tests that what was "Gemt" outlives a browser that is killed in the same moment, as by a battery that dies."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

from tests.browser.outbox.tablet import LOAD, QUIET, Tablet, Visit, enrolled_tablet, stored
from tests.support.killed import kill, launched
from tests.support.servers import Server


def opened(context: BrowserContext, server: Server, visit: Visit) -> Tablet:
    """Opens a page of ours in a browser that was enrolled before."""
    page = context.new_page()
    page.goto(f"{server.url}{QUIET}")
    page.evaluate(LOAD)
    return Tablet(page, visit)


def test_what_was_kept_is_there_after_the_browser_was_killed_and_is_sent_once(
    playwright_driver: Playwright, live_server: Server, tmp_path: Path
) -> None:
    context = launched(playwright_driver, tmp_path)
    visit = enrolled_tablet(context, live_server).visit
    context.close()  # Chromium writes a fresh cookie down half a minute later, or when it is closed
    context = launched(playwright_driver, tmp_path)
    before = opened(context, live_server, visit)
    ids = [before.deposit() for _ in range(3)]
    with context.expect_event("close"):
        kill(tmp_path)
    context = launched(playwright_driver, tmp_path)
    after = opened(context, live_server, visit)
    assert [row["id"] for row in after.rows()] == ids
    assert after.send()["left"] == 0
    context.close()
    assert [stored(live_server)[name] for name in ids] == [1, 1, 1]
