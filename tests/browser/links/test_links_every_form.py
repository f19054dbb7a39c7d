"""Tests every form that ships on a telephone of 320 px: it fits, arrives by a link, and its line's length is stored."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page

from backend.instruments import Pack, packs
from tests.browser.forms.answering import Answering
from tests.browser.line.test_line_access import violations
from tests.browser.links.conftest import Desk, NewPhone
from tests.support.servers import Server

EVERY = sorted(packs().values(), key=lambda form: form.id)


class Thumb(Answering):
    """Somebody who scrolls to each question on a small screen before it is answered."""

    def touch(self, question: Locator) -> None:
        question.scroll_into_view_if_needed()
        super().touch(question)


def stored(server: Server, session_id: str) -> list[tuple[Any, ...]]:
    """Gives the form, the wave and the circumstances of each answer of a session."""
    asked = "SELECT instrument, wave, capture FROM response WHERE session_id = ?"
    with closing(sqlite3.connect(f"file:{server.data / 'linjen.sqlite'}?mode=ro", uri=True)) as database:
        rows = database.execute(asked, (UUID(session_id).hex,)).fetchall()
    return [(instrument, wave, json.loads(capture)) for instrument, wave, capture in rows]


def wider_by(page: Page) -> int:
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return max(0, wide)


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.id)
def test_every_form_fits_a_phone_and_arrives_by_a_link(desk: Desk, new_phone: NewPhone, form: Pack) -> None:
    if any(item.type == "goals" for item in form.items):
        desk.write_goal("At vi spiser sammen 🍲")
    sent = desk.send(form.id + (":midway" if form.waves else ""))
    phone = new_phone()
    page = phone.open(sent)
    phone.begin(page)
    seen = [(violations(page), wider_by(page))]
    person = Thumb(page)
    person.answer_all()
    seen.append((violations(page), wider_by(page)))
    person.hand_in()
    phone.at("link-received", page)
    assert seen == [([], 0)] * 2
    ((instrument, wave, capture),) = stored(desk.server, sent.session_id)
    assert (instrument, wave) == (form.id, "midway" if form.waves else None)
    assert [how for how in capture["items"].values() if not 180 <= how["line_px"] <= 300] == []
