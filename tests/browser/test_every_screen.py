"""Tests every screen of the real app, light and dark, lying and upright: no axe violation, and it fits the tablet.

With LINJEN_PICTURES=folder it leaves a picture of each there; the README's come from `make pictures`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from backend.demo import PIN, logins
from tests.browser.line.harness import AXE
from tests.browser.line.test_line_access import violations
from tests.browser.looks import looks
from tests.support.chromium import NewContext
from tests.support.servers import Server

NEXT = "html[data-ready=handover], html[data-ready=finished]"
HANDOVER_MARKS = (0.62, 0.41, 0.74)


@pytest.fixture
def tablet(new_context: NewContext) -> Page:
    """A tablet which also serves axe from our own origin, as the strict content policy demands."""
    context = new_context(reduced_motion="reduce")
    context.route("**/axe.js", lambda route: route.fulfill(path=AXE))
    return context.new_page()


def open_login(page: Page, server: Server, role: str) -> None:
    login = next(login for login in logins() if login.role == role)
    page.goto(f"{server.url}/log-ind")
    page.get_by_label("E-mail").fill(login.email)
    page.get_by_label("Adgangskode").fill(login.password)
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url("**/i-dag")


def staff_screens(page: Page, server: Server) -> Iterator[str]:
    page.goto(f"{server.url}/log-ind")
    yield "staff-login"
    open_login(page, server, "therapist")
    yield "staff-today"
    page.goto(f"{server.url}/opfoelgninger")
    for fold in page.locator("summary").all()[:2]:
        fold.click()
    yield "staff-follow-ups"
    page.goto(f"{server.url}/soeg?q=so")
    yield "staff-search"
    page.goto(f"{server.url}/forloeb")
    yield "staff-caseload"
    page.goto(f"{server.url}/familier/ny")
    yield "staff-new-family"
    page.get_by_label("Dæknavn").fill("Ib 010190-1234")
    page.get_by_role("button", name="Opret familien").click()
    yield "staff-mistake"
    page.goto(f"{server.url}/forloeb?q=Solsikke 12")
    page.get_by_role("link", name="Solsikke 12").first.click()
    page.wait_for_url("**/forloeb/*")
    yield "staff-episode"
    episode = page.url
    page.goto(server.url + str(page.locator("main a[href^='/familier/']").first.get_attribute("href")))
    yield "staff-family"
    page.goto(f"{episode}/overdragelse")
    yield "staff-handover"
    page.goto(f"{episode}/aendringer/ny")
    yield "staff-change"
    page.goto(episode)
    session = str(page.locator("a[href^='/samtaler/']").first.get_attribute("href"))
    curves = {str(link.get_attribute("href")) for link in page.locator("a[href*='/kurve/']").all()}
    page.goto(server.url + min(curves))
    page.goto(server.url + str(page.get_by_role("link", name="Maria", exact=True).first.get_attribute("href")))
    yield "staff-curve"
    page.goto(server.url + session)
    yield "staff-session"
    page.goto(server.url + str(page.locator(".correct-link").first.get_attribute("href")))
    yield "staff-correction"
    yield from together(page, server, session)
    page.goto(f"{server.url}{session}/svar-links")
    yield "staff-links"
    page.get_by_role("button", name=re.compile("Lav link til")).first.click()
    page.wait_for_selector(".link-code")
    yield "staff-link-made"
    page.goto(f"{server.url}/svar-links")
    page.locator("summary").first.click()
    yield "staff-links-awaited"
    yield from voices(page, server)
    page.goto(f"{server.url}/skemaer")
    yield "staff-instruments"
    page.goto(f"{server.url}/findes-ikke")
    yield "staff-missing"
    page.goto(f"{server.url}/ipads/tilmeld")
    yield "staff-enrol"
    page.get_by_role("button", name="Tilmeld").click()
    page.wait_for_url("**/i-dag")
    page.goto(f"{server.url}/ipads")
    yield "staff-tablets"
    page.goto(f"{server.url}/besoeg")
    yield "staff-prepare"
    page.goto(f"{server.url}/besvarelser")
    yield "staff-settling"
    page.goto(f"{server.url}/api/v1/docs")
    yield "operator-api"


def voices(page: Page, server: Server) -> Iterator[str]:
    page.goto(f"{server.url}/forloeb?q=Regnbue 7")
    page.get_by_role("link", name="Regnbue 7").first.click()
    page.wait_for_url("**/forloeb/*")
    for fold in page.locator("#maal details:not(.goal-long) > summary, #bedoemmere summary").all():
        if fold.is_visible():
            fold.click()
    yield "staff-goals"
    page.get_by_role("link", name="Sammenlign om Sami").click()
    page.wait_for_url("**/sammenlign/**")
    yield "staff-comparison"
    page.goto(f"{server.url}/grupper")
    yield "staff-groups"
    page.get_by_role("link", name=re.compile("Forældregruppen")).first.click()
    page.wait_for_url("**/grupper/*")
    yield "staff-group"
    page.goto(f"{server.url}/grupper/ny")
    yield "staff-new-group"


def together(page: Page, server: Server, session: str) -> Iterator[str]:
    page.goto(f"{server.url}{session}/sammen")
    yield "staff-agreement"
    for agreed in page.locator("input[value=ja]").all():
        agreed.check()
    page.get_by_role("button", name="Vis for familien").click()
    page.wait_for_selector(".together-people")
    yield "family-together"
    page.goto(server.url + str(page.locator(".together-go").last.get_attribute("href")) + "&farver=1")
    yield "family-together-curve"
    origin = {"Origin": server.url, "Sec-Fetch-Site": "same-origin"}
    assert page.request.post(f"{server.url}/tablet/laas-op", data={"pin": PIN}, headers=origin).ok


def leader_screens(page: Page, server: Server) -> Iterator[str]:
    open_login(page, server, "leader")
    page.goto(f"{server.url}/team")
    yield "staff-team"
    family = str(page.locator(".need-families a").first.get_attribute("href"))
    page.goto(f"{server.url}/team/supervision")
    yield "staff-supervision"
    page.goto(f"{server.url}{family}/supervision")
    yield "staff-supervision-ask"


def family_screens(page: Page, server: Server) -> Iterator[str]:
    open_login(page, server, "therapist")
    page.goto(f"{server.url}/ipads/tilmeld")
    page.get_by_role("button", name="Tilmeld").click()
    page.wait_for_url("**/i-dag")
    page.get_by_role("button", name=re.compile("Ny samtale")).first.click()
    page.wait_for_url("**/samtaler/**")
    for box in page.locator("input[name=present]:enabled").all():
        box.check()
    page.locator(".more-forms summary").click()
    yield "staff-before"
    page.locator("button[name=phase][value=start]").click()
    page.wait_for_selector("html[data-ready=handover]")
    yield "family-handover"
    page.locator("[data-choice=begin]").tap()
    page.wait_for_selector("html[data-ready=form]")
    yield "family-form"
    for band, fraction in zip(page.locator(".line-band").all(), HANDOVER_MARKS, strict=False):
        rule = band.locator(".line-rule").bounding_box()
        assert rule is not None
        page.touchscreen.tap(rule["x"] + fraction * rule["width"], rule["y"] + rule["height"] / 2)
    yield "family-marked"
    page.locator(".form-skip").tap()
    page.wait_for_selector(NEXT)
    while page.locator("html[data-ready=handover]").count():
        page.locator("[data-choice=begin]").tap()
        page.wait_for_selector("html[data-ready=form]")
        page.locator(".form-skip").tap()
        page.wait_for_selector(NEXT)
    yield "family-finished"
    page.locator("[data-choice=unlock]").tap()
    page.wait_for_selector("html[data-ready=unlock]")
    yield "family-unlock"
    page.get_by_label("PIN-kode").fill(PIN)
    page.get_by_role("button", name="Lås op").click()
    page.wait_for_url("**/samtaler/**")
    yield "staff-skipped"


@pytest.mark.heavy
@pytest.mark.parametrize("way", [staff_screens, leader_screens, family_screens], ids=["staff", "leader", "family"])
def test_every_screen_is_accessible_and_fits(tablet: Page, live_server: Server, way: object) -> None:
    folder = os.environ.get("LINJEN_PICTURES")
    found = {}
    for name in way(tablet, live_server):  # type: ignore[operator]
        tablet.wait_for_load_state("load")
        for look in looks(tablet):
            if folder:
                path = Path(folder) / f"{name}-{look}.png"
                tablet.screenshot(path=path, full_page=name.startswith("staff"))
            wide = tablet.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            wrong = violations(tablet) + ([("wider than the tablet", wide)] if wide > 0 else [])
            if wrong:
                found[f"{name} {look}"] = wrong
    assert found == {}
