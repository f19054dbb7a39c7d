"""Tests a one-time link in WebKitGTK, the engine nearest to an iPhone's: begun, sealed, kept, received, used."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.line.test_line_webkit import PATIENCE, mark_at
from tests.browser.links.conftest import Desk, Sent
from tests.support.servers import Server


@pytest.fixture
def small(webkit: WebDriver) -> Iterator[WebDriver]:
    """WebKitGTK in a window as small as a telephone."""
    webkit.set_window_size(320, 640)
    yield webkit
    webkit.set_window_size(1180, 820)


def at(webkit: WebDriver, screen: str) -> str:
    """Waits until a screen is live and gives its heading."""
    found = WebDriverWait(webkit, PATIENCE)
    found.until(lambda driver: driver.find_elements(By.CSS_SELECTOR, f"html[data-ready={screen}]"))
    return webkit.find_element(By.CSS_SELECTOR, "#stage h1").text


def fill_in(webkit: WebDriver, sent: Sent) -> None:
    """Opens a link, marks every line and stands before Færdig."""
    webkit.get(sent.address)
    at(webkit, "invited")
    webkit.find_element(By.CSS_SELECTOR, "[data-link=begin]").click()
    at(webkit, "form")
    for band in webkit.find_elements(By.CSS_SELECTOR, "[role=slider]"):
        webkit.execute_script("arguments[0].scrollIntoView({ block: 'center' })", band)
        mark_at(webkit, band, 0.75)


def finish(webkit: WebDriver) -> None:
    button = webkit.find_element(By.CSS_SELECTOR, ".form-finish")
    webkit.execute_script("arguments[0].scrollIntoView({ block: 'center' })", button)
    ActionChains(webkit).move_to_element(button).click().perform()


def test_a_link_is_answered_once_in_the_engine_of_safari(small: WebDriver, desk: Desk) -> None:
    sent = desk.send()
    fill_in(small, sent)
    assert small.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    finish(small)
    assert at(small, "link-received") == "Tak. Dit svar er modtaget."
    (point,) = desk.points()
    assert point["session_id"] == sent.session_id
    small.refresh()
    assert at(small, "gone") == "Linket er brugt"


def test_an_answer_waits_for_the_server_and_goes_by_itself(small: WebDriver, desk: Desk, live_server: Server) -> None:
    fill_in(small, desk.send("srs"))
    live_server.stop()
    finish(small)
    assert at(small, "link-kept") == "Gemt på din telefon"
    live_server.start()
    assert at(small, "link-received") == "Tak. Dit svar er modtaget."
    assert len(desk.points()) == 1
