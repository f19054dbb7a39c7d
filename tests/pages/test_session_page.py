"""Tests the screen of a session before the tablet is handed over, and what is kept on it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, families, tablets
from backend.clock import today
from tests.factories import Case, a_browser, a_case, a_house, a_session, a_tablet, an_answer, somebody

FRAGMENT = {"HX-Request": "true"}


def a_started_case(app: Flask, *, licensed: bool = True) -> tuple[FlaskClient, Case, str]:
    with app.app_context():
        case = a_case(somebody(a_house(licensed=licensed)))
        held = a_session(case)
        tablet = a_tablet(case.therapist)
    return a_browser(app, case.therapist, tablet), case, f"/samtaler/{held.id}"


def ticked(html: str, member_id: UUID) -> bool:
    return f'value="{member_id}" checked' in html


def chosen(html: str, member_id: UUID) -> str:
    """Gives the form that is chosen for a member at the start."""
    select = html.split(f'name="start-{member_id}"')[1].split("</select>", maxsplit=1)[0]
    return select.split(" selected")[0].rpartition('value="')[2].rstrip('"')


def test_the_first_session_proposes_everybody_each_with_a_form_for_the_age(app: Flask) -> None:
    client, case, address = a_started_case(app)
    with app.app_context():
        noah = families.add_member(case.therapist.actor, case.family.id, "Noah", "2019-01", "child")
    html = client.get(address).text
    assert ticked(html, case.member.id)
    assert ticked(html, noah.id)
    assert chosen(html, case.member.id) == "ors"
    assert chosen(html, noah.id) == "cors"
    assert "Vælg efter modenhed." not in html


def test_a_form_is_changed_by_maturity_and_proposed_again_the_next_time(app: Flask) -> None:
    client, case, address = a_started_case(app)
    with app.app_context():
        noah = families.add_member(case.therapist.actor, case.family.id, "Noah", "2017-01", "child")
    given = {"present": [str(noah.id)], f"start-{noah.id}": "ors"}
    assert client.post(f"{address}/til-stede", data=given).status_code == 303
    html = client.get(address).text
    assert chosen(html, noah.id) == "ors"
    assert "Trivsel (ORS) er lavet til 13 år og op. Vælg efter modenhed." in html
    with app.app_context():
        later = a_session(case)
    assert chosen(client.get(f"/samtaler/{later.id}").text, noah.id) == "ors"


def test_a_form_that_nobody_has_validated_says_so(app: Flask) -> None:
    client, case, address = a_started_case(app)
    with app.app_context():
        families.add_member(case.therapist.actor, case.family.id, "Alma", "2022-06", "child", "en")
    html = client.get(address).text
    assert "(YCORS) er ikke valideret og indgår ikke i kurver." in html


def test_a_form_that_cannot_be_given_is_refused(app: Flask) -> None:
    client, case, address = a_started_case(app)
    given = {"present": [str(case.member.id)], f"start-{case.member.id}": "srs"}
    answer = client.post(f"{address}/til-stede", data=given)
    assert (answer.status_code, "Vælg et skema fra listen." in answer.text) == (422, True)


def test_the_next_session_proposes_those_who_were_there(app: Flask) -> None:
    client, case, address = a_started_case(app)
    with app.app_context():
        jonas = families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent")
    client.post(f"{address}/til-stede", data={"present": str(jonas.id)})
    with app.app_context():
        later = a_session(case)
    html = client.get(f"/samtaler/{later.id}").text
    assert ticked(html, jonas.id)
    assert not ticked(html, case.member.id)


def test_an_answer_within_the_week_warns_and_lets_one_go_on(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        an_answer(case, a_session(case, today() - timedelta(days=3)))
        held = a_session(case)
    html = a_browser(app, case.therapist).get(f"/samtaler/{held.id}").text
    assert "Maria svarede for 3 dage siden; ORS bruges højst én gang om ugen. I kan godt fortsætte." in html
    assert 'name="phase" value="start"' in html


def test_giving_keeps_who_is_here_and_locks_the_tablet(app: Flask) -> None:
    client, case, address = a_started_case(app)
    given = {"choosing": "1", "phase": "start", "present": str(case.member.id)}
    answer = client.post(f"{address}/giv", data=given)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tablet")
    assert client.get(address).headers["Location"] == "/tablet"


def test_a_tablet_that_is_not_enrolled_is_enrolled_first_and_nothing_is_handed_over(app: Flask) -> None:
    _, case, address = a_started_case(app)
    with app.app_context():
        maja = families.add_member(case.therapist.actor, case.family.id, "Maja", "2012-03", "child")
    client = a_browser(app, case.therapist)
    answer = client.post(f"{address}/giv", data={"choosing": "1", "phase": "start", "present": str(maja.id)})
    session_id = address.rpartition("/")[2]
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ipads/tilmeld?samtale={session_id}")
    html = client.get(address).text
    assert ticked(html, maja.id)
    assert f'data-next="{address}"' in client.get(answer.headers["Location"]).text


def test_a_revoked_tablet_and_one_of_another_agency_are_enrolled_first(app: Flask) -> None:
    _, case, address = a_started_case(app)
    with app.app_context():
        revoked, foreign = a_tablet(case.therapist), a_tablet(somebody(a_house()))
        tablets.revoke(case.therapist.actor, revoked.id)
    for tablet in (revoked, foreign):
        answer = a_browser(app, case.therapist, tablet).post(f"{address}/giv", data={"phase": "start"})
        assert answer.headers["Location"].startswith("/ipads/tilmeld")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"choosing": "1", "phase": "start"}, "Vælg mindst én, der er med i dag."),
        ({"choosing": "1", "phase": "start", "present": "ingen"}, "Vælg en fra listen."),
        ({"choosing": "1", "phase": "start", "present": str(uuid4())}, "En af dem hører ikke til familien."),
        ({"phase": "start"}, "Vælg mindst én, som ikke har svaret endnu."),
    ],
)
def test_nobody_or_a_stranger_cannot_be_given_the_tablet(app: Flask, given: dict[str, str], sentence: str) -> None:
    client, _, address = a_started_case(app)
    answer = client.post(f"{address}/giv", data=given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert client.get(address).status_code == 200


def test_a_form_without_a_licence_is_refused_with_what_to_do(app: Flask) -> None:
    client, case, address = a_started_case(app, licensed=False)
    given = {"choosing": "1", "phase": "start", "present": str(case.member.id)}
    answer = client.post(f"{address}/giv", data=given)
    assert answer.status_code == 409
    assert "Bed en administrator registrere den." in answer.text


def test_a_family_without_members_is_led_to_adding_one(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        family = families.add_family(person.actor, "Mos 1")
        episode = episodes.open_episode(person.actor, family.id, today())
        held = episodes.hold_session(person.actor, episode.id, today(), "family")
    html = a_browser(app, person).get(f"/samtaler/{held.id}").text
    assert f"/familier/{family.id}#medlemmer" in html


def test_a_session_of_a_closed_episode_is_read_only(app: Flask) -> None:
    client, case, address = a_started_case(app)
    with app.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    html = client.get(address).text
    assert "forløbet er afsluttet" in html
    assert "/giv" not in html
    given = {"choosing": "1", "phase": "start", "present": str(case.member.id)}
    assert client.post(f"{address}/giv", data=given).status_code == 409


def test_a_note_is_kept_with_a_receipt_and_without_script(app: Flask) -> None:
    client, _, address = a_started_case(app)
    receipt = client.post(f"{address}/note", data={"note": "Træt <i>i dag</i>"}, headers=FRAGMENT)
    assert (receipt.status_code, receipt.text.strip()) == (200, "Noten er gemt")
    assert "Træt &lt;i&gt;i dag&lt;/i&gt;</textarea>" in client.get(address).text
    assert client.post(f"{address}/note", data={"note": ""}).headers["Location"] == address
    assert "Træt" not in client.get(address).text


@pytest.mark.parametrize("note", ["Mor 010190-1234", "x" * 2001])
def test_a_note_that_cannot_be_kept_is_told_and_stays_typed(app: Flask, note: str) -> None:
    client, _, address = a_started_case(app)
    fragment = client.post(f"{address}/note", data={"note": note}, headers=FRAGMENT)
    assert fragment.status_code == 422
    assert "field-error" in fragment.text
    page = client.post(f"{address}/note", data={"note": note})
    assert page.status_code == 422
    assert note in page.text
    assert note not in client.get(address).text


def test_ending_a_session_leads_to_the_day_and_can_be_done_twice(app: Flask) -> None:
    client, _, address = a_started_case(app)
    for _ in range(2):
        assert client.post(f"{address}/afslut").headers["Location"] == "/i-dag"
    html = client.get(address).text
    assert "Afsluttet" in html
    assert f"{address}/afslut" not in html


@pytest.mark.parametrize("path", ["", "/til-stede", "/giv", "/giv-en", "/spring-over", "/note", "/afslut"])
def test_another_therapists_session_answers_exactly_as_none(app: Flask, path: str) -> None:
    _, case, address = a_started_case(app)
    with app.app_context():
        other = a_browser(app, somebody(a_house()))
    given = {"present": str(case.member.id), "member_id": str(case.member.id), "instrument": "ors", "reason": "x"}
    given |= {"phase": "start", "note": "x"}
    method = "POST" if path else "GET"
    foreign = other.open(f"{address}{path}", method=method, data=given)
    unknown = other.open(f"/samtaler/{uuid4()}{path}", method=method, data=given)
    assert (foreign.status_code, foreign.data) == (unknown.status_code, unknown.data)
    assert foreign.status_code == 404
