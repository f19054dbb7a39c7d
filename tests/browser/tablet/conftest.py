"""Holds a family at a real tablet and a real server: handed over by staff, marked by hands, unlocked again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Page, Request, expect

from backend.clock import today
from backend.demo import PIN, logins
from tests.browser.line.hand import Hand
from tests.support.chromium import NewContext
from tests.support.servers import Server

PLACES = (0.62, 0.41, 0.735, 0.3)
ENROL = "async () => { await (await import('/static/js/enrolling.js')).enrol('Annes iPad') }"
numbers = count(1)
MAJA, KARIM = ("Maja", "1984-02", "da"), ("Karim", "1986-03", "da")


@dataclass
class Sitting:
    """One session of a made-up family, and the tablet that staff has handed over for it."""

    context: BrowserContext
    server: Server
    session_id: str = ""
    episode_id: str = ""
    members: dict[str, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """Gives the first window of the tablet."""
        return self.context.pages[0]

    def begin(self, *people: tuple[str, str, str], phase: str = "start", role: str = "therapist") -> Sitting:
        """Logs staff in, enrols the tablet, makes a family of people and hands the tablet over to them."""
        self.meet(*people, role=role)
        return self.give("giv", {"choosing": "1", "phase": phase, "present": list(self.members.values())})

    def meet(self, *people: tuple[str, str, str], role: str = "therapist") -> Page:
        """Logs staff in on a tablet that is enrolled, with a family of people in a session of its own."""
        login = next(login for login in logins() if login.role == role)
        page = self.context.new_page()
        self.context.on("request", self._see)
        page.goto(f"{self.server.url}/log-ind")
        page.get_by_label("E-mail").fill(login.email)
        page.get_by_label("Adgangskode").fill(login.password)
        page.get_by_role("button", name="Log ind").click()
        page.wait_for_url("**/i-dag")
        page.evaluate(ENROL)
        self._make(people)
        return page

    def give(self, way: str, fields: Mapping[str, str | list[str]]) -> Sitting:
        """Hands the tablet over as the session screen does: `giv` to all who are present, `giv-en` for one turn."""
        given = self.post(f"/samtaler/{self.session_id}/{way}", fields)
        assert given.url == self._url("/tablet"), given.text()
        self.page.goto(self._url("/tablet"))
        self.at("handover")
        return self

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> APIResponse:
        """Sends a form of a staff screen, and gives the screen that follows."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.context.request.post(self._url(path), data=urlencode(fields, doseq=True), headers=kind)

    def at(self, screen: str, page: Page | None = None) -> Page:
        """Waits until a screen is live: handover, form, finished or unlock."""
        page = page or self.page
        page.wait_for_selector(f"html[data-ready={screen}]")
        return page

    def choose(self, choice: str, page: Page | None = None) -> None:
        """Taps "Jeg er …" (begin) or "Personale: lås op" (unlock) on a lock screen."""
        (page or self.page).locator(f"[data-choice={choice}]").tap()

    def open_form(self) -> Hand:
        """Goes from the lock screen to the form and gives the hand that marks it."""
        self.choose("begin")
        return Hand(self.at("form"))

    def answer(self, *places: float) -> dict[str, int | None]:
        """Opens the form, marks every line, finishes, and gives the marks."""
        hand = self.open_form()
        hand.mark_all(*(places or PLACES))
        marks = hand.marks()
        hand.finish()
        self.page.locator(".between-kept").wait_for()
        return marks

    def heading(self) -> str:
        """Gives the heading of the screen."""
        return self.page.locator("#stage h1").inner_text()

    def type_pin(self, pin: str = PIN) -> None:
        """Types a PIN code on the pad and presses "Lås op"."""
        for digit in pin:
            self.page.locator(f"[data-key='{digit}']").tap()
        self.page.get_by_role("button", name="Lås op").tap()

    def unlock(self) -> None:
        """Unlocks with the right PIN code and waits for the session."""
        self.choose("unlock")
        self.at("unlock")
        self.type_pin()
        self.page.wait_for_url(f"**/samtaler/{self.session_id}")

    def complaint(self, words: str | re.Pattern[str]) -> None:
        """Waits until the PIN pad says something."""
        expect(self.page.get_by_role("alert")).to_have_text(words)

    def points(self, who: str) -> list[dict[str, Any]]:
        """Gives one person's points of this session as the server tells them; staff must have unlocked."""
        address = f"/api/v1/members/{self.members[who]}/trajectories?episode={self.episode_id}"
        curves = self.context.request.get(self._url(address)).json()
        return [point for curve in curves for point in curve["points"] if point["session_id"] == self.session_id]

    def _make(self, people: tuple[tuple[str, str, str], ...]) -> None:
        family = self._post("/api/v1/families", {"alias": f"Kanariefugl {next(numbers)}"})["id"]
        for alias, born, language in people:
            body = {"alias": alias, "birth_month": born, "place": "parent", "language": language}
            self.members[alias] = self._post(f"/api/v1/families/{family}/members", body)["id"]
        opened = {"opened_on": today().isoformat()}
        self.episode_id = self._post(f"/api/v1/families/{family}/episodes", opened)["id"]
        held = {"held_on": today().isoformat(), "kind": "family"}
        self.session_id = self._post(f"/api/v1/episodes/{self.episode_id}/sessions", held)["id"]

    def _post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        answer = self.context.request.post(self._url(path), data=body)
        assert answer.status == 201, answer.text()
        made: dict[str, Any] = answer.json()
        return made

    def _url(self, path: str) -> str:
        return self.server.url + path

    def _see(self, request: Request) -> None:
        if request.url.endswith("/api/v1/inbox"):
            self.sent += [str(UUID(envelope["id"])) for envelope in request.post_data_json["envelopes"]]


HandOver = Callable[..., Sitting]


@pytest.fixture
def hand_over(new_context: NewContext, live_server: Server) -> HandOver:
    """A function that hands a fresh tablet over: `hand_over(MAJA, KARIM, phase="end", viewport=PORTRAIT)`."""

    def give(*people: tuple[str, str, str], phase: str = "start", role: str = "therapist", **changes: Any) -> Sitting:
        return Sitting(new_context(**changes), live_server).begin(*(people or (MAJA, KARIM)), phase=phase, role=role)

    return give
