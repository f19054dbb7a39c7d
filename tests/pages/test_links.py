"""Tests the screens of one-time links: making, showing once, following, and what their bearer meets without a login."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
import segno
from flask import Flask
from werkzeug.test import TestResponse

from backend.actions import episodes
from backend.clock import today
from backend.models import TherapySession
from tests.actions.linking import Phone, a_link, a_teacher, sealed
from tests.factories import ORIGIN, Case, a_browser, a_case, a_house, a_session, somebody


def a_meeting(app: Flask) -> tuple[Case, TherapySession]:
    with app.app_context():
        case = a_case(somebody(a_house()))
        return case, a_session(case)


def wish(case: Case, **changes: object) -> dict[str, object]:
    return {"id": uuid4(), "member_id": case.member.id, "form": "ors", "days": "7"} | changes


def dark_in(html: str) -> set[tuple[int, int]]:
    """Gives the dark modules that a page draws, without the quiet zone of four around them."""
    return {(int(x) - 4, int(y) - 4) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", html)}


def dark_in_code_of(address: str) -> set[tuple[int, int]]:
    rows = segno.make(address, error="q", micro=False).matrix
    return {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}


def make(app: Flask, case: Case, held: TherapySession, **changes: object) -> TestResponse:
    path = f"/samtaler/{held.id}/svar-links"
    return a_browser(app, case.therapist).post(path, data=wish(case, **changes))


def test_a_new_link_is_shown_once_with_a_code_to_scan(app: Flask) -> None:
    case, held = a_meeting(app)
    name = uuid4()
    html = make(app, case, held, id=name).text
    (address,) = set(re.findall(rf'value="({ORIGIN}/svar/[\w-]{{43}})"', html))
    assert dark_in(html) == dark_in_code_of(address)
    assert f"Her er et link til et kort skema: {address} Det kan bruges" in html
    again = make(app, case, held, id=name)
    assert again.status_code == 409
    assert "vises kun én gang" in again.text
    token = address.rpartition("/")[2]
    screens = [f"/samtaler/{held.id}/svar-links", "/svar-links", "/i-dag", f"/samtaler/{held.id}"]
    client = a_browser(app, case.therapist)
    assert [path for path in screens if token in client.get(path).text] == []
    assert Phone(a_browser(app), token).look().status_code == 200


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"days": "31"}, "Vælg fra 1 til 30 dage."),
        ({"days": "x"}, "Vælg fra 1 til 30 dage."),
        ({"form": "findes-ikke"}, "Vælg en af:"),
        ({"member_id": "x"}, "Vælg en fra listen."),
        ({"rater_id": "x"}, "Vælg en fra listen."),
        ({"id": "x"}, "Vælg en fra listen."),
    ],
)
def test_what_cannot_be_made_is_told_where_it_was_chosen(app: Flask, changes: dict[str, str], told: str) -> None:
    case, held = a_meeting(app)
    answer = make(app, case, held, **changes)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_link_of_somebody_elses_family_is_missing(app: Flask) -> None:
    case, held = a_meeting(app)
    other, _ = a_meeting(app)
    assert make(app, case, held, member_id=other.member.id).status_code == 404
    assert a_browser(app, other.therapist).get(f"/samtaler/{held.id}/svar-links").status_code == 404


def test_what_is_waited_for_can_be_reminded_and_revoked(app: Flask) -> None:
    case, held = a_meeting(app)
    with app.app_context():
        made = a_link(case, held, rater_id=a_teacher(case).id)
    client = a_browser(app, case.therapist)
    assert "1 svar ventes hjemmefra." in client.get("/i-dag").text
    html = client.get("/svar-links").text
    for told in ("Marias lærer", "om Maria", "Ikke åbnet endnu", "af Anne Krog", "Venlig hilsen Anne Krog"):
        assert told in html
    path = f"/svar-links/{made.view.id}"
    assert client.post(f"{path}/paamindet").headers["Location"] == f"/svar-links#link-{made.view.id}"
    assert "påmindet i dag kl." in client.get("/svar-links").text
    Phone(a_browser(app), made.token).begin()
    assert "Åbnet i dag kl." in client.get("/svar-links").text
    assert client.post(f"{path}/tilbagekald").status_code == 303
    assert "Ingen links er ude" in client.get("/svar-links").text
    assert "Tilbagekaldt" in client.get(f"/samtaler/{held.id}/svar-links").text
    assert "ventes hjemmefra" not in client.get("/i-dag").text


def test_an_answer_that_came_is_shown_for_a_week_without_its_marks(app: Flask) -> None:
    case, held = a_meeting(app)
    with app.app_context():
        made = a_link(case, held)
    phone = Phone(a_browser(app), made.token)
    phone.send(sealed(case, phone.begin().json))
    html = a_browser(app, case.therapist).get("/svar-links").text
    assert "Kommet inden for en uge" in html
    assert "Svar modtaget i dag kl." in html
    assert "25,2" not in html


def test_a_closed_episode_takes_no_more_links(app: Flask) -> None:
    case, held = a_meeting(app)
    with app.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    client = a_browser(app, case.therapist)
    assert "Forløbet er afsluttet" in client.get(f"/samtaler/{held.id}/svar-links").text
    assert make(app, case, held).status_code == 409


def test_the_invitation_is_in_the_language_of_the_link_and_can_be_changed(app: Flask) -> None:
    case, held = a_meeting(app)
    with app.app_context():
        made = a_link(case, held)
    phone = Phone(a_browser(app), made.token)
    danish, english = phone.look().text, phone.look("?sprog=en").text
    assert '<html lang="da" dir="ltr">' in danish
    assert 'href="?sprog=en" lang="en"' in danish
    assert '<html lang="en" dir="ltr">' in english
    assert '<template id="form" lang="en"' in english
    assert '<html lang="ar" dir="rtl">' in phone.look("?sprog=ar").text
    assert phone.look("?sprog=xx").text == danish
    assert phone.begin("?sprog=en").json["turn"]["language"] == "en"
    assert phone.begin("?sprog=xx").json["turn"]["language"] == "da"


def test_while_the_tablet_is_handed_over_no_link_opens_on_it(app: Flask) -> None:
    case, held = a_meeting(app)
    with app.app_context():
        made = a_link(case, held)
    client = a_browser(app, case.therapist)
    client.post("/api/v1/tablets", json={"name": "Annes iPad", "persisted": True})
    given = {"choosing": "1", "present": str(case.member.id), "phase": "start"}
    assert client.post(f"/samtaler/{held.id}/giv", data=given).headers["Location"] == "/tablet"
    assert client.get(f"/svar/{made.token}").headers["Location"] == "/tablet"
