"""Tests in a real browser that what is ticked outlives a search, however often the list is replaced."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.test_every_screen import open_login
from tests.support.chromium import NewContext
from tests.support.servers import Server


def search(page: Page, words: str) -> None:
    """Types a search and waits until the list says that nobody is called so."""
    page.get_by_label("Søg efter familie eller person").fill(words)
    expect(page.locator("#offered")).to_contain_text(f"hedder noget med ”{words}”")


def test_families_that_are_ticked_stay_chosen_while_one_searches(new_context: NewContext, live_server: Server) -> None:
    page = new_context().new_page()
    open_login(page, live_server, "leader")
    page.goto(f"{live_server.url}/besoeg")
    ticked = page.locator("[name=episodes]:checked")
    page.locator("#offered [name=episodes]").first.check()
    search(page, "ingen hedder")
    expect(page.locator("#chosen [name=episodes]:checked")).to_have_count(1)
    page.get_by_label("Søg efter familie eller person").fill("")
    page.get_by_role("button", name="Søg", exact=True).click()
    page.locator("#offered [name=episodes]").first.check()
    search(page, "heller ikke")
    expect(ticked).to_have_count(2)
    chosen = page.locator("#chosen [data-family]").evaluate_all("rows => rows.map((row) => row.dataset.family)")
    assert len(set(chosen)) == 2
    assert page.url == f"{live_server.url}/besoeg"


def test_what_is_typed_and_ticked_for_a_group_outlives_a_search_by_enter(
    new_context: NewContext, live_server: Server
) -> None:
    page = new_context().new_page()
    open_login(page, live_server, "leader")
    page.goto(f"{live_server.url}/grupper/ny")
    page.get_by_label("Gruppens navn").fill("Forældregruppe")
    page.locator("#offered [name=members]").first.check()
    page.get_by_label("Søg efter familie eller person").fill("ingen hedder")
    page.keyboard.press("Enter")
    expect(page.locator("#offered")).to_contain_text("hedder noget med ”ingen hedder”")
    page.get_by_role("button", name="Opret mødet").click()
    page.wait_for_url(re.compile(r"/grupper/[0-9a-f-]{36}$"))
    expect(page.locator(".lead")).to_contain_text("Én person.")
