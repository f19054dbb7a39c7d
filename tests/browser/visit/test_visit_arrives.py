"""Tests a real visit from the office to the curve: prepared with a network, held without one, sent when it is back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from backend.demo import PIN
from backend.scoring import as_decimal, score_tenths
from tests.browser.visit.therapist import Therapist
from tests.support.servers import Server

FAMILY, MEMBERS = "Syren 6", ("Jesper", "Laura")
START, END = (0.31, 0.44, 0.38, 0.52), (0.93, 0.81, 0.88, 0.97)


def prepare(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/besoeg")
    page.get_by_label(FAMILY).check()
    page.get_by_label("Din PIN-kode").fill(PIN)
    page.get_by_role("button", name="Gør klar").click()
    expect(page.get_by_text("Klar. Du kan tage afsted uden net.")).to_be_visible(timeout=30_000)


def hold(therapist: Therapist, phase: str, people: tuple[str, ...], places: tuple[float, ...]) -> None:
    therapist.hand_over(phase)
    for who in people:
        expect(therapist.page.get_by_role("heading", name=f"Giv iPad’en til {who}")).to_be_visible()
        therapist.answer(who, places)
    therapist.ready("finished")
    therapist.take_back()
    therapist.ready("visit-lines")
    therapist.page.get_by_role("button", name="Videre").click()
    therapist.ready("visit-family")


def test_a_visit_without_a_network_is_on_the_curve_when_it_is_back(page: Page, live_server: Server) -> None:
    therapist = Therapist(page, live_server)
    therapist.log_in()
    therapist.enrol()
    prepare(page, live_server)
    therapist.drive_out()
    therapist.visit(FAMILY)
    therapist.add("Farmor", "voksen")
    people = (*(name for name in page.locator(".people strong").all_inner_texts()),)
    assert sorted(people) == sorted((*MEMBERS, "Farmor"))
    hold(therapist, "start", people, START)
    hold(therapist, "end", people, END)
    assert therapist.waiting() == 2 * len(people)
    page.context.set_offline(False)
    page.get_by_role("button", name="Send nu").click()
    expect(page.get_by_text("Sendt. Intet venter.")).to_be_visible()
    page.get_by_role("link", name="Gå til Linjen").click()
    sessions = page.get_by_role("link", name=FAMILY)
    expect(sessions).to_have_count(1)
    sessions.click()
    for place in (*START, *END):
        score = str(as_decimal(score_tenths(round(place * 10_000)))).replace(".", ",")
        expect(page.get_by_text(score, exact=True).first).to_be_visible()
    page.goto(f"{live_server.url}/besvarelser")
    expect(page.get_by_text(re.compile("Farmor")).first).to_be_visible()
