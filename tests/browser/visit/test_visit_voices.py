"""Tests every kind of voice on a visit without a network: a child, a form for another age, a rater, goals, a survey."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.visit.conftest import SetOut
from tests.browser.visit.plans import family, plan, turn
from tests.browser.visit.therapist import Therapist, mark

ALIAS = "Solsikke 12"
WORDS = "At vi spiser sammen 🍲"
GOAL, RATER = str(uuid4()), str(uuid4())
PLACES = (0.3, 0.42, 0.36, 0.9)
SITTING = """async () => {
  const { recall } = await import('/static/js/vault.js');
  return (await recall('sitting', { withinMs: 60_000 })).sitting;
}"""

ALONE = """async () => {
  const { recall } = await import('/static/js/vault.js');
  const [visit] = Object.values((await recall('sessions', { withinMs: 60_000 })) ?? {});
  return visit?.present.length === 1;
}"""


def home() -> dict[str, Any]:
    """Gives a planned family of a mother and a child, with goals, a survey and the child's teacher."""
    planned = family(ALIAS, [("Maria", "parent"), ("Alma", "child")])
    maria, alma = planned["members"]
    goals = [{"id": GOAL, "words": WORDS}]
    maria["more"] = [turn(maria["id"], "Maria", "maal", goals=goals), turn(maria["id"], "Maria", "who-5", wave="final")]
    alma["more"] = [turn(alma["id"], "Lærer Bo", "cors", phase="start", rater_id=RATER, about="Alma")]
    return planned


def there(set_out: SetOut, planned: dict[str, Any]) -> Therapist:
    therapist = set_out(plan(planned))
    therapist.visit(ALIAS)
    return therapist


def turns_on(page: Page) -> list[dict[str, Any]]:
    turns: list[dict[str, Any]] = page.evaluate(SITTING)["turns"]
    return turns


def more(therapist: Therapist, button: str) -> None:
    """Opens the fold of other forms and gives the tablet away for one turn."""
    therapist.page.locator(".more-forms summary").click()
    therapist.page.locator(".more-forms button", has_text=button).click()
    therapist.ready("handover")


def test_a_child_answers_the_childrens_form_and_its_lines_stand_beside_the_mothers(set_out: SetOut) -> None:
    therapist = there(set_out, home())
    page = therapist.page
    expect(page.locator("button[data-phase=start] span")).to_have_text("start: trivsel, sådan har jeg det")
    therapist.hand_over("start")
    therapist.answer("Maria", PLACES)
    expect(page.get_by_text("Alma svarer selv.")).to_be_visible()
    therapist.answer("Alma", PLACES)
    therapist.ready("finished")
    therapist.take_back()
    therapist.ready("visit-lines")
    expect(page.locator(".visit-board .sheet-name")).to_have_text(["Trivsel", "Sådan har jeg det"])
    assert page.locator(".visit-board .marked").count() == 8
    assert therapist.waiting() == 2


def test_a_form_for_another_age_is_chosen_with_its_own_for_the_end_and_kept(set_out: SetOut) -> None:
    therapist = there(set_out, home())
    page = therapist.page
    page.get_by_role("combobox", name="Alma").select_option("ors")
    page.get_by_role("checkbox", name="Maria").uncheck()
    page.wait_for_function(ALONE)
    therapist.open()
    therapist.visit(ALIAS)
    expect(page.get_by_role("combobox", name="Alma")).to_have_value("ors")
    therapist.hand_over("start")
    assert [one["instrument"] for one in turns_on(page)] == ["ors"]
    therapist.take_back()
    therapist.ready("visit-family")
    therapist.hand_over("end")
    assert [one["instrument"] for one in turns_on(page)] == ["srs"]


def test_a_small_child_chooses_a_face_and_there_are_no_lines_to_show(set_out: SetOut) -> None:
    therapist = there(set_out, home())
    page = therapist.page
    page.get_by_role("combobox", name="Alma").select_option("ycors")
    page.get_by_role("checkbox", name="Maria").uncheck()
    therapist.hand_over("start")
    page.get_by_role("button", name="Jeg er Alma").click()
    therapist.ready("form")
    page.locator(".faces-one").nth(2).click()
    page.locator(".form-finish").click()
    therapist.ready("finished")
    therapist.take_back()
    therapist.ready("visit-family")
    expect(page.locator(".people li", has_text="Alma")).to_contain_text("har svaret ved start")
    assert therapist.waiting() == 1


def test_the_teacher_answers_about_the_child_whose_own_turn_stays(set_out: SetOut) -> None:
    therapist = there(set_out, home())
    page = therapist.page
    more(therapist, "Lærer Bo")
    page.get_by_role("button", name="Jeg er Lærer Bo").click()
    therapist.ready("form")
    expect(page.get_by_text("Du svarer om Alma.").first).to_be_visible()
    therapist.mark_all(PLACES)
    therapist.finish()
    therapist.ready("finished")
    therapist.take_back()
    therapist.ready("visit-family")
    expect(page.locator(".people li", has_text="Alma")).not_to_contain_text("har svaret")
    expect(page.get_by_role("button", name="Lærer Bo")).to_have_count(0)
    expect(page.get_by_role("button", name="Se linjerne igen")).to_be_hidden()
    therapist.hand_over("start")
    assert [one["who"] for one in turns_on(page)] == ["Maria", "Alma"]


def test_goals_and_a_survey_are_answered_one_turn_each_and_show_no_lines(set_out: SetOut) -> None:
    therapist = there(set_out, home())
    page = therapist.page
    more(therapist, "Mål")
    page.get_by_role("button", name="Jeg er Maria").click()
    therapist.ready("form")
    expect(page.get_by_text(WORDS)).to_be_visible()
    mark(page.locator(".line"), 0.6)
    page.get_by_role("button", name="Færdig").click()
    therapist.ready("finished")
    therapist.take_back()
    therapist.ready("visit-family")
    more(therapist, "WHO-5 – efter")
    (survey,) = turns_on(page)
    assert (survey["instrument"], survey["wave"]) == ("who-5", "final")
    page.get_by_role("button", name="Jeg er Maria").click()
    therapist.ready("form")
    for choices in page.locator(".choices").all():
        choices.get_by_role("radio").last.check()
    page.get_by_role("button", name="Færdig").click()
    therapist.ready("finished")
    therapist.take_back()
    therapist.ready("visit-family")
    expect(page.locator(".more-forms").get_by_role("button", name="Maria")).to_have_count(0)
    assert therapist.waiting() == 2
