"""Tests the screen of answers that staff must look at: why, whose, and how each is kept or set aside."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, inbox
from backend.clock import today
from backend.pages.reasons import reason_of
from backend.security.links import Bearer
from tests.actions.linking import a_link
from tests.factories import (
    Case,
    Device,
    a_browser,
    a_case,
    a_deposit,
    a_house,
    a_session,
    a_tablet,
    an_envelope,
    somebody,
)

FARMOR = {"member_id": None, "person": {"alias": "Farmor", "age_group": "adult"}}
SPOKEN = (
    "same-id", "new-person", "not-in-family", "closed", "unknown-session", "unknown-form", "no-licence", "bad-marks",
    "unreadable", "malformed", "unknown-schema", "unknown-key", "foreign-tablet", "revoked-tablet", "foreign-link",
)  # fmt: skip


def a_held_answer(
    app: Flask, change: dict[str, Any], *, role: str = "therapist", **broken: Any
) -> tuple[FlaskClient, Case]:
    """Makes an envelope that cannot become an answer by itself, and gives the browser of whoever looks at it."""
    with app.app_context():
        person = somebody(house := a_house())
        case = a_case(person)
        held = a_session(case)
        tablet = a_tablet(person)
        envelope = an_envelope(tablet, a_deposit(case, held) | change) | broken
        (receipt,) = inbox.deposit(tablet.depositor, [envelope]).receipts
        assert receipt.outcome == "quarantined"
        reader = person if role == "therapist" else somebody(house, role)
    return a_browser(app, reader), case


def addresses(html: str, verb: str) -> list[str]:
    return re.findall(rf'action="(/besvarelser/[0-9a-f-]+/{verb})"', html)


def test_nothing_to_look_at_is_calm_and_not_in_the_menu(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = a_browser(app, person)
    assert "Ingen besvarelser venter på dig." in client.get("/besvarelser").text
    assert "/besvarelser" not in client.get("/i-dag").text


def test_an_answer_by_somebody_new_is_told_counted_and_laid_on_a_member(app: Flask) -> None:
    client, case = a_held_answer(app, FARMOR)
    today_html = client.get("/i-dag").text
    assert "1 besvarelse er modtaget, men skal ses på." in today_html
    assert '<span class="count">1</span>' in today_html
    html = client.get("/besvarelser").text
    for told in ("Svaret er fra en, der ikke var på listen", "Farmor", case.family.alias, "Trivsel", "fra Annes iPad"):
        assert told in html
    (address,) = addresses(html, "godkend")
    wrong = client.post(address, data={"member_id": ""})
    assert wrong.status_code == 422
    assert "Vælg, hvem der har svaret." in wrong.text
    answer = client.post(address, data={"member_id": str(case.member.id)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/besvarelser")
    assert "Ingen besvarelser venter på dig." in client.get("/besvarelser").text
    assert "25,2" in client.get(f"/samtaler/{case.sessions[0].id}").text


def test_an_answer_that_cannot_be_opened_is_set_aside_with_a_reason(app: Flask) -> None:
    client, _ = a_held_answer(app, {}, sealed="AAAA")
    html = client.get("/besvarelser").text
    assert "Besvarelsen kan ikke åbnes" in html
    assert not addresses(html, "godkend")
    (address,) = addresses(html, "laeg-til-side")
    wrong = client.post(address, data={"reason": " "})
    assert wrong.status_code == 422
    assert "-reason-error" in wrong.text
    assert "<details open>" in wrong.text
    assert client.post(address, data={"reason": "Ødelagt undervejs"}).status_code == 303
    assert "Ingen besvarelser venter på dig." in client.get("/besvarelser").text


def test_an_answer_to_a_closed_episode_is_accepted_as_it_is(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        tablet = a_tablet(case.therapist)
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        inbox.deposit(tablet.depositor, [an_envelope(tablet, a_deposit(case, held))])
    client = a_browser(app, case.therapist)
    html = client.get("/besvarelser").text
    assert "Forløbet blev afsluttet, før svaret nåede frem" in html
    assert 'name="member_id"' not in html
    assert client.post(addresses(html, "godkend")[0]).status_code == 303
    assert "25,2" in client.get(f"/samtaler/{held.id}").text


def test_an_answer_that_still_cannot_be_kept_says_why_and_stays(app: Flask) -> None:
    client, _ = a_held_answer(app, {"instrument": "mors"})
    html = client.get("/besvarelser").text
    assert ">Prøv igen</button>" in html
    answer = client.post(addresses(html, "godkend")[0])
    assert answer.status_code == 409
    assert 'class="error-summary" role="alert"' in answer.text
    assert addresses(client.get("/besvarelser").text, "godkend")


def test_why_an_answer_still_cannot_be_kept_is_told_in_the_readers_language(app: Flask) -> None:
    client, _ = a_held_answer(app, {"instrument": "mors"})
    client.post("/sprog", data={"language": "en"})
    answer = client.post(addresses(client.get("/besvarelser").text, "godkend")[0])
    assert "The form does not exist in this version of Linjen. Try again when it has been updated." in answer.text


def test_an_answer_whose_key_is_not_here_can_be_tried_again(app: Flask) -> None:
    client, _ = a_held_answer(app, {}, kid="0" * 16)
    html = client.get("/besvarelser").text
    assert "Nøglen til besvarelsen findes ikke her" in html
    assert ">Prøv igen</button>" in html
    assert client.post(addresses(html, "godkend")[0]).status_code == 409


def test_marks_that_do_not_fit_can_only_be_set_aside(app: Flask) -> None:
    client, _ = a_held_answer(app, {"marks": {"personal": 1}})
    html = client.get("/besvarelser").text
    assert "Svarene passer ikke til skemaet" in html
    assert not addresses(html, "godkend")


def test_an_admin_sees_no_name_and_may_only_set_aside_what_cannot_be_opened(app: Flask) -> None:
    client, case = a_held_answer(app, {}, role="admin", sealed="AAAA")
    html = client.get("/besvarelser").text
    assert "Besvarelsen kan ikke åbnes" in html
    assert case.family.alias not in html
    assert not addresses(html, "godkend")
    assert client.post(addresses(html, "laeg-til-side")[0], data={"reason": "Set"}).status_code == 303


def test_an_admin_is_not_shown_a_familys_answer(app: Flask) -> None:
    client, case = a_held_answer(app, FARMOR, role="admin")
    html = client.get("/besvarelser").text
    assert "Ingen besvarelser venter på dig." in html
    assert case.family.alias not in html


def test_an_answer_that_a_link_was_not_made_for_says_so_and_can_only_be_set_aside(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        made, tablet = a_link(case, a_session(case)), a_tablet(case.therapist)
        phone = Device(case.therapist, made.view.id, "", tablet.kid, tablet.public)
        other = an_envelope(phone, a_deposit(case, case.sessions[0], "srs"))
        inbox.deposit(Bearer(case.therapist.actor.agency_id, made.view.id), [other])
    client = a_browser(app, case.therapist)
    html = client.get("/besvarelser").text
    assert "Svaret kom ad et engangslink, der var lavet til et andet svar" in html
    assert "fra et engangslink" in html
    assert addresses(html, "godkend") == []
    (address,) = addresses(html, "laeg-til-side")
    assert client.post(address, data={"reason": "Ukendt"}).status_code == 303


@pytest.mark.parametrize("code", SPOKEN)
def test_every_reason_has_words_of_its_own(app: Flask, code: str) -> None:
    with app.test_request_context():
        reason, unknown = reason_of(code), reason_of("something else")
    assert reason.title != unknown.title
    assert reason.advice.endswith(".")
