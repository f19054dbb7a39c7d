"""Holds a tablet at a kitchen table for benchmarks: Chromium, a real server, a sitting of any length."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, sync_playwright

from backend.clock import today
from backend.demo import logins
from tests.support.chromium import ARGUMENTS, WHOLE, chromium_path, tablet
from tests.support.servers import Server

THROTTLE = 4
THERAPIST = next(login for login in logins() if login.role == "therapist")
ENROL = "async () => (await import('/static/js/enrolling.js')).enrol('Måle-iPad')"
SIT = """async (sitting) => {
    const { keep } = await import("/static/js/vault.js");
    await keep("sitting", { sitting, done: 0, thanks: null, id: crypto.randomUUID() });
}"""


@dataclass
class Kitchen:
    """A running server with the demo agency, a browser, and the address of four native sliders without a script."""

    server: Server
    browser: Browser
    driver: Playwright
    native: str

    def context(self, **changes: Any) -> BrowserContext:
        """Gives a fresh tablet."""
        return self.browser.new_context(**tablet(self.driver, **changes))

    def enrolled(self, **changes: Any) -> tuple[Page, dict[str, str]]:
        """Gives a page of a tablet that is enrolled, and who can answer there: ids of a session, episode, member."""
        page = self.context(**changes).new_page()
        page.goto(f"{self.server.url}/log-ind")
        page.get_by_label("E-mail").fill(THERAPIST.email)
        page.get_by_label("Adgangskode").fill(THERAPIST.password)
        page.get_by_role("button", name="Log ind").click()
        page.wait_for_url("**/i-dag")
        page.evaluate(ENROL)
        if changes.get("service_workers") != "block":
            page.evaluate(WHOLE)
        return page, self._family(page)

    def sit(self, page: Page, people: dict[str, str], turns: int) -> None:
        """Keeps a sitting of so many turns on the tablet and opens it."""
        page.evaluate(SIT, sitting_of(people, turns))
        page.goto(f"{self.server.url}/tablet")
        page.wait_for_selector("html[data-ready=handover]")

    def _family(self, page: Page) -> dict[str, str]:
        def post(path: str, body: dict[str, str]) -> str:
            made: dict[str, str] = page.context.request.post(self.server.url + path, data=body).json()
            return made["id"]

        family = post("/api/v1/families", {"alias": f"Måling {uuid4().hex[:8]}"})
        born = {"alias": "Karim", "birth_month": "1984-02", "place": "parent"}
        member = post(f"/api/v1/families/{family}/members", born)
        episode = post(f"/api/v1/families/{family}/episodes", {"opened_on": today().isoformat()})
        held = {"held_on": today().isoformat(), "kind": "family"}
        return {"member": member, "episode": episode, "session": post(f"/api/v1/episodes/{episode}/sessions", held)}


def turn_of(people: dict[str, str]) -> dict[str, Any]:
    """Gives one turn with the four lines of the start."""
    form = {"language": "da", "instrument": "ors", "version": "1"}
    return {"member_id": people["member"], "rater_id": None, "who": "Karim", "about": None, "seen_by": "Anne", **form}


def sitting_of(people: dict[str, str], turns: int) -> dict[str, Any]:
    """Gives a sitting as the server hands it over."""
    session = {"id": people["session"], "episode_id": people["episode"], "held_on": today().isoformat()}
    return {
        "id": str(uuid4()),
        "staff": {"id": str(uuid4()), "language": "da"},
        "session": session | {"kind": "family"},
        "turns": [turn_of(people)] * turns,
        "next": None,
    }


def slowed(page: Page, rate: int = THROTTLE) -> CDPSession:
    """Slows the page's processor down and gives the way to its inside."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    return session


@contextmanager
def kitchen() -> Iterator[Kitchen]:
    """Starts everything and ends it."""
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = Server(data, {"LINJEN_DEMO": "1"}).start()
        stack.callback(server.stop)
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(
            executable_path=chromium_path(), chromium_sandbox=False, args=list(ARGUMENTS), timeout=120_000
        )
        stack.callback(browser.close)
        yield Kitchen(server, browser, driver, stack.enter_context(sliders()))


@contextmanager
def sliders() -> Iterator[str]:
    """Serves the page of four native sliders on a free loopback port."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *said: Any) -> None:
            pass

    folder = str(Path(__file__).parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/native_form.html"
        server.shutdown()
