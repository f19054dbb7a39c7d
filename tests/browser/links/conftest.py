"""Holds somebody's own telephone with a one-time link on it, and the staff that made the link at a real server."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import APIRequestContext, BrowserContext, Page

from backend.clock import today
from backend.demo import logins
from tests.browser.line.hand import Hand
from tests.browser.line.harness import AXE
from tests.support.chromium import NewContext
from tests.support.servers import Server

NARROW = {"width": 320, "height": 640}
THERAPIST = next(login for login in logins() if login.role == "therapist")
numbers = count(1)


@dataclass(frozen=True)
class Sent:
    """A link that staff has sent: its address, and where its answer ends."""

    address: str
    member_id: str
    episode_id: str
    session_id: str


class Desk:
    """A therapist at a desk: makes a family with a collateral rater, and links for them."""

    def __init__(self, request: APIRequestContext, server: Server) -> None:
        self.request = request
        self.server = server
        self._post("/api/v1/login", {"email": THERAPIST.email, "password": THERAPIST.password})
        family = self._post("/api/v1/families", {"alias": f"Kanariefugl {next(numbers)}"})["id"]
        person = {"alias": "Zuleika", "birth_month": "1984-02", "place": "parent", "language": "da"}
        self.member_id = self._post(f"/api/v1/families/{family}/members", person)["id"]
        opened = {"opened_on": today().isoformat()}
        self.episode_id = self._post(f"/api/v1/families/{family}/episodes", opened)["id"]
        held = {"held_on": today().isoformat(), "kind": "family"}
        self.session_id = self._post(f"/api/v1/episodes/{self.episode_id}/sessions", held)["id"]

    def add_teacher(self) -> str:
        """Adds a teacher who rates the member, and gives the rater's id."""
        teacher = {"member_id": self.member_id, "relation": "teacher", "alias": "Balthasar"}
        rater_id: str = self._post(f"/api/v1/episodes/{self.episode_id}/raters", teacher)["id"]
        return rater_id

    def write_goal(self, words: str) -> None:
        """Writes a goal of the whole family."""
        goal = {"member_id": "familie", "aim": "improve", "words": words}
        answer = self.request.post(self._url(f"/forloeb/{self.episode_id}/maal"), form=goal)
        assert answer.ok, answer.text()

    def send(self, form: str = "ors", rater_id: str = "") -> Sent:
        """Makes a link as the screen does."""
        chosen = {"id": str(uuid4()), "member_id": self.member_id, "rater_id": rater_id, "form": form, "days": "7"}
        answer = self.request.post(self._url(f"/samtaler/{self.session_id}/svar-links"), form=chosen)
        assert answer.status == 200, answer.text()
        found = re.search(rf'value="({self.server.url}/svar/[\w-]+)"', answer.text())
        assert found, answer.text()
        return Sent(found[1], self.member_id, self.episode_id, self.session_id)

    def points(self) -> list[dict[str, Any]]:
        """Gives every point on the member's curves."""
        address = f"/api/v1/members/{self.member_id}/trajectories?episode={self.episode_id}"
        return [point for curve in self.request.get(self._url(address)).json() for point in curve["points"]]

    def _post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        answer = self.request.post(self._url(path), data=body)
        assert answer.status in {201, 204}, answer.text()
        made: dict[str, Any] = answer.json() if answer.status == 201 else {}
        return made

    def _url(self, path: str) -> str:
        return self.server.url + path


@dataclass
class Phone:
    """One telephone: no login, no tablet, nothing but the link."""

    context: BrowserContext

    def open(self, sent: Sent) -> Page:
        """Opens the link in a new window and waits until it can be used."""
        page = self.context.new_page()
        page.goto(sent.address)
        page.wait_for_selector("html[data-ready]")
        return page

    def begin(self, page: Page) -> Hand:
        """Taps Begynd and gives the hand that marks the form."""
        page.get_by_role("button", name="Begynd").tap()
        self.at("form", page)
        return Hand(page)

    def at(self, screen: str, page: Page) -> None:
        """Waits until a screen is live: invited, form, link-kept, link-received, link-late or gone."""
        page.wait_for_selector(f"html[data-ready={screen}]")


@pytest.fixture
def desk(new_context: NewContext, live_server: Server) -> Desk:
    """A therapist with a family of her own."""
    return Desk(new_context().request, live_server)


NewPhone = Callable[..., Phone]


@pytest.fixture
def new_phone(new_context: NewContext) -> NewPhone:
    """A function that gives one more telephone of 320 px; it also serves axe from our own origin."""

    def make(**changes: Any) -> Phone:
        own = {"viewport": NARROW, "screen": NARROW, "device_scale_factor": 2} | changes
        context = new_context(**own)
        context.route("**/axe.js", lambda route: route.fulfill(path=AXE))
        return Phone(context)

    return make
