"""Tests the story that Linjen is for: a home without a network, an iPad that dies, a server that dies, nothing lost."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support import expected_conditions as seen
from selenium.webdriver.support.ui import WebDriverWait

from backend.demo import PIN
from backend.scoring import as_decimal, score_tenths, total_tenths
from tests.browser.test_the_main_job import PATIENCE, answered, found, typed
from tests.browser.visit.test_visit_arrives import FAMILY, prepare
from tests.browser.visit.therapist import LOGIN, Therapist, mark
from tests.support.killed import kill, launched
from tests.support.servers import Server

JESPER, LAURA = (0.31, 0.44, 0.38, 0.52), (0.61, 0.57, 0.66, 0.7)
JESPER_AFTER, LAURA_AFTER = (0.93, 0.81, 0.88, 0.97), (0.79, 0.84, 0.72, 0.9)
STORED = (
    "Cache",
    "Code Cache",
    "IndexedDB",
    "Local Storage",
    "Session Storage",
    "Service Worker",
    "Network",
    "File System",
)


@pytest.fixture
def own_server(demo_data: Path, tmp_path: Path) -> Iterator[Server]:
    """A server with the demo agency that this test may kill."""
    shutil.copytree(demo_data, tmp_path / "data")
    server = Server(tmp_path / "data", {"LINJEN_DEMO": "1"}).start()
    yield server
    server.stop()


def at_the_office(context: BrowserContext, server: Server) -> None:
    """Logs in, is asked to enrol when the tablet is first given, and makes it ready for the visit."""
    page = context.new_page()
    therapist = Therapist(page, server)
    therapist.log_in()
    page.get_by_role("button", name=f"Ny samtale med {FAMILY}").click()
    page.locator("button[name=phase][value=start]").click()
    page.wait_for_url("**/ipads/tilmeld**")
    page.get_by_role("button", name="Tilmeld").click()
    page.wait_for_url("**/samtaler/**")
    prepare(page, server)


def at_home(context: BrowserContext, server: Server) -> Therapist:
    """Opens Linjen where there is no network."""
    context.set_offline(True)
    therapist = Therapist(context.new_page(), server)
    therapist.page.goto(f"{server.url}/")
    therapist.page.wait_for_selector("html[data-ready]")
    return therapist


def died(profile: Path, context: BrowserContext) -> None:
    with context.expect_event("close"):
        kill(profile)


def responses(server: Server) -> list[tuple[str, str, dict[str, int]]]:
    """Gives what the server has stored for the family's newest session: who, which form, which marks."""
    asked = """SELECT member.alias, response.instrument, response.marks FROM response
        JOIN member ON member.id = response.member_id JOIN family ON family.id = member.family_id
        WHERE family.alias = ? AND response.session_id = (
            SELECT therapy_session.id FROM therapy_session JOIN episode ON episode.id = therapy_session.episode_id
            WHERE episode.family_id = family.id ORDER BY therapy_session.held_on DESC, therapy_session.number DESC)"""
    with closing(sqlite3.connect(server.data / "linjen.sqlite")) as database:
        return [(who, form, json.loads(marks)) for who, form, marks in database.execute(asked, (FAMILY,))]


def danish(tenths: int) -> str:
    return str(as_decimal(tenths)).replace(".", ",")


def test_a_family_marks_in_airplane_mode_everything_dies_and_the_next_morning_it_is_on_the_curve_once(
    playwright_driver: Playwright, own_server: Server, tmp_path: Path
) -> None:
    profile, asked = tmp_path / "ipad", list[str]()

    def switched_on() -> BrowserContext:
        context = launched(playwright_driver, profile)
        context.on("request", lambda request: asked.append(unquote(request.url)))
        return context

    ipad = switched_on()
    at_the_office(ipad, own_server)
    ipad.close()

    ipad = switched_on()
    therapist = at_home(ipad, own_server)
    expect(therapist.page.get_by_text(FAMILY)).to_have_count(0)
    therapist.visit(FAMILY)
    therapist.hand_over("start")
    therapist.answer("Jesper", JESPER)
    therapist.answer("Laura", LAURA)
    therapist.ready("finished")
    expect(therapist.page.get_by_text("Dit svar er gemt på iPad’en.")).to_be_visible()
    therapist.take_back()
    therapist.ready("visit-lines")
    assert not re.search(r"\d[,.]\d", therapist.page.locator("#stage").inner_text()), "no number without the server"
    therapist.page.get_by_role("button", name="Videre").click()
    therapist.hand_over("end")
    therapist.answer("Jesper", JESPER_AFTER)
    therapist.page.get_by_role("button", name="Jeg er Laura").click()
    therapist.ready("form")
    mark(therapist.page.locator(".line").first, LAURA_AFTER[0])
    died(profile, ipad)

    ipad = switched_on()
    therapist = at_home(ipad, own_server)
    expect(therapist.page.get_by_role("heading", name="Giv iPad’en til Laura")).to_be_visible()
    therapist.answer("Laura", LAURA_AFTER)
    therapist.ready("finished")
    assert therapist.waiting() == 4
    died(profile, ipad)
    found = [f"{file}: {word}" for file in files(profile) for word in words_in(file)]
    assert not found, "who finds the iPad can read this"

    ipad = switched_on()
    killed = []

    def die_after_keeping(route: Route) -> None:
        if killed:
            route.continue_()
            return
        killed.append(route.fetch())
        own_server.kill()
        route.abort()

    ipad.route("**/api/v1/inbox", die_after_keeping)
    morning = Therapist(ipad.new_page(), own_server)
    morning.page.goto(f"{own_server.url}/")
    until(morning.page, "killed", lambda: bool(killed))
    own_server.start()
    morning.page.goto(f"{own_server.url}/")
    until(morning.page, "sent", lambda: morning.waiting() == 0)
    kept = responses(own_server)
    assert sorted((who, form) for who, form, _ in kept) == [(w, f) for w in ("Jesper", "Laura") for f in ("ors", "srs")]
    assert killed[0].ok

    look_at_the_curve(morning, kept)
    ipad.close()
    log = own_server.log
    assert not [word for word in (FAMILY, "Jesper", "Laura") if word in log or any(word in url for url in asked)]


def test_the_same_visit_in_the_engine_of_safari(webkit: WebDriver, own_server: Server) -> None:
    webkit.get(f"{own_server.url}/log-ind")
    typed(webkit, "input[name=email]", LOGIN.email)
    typed(webkit, "input[name=password]", LOGIN.password).submit()
    WebDriverWait(webkit, PATIENCE).until(seen.url_contains("/i-dag"))
    webkit.get(f"{own_server.url}/ipads/tilmeld")
    found(webkit, "form.enrol button:not([disabled])").click()
    WebDriverWait(webkit, PATIENCE).until(seen.url_contains("/i-dag"))
    webkit.get(f"{own_server.url}/besoeg")
    found(webkit, "#prepare button:not([disabled])")
    webkit.find_element(By.XPATH, f"//label[contains(., '{FAMILY}')]//input").click()
    typed(webkit, "#prepare input[name=pin]", PIN).submit()
    told(webkit, "#prepare .receipt", "Klar. Du kan tage afsted uden net.")
    own_server.kill()
    webkit.get(f"{own_server.url}/")
    found(webkit, "html[data-ready] .pin-field").send_keys(PIN)
    found(webkit, ".pin-card button[type=submit]").click()
    found(webkit, "html[data-ready=visit-families] .visit-row-link").click()
    found(webkit, "html[data-ready=visit-family] button[data-phase=start]").click()
    marks = [answered(webkit), answered(webkit)]
    own_server.start()
    webkit.get(f"{own_server.url}/")
    told(webkit, ".between-sent", "Sendt.")
    kept = [list(kept.values()) for _, _, kept in responses(own_server)]
    assert sorted(kept) == sorted(marks)


def told(browser: WebDriver, selector: str, words: str) -> None:
    """Waits until a part of the page says something."""
    WebDriverWait(browser, PATIENCE).until(seen.text_to_be_present_in_element((By.CSS_SELECTOR, selector), words))


def until(page: Page, what: str, reached: object) -> None:
    """Waits for something outside the page, and lets the page go on meanwhile."""
    for _ in range(600):
        if reached():  # type: ignore[operator]
            return
        page.evaluate("() => new Promise((next) => setTimeout(next, 100))")
    raise AssertionError(f"not {what} within a minute")


def look_at_the_curve(therapist: Therapist, kept: list[tuple[str, str, dict[str, int]]]) -> None:
    """Takes the tablet back from the family's lock, logs in and sees every score and total."""
    page = therapist.page
    therapist.ready("finished")
    therapist.take_back()
    page.wait_for_selector("html[data-ready^=visit]")
    therapist.log_in()
    page.get_by_role("link", name=FAMILY).click()
    for _, _, marks in kept:
        for tenths in (*map(score_tenths, marks.values()), total_tenths(list(marks.values()))):
            expect(page.get_by_text(danish(tenths), exact=True).first).to_be_visible()
    page.get_by_role("link", name="Se kurve for Laura").click()
    laura = next(marks for who, form, marks in kept if (who, form) == ("Laura", "ors"))
    expect(page.get_by_role("table").first.get_by_text(danish(total_tenths(list(laura.values()))))).to_be_visible()


def files(profile: Path) -> Iterator[Path]:
    """Gives everything that web pages can leave on the tablet."""
    for name in STORED:
        yield from (file for file in (profile / "Default" / name).rglob("*") if file.is_file())


def words_in(file: Path) -> Iterator[str]:
    """Gives the names and marks of the family that stand in a file, in either of the browser's alphabets."""
    content = file.read_bytes()
    for word in (FAMILY, "Jesper", "Laura", '"marks":'):
        if word.encode() in content or word.encode("utf-16-le") in content:
            yield word
