"""Holds the same line in WebKitGTK, the engine nearest to the iPad's: marked by pointer and keys, and handed in."""

from __future__ import annotations

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.line.conftest import LineServer

PATIENCE = 30


def show(webkit: WebDriver, server: LineServer, form: str = "ors") -> dict[str, WebElement]:
    """Opens a form, waits until it can be marked and gives the line bands by item."""
    webkit.get(f"{server.url}/form/{form}")
    WebDriverWait(webkit, PATIENCE).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, "html[data-ready]"))
    return {
        str(row.get_attribute("data-item")): row.find_element(By.CSS_SELECTOR, "[role=slider]")
        for row in webkit.find_elements(By.CSS_SELECTOR, ".line")
    }


def mark_at(webkit: WebDriver, band: WebElement, place: float) -> None:
    """Presses and releases at a fraction of the line; the pointer's place is a whole pixel."""
    offset = round((place - 0.5) * length(webkit, band))
    ActionChains(webkit).move_to_element_with_offset(band, offset, 0).click().perform()


def length(webkit: WebDriver, band: WebElement) -> float:
    """Gives the length of a band's line in CSS px."""
    width: float = webkit.execute_script(
        "return arguments[0].querySelector('.line-rule').getBoundingClientRect().width", band
    )
    return width


def look(webkit: WebDriver) -> None:
    """Waits until whatever was touched is drawn and said."""
    webkit.execute_async_script(
        "const drawn = arguments[0]; import('/static/js/frame.js').then(({ afterPaint }) => afterPaint(drawn))"
    )


def mark(webkit: WebDriver, band: WebElement) -> int:
    """Gives the mark of a band."""
    look(webkit)
    return int(str(band.get_attribute("aria-valuenow")))


def test_the_pointer_marks_where_it_was_released(webkit: WebDriver, line_server: LineServer) -> None:
    bands = show(webkit, line_server)
    mark_at(webkit, bands["personal"], 0.62)
    assert mark(webkit, bands["personal"]) == pytest.approx(6200, abs=2 * 10_000 / 620)
    ActionChains(webkit).move_to_element(bands["close"]).click_and_hold().move_by_offset(155, 9).release().perform()
    assert mark(webkit, bands["close"]) == pytest.approx(7500, abs=2 * 10_000 / 620)
    assert bands["social"].get_attribute("aria-valuetext") == "ikke markeret endnu"


def test_keys_mark_and_are_said_in_words(webkit: WebDriver, line_server: LineServer) -> None:
    band = show(webkit, line_server)["social"]
    band.send_keys(Keys.ARROW_RIGHT)
    look(webkit)
    assert band.get_attribute("aria-valuetext") == "ikke markeret endnu"
    band.send_keys(Keys.ARROW_RIGHT)
    assert (mark(webkit, band), band.get_attribute("aria-valuetext")) == (5200, "lidt til højre for midten")
    band.send_keys(Keys.END, Keys.PAGE_DOWN)
    assert (mark(webkit, band), band.get_attribute("aria-valuetext")) == (9000, "tæt på højre ende")


def test_the_line_is_620_px_and_its_low_end_turns(webkit: WebDriver, line_server: LineServer) -> None:
    band = show(webkit, line_server, "rtl")["personal"]
    assert length(webkit, band) == 620
    mark_at(webkit, band, 0.25)
    assert mark(webkit, band) == pytest.approx(7500, abs=2 * 10_000 / 620)


def test_a_finished_form_is_kept_once(webkit: WebDriver, line_server: LineServer) -> None:
    bands = show(webkit, line_server)
    for band, place in zip(bands.values(), (0.1, 0.4, 0.6, 1.0), strict=True):
        mark_at(webkit, band, place)
    marks = {item: mark(webkit, band) for item, band in bands.items()}
    button = webkit.find_element(By.CSS_SELECTOR, ".form-finish")
    ActionChains(webkit).move_to_element(button).click().click().perform()
    WebDriverWait(webkit, PATIENCE).until(lambda driver: driver.current_url.endswith("/kept"))
    (kept,) = line_server.received()
    assert kept["marks"] == marks
    assert marks["overall"] == 10_000
