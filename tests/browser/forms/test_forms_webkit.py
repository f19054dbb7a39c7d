"""Tests the children's forms in WebKitGTK, the engine nearest to the iPad's: line after line, a face, a drawing."""

from __future__ import annotations

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from backend.instruments import check_answer, pack
from tests.browser.line.conftest import LineServer

PATIENCE = 30


def show(webkit: WebDriver, server: LineServer, form: str) -> None:
    """Opens a form and waits until it can be answered."""
    webkit.get(f"{server.url}/pack/{form}/da")
    until(webkit, "html[data-ready]")


def until(webkit: WebDriver, selector: str) -> WebElement:
    """Waits for something that can be seen, and gives it."""

    def seen(driver: WebDriver) -> WebElement | None:
        return next((part for part in driver.find_elements(By.CSS_SELECTOR, selector) if part.is_displayed()), None)

    found: WebElement = WebDriverWait(webkit, PATIENCE).until(seen)
    return found


def arrived(webkit: WebDriver) -> None:
    """Waits until the answer is kept and the form is gone."""
    WebDriverWait(webkit, PATIENCE).until(lambda driver: driver.current_url.endswith("/kept"))


def test_a_child_marks_one_line_after_another(webkit: WebDriver, line_server: LineServer) -> None:
    show(webkit, line_server, "cors")
    headings = set()
    for _ in range(4):
        headings.add(until(webkit, "h1").text)
        until(webkit, "[role=slider]").send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        until(webkit, ".form-next[aria-disabled=false], .form-finish[aria-disabled=false]").send_keys(Keys.ENTER)
    arrived(webkit)
    (given,) = line_server.received()
    assert len(headings) == 4
    assert set(given["marks"].values()) == {5200}


def test_a_small_child_chooses_a_face_and_draws_one(webkit: WebDriver, line_server: LineServer) -> None:
    show(webkit, line_server, "ycors")
    webkit.find_elements(By.CSS_SELECTOR, ".faces-one")[2].click()
    until(webkit, ".draw-open").click()
    paper = until(webkit, ".pad-paper")
    ActionChains(webkit).move_to_element(paper).click_and_hold().move_by_offset(60, 40).release().perform()
    until(webkit, ".pad-close").click()
    until(webkit, ".has-drawing")
    until(webkit, ".form-finish[aria-disabled=false]").send_keys(Keys.ENTER)
    arrived(webkit)
    (given,) = line_server.received()
    assert given["answers"]["face"] == 3
    assert check_answer(pack("ycors"), given["marks"], given["answers"]).answers == given["answers"]
