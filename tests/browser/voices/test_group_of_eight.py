"""Tests a group of eight from four families in a real browser: made by staff, answered one by one on one tablet."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.forms.answering import Answering
from tests.browser.tablet.conftest import ENROL, Sitting
from tests.browser.test_every_screen import open_login
from tests.support.chromium import NewContext
from tests.support.servers import Server

PEOPLE = {
    "Regnbue 7": ("Amal", "Omar"),
    "Viben 2": ("Bodil", "Tage"),
    "Svalen 4": ("Ragna", "Egil"),
    "Mejsen 6": ("Ellinor", "Osvald"),
}
EIGHT = [name for names in PEOPLE.values() for name in names]


def made(page: Page, server: Server) -> str:
    """Makes a meeting of the eight through the screens, and gives its address."""
    page.goto(f"{server.url}/grupper")
    page.get_by_role("link", name="Nyt gruppemøde").tap()
    page.get_by_label("Gruppens navn").fill("Forældregruppen, 4. gang")
    for family, names in PEOPLE.items():
        for name in names:
            page.get_by_role("group", name=family).get_by_label(re.compile(name)).check()
    page.get_by_role("button", name="Opret mødet").tap()
    page.wait_for_url(re.compile(r"/grupper/[0-9a-f-]{36}$"))
    return page.url


def answer(sitting: Sitting, group: str, name: str) -> None:
    """Gives the tablet to one person for the group's own form, who answers it, and takes it back."""
    page = sitting.page
    page.goto(group)
    page.get_by_role("button", name=f"Giv iPad’en til {name}, ved slut").tap()
    sitting.at("handover")
    expect(page.locator("#stage")).to_contain_text(name)
    sitting.choose("begin")
    person = Answering(sitting.at("form"))
    person.answer_all()
    person.hand_in()
    sitting.at("finished")
    sitting.choose("unlock")
    sitting.at("unlock")
    sitting.type_pin()
    page.wait_for_url(re.compile(r"/(samtaler|grupper)/"))


def test_eight_people_answer_one_by_one_and_the_group_is_shown_without_names(
    new_context: NewContext, live_server: Server
) -> None:
    sitting = Sitting(new_context(), live_server)
    page = sitting.context.new_page()
    open_login(page, live_server, "therapist")
    page.evaluate(ENROL)
    group = made(page, live_server)
    expect(page.get_by_role("button", name=re.compile("Giv iPad’en til .+, ved slut"))).to_have_count(8)
    for answered, name in enumerate(EIGHT):
        told = page.locator("aside")
        if 0 < answered < 3:
            expect(told).to_contain_text("Vises, når mindst tre har svaret.")
        answer(sitting, group, name)
        page.goto(group)
    expect(page.get_by_role("button", name=re.compile("Giv iPad’en til .+, ved slut"))).to_have_count(0)
    overview = page.locator("aside").inner_text()
    assert re.search(r"Midterste tal\s+\d\d,\d", overview)
    assert re.search(r"Fra og til\s+\d\d,\d–\d\d,\d", overview)
    assert re.search(r"Svar\s+8\b", overview)
    assert not any(name in overview for name in EIGHT)
    assert page.locator("main li", has_text="GSRS").count() == 8
