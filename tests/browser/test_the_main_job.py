"""Tests the whole way in a real browser and a real server: from an empty list to a number on a growing curve."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Page, expect
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as seen
from selenium.webdriver.support.ui import WebDriverWait

from backend.clock import today
from backend.demo import PIN, logins
from backend.scoring import as_decimal, score_tenths, total_tenths
from tests.browser.line.hand import FRAME
from tests.browser.line.test_line_webkit import mark as mark_of
from tests.browser.line.test_line_webkit import mark_at
from tests.support.servers import Server

THERAPIST = next(login for login in logins() if login.role == "therapist")
WHOLE = 10_000
FRACTIONS = (0.30, 0.42, 0.36, 0.33)
LATER = (0.66, 0.71, 0.69, 0.70)
PATIENCE = 30  # seconds


def danish(tenths: int) -> str:
    return str(as_decimal(tenths)).replace(".", ",")


def log_in(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/log-ind")
    page.get_by_label("E-mail").fill(THERAPIST.email)
    page.get_by_label("Adgangskode").fill(THERAPIST.password)
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url("**/i-dag")
    page.goto(f"{server.url}/ipads/tilmeld")
    page.get_by_role("button", name="Tilmeld").click()
    page.wait_for_url("**/i-dag")


def make_family(page: Page, alias: str, opened_on: str = "") -> None:
    page.goto(page.url.replace("/i-dag", "/familier/ny"))
    page.get_by_label("Dæknavn").fill(alias)
    page.get_by_role("button", name="Opret familien").click()
    expect(page.get_by_role("heading", name=alias, level=1)).to_be_visible()
    page.get_by_label("Dæknavn eller fornavn").fill("Karim")
    page.get_by_label("Født, år og måned").fill("1984-02")
    page.get_by_role("button", name="Tilføj").click()
    expect(page.get_by_text("42 år").or_(page.get_by_text("43 år"))).to_be_visible()
    page.get_by_label("Åbnet den").fill(opened_on or today().isoformat())
    page.get_by_role("button", name="Åbn forløbet").click()


def mark_all(page: Page, fractions: tuple[float, ...]) -> list[int]:
    page.wait_for_selector("html[data-ready=form]")
    marks = []
    for band, fraction in zip(page.locator(".line-band").all(), fractions, strict=True):
        rule = band.locator(".line-rule").bounding_box()
        assert rule is not None
        page.touchscreen.tap(rule["x"] + fraction * rule["width"], rule["y"] + rule["height"] / 2)
        page.evaluate(FRAME)
        marks.append(int(band.get_attribute("aria-valuenow") or -1))
    return marks


def hand_over_and_answer(page: Page, phase: str, fractions: tuple[float, ...]) -> list[int]:
    page.locator(f"button[name=phase][value={phase}]").click()
    page.get_by_role("button", name="Jeg er Karim").click()
    marks = mark_all(page, fractions)
    page.get_by_role("button", name="Færdig").click()
    expect(page.get_by_text("Tak, Karim")).to_be_visible()
    assert not re.search(r"\d", page.locator("body").inner_text()), "no number is shown before staff unlocks"
    page.get_by_text("lås op").click()
    page.get_by_label("PIN-kode").fill(PIN)
    page.get_by_role("button", name="Lås op").click()
    page.wait_for_url("**/samtaler/**")
    return marks


def test_a_therapist_makes_a_family_hands_over_and_sees_the_curve_grow(page: Page, live_server: Server) -> None:
    log_in(page, live_server)
    make_family(page, "Prøvefamilie 1")
    page.locator(".page-head").get_by_role("button", name="Ny samtale").click()
    page.wait_for_url("**/samtaler/**")
    session = page.url
    first = hand_over_and_answer(page, "start", FRACTIONS)
    assert [abs(mark - fraction * WHOLE) <= 20 for mark, fraction in zip(first, FRACTIONS, strict=True)] == [True] * 4
    for mark in first:
        expect(page.get_by_text(danish(score_tenths(mark)), exact=True).first).to_be_visible()
    expect(page.get_by_text(danish(total_tenths(first)), exact=True).first).to_be_visible()
    hand_over_and_answer(page, "end", LATER)
    expect(page.get_by_text(danish(total_tenths(first)), exact=True).first).to_be_visible()
    page.get_by_role("link", name="Se kurve").first.click()
    expect(page.get_by_role("heading", name="Karim", level=1)).to_be_visible()
    assert page.locator("svg circle").count() >= 1
    page.go_back()
    assert page.url == session


def test_the_second_session_adds_a_point_with_a_zone(page: Page, live_server: Server) -> None:
    week_ago = (today() - timedelta(days=7)).isoformat()
    log_in(page, live_server)
    make_family(page, "Prøvefamilie 2", opened_on=week_ago)
    page.get_by_text("Samtale en anden dag").click()
    page.locator("#session-held_on").fill(week_ago)
    page.locator("form", has=page.locator("#session-held_on")).get_by_role("button").click()
    page.wait_for_url("**/samtaler/**")
    hand_over_and_answer(page, "start", FRACTIONS)
    page.goto(f"{live_server.url}/forloeb?q=Prøvefamilie 2")
    page.get_by_role("link", name="Prøvefamilie 2").first.click()
    page.locator(".page-head").get_by_role("button", name="Ny samtale").click()
    page.wait_for_url("**/samtaler/**")
    marks = hand_over_and_answer(page, "start", LATER)
    expect(page.get_by_text("Grøn zone").first).to_be_visible()
    page.get_by_role("link", name="Se kurve").first.click()
    table = page.get_by_role("table").first
    expect(table.get_by_text(danish(total_tenths(marks)), exact=True).first).to_be_visible()
    expect(page.get_by_text("Grøn zone").first).to_be_visible()


def found(browser: WebDriver, selector: str) -> WebElement:
    wait = WebDriverWait(browser, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
    element: WebElement = wait.until(seen.element_to_be_clickable((By.CSS_SELECTOR, selector)))
    return element


def typed(browser: WebDriver, selector: str, text: str) -> WebElement:
    field = found(browser, selector)
    field.clear()
    field.send_keys(text)
    return field


def answered(browser: WebDriver) -> list[int]:
    """Lets the one whose turn it is mark every line and finish; gives the marks."""
    found(browser, "[data-choice=begin]").click()
    found(browser, "html[data-ready=form] .line-band")
    bands = browser.find_elements(By.CSS_SELECTOR, ".line-band")
    for band, fraction in zip(bands, FRACTIONS, strict=True):
        mark_at(browser, band, fraction)
    marks = [mark_of(browser, band) for band in bands]
    assert all(abs(mark - fraction * WHOLE) <= 30 for mark, fraction in zip(marks, FRACTIONS, strict=True)), marks
    found(browser, ".form-finish[aria-disabled=false]").click()
    found(browser, ".between-kept")
    return marks


def test_the_same_way_in_the_engine_of_safari(webkit: WebDriver, live_server: Server) -> None:
    webkit.get(f"{live_server.url}/log-ind")
    typed(webkit, "input[name=email]", THERAPIST.email)
    typed(webkit, "input[name=password]", THERAPIST.password).submit()
    WebDriverWait(webkit, PATIENCE).until(seen.url_contains("/i-dag"))
    webkit.get(f"{live_server.url}/familier/ny")
    typed(webkit, "input[name=alias]", "Prøvefamilie 3").submit()
    typed(webkit, "#member-alias", "Karim")
    month = found(webkit, "#member-birth_month")
    webkit.execute_script("arguments[0].value = '1984-02'", month)  # a wheel on the iPad, boxes to type in here
    month.submit()
    found(webkit, ".grid-person")
    found(webkit, "#episode-programme").submit()
    found(webkit, "form[action^='/i-dag'] button, form[action*='samtale'] button").click()
    found(webkit, "button[name=phase][value=start]").click()
    WebDriverWait(webkit, PATIENCE).until(seen.url_contains("/ipads/tilmeld"))
    found(webkit, "form.enrol button:not([disabled])").click()
    WebDriverWait(webkit, PATIENCE).until(seen.url_contains("/samtaler/"))
    found(webkit, "button[name=phase][value=start]").click()
    marks = answered(webkit)
    found(webkit, "[data-choice=unlock]").click()
    typed(webkit, "#pin", PIN).submit()
    WebDriverWait(webkit, PATIENCE).until(seen.url_contains("/samtaler/"))
    told = webkit.find_element(By.CSS_SELECTOR, "main").text
    for mark in marks:
        assert danish(score_tenths(mark)) in told
    assert danish(total_tenths(marks)) in told
    found(webkit, "a[href*='/kurve/']").click()
    WebDriverWait(webkit, PATIENCE).until(seen.url_contains("/kurve/"))
    assert danish(total_tenths(marks)) in webkit.find_element(By.CSS_SELECTOR, "table").text
    found(webkit, "form[action='/log-ud'] button").click()
