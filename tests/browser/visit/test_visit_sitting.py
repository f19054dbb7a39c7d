"""Tests a family's visit without a network: who is here, marking, lines together, start and end in one session."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit.conftest import SetOut
from tests.browser.visit.plans import family, plan
from tests.browser.visit.therapist import Therapist

MARIA, MAJA, FARMOR = (0.3, 0.42, 0.36, 0.9), (0.7, 0.42, 0.5, 0.1), (0.05, 0.5, 0.95, 0.8)
LINE_START, LINE_LENGTH = 4, 112
PEOPLE = (("Maria", "parent"), ("Jonas", "parent"), ("Maja", "young"))
ALIAS = "Solsikke 12"
SESSION = "6f0c2c86-6a44-4dd5-9a9b-6d9b9c9f6a10"
TODAY = "new Intl.DateTimeFormat('sv').format(new Date())"
UNUSABLE = {
    "   ": "Skriv et dæknavn eller fornavn.",
    "maria": "Der er allerede en på listen med det navn.",
    "Ib 010190-1234": "Det ligner et CPR-nummer.",
}

SEEN_SITTING = """async () => {
  const { recall } = await import('/static/js/vault.js');
  return (await recall('sitting', { withinMs: 60_000 })).sitting;
}"""


@pytest.fixture
def therapist(set_out: SetOut) -> Therapist:
    """A therapist at the kitchen table of a planned family, unlocked."""
    there = set_out(plan(family(ALIAS, PEOPLE), family("Ravnen", [("Karim", "parent")])))
    there.visit(ALIAS)
    return there


def sitting_on(page: Page) -> dict[str, Any]:
    sitting: dict[str, Any] = page.evaluate(SEEN_SITTING)
    return sitting


def marks_in(page: Page, column: int) -> list[float]:
    """Gives where the marks of a column stand, as parts of the line's length."""
    rows = page.locator(f".visit-board tbody td:nth-of-type({column}) .marked-now")
    found = [re.match(r"M([\d.]+) ", str(mark.get_attribute("d"))) for mark in rows.all()]
    return [(float(match[1]) - LINE_START) / LINE_LENGTH for match in found if match]


def test_two_members_and_one_who_is_not_on_the_list_see_their_lines_together(therapist: Therapist) -> None:
    page = therapist.page
    page.get_by_role("checkbox", name="Jonas").uncheck()
    therapist.add("Farmor", "voksen")
    therapist.hand_over("start")
    for who, places in {"Maria": MARIA, "Maja": MAJA, "Farmor": FARMOR}.items():
        expect(page.get_by_role("heading", name=f"Giv iPad’en til {who}")).to_be_visible()
        therapist.answer(who, places)
    therapist.ready("finished")
    therapist.take_back()
    therapist.ready("visit-lines")
    expect(page.locator(".visit-board thead th")).to_have_text(["Maria", "Maja", "Farmor"])
    expect(page.locator(".visit-board tbody th[scope=row]").first).to_have_text("Personligt")
    for column, places in enumerate((MARIA, MAJA, FARMOR), start=1):
        assert marks_in(page, column) == pytest.approx(places, abs=0.01)
    assert not re.search(r"\d", page.locator(".board-card").inner_text()), "no number stands at a line"
    expect(page.get_by_text("3 besvarelser venter")).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/i-dag", "/familier", "/besoeg"])
def test_no_address_leads_to_staff_when_the_network_comes_back_while_the_family_has_the_tablet(
    therapist: Therapist, address: str
) -> None:
    page = therapist.page
    therapist.hand_over("start")
    page.context.set_offline(False)
    page.goto(f"{therapist.server.url}{address}")
    therapist.ready("handover")
    expect(page.get_by_role("heading", name="Giv iPad’en til Maria")).to_be_visible()
    therapist.take_back()
    page.wait_for_selector("html[data-ready^=visit]")
    page.goto(f"{therapist.server.url}/i-dag")
    expect(page.get_by_role("heading", name="I dag", exact=True)).to_be_visible()


def test_the_lines_are_gone_when_the_family_is_left(therapist: Therapist) -> None:
    page = therapist.page
    page.get_by_role("checkbox", name="Jonas").uncheck()
    page.get_by_role("checkbox", name="Maja").uncheck()
    therapist.hand_over("start")
    therapist.answer("Maria", MARIA)
    therapist.ready("finished")
    therapist.take_back()
    page.get_by_role("button", name="Videre").click()
    page.get_by_role("button", name="Se linjerne igen").click()
    therapist.ready("visit-lines")
    page.get_by_role("button", name="Videre").click()
    page.get_by_role("button", name="Besøg").click()
    page.get_by_role("button", name=ALIAS).click()
    therapist.ready("visit-family")
    expect(page.get_by_role("button", name="Se linjerne igen")).to_be_hidden()


def test_start_and_end_belong_to_one_session_also_after_a_reload(therapist: Therapist) -> None:
    page = therapist.page
    page.get_by_role("checkbox", name="Jonas").uncheck()
    therapist.add("Farmor", "ung")
    therapist.hand_over("start")
    first = sitting_on(page)
    therapist.take_back()
    therapist.ready("visit-family")
    therapist.open()
    therapist.visit(ALIAS)
    expect(page.get_by_role("checkbox", name="Farmor")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Jonas")).not_to_be_checked()
    therapist.hand_over("end")
    last = sitting_on(page)
    assert last["session"] == first["session"]
    assert last["id"] != first["id"]
    assert [turn["who"] for turn in last["turns"]] == ["Maria", "Maja", "Farmor"]
    assert {turn["instrument"] for turn in last["turns"]} == {"srs"}
    assert last["turns"][2]["person"] == {"alias": "Farmor", "age_group": "young"}
    assert last["turns"][2]["member_id"] is None


def test_a_new_session_is_another_one(therapist: Therapist) -> None:
    page = therapist.page
    page.get_by_role("checkbox", name="Jonas").uncheck()
    page.get_by_role("checkbox", name="Maja").uncheck()
    expect(page.get_by_role("button", name="Ny samtale")).to_be_hidden()
    therapist.hand_over("start")
    first = sitting_on(page)
    therapist.answer("Maria", MARIA)
    therapist.ready("finished")
    therapist.take_back()
    page.get_by_role("button", name="Videre").click()
    page.get_by_role("button", name="Ny samtale").click()
    therapist.hand_over("start")
    assert sitting_on(page)["session"]["id"] != first["session"]["id"]
    therapist.answer("Maria", MAJA)
    therapist.ready("finished")
    therapist.take_back()
    therapist.ready("visit-lines")
    assert marks_in(page, 1) == pytest.approx(MAJA, abs=0.01)


def test_another_window_with_the_visit_open_shows_the_lock_screen_too(therapist: Therapist) -> None:
    other = Therapist(therapist.page.context.new_page(), therapist.server)
    other.open()
    other.type_pin()
    other.ready("visit-families")
    therapist.hand_over("start")
    other.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    other.ready("handover")
    assert ALIAS not in other.page.content()


def test_todays_session_of_the_plan_is_used(set_out: SetOut) -> None:
    there = set_out()
    session = {"id": SESSION, "held_on": there.page.evaluate(TODAY), "kind": "individual"}
    there.page.context.set_offline(False)
    there.page.goto(f"{there.server.url}/i-dag")
    there.keep_plan(plan(family(ALIAS, PEOPLE, session)))
    there.drive_out()
    there.visit(ALIAS)
    expect(there.page.get_by_text("Samtalen fra planen")).to_be_visible()
    there.hand_over("start")
    held = sitting_on(there.page)["session"]
    assert {name: held[name] for name in session} == session


def test_the_plan_proposes_who_is_here_and_asks_nobody_twice(set_out: SetOut) -> None:
    home = family(ALIAS, PEOPLE)
    maria, _, maja = (member["id"] for member in home["members"])
    answered = {"start": [maria], "end": []}
    home["session"] = {"id": SESSION, "kind": "family", "present": [maria, maja], "answered": answered}
    there = set_out()
    page = there.page
    home["session"]["held_on"] = page.evaluate(TODAY)
    page.context.set_offline(False)
    page.goto(f"{there.server.url}/i-dag")
    there.keep_plan(plan(home))
    there.drive_out()
    there.visit(ALIAS)
    expect(page.get_by_role("checkbox", name="Maria")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Maja")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Jonas")).not_to_be_checked()
    expect(page.locator(".people li", has_text="Maria")).to_contain_text("har svaret ved start")
    there.hand_over("start")
    sitting = sitting_on(page)
    assert [turn["who"] for turn in sitting["turns"]] == ["Maja"]
    assert set(sitting["session"]) == {"id", "episode_id", "held_on", "kind"}, "an envelope holds nothing else"


def test_two_with_the_same_name_have_a_column_each(set_out: SetOut) -> None:
    there = set_out(plan(family(ALIAS, [("Maria", "parent"), ("Maria", "young")])))
    there.visit(ALIAS)
    there.hand_over("start")
    for places in (MARIA, MAJA):
        there.answer("Maria", places)
        there.page.wait_for_selector("html:not([data-ready=form])")
    there.ready("finished")
    there.take_back()
    there.ready("visit-lines")
    expect(there.page.locator(".visit-board thead th")).to_have_text(["Maria", "Maria"])
    for column, places in enumerate((MARIA, MAJA), start=1):
        assert marks_in(there.page, column) == pytest.approx(places, abs=0.01)


def test_who_has_answered_is_not_asked_twice_also_after_a_reload_in_the_sitting(therapist: Therapist) -> None:
    page = therapist.page
    page.get_by_role("checkbox", name="Jonas").uncheck()
    therapist.hand_over("start")
    therapist.answer("Maria", MARIA)
    therapist.ready("handover")
    therapist.open()
    expect(page.get_by_role("heading", name="Giv iPad’en til Maja")).to_be_visible()
    therapist.take_back()
    therapist.ready("visit-family")
    row = page.locator(".people li", has_text="Maria")
    expect(row).to_contain_text("har svaret ved start")
    therapist.hand_over("start")
    assert [turn["who"] for turn in sitting_on(page)["turns"]] == ["Maja"]
    page.get_by_role("button", name="Jeg er Maja").click()
    therapist.ready("form")
    page.get_by_role("button", name="Spring over").click()
    therapist.ready("finished")
    therapist.take_back()
    therapist.ready("visit-family")
    page.locator("button[data-phase=start]").click()
    expect(page.get_by_text("Alle, der er valgt, har svaret.")).to_be_visible()


def test_nobody_chosen_is_told_and_nothing_is_handed_over(therapist: Therapist) -> None:
    page = therapist.page
    for name, _ in PEOPLE:
        page.get_by_role("checkbox", name=name).uncheck()
    page.locator("button[data-phase=start]").click()
    expect(page.get_by_text("Vælg mindst én.")).to_be_visible()
    therapist.ready("visit-family")


def test_a_name_that_cannot_be_used_is_told_beside_its_field(therapist: Therapist) -> None:
    page = therapist.page
    for alias, told in UNUSABLE.items():
        therapist.add(alias, "barn")
        expect(page.get_by_text(told)).to_be_visible()
        expect(page.get_by_label("Dæknavn eller fornavn")).to_be_focused()
        expect(page.locator(".people li")).to_have_count(len(PEOPLE))


def test_a_tablet_that_is_not_enrolled_is_not_handed_over(therapist: Therapist) -> None:
    page = therapist.page
    page.evaluate("import('/static/js/store.js').then(({ erase }) => erase('tablet'))")
    page.locator("button[data-phase=start]").click()
    expect(page.get_by_text("iPad’en er ikke tilmeldt, så et svar kan ikke gemmes.")).to_be_visible()
    therapist.ready("visit-family")
