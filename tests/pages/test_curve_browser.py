"""Tests of the curve in a real browser: toggles without a new page, one sheet of paper, numbers under their points."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from backend.demo import logins
from tests.support.chromium import LANDSCAPE, PORTRAIT, NewContext
from tests.support.servers import Server

THERAPIST = next(login for login in logins() if login.role == "therapist")
SHEET_OF_PAPER = re.compile(rb"/Type\s*/Page\b(?!s)")


def open_curve(page: Page, server: Server, member: str = "Maria") -> None:
    page.goto(f"{server.url}/log-ind")
    page.get_by_label("E-mail").fill(THERAPIST.email)
    page.get_by_label("Adgangskode").fill(THERAPIST.password)
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url("**/i-dag")
    page.goto(f"{server.url}/forloeb?q=Solsikke 12")
    page.locator("main a[href*='/forloeb/']").first.click()
    page.get_by_role("link", name=member, exact=True).click()
    page.wait_for_url("**/kurve/**")  # loaded whole, stylesheets too
    expect(page.get_by_role("heading", level=1)).to_contain_text(member)


def test_toggles_change_the_picture_and_the_address_but_not_the_page(page: Page, live_server: Server) -> None:
    open_curve(page, live_server)
    page.evaluate("document.body.dataset.same = 'page'")
    page.get_by_role("checkbox", name="Forventet forløb").uncheck()
    expect(page.locator(".line-target")).to_have_count(0)
    page.get_by_role("checkbox", name="SRS").uncheck()
    expect(page.get_by_role("img", name="SRS i alt")).to_have_count(0)
    assert page.url.endswith("?vis=&vis=andre")
    assert page.locator("body").get_attribute("data-same") == "page"
    reading = page.get_by_role("slider")
    expect(reading).not_to_contain_text("SRS")
    reading.press("Home")
    expect(reading).to_contain_text("Samtale 1,")
    page.reload()
    expect(page.get_by_role("checkbox", name="SRS")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Jonas om Maria")).to_be_checked()


def test_toggles_work_without_script(new_context: NewContext, live_server: Server) -> None:
    page = new_context(java_script_enabled=False).new_page()
    open_curve(page, live_server)
    expect(page.locator("[data-print], .curve-reading")).to_have_count(2)
    expect(page.locator("[data-print]:visible, .curve-reading:visible")).to_have_count(0)
    page.get_by_role("checkbox", name="SRS").uncheck()
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.locator("#curve-alliance-title")).to_have_count(0)
    expect(page.locator(".line-target")).to_have_count(1)


def test_the_curve_with_its_table_is_one_sheet_of_paper(page: Page, live_server: Server) -> None:
    open_curve(page, live_server)
    expect(page.get_by_role("button", name="Print, én A4-side")).to_be_visible()
    paper = page.pdf(prefer_css_page_size=True)
    assert len(SHEET_OF_PAPER.findall(paper)) == 1
    page.emulate_media(media="print")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator("button:visible, .toggles:visible")).to_have_count(0)


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
def test_numbers_stand_under_their_points_and_text_is_never_under_13_pixels(
    new_context: NewContext, live_server: Server, size: dict[str, int]
) -> None:
    page = new_context(viewport=size, screen=size).new_page()
    open_curve(page, live_server)
    middles = """found => found.map(one => { const box = one.getBoundingClientRect(); return box.x + box.width / 2 })"""
    dots = page.locator("svg[aria-labelledby=curve-outcome-title] .dot-own").evaluate_all(middles)
    numbers = page.locator("thead th[scope=col]").evaluate_all(middles)
    assert len(dots) == len(numbers) == 9
    assert all(abs(dot - number) < 2 for dot, number in zip(dots, numbers, strict=True))
    sizes = page.locator("svg[role=img] text").evaluate_all(
        "texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"
    )
    assert min(sizes) >= 12.99
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
