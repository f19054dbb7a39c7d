"""Tests what a family looks at together: who agrees, whose lines and curve are shown, in which words, how locked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from backend.actions import families, goals, hand_over, responses, sessions
from backend.clock import today
from backend.database import transaction
from backend.models import AuditEntry, FamilyWords, Member, Presence
from tests.factories import PIN, Case, a_browser, a_case, a_house, a_session, a_submission, an_answer, somebody

JARGON = re.compile(r"\b[A-Z]*[OS]RS\b|zone|cut-off|alarm", re.IGNORECASE)


def a_family(app: Flask, *marks: int, language: str = "da") -> tuple[FlaskClient, Case, Member, str]:
    """Makes weekly sessions up to today in which Maria marks so high and her child Noah marks low today."""
    with app.app_context():
        case = a_case(somebody(a_house()))
        noah = families.add_member(case.therapist.actor, case.family.id, "Noah", "2017-03", "child", language)
        for weeks, mark in zip(reversed(range(len(marks))), marks, strict=True):
            held = a_session(case, today() - timedelta(weeks=weeks))
            sessions.choose_present(case.therapist.actor, held.id, [case.member.id, noah.id])
            an_answer(case, held, "ors", mark)
            child = Case(case.therapist, case.family, noah, case.episode)
            responses.submit(case.therapist.again(), a_submission(child, held, "cors", 2000 + weeks))
        goals.write_goal(case.therapist.actor, case.episode.id, "Vi vil spise sammen", "improve")
        goals.write_goal(case.therapist.actor, case.episode.id, "Noahs hemmelige mål", "improve", noah.id)
    return a_browser(app, case.therapist), case, noah, f"/samtaler/{case.sessions[-1].id}/sammen"


def shown(client: FlaskClient, address: str, agreeing: Sequence[UUID], declining: Sequence[UUID] = ()) -> str:
    """Asks, opens the family's screen, and gives it."""
    answers = {str(one): "ja" for one in agreeing} | {str(one): "nej" for one in declining}
    answer = client.post(address, data=answers)
    assert (answer.status_code, answer.headers.get("Location")) == (303, address), answer.text
    return client.get(address).text


def test_everybody_here_is_asked_and_nobody_is_asked_in_advance(app: Flask) -> None:
    client, _case, _noah, address = a_family(app, 5000)
    session = client.get(address.removesuffix("/sammen")).text
    assert f'href="{address}"' in session
    html = client.get(address).text
    assert "Hvem vil vise sine linjer?" in html
    assert html.count('type="radio"') == 4
    assert "checked" not in html
    assert "together-line" not in html


def test_only_those_who_agree_are_shown_and_what_they_said_is_in_the_chain(app: Flask) -> None:
    client, case, noah, address = a_family(app, 5000)
    html = shown(client, address, [case.member.id], [noah.id])
    assert html.count("together-line") == 4
    assert "Noah" not in html
    with app.app_context(), transaction(case.therapist.actor.agency_id) as session:
        agreed = {row.member_id: row.shares for row in session.scalars(select(Presence))}
        verbs = {(row.verb, row.member_id) for row in session.scalars(select(AuditEntry))}
    assert agreed == {case.member.id: True, noah.id: False}
    assert {("sharing.agree", case.member.id), ("sharing.decline", noah.id)} <= verbs
    assert ("together.read", None) in verbs


def test_nobody_who_was_not_asked_is_shown_and_nothing_is_shown_when_nobody_agrees(app: Flask) -> None:
    client, _case, noah, address = a_family(app, 5000)
    assert client.post(address, data={}).status_code == 422
    refused = client.post(address, data={str(noah.id): "nej"})
    assert refused.status_code == 422
    assert "Mindst én skal sige ja" in refused.text
    assert client.get("/i-dag").status_code == 200, "the tablet is not locked"
    assert "Maria" not in shown(client, address, [noah.id])


def test_while_it_is_shown_nothing_else_can_be_reached_until_the_pin_code(app: Flask) -> None:
    client, case, noah, address = a_family(app, 5000)
    session = address.removesuffix("/sammen")
    html = shown(client, address, [case.member.id])
    assert "staff-nav" not in html
    others = ("/i-dag", session, f"/forloeb/{case.episode.id}", f"/forloeb/{case.episode.id}/kurve/{noah.id}")
    for other in others:
        assert client.get(other).headers["Location"] == "/tablet", other
    assert client.get(f"/api/v1/members/{noah.id}/trajectories?episode={case.episode.id}").status_code == 423
    assert client.get(f"{address}?hvem={noah.id}").status_code == 404
    assert client.get(f"{address}?hvem={UUID(int=1)}").status_code == 404
    assert client.post(f"{address}/ord", data={"member_id": noah.id, "words": "Hej"}).status_code == 404
    assert client.post(f"{address}/skjul", data={"member_id": noah.id}).status_code == 404
    assert client.post(address, data={str(noah.id): "ja"}).status_code == 423
    told = client.get("/tablet/ture").get_json()
    assert told == {"together": address, "staff": {"id": str(case.therapist.actor.staff_id), "language": "da"}}
    assert client.post("/tablet/laas-op", json={"pin": "0000"}).status_code == 401
    assert client.get("/i-dag").headers["Location"] == "/tablet"
    assert client.post("/tablet/laas-op", json={"pin": PIN}).get_json() == {"next": session}
    assert client.get(session).status_code == 200


def test_another_session_of_the_same_family_is_not_shown_with_it(app: Flask) -> None:
    client, case, _noah, address = a_family(app, 4000, 5000)
    shown(client, address, [case.member.id])
    earlier = f"/samtaler/{case.sessions[0].id}/sammen"
    assert client.get(earlier).headers["Location"] == "/tablet"
    assert client.post(f"{earlier}/ord", data={"member_id": case.member.id, "words": "Hej"}).status_code == 423


def test_the_tablet_that_marks_forms_shows_no_lines(app: Flask) -> None:
    client, case, noah, address = a_family(app, 5000)
    client.post(f"{address.removesuffix('/sammen')}/giv-en", data={"member_id": noah.id, "instrument": "who-5"})
    with app.app_context():
        hand_over.hand_over(case.therapist.again(), case.sessions[-1].id, "end")
    assert client.get(address).headers["Location"] == "/tablet"


def test_a_curve_is_told_in_words_without_a_number_and_without_jargon(app: Flask) -> None:
    client, case, _noah, address = a_family(app, 3000, 3500, 6000)
    shown(client, address, [case.member.id])
    html = client.get(f"{address}?hvem={case.member.id}").text
    text = re.sub(r"<[^>]+>", " ", html.split("<main")[1])
    assert "Sådan er det gået for Maria" in text
    assert "Det går bedre nu end i starten." in text
    assert "De fleste, der ikke får hjælp, ligger over den stiplede linje" in text
    assert "Vi vil spise sammen" in text
    assert "Noahs hemmelige mål" not in text
    assert "Vis farver" in text
    assert not JARGON.search(text)
    assert not re.search(r"\d+,\d", text)
    assert html.count('class="together-mark"') == 3


def test_a_zone_is_said_only_when_somebody_asks(app: Flask) -> None:
    client, case, _noah, address = a_family(app, 5000, 3000)
    shown(client, address, [case.member.id])
    curve = f"{address}?hvem={case.member.id}"
    assert "swatch" not in client.get(curve).text
    html = client.get(f"{curve}&farver=1").text
    assert "swatch-red" in html
    assert "Det går ikke, som vi håber." in html
    assert "Det er sværere nu end i starten." in html
    assert "Hvad kan gøre det lidt lettere?" in html


def test_a_child_meets_fewer_words_and_faces_at_the_ends(app: Flask) -> None:
    client, _case, noah, address = a_family(app, 4000, 5000)
    shown(client, address, [noah.id])
    html = client.get(f"{address}?hvem={noah.id}").text
    assert "together-child" in html
    assert "together-faces" in html
    assert "stiplede" not in html
    assert "Snak om" not in html
    assert "Noahs hemmelige mål" in html


def test_a_list_says_each_session_in_words(app: Flask) -> None:
    client, case, _noah, address = a_family(app, 3000, 3500, 6000, 6000, 5900, 2000)
    shown(client, address, [case.member.id])
    html = client.get(f"{address}?hvem={case.member.id}&liste=1").text
    steps = re.findall(r"<li><strong>(.*?)</strong>(?: <span>(.*?)</span>)?</li>", html)
    said = ["", "lidt bedre end sidst", "meget bedre end sidst", "som sidst", "lidt sværere end sidst"]
    assert [how for _, how in steps] == [*said, "meget sværere end sidst"]
    assert (steps[0][0], steps[-1][0]) == ("Første samtale", "I dag")


def test_the_screen_is_in_the_language_of_the_one_whose_curve_it_is(app: Flask) -> None:
    client, case, noah, address = a_family(app, 4000, 5000, language="ar")
    assert 'lang="da"' in shown(client, address, [case.member.id, noah.id]), "they have no language in common"
    html = client.get(f"{address}?hvem={noah.id}").text
    assert 'lang="ar" dir="rtl"' in html


def test_what_is_said_is_kept_word_for_word_beside_the_lines_and_the_note(app: Flask) -> None:
    client, case, _noah, address = a_family(app, 5000)
    shown(client, address, [case.member.id])
    words = "Den uge var hård, men nu <går> det 🙂"
    said = client.post(f"{address}/ord", data={"member_id": case.member.id, "words": words})
    assert said.headers["Location"] == f"{address}?hvem={case.member.id}"
    html = client.get(said.headers["Location"]).text
    assert "men nu &lt;går&gt; det 🙂" in html
    assert "Anne Krog" in html
    empty = client.post(f"{address}/ord", data={"member_id": case.member.id, "words": "  "})
    assert empty.status_code == 422
    assert "Skriv, hvad der blev sagt." in empty.text
    client.post("/tablet/laas-op", json={"pin": PIN})
    session = client.get(address.removesuffix("/sammen")).text
    assert "men nu &lt;går&gt; det 🙂" in session
    with app.app_context(), transaction(case.therapist.actor.agency_id) as reading:
        (kept,) = reading.scalars(select(FamilyWords))
        assert (kept.words, kept.member_id) == (words, case.member.id)


def test_staff_writes_down_words_on_the_session_and_a_mistake_keeps_them(app: Flask) -> None:
    client, _case, noah, address = a_family(app, 5000)
    session = address.removesuffix("/sammen")
    wrong = client.post(f"{session}/familiens-ord", data={"member_id": noah.id, "words": "Ring 010190-1234"})
    assert wrong.status_code == 422
    assert "Det ligner et CPR-nummer." in wrong.text
    assert "Ring 010190-1234</textarea>" in wrong.text
    assert client.post(f"{session}/familiens-ord", data={"member_id": "x", "words": "Hej"}).status_code == 422
    for words in ("Det er rart", "Og svært"):
        answer = client.post(f"{session}/familiens-ord", data={"member_id": noah.id, "words": words})
        assert answer.headers["Location"] == f"{session}#familiens-ord"
    html = client.get(session).text
    assert html.index("Det er rart") < html.index("Og svært")


def test_words_of_somebody_in_another_family_are_refused(app: Flask) -> None:
    client, case, _noah, address = a_family(app, 5000)
    with app.app_context():
        other = a_case(case.therapist)
    given = {"member_id": other.member.id, "words": "Hej"}
    assert client.post(f"{address.removesuffix('/sammen')}/familiens-ord", data=given).status_code == 404


def test_somebody_can_take_the_lines_away_again(app: Flask) -> None:
    client, case, noah, address = a_family(app, 5000)
    html = shown(client, address, [case.member.id, noah.id])
    assert "Noah" in html
    assert client.post(f"{address}/skjul", data={"member_id": noah.id}).headers["Location"] == address
    assert "Noah" not in client.get(address).text
    client.post(f"{address}/skjul", data={"member_id": case.member.id})
    assert "Der er ingen linjer at vise." in client.get(address).text


def test_whoever_has_nothing_to_show_is_not_asked(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
    client, address = a_browser(app, case.therapist), f"/samtaler/{held.id}/sammen"
    html = client.get(address).text
    assert "har ingen linjer at vise endnu" in html
    assert "button-primary" not in html
    assert client.post(address, data={str(UUID(int=3)): "ja"}).status_code == 404


def test_an_earlier_session_shows_the_curve_as_it_was_then(app: Flask) -> None:
    client, case, _noah, _ = a_family(app, 3000, 6000, 6500)
    address = f"/samtaler/{case.sessions[0].id}/sammen"
    shown(client, address, [case.member.id])
    html = client.get(f"{address}?hvem={case.member.id}").text
    assert html.count('class="together-mark"') == 1
    assert "Det er første gang." in html


@pytest.mark.parametrize("face", [1, 4])
def test_the_face_of_a_small_child_is_shown_as_it_was_chosen(app: Flask, face: int) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()), birth_month="2022-01")
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
        given = a_submission(case, held, "ycors")
        steps = {item: face for item, step in given.answers.items() if isinstance(step, int)}
        responses.submit(case.therapist.again(), a_submission(case, held, "ycors", answers=steps))
    html = shown(a_browser(app, case.therapist), f"/samtaler/{held.id}/sammen", [case.member.id])
    assert html.count("together-face") == 1
    assert "together-line" not in html
