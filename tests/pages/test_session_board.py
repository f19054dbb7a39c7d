"""Tests the board of marked lines after the answers: numbers, change, zone, alerts, what is missing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, families, responses, sessions
from backend.actions.responses import Submission
from backend.clock import today
from tests.factories import Case, a_browser, a_case, a_house, a_session, a_submission, an_answer, marks_of, somebody


def a_case_with(app: Flask, *marks: tuple[int, int]) -> tuple[FlaskClient, Case, str]:
    """Makes weekly sessions up to today, each with one mark on every ORS line and one on every SRS line."""
    with app.app_context():
        case = a_case(somebody(a_house()))
        for weeks, (outcome, alliance) in zip(reversed(range(len(marks))), marks, strict=True):
            held = a_session(case, today() - timedelta(weeks=weeks))
            an_answer(case, held, "ors", outcome)
            an_answer(case, held, "srs", alliance)
    return a_browser(app, case.therapist), case, f"/samtaler/{case.sessions[-1].id}"


def test_a_first_answer_shows_its_lines_numbers_and_total_and_no_zone_yet(app: Flask) -> None:
    client, case, address = a_case_with(app, (6250, 9500))
    html = client.get(address).text
    assert html.count('class="marked"') == 8
    assert html.count(">6,6<") == 4
    assert ">25,2<" in html
    assert "første gang" in html
    assert "fra andet tal" in html
    assert "marked-before" not in html.split("board-key")[0]
    assert f"/forloeb/{case.episode.id}/kurve/{case.member.id}" in html


def test_a_start_over_the_cutoff_asks_whether_the_family_shares_the_concern(app: Flask) -> None:
    client, _, address = a_case_with(app, (6250, 9500))
    assert "deler familien bekymringen?" in client.get(address).text


def test_a_later_answer_shows_the_mark_of_last_time_the_change_and_the_zone(app: Flask) -> None:
    client, _, address = a_case_with(app, (4000, 9500), (5000, 9500))
    html = client.get(address).text
    assert html.split("board-key")[0].count("marked-before") == 8
    assert "+4,0" in html
    assert "Grøn zone" in html
    assert "swatch-green" in html
    assert "deler familien bekymringen?" not in html


def test_a_fall_to_the_red_zone_says_why_with_both_limits(app: Flask) -> None:
    client, _, address = a_case_with(app, (5000, 9500), (3000, 9500))
    html = client.get(address).text
    assert "Maria: rød zone" in html
    assert "12,0 er 8,0 under start (grænse 6,6) og under alarmlinjen" in html


def test_a_fall_in_the_alliance_alerts_and_marks_the_total(app: Flask) -> None:
    client, _, address = a_case_with(app, (5000, 9500), (5000, 8900))
    html = client.get(address).text
    assert "Marias SRS faldt 2,4 fra sidst – tal om det" in html
    assert "Nu 35,6, under grænsen 36." in html
    assert "Vises ved fald på 1,0 eller mere og ved tal under 36." in html
    assert html.count("cell-alert") == 1


def test_an_earlier_session_is_shown_as_it_was_then(app: Flask) -> None:
    client, case, _ = a_case_with(app, (4000, 9500), (5000, 9500))
    html = client.get(f"/samtaler/{case.sessions[0].id}").text
    assert ">16,0<" in html
    assert ">20,0<" not in html
    assert "denne gang" in html


def test_the_filled_button_is_always_what_comes_next(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
    client, address = a_browser(app, case.therapist), f"/samtaler/{held.id}"

    def filled() -> list[str]:
        return [part.split(">")[1].split("<")[0] for part in client.get(address).text.split("button-primary")[1:]]

    assert filled() == ["Giv iPad’en til familien"]
    with app.app_context():
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
        an_answer(case, held, "ors")
    assert filled() == ["Giv iPad’en til familien"]
    with app.app_context():
        an_answer(case, held, "srs")
    assert filled() == ["Afslut samtalen"]


def two_of_whom_one_answered(app: Flask) -> tuple[FlaskClient, Case, UUID, str]:
    with app.app_context():
        case = a_case(somebody(a_house()))
        jonas = families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent")
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id, jonas.id])
        an_answer(case, held)
    return a_browser(app, case.therapist), case, jonas.id, f"/samtaler/{held.id}"


def test_a_form_that_was_not_filled_in_asks_staff_why_and_keeps_the_reason(app: Flask) -> None:
    client, _, jonas, address = two_of_whom_one_answered(app)
    assert "Hvorfor?" in client.get(address).text
    given = {"member_id": str(jonas), "instrument": "ors", "reason": "Var for træt"}
    assert client.post(f"{address}/spring-over", data=given).headers["Location"] == address
    html = client.get(address).text
    assert "Sprunget over" in html
    assert "Var for træt" in html
    assert "Hvorfor?" not in html


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"reason": ""}, "Skriv noget her."), ({"reason": "010190-1234"}, "Det ligner et CPR-nummer.")],
)
def test_a_reason_that_cannot_be_kept_is_told_where_it_was_typed(
    app: Flask, wrong: dict[str, str], sentence: str
) -> None:
    client, _, jonas, address = two_of_whom_one_answered(app)
    answer = client.post(f"{address}/spring-over", data={"member_id": str(jonas), "instrument": "ors"} | wrong)
    assert answer.status_code == 422
    assert f'id="reason-ors-{jonas}-error"' in answer.text
    assert sentence in answer.text


@pytest.mark.parametrize("wrong", [{"member_id": "ingen"}, {"instrument": "mmpi"}])
def test_a_reason_for_nobody_or_no_form_is_refused(app: Flask, wrong: dict[str, str]) -> None:
    client, _, jonas, address = two_of_whom_one_answered(app)
    given = {"member_id": str(jonas), "instrument": "ors", "reason": "Træt"} | wrong
    assert client.post(f"{address}/spring-over", data=given).status_code == 422
    assert "Træt" not in client.get(address).text


def test_whoever_has_answered_stays_and_another_can_come_late(app: Flask) -> None:
    client, case, jonas, address = two_of_whom_one_answered(app)
    answer = client.post(f"{address}/til-stede", data={"present": str(jonas)})
    assert answer.headers["Location"] == address
    html = client.get(address).text
    assert "er allerede med" in html
    assert f'value="{case.member.id}" checked disabled' in html


def test_an_answer_of_a_collateral_rater_stands_apart_from_the_members_own(app: Flask) -> None:
    client, case, address = a_case_with(app, (6250, 9500))
    with app.app_context():
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer Bo")
        own = a_submission(case, case.sessions[-1])
        theirs = Submission(
            UUID(int=7), own.session_id, own.member_id, rater.id, "ors", "1", "da", marks_of("ors", 4000)
        )
        responses.submit(case.therapist.again(), theirs)
    html = client.get(address).text
    assert "Andre om personen" in html
    assert "Lærer Bo: <strong" in html
    assert ">16,0<" in html
    assert ">25,2<" in html
