"""Tests the screen for a network talk: named lines side by side, words for what differs, hidden until both came."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, responses
from backend.clock import today
from tests.factories import Case, a_browser, a_case, a_house, a_session, a_submission, an_answer, somebody


def a_talk(app: Flask, *others: tuple[str, dict[str, int]], own: bool = True) -> tuple[Case, FlaskClient, str]:
    """Gives a case in which the member has marked the middle, and others what they are given with."""
    with app.app_context():
        case = a_case(somebody(a_house()), opened_on=today() - timedelta(days=30))
        held = a_session(case)
        if own:
            an_answer(case, held, mark=5_000)
        for name, marks in others:
            rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", name)
            given = a_submission(case, held, mark=5_000)
            about = replace(given, rater_id=rater.id, marks={**given.marks, **marks})
            responses.submit(case.therapist.again(), about)
    address = f"/forloeb/{case.episode.id}/sammenlign/{case.member.id}"
    return case, a_browser(app, case.therapist), address


def said(html: str) -> str:
    return " ".join(html.split())


def test_everybody_s_line_stands_under_its_question_with_a_name_and_a_stroke(app: Flask) -> None:
    _, browser, address = a_talk(app, ("Lise", {"social": 9_000}), ("Bo", {}))
    html = said(browser.get(address).text)
    assert html.count('class="voice-line"') == 4 * 3
    assert '<th scope="row">Lise</th>' in html
    assert html.count("voice-dashed") == 4 * 2
    for stroke in ("voice-solid", "voice-thin", "voice-hollow"):
        assert stroke in html


def test_what_differs_and_what_agrees_is_said_in_words_with_the_rule(app: Flask) -> None:
    _, browser, address = a_talk(app, ("Lise", {"social": 9_000, "close": 0}))
    html = said(browser.get(address).text)
    first, second = html.index("Lise sætter mærket 4,5 lavere end Maria."), html.index("Lise sætter mærket 3,6 højere")
    assert first < second
    assert "Lise og Maria ser ens på" in html
    assert "en forskel på 2,0 eller mere" in html
    assert "Hvad ser Lise, som Maria ikke ser" in html


def test_agreement_on_all_lines_is_said_too(app: Flask) -> None:
    _, browser, address = a_talk(app, ("Lise", {}))
    assert "Ingen forskel er så stor, at reglen nævner den." in browser.get(address).text


def test_two_forms_are_compared_where_they_ask_the_same_and_that_is_said(app: Flask) -> None:
    case, browser, address = a_talk(app)
    with app.app_context():
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lise")
        given = a_submission(case, case.sessions[0], "cors", mark=9_000)
        responses.submit(case.therapist.again(), replace(given, rater_id=rater.id))
    html = said(browser.get(address).text)
    assert "De har svaret på hver sit skema." in html
    assert html.count('class="voice-line"') == 4 + 1
    assert "”Generelt”: Lise sætter mærket 3,6 højere end Maria." in html


def test_nothing_of_an_answer_is_shown_before_both_have_answered(app: Flask) -> None:
    _, browser, address = a_talk(app, ("Lise", {"social": 9_000}), own=False)
    html = said(browser.get(address).text)
    assert "Skjult, til begge har svaret" in html
    assert "Lise har svaret til samtale 1" in html
    assert "Maria mangler." in html
    assert "voice-line" not in html
    assert "data-print" not in html


def test_without_raters_the_way_to_one_is_shown(app: Flask) -> None:
    _, browser, address = a_talk(app)
    html = browser.get(address).text
    assert "Der er ingen bedømmere om Maria endnu." in html
    assert "#bedoemmere" in html


def test_raters_who_have_not_answered_leave_nothing_to_compare(app: Flask) -> None:
    case, browser, address = a_talk(app, own=False)
    with app.app_context():
        episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "friend", "Pia")
    assert "Ingen har svaret endnu." in browser.get(address).text


def test_the_episode_leads_to_the_comparison_of_each_who_has_raters(app: Flask) -> None:
    case, browser, address = a_talk(app, ("Lise", {}))
    html = browser.get(f"/forloeb/{case.episode.id}").text
    assert f'href="{address}"' in html
    assert "Sammenlign om Maria" in html


def test_the_comparison_of_another_therapist_is_missing(app: Flask) -> None:
    _, _, address = a_talk(app, ("Lise", {}))
    with app.app_context():
        stranger = a_browser(app, somebody(a_house()))
    assert stranger.get(address).status_code == 404
