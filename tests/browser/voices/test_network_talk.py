"""Tests a child and a teacher at a real tablet: each answers alone, and staff compares only when both have."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.forms.answering import Answering
from tests.browser.tablet.conftest import Sitting
from tests.support.chromium import NewContext
from tests.support.servers import Server

ALMA = ("Alma", "2018-05", "da")


def compared(sitting: Sitting) -> Page:
    sitting.page.goto(f"{sitting.server.url}/forloeb/{sitting.episode_id}")
    sitting.page.locator("#bedoemmere summary").first.tap()
    sitting.page.get_by_role("link", name="Sammenlign om Alma").tap()
    sitting.page.wait_for_url("**/sammenlign/**")
    return sitting.page


def answered(sitting: Sitting, fields: dict[str, str]) -> None:
    """Hands the tablet over for one turn, which is answered, and takes it back."""
    sitting.give("giv-en", fields | {"instrument": "cors"})
    sitting.choose("begin")
    person = Answering(sitting.at("form"))
    person.answer_all()
    person.hand_in()
    sitting.at("finished")
    sitting.unlock()


def rater_id(sitting: Sitting) -> str:
    """Gives the rater's id as the screen of the session offers her turn."""
    sitting.page.goto(f"{sitting.server.url}/samtaler/{sitting.session_id}")
    return str(sitting.page.locator("input[name=rater_id]").first.get_attribute("value"))


def test_a_teacher_s_answer_is_hidden_until_the_child_has_answered_too(
    new_context: NewContext, live_server: Server
) -> None:
    sitting = Sitting(new_context(), live_server)
    page = sitting.meet(ALMA)
    page.goto(f"{live_server.url}/forloeb/{sitting.episode_id}")
    page.get_by_text("Tilføj bedømmer").tap()
    page.get_by_label("Forhold til den, det handler om").select_option("teacher")
    page.locator("#rater-alias").fill("Lise")
    page.locator("#bedoemmere").get_by_role("button", name="Tilføj").tap()
    expect(page.locator("#bedoemmere")).to_contain_text("om Alma, lærer")
    member = {"member_id": sitting.members["Alma"]}
    answered(sitting, member | {"rater_id": rater_id(sitting)})
    page = compared(sitting)
    expect(page.get_by_text("Skjult, til begge har svaret")).to_be_visible()
    assert page.locator(".voice-line").count() == 0
    answered(sitting, member)
    page = compared(sitting)
    expect(page.get_by_text("Skjult, til begge har svaret")).to_have_count(0)
    assert page.locator(".voice-line").count() == 8
    assert page.get_by_role("row", name=re.compile("^Lise")).count() == 5


def test_the_family_s_own_caseworker_is_refused_with_the_reason(new_context: NewContext, live_server: Server) -> None:
    sitting = Sitting(new_context(), live_server)
    page = sitting.meet(ALMA)
    page.goto(f"{live_server.url}/forloeb/{sitting.episode_id}")
    page.get_by_text("Tilføj bedømmer").tap()
    page.get_by_label("Forhold til den, det handler om").select_option(label="familiens egen socialrådgiver")
    page.locator("#rater-alias").fill("Bente")
    page.locator("#bedoemmere").get_by_role("button", name="Tilføj").tap()
    expect(page.locator("#rater-relation-error")).to_contain_text("socialrådgiver")
    expect(page.locator("#bedoemmere")).to_contain_text("Ingen endnu.")
