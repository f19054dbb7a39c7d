"""Tests in a real browser the promise of a talk from an alert: one press, undo for ten seconds and on the list."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.test_every_screen import open_login
from tests.support.chromium import LANDSCAPE, NewContext
from tests.support.servers import Server

TEN_SECONDS = "() => document.querySelector('.undo-soon').getAnimations().map((a) => a.effect.getTiming().delay)"
LET_PASS = "() => document.querySelector('.undo-soon').getAnimations().forEach((one) => one.finish())"


def an_alert(page: Page, server: Server) -> str:
    """Opens the session of today in which Maria's alliance fell, and gives its address."""
    open_login(page, server, "therapist")
    page.get_by_role("link", name="Solsikke 12", exact=True).first.click()
    page.wait_for_url("**/samtaler/*")
    return page.url


def test_an_alert_promises_a_talk_and_can_be_undone_at_once_and_later(
    new_context: NewContext, live_server: Server
) -> None:
    page = new_context(viewport=LANDSCAPE).new_page()
    session = an_alert(page, live_server)
    alert = page.locator(".alert")
    ring = alert.get_by_role("button", name=re.compile("^Ring"))
    ring.click()
    expect(alert).to_contain_text("Ring til Maria")
    alert.get_by_role("button", name="Fortryd").click()
    expect(ring).to_be_visible()
    ring.click()
    undo = alert.get_by_role("button", name="Fortryd")
    expect(undo).to_be_visible()
    assert page.url == session
    assert page.evaluate(TEN_SECONDS) == [10_000]
    page.evaluate(LET_PASS)
    expect(undo).to_be_hidden()
    alert.get_by_role("link", name="Se opfølgninger").click()
    row = page.locator(".follow-ups > li", has_text="Marias SRS faldt 2,4.")
    row.get_by_role("button", name="Fortryd").click()
    expect(row).to_have_count(0)
    page.goto(session)
    expect(ring).to_be_visible()
