"""Holds the accessibility check of the form, light and dark, lying and upright, by axe-core."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.line.conftest import LineServer
from tests.browser.line.hand import Hand
from tests.support.chromium import LANDSCAPE, PORTRAIT, NewContext

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[Any]:
    """Gives what axe finds wrong with the page as it stands: rule and place."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(url="/axe.js")
    found: list[Any] = page.evaluate(
        """async (tags) => (await axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false })).violations
            .map((found) => [found.id, found.nodes.map((node) => node.html)])""",
        RULES,
    )
    return found


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Light and dark."""
    return str(request.param)


@pytest.fixture(params=[LANDSCAPE, PORTRAIT], ids=["lying", "upright"])
def tablet_page(request: pytest.FixtureRequest, scheme: str, new_context: NewContext) -> Page:
    """A tablet lying or upright."""
    return new_context(
        viewport=request.param, screen=request.param, color_scheme=scheme, reduced_motion="reduce"
    ).new_page()


@pytest.mark.parametrize("form", ["ors", "srs", "rtl", "about"])
def test_a_form_has_no_violation_blank_marked_or_not_kept(
    tablet_page: Page, line_server: LineServer, form: str
) -> None:
    line_server.refuse("full")
    tablet_page.goto(f"{line_server.url}/form/{form}")
    tablet_page.wait_for_selector("html[data-ready]")
    hand = Hand(tablet_page)
    assert violations(tablet_page) == []
    hand.mark_all(0.2, 0.4, 0.6, 0.8)
    assert violations(tablet_page) == []
    hand.finish()
    tablet_page.get_by_role("button", name="Prøv igen").wait_for()
    assert violations(tablet_page) == []


def test_the_check_itself_finds_a_violation(tablet_page: Page, line_server: LineServer) -> None:
    tablet_page.goto(f"{line_server.url}/form/ors")
    tablet_page.wait_for_selector("html[data-ready]")
    tablet_page.evaluate("document.documentElement.removeAttribute('lang')")
    assert [rule for rule, _ in violations(tablet_page)] == ["html-has-lang"]
