"""Tests every form that ships in a real browser with a real server: handed over, answered, kept, sent, stored."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from backend.instruments import Pack, packs
from tests.browser.forms.answering import WORDS, Answering
from tests.browser.forms.conftest import OneTurn, OneTurnOf
from tests.browser.line.hand import digits_in
from tests.support.chromium import lose_network

EVERY = sorted(packs().values(), key=lambda form: form.id)
GOALS = 2
LINE = range(6900, 7101)  # marks that a finger leaves at seven tenths of the line


def answered(turn: OneTurn) -> Answering:
    """Opens the form, answers everything and hands it in; no digit is shown on the way."""
    turn.open_form()
    person = Answering(turn.page)
    source = turn.page.locator(".form-source")
    assert [text for text in digits_in(turn.page) if source.count() == 0] == []
    person.answer_all()
    person.hand_in()
    turn.at("finished")
    return person


def check(turn: OneTurn, form: Pack) -> None:
    """Compares what the server has stored with what was answered."""
    expect(turn.page.locator(".between-sent")).to_have_text("Sendt.")
    (stored,) = turn.stored()
    types = {item.id: item.type for item in form.items}
    lines = [item for item, kind in types.items() if kind == "line"]
    assert len(stored.marks) == (GOALS if "goals" in types.values() else len(lines))
    assert all(mark in LINE for mark in stored.marks.values())
    assert set(stored.marks) >= set(lines)
    assert set(stored.answers) == {item for item, kind in types.items() if kind not in {"line", "goals"}}
    for item, value in stored.answers.items():
        match types[item]:
            case "text":
                assert value == WORDS
            case "drawing":
                assert [len(stroke) >= 4 for stroke in value["strokes"]] == [True]
            case "face":
                assert value == 2
            case _:
                assert value == form.scale[0] + 1 if form.scale else None
    assert stored.anonymous == (True if form.may_be_anonymous else None)
    assert stored.wave == ("baseline" if form.waves else None)
    assert stored.capture["mode"] == form.layout
    assert set(stored.capture["items"]) == set(stored.marks)


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.id)
def test_every_form_is_answered_on_the_tablet_and_stored(one_turn: OneTurnOf, form: Pack) -> None:
    turn = one_turn(form.id)
    answered(turn)
    check(turn, form)


@pytest.mark.parametrize("form", ["cors", "ycors", "foraeldre-oplevelse", "maal"])
def test_a_form_of_each_kind_is_answered_without_a_network_and_sent_later(one_turn: OneTurnOf, form: str) -> None:
    turn = one_turn(form)
    lose_network(turn.page)
    answered(turn)
    assert turn.stored() == []
    turn.context.set_offline(False)
    check(turn, packs()[form])


def test_a_collateral_rater_is_asked_about_the_child_by_name_without_a_network_too(one_turn: OneTurnOf) -> None:
    turn = one_turn("cors", rater="Balthasar")
    lose_network(turn.page)
    assert turn.heading() == "Giv iPad’en til Balthasar"
    assert turn.page.locator(".between-self").count() == 0
    turn.open_form()
    expect(turn.page.locator(".form-about")).to_have_text("Du svarer om Alma. Sæt mærket, hvor du oplever, at Alma er.")
    assert turn.page.title() == "Sådan går det"
    person = Answering(turn.page)
    asked = [(person.heading(), turn.page.locator(".ask:visible").inner_text()) for _ in person.steps()]
    assert [heading for heading, _ in asked] == [
        "Hvordan har Alma det med sig selv?",
        "Hvordan går det for Alma derhjemme?",
        "Hvordan går det for Alma i skolen?",
        "Hvordan går det alt i alt for Alma?",
    ]
    assert [shown for _, shown in asked if re.search(r"\b(du|dig|din|dit)\b", shown, re.IGNORECASE)] == []
    person.hand_in()
    turn.at("finished")


def test_a_child_is_said_to_answer_alone(one_turn: OneTurnOf) -> None:
    turn = one_turn("cors")
    expect(turn.page.locator(".between-self")).to_have_text("Alma svarer selv.")
