"""Tests a one-time link in WebKitGTK, the engine nearest to an iPhone's: begun, marked, sealed, received, used."""

from __future__ import annotations

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.line.test_line_webkit import PATIENCE, mark_at
from tests.browser.links.conftest import Desk


def at(webkit: WebDriver, screen: str) -> str:
    """Waits until a screen is live and gives its heading."""
    found = WebDriverWait(webkit, PATIENCE)
    found.until(lambda driver: driver.find_elements(By.CSS_SELECTOR, f"html[data-ready={screen}]"))
    return webkit.find_element(By.CSS_SELECTOR, "#stage h1").text


def test_a_link_is_answered_once_in_the_engine_of_safari(webkit: WebDriver, desk: Desk) -> None:
    sent = desk.send()
    webkit.set_window_size(390, 760)
    try:
        webkit.get(sent.address)
        at(webkit, "invited")
        webkit.find_element(By.CSS_SELECTOR, "[data-link=begin]").click()
        at(webkit, "form")
        for band in webkit.find_elements(By.CSS_SELECTOR, "[role=slider]"):
            webkit.execute_script("arguments[0].scrollIntoView({ block: 'center' })", band)
            mark_at(webkit, band, 0.75)
        finish = webkit.find_element(By.CSS_SELECTOR, ".form-finish")
        webkit.execute_script("arguments[0].scrollIntoView({ block: 'center' })", finish)
        ActionChains(webkit).move_to_element(finish).click().perform()
        assert at(webkit, "link-received") == "Tak. Dit svar er modtaget."
        (point,) = desk.points()
        assert point["session_id"] == sent.session_id
        webkit.refresh()
        assert at(webkit, "gone") == "Linket er brugt"
    finally:
        webkit.set_window_size(1180, 820)
