"""Tests the question, the list for the meeting with its large frozen curves, and what bad input is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from backend.actions import episodes, responses, supervision
from backend.clock import today
from backend.database import transaction
from backend.models import SupervisionCase
from tests.actions.supervising import a_team, answered, met
from tests.factories import (
    Case,
    House,
    Person,
    a_browser,
    a_case,
    a_house,
    a_session,
    a_submission,
    an_answer,
    somebody,
)

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
QUESTION = "Hvordan når vi <hende>?"


@pytest.fixture
def team(app: Flask) -> Iterator[tuple[Person, Case, FlaskClient]]:
    """A leader, a case of the team that has fallen far, and the therapist's browser, on 20 March 2026."""
    with time_machine.travel(NOW, tick=True):
        with app.app_context():
            leader, case = a_team()
            answered(case, 7000, 6800, 6000, 2000)
        yield leader, case, a_browser(app, case.therapist)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def address(case: Case) -> str:
    return f"/forloeb/{case.episode.id}/supervision"


def typed(case: Case, **changes: str) -> dict[str, str]:
    return {"member_id": str(case.member.id), "question": QUESTION, "meets_on": "", **changes}


def number_of_cases(app: Flask, case: Case) -> int:
    with app.app_context(), transaction(case.therapist.actor.agency_id) as session:
        return session.scalar(select(func.count(SupervisionCase.id))) or 0


def test_a_question_leads_to_the_list_where_the_curve_stands_large(team: tuple[Person, Case, FlaskClient]) -> None:
    _, case, client = team
    html = client.get(f"{address(case)}?person={case.member.id}").text
    assert re.search(rf'value="{case.member.id}" required checked', html)
    answer = client.post(address(case), data=typed(case, meets_on="2026-03-26"))
    assert answer.status_code == 303
    assert re.fullmatch(r"/team/supervision#sag-[0-9a-f-]{36}", answer.headers["Location"])
    html = client.get("/team/supervision").text
    told = text_of(html)
    assert f"{case.family.alias} Maria, 35 år ”Hvordan når vi &lt;hende&gt;?”" in told
    assert "AK, frosset 20. mar., møde torsdag 26. marts" in told
    assert "Torsdag 26. marts. Billedet er, som det var, da spørgsmålet blev stillet." in told
    assert "Rød zone: 8,0 er 20,0 under start" in told
    assert html.count('class="curve-panel"') == 1
    for words in ("Cut-off 25", "Mållinje", "Alarmlinje", "Maria 8,0", "28,0", "12.1."):
        assert words in told


def test_the_picture_stays_and_says_that_an_answer_has_come_since(team: tuple[Person, Case, FlaskClient]) -> None:
    _, case, client = team
    client.post(address(case), data=typed(case))
    (before,) = re.findall(r"<svg class=\"curve-panel\".*?</svg>", client.get("/team/supervision").text, re.DOTALL)
    with client.application.app_context():
        an_answer(case, met(case, today()), "ors", 9900)
    html = client.get("/team/supervision").text
    assert re.findall(r"<svg class=\"curve-panel\".*?</svg>", html, re.DOTALL) == [before]
    assert "frosset 20. mar., nyt svar siden" in text_of(html)


def test_each_of_several_cases_has_its_own_ids(team: tuple[Person, Case, FlaskClient]) -> None:
    _, case, client = team
    for question in ("Den ene?", "Den anden?", "Den tredje?"):
        client.post(address(case), data=typed(case, question=question))
    html = client.get("/team/supervision").text
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert html.count('class="curve-panel"') == 3


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"question": ""}, "Skriv noget her."),
        ({"question": "   "}, "Skriv noget her."),
        ({"question": "å" * 301}, "Skriv højst 300 tegn. Der er 301."),
        ({"question": "010190-1234"}, "Det ligner et CPR-nummer."),
        ({"member_id": ""}, "Vælg en fra listen."),
        ({"member_id": "x"}, "Vælg en fra listen."),
        ({"meets_on": "snart"}, "Skriv en dato"),
        ({"meets_on": "2026-03-19"}, "Mødet kan tidligst være i dag."),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_what_was_typed_stays(
    app: Flask, team: tuple[Person, Case, FlaskClient], changes: dict[str, str], told: str
) -> None:
    _, case, client = team
    answer = client.post(address(case), data=typed(case, **changes))
    assert answer.status_code == 422
    assert told in text_of(answer.text)
    assert ("Hvordan når vi" in answer.text) is ("question" not in changes)
    assert number_of_cases(app, case) == 0


def test_a_form_sent_twice_makes_one_case(app: Flask, team: tuple[Person, Case, FlaskClient]) -> None:
    _, case, client = team
    first, second = (client.post(address(case), data=typed(case)).headers["Location"] for _ in range(2))
    assert first == second
    assert number_of_cases(app, case) == 1


def test_a_case_talked_about_moves_under_its_own_heading_once(team: tuple[Person, Case, FlaskClient]) -> None:
    leader, case, client = team
    client.post(address(case), data=typed(case))
    browser = a_browser(client.application, leader)
    (path,) = re.findall(r'action="(/team/supervision/[0-9a-f-]+/talt-om)"', browser.get("/team/supervision").text)
    for _ in range(2):
        assert browser.post(path).status_code == 303
    html = browser.get("/team/supervision").text
    assert "curve-panel" not in html
    assert f"{case.family.alias} Maria ”Hvordan når vi &lt;hende&gt;?” 20. mar." in text_of(html)


def test_what_is_somebody_elses_is_as_missing_as_what_is_nowhere(
    app: Flask, team: tuple[Person, Case, FlaskClient]
) -> None:
    leader, case, client = team
    with app.app_context():
        assert leader.actor.team_id is not None
        colleague = somebody(House(leader.actor.agency_id, leader.actor.team_id))
        other = a_case(colleague)
        stranger = somebody(a_house())
        found = supervision.ask(case.therapist.actor, case.episode.id, case.member.id, QUESTION)
    nowhere = UUID(int=7)
    for person in (colleague, stranger):
        browser = a_browser(app, person)
        assert case.family.alias not in browser.get("/team/supervision").text
        for path, none in (
            (address(case), f"/forloeb/{nowhere}/supervision"),
            (f"/team/supervision/{found.id}/talt-om", f"/team/supervision/{nowhere}/talt-om"),
        ):
            refused, missing = browser.post(path, data=typed(case)), browser.post(none, data=typed(case))
            assert (refused.status_code, missing.status_code) == (404, 404)
            assert refused.data == missing.data
        assert browser.get(address(case)).status_code == 404
    assert client.post(address(case), data=typed(case, member_id=str(other.member.id))).status_code == 404


def test_a_closed_episode_takes_no_question_but_its_case_stays(team: tuple[Person, Case, FlaskClient]) -> None:
    _, case, client = team
    client.post(address(case), data=typed(case))
    with client.application.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    assert client.get(address(case)).status_code == 409
    assert client.post(address(case), data=typed(case, question="For sent?")).status_code == 409
    assert "frosset 20. mar., forløbet er afsluttet" in text_of(client.get("/team/supervision").text)


def test_somebody_whom_only_others_have_answered_about_has_their_dashed_curve_by_relation(app: Flask) -> None:
    with app.app_context():
        _, case = a_team()
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Zuleika")
        for weeks in (3, 2):
            held = a_session(case, today() - timedelta(weeks=weeks))
            responses.submit(case.therapist.again(), a_submission(case, held, "ors", rater_id=rater.id))
        supervision.ask(case.therapist.actor, case.episode.id, case.member.id, QUESTION)
    html = a_browser(app, case.therapist).get("/team/supervision").text
    assert "lærer 25,2" in text_of(html)
    assert 'class="stroke-other"' in html
    assert "Maria har ikke selv svaret." in html
    assert "Zuleika" not in html


@pytest.mark.parametrize("totals", [0, 1, 26])
def test_none_one_and_very_many_totals_each_have_their_picture(app: Flask, totals: int) -> None:
    with app.app_context():
        _, case = a_team()
        for number in range(totals):
            an_answer(case, met(case, date(2025, 2, 3) + timedelta(days=7 * number)), "ors", 3000 + 50 * number)
        supervision.ask(case.therapist.actor, case.episode.id, case.member.id, QUESTION)
    html = a_browser(app, case.therapist).get("/team/supervision").text
    assert html.count('class="curve-panel"') == (totals > 0)
    assert ("Der var ingen tal, da spørgsmålet blev stillet." in html) is (totals == 0)
    assert ("Zonen vises fra andet tal." in html) is (totals == 1)
    assert ("line-alarm" in html) is (totals == 26)
    assert len(html) < 40_000


def test_an_empty_list_says_how_a_case_comes_on_it(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    html = a_browser(app, person).get("/team/supervision").text
    assert "Åbn et forløb, og vælg ”Tag med til supervision”." in html
    assert "Du ser sagerne om dine egne familier" in html
