"""Holds how staff's number keys write the PIN code; whether it is right is the server's matter."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.line.conftest import LineServer


def test_the_unlock_keys_write_in_the_field(page: Page, line_server: LineServer) -> None:
    page.goto(f"{line_server.url}/unlock")
    page.wait_for_selector("html[data-ready]")
    for key in ("4", "7", "1", "Slet sidste ciffer", "0"):
        page.get_by_role("button", name=key, exact=True).tap()
    assert page.get_by_label("PIN-kode").input_value() == "470"
    page.get_by_role("button", name="Lås op").tap()
    expect(page.get_by_role("alert")).to_have_text("PIN-koden passer ikke. Prøv igen.")
