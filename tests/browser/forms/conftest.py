"""Holds a family at a real tablet with any form that ships: handed over for one turn, and what the server then has."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page

from backend.instruments import pack
from tests.browser.forms.answering import Answering
from tests.browser.line.conftest import LineServer, line_process, line_server
from tests.browser.line.harness import AXE
from tests.browser.tablet.conftest import Sitting
from tests.support.chromium import NewContext
from tests.support.servers import Server

__all__ = ["line_process", "line_server"]

ALMA = ("Alma", "2019-05", "da")
GOALS = ("Vi spiser sammen tre aftener om ugen 🍲", "At Emil sover i sin egen seng \u200fنعم")
WAVE = {True: "baseline", False: ""}


@dataclass(frozen=True)
class Stored:
    """What the server has of one answer."""

    marks: dict[str, int]
    answers: dict[str, Any]
    anonymous: bool | None
    wave: str | None
    capture: dict[str, Any]


class OneTurn(Sitting):
    """A sitting of exactly one turn with any form."""

    def begin_with(self, form: str, who: tuple[str, str, str] = ALMA, rater: str = "") -> OneTurn:
        """Hands the tablet over for a form, to a person or to a teacher who rates that person."""
        self.meet(who)
        if any(item.type == "goals" for item in pack(form).items):
            for words in GOALS:
                self.post(
                    f"/forloeb/{self.episode_id}/maal", {"member_id": "familie", "aim": "improve", "words": words}
                )
        asked = {"member_id": self.members[who[0]], "instrument": form, "wave": WAVE[pack(form).waves]}
        if rater:
            made = {"member_id": asked["member_id"], "relation": "teacher", "alias": rater}
            asked["rater_id"] = self._post(f"/api/v1/episodes/{self.episode_id}/raters", made)["id"]
        self.give("giv-en", {name: value for name, value in asked.items() if value})
        return self

    def stored(self) -> list[Stored]:
        """Gives the answers of this session, oldest first."""
        asked = (
            "SELECT marks, answers, anonymous, wave, capture FROM response WHERE session_id = ? ORDER BY received_at"
        )
        with closing(sqlite3.connect(f"file:{self.server.data / 'linjen.sqlite'}?mode=ro", uri=True)) as database:
            rows = database.execute(asked, (UUID(self.session_id).hex,)).fetchall()
        return [
            Stored(
                json.loads(marks), json.loads(answers), None if hidden is None else bool(hidden), wave, json.loads(how)
            )
            for marks, answers, hidden, wave, how in rows
        ]


OneTurnOf = Callable[..., OneTurn]


@pytest.fixture
def one_turn(new_context: NewContext, live_server: Server) -> OneTurnOf:
    """A function that hands a fresh tablet over for one form: `one_turn("cors", viewport=PORTRAIT)`."""

    def give(form: str, rater: str = "", who: tuple[str, str, str] = ALMA, **changes: Any) -> OneTurn:
        return OneTurn(new_context(**changes), live_server).begin_with(form, who, rater)

    return give


OpenPack = Callable[..., Answering]


@pytest.fixture
def open_pack(new_context: NewContext, line_server: LineServer) -> OpenPack:
    """A function that shows a form by itself and gives the one who answers: `open_pack("maal", "ar", query, …)`."""

    def show(name: str, language: str = "da", query: str = "", **changes: Any) -> Answering:
        page = fresh(new_context(**changes).new_page())
        page.goto(f"{line_server.url}/pack/{name}/{language}?{query}")
        page.wait_for_selector("html[data-ready]")
        return Answering(page)

    return show


def fresh(page: Page) -> Page:
    """Gives the page a device voice for every language, and axe from our own origin."""
    page.add_init_script(VOICES)
    page.route("**/axe.js", lambda route: route.fulfill(path=AXE))
    return page


# a device with a voice of its own for each language, which keeps what it is asked to say
VOICES = """globalThis.said = [];
speechSynthesis.getVoices = () =>
    ["da-DK", "en-GB", "ar-SA", "uk-UA"].map((lang) => ({ lang, name: lang, localService: true }));
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
speechSynthesis.speak = ({ text, lang }) => globalThis.said.push([lang, text]);"""
