"""Tests of what is done on the screen of an episode: hold a session, add a rater, close, and each mistake."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, overview
from backend.actions.overview import EpisodeView
from backend.actions.working_days import next_working_day
from backend.clock import today
from tests.factories import Case, a_browser, a_case, a_house, a_session, somebody


def a_desk(app: Flask) -> tuple[Case, FlaskClient, str]:
    """Gives a case, its therapist's browser, and the episode's address."""
    with app.app_context():
        case = a_case(somebody(a_house()))
    return case, a_browser(app, case.therapist), f"/forloeb/{case.episode.id}"


def stored(app: Flask, case: Case) -> EpisodeView:
    with app.app_context():
        return overview.episode_view(case.therapist.actor, case.episode.id)


def rater(case: Case, **changes: str) -> dict[str, str]:
    return {"member_id": str(case.member.id), "relation": "teacher", "alias": "Klasselærer"} | changes


def test_an_empty_episode_says_what_is_missing(app: Flask) -> None:
    _, browser, address = a_desk(app)
    answer = browser.get(address)
    assert answer.status_code == 200
    assert "Ingen samtaler endnu." in answer.text
    assert "ingen tal endnu" in answer.text


def test_one_tap_holds_todays_session_and_leads_to_it(app: Flask) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/samtaler", data={"kind": "family"})
    held = stored(app, case).sessions[0]
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/samtaler/{held.id}")
    assert (held.held_on, held.kind, held.number) == (today(), "family", 1)


def test_a_session_can_be_held_on_another_day_and_be_of_another_kind(app: Flask) -> None:
    case, browser, address = a_desk(app)
    day = today() - timedelta(days=3)
    browser.post(f"{address}/samtaler", data={"held_on": f"{day.day}.{day.month}.{day.year}", "kind": "network"})
    held = stored(app, case).sessions[0]
    assert (held.held_on, held.kind) == (day, "network")


def test_the_next_session_is_of_the_kind_of_the_last(app: Flask) -> None:
    _, browser, address = a_desk(app)
    browser.post(f"{address}/samtaler", data={"kind": "individual"})
    assert '<input type="hidden" name="kind" value="individual">' in browser.get(address).text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("i morges", "Skriv en dato, for eksempel 24.11.2026."),
        ("2999-01-01", "Datoen ligger i fremtiden."),
        ("2001-01-01", "Datoen kan tidligst være 5.1.2026."),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field_and_kept(app: Flask, given: str, sentence: str) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/samtaler", data={"held_on": given, "kind": "group"})
    assert answer.status_code == 422
    assert re.search(rf'id="session-held_on-error">{re.escape(sentence)}', answer.text)
    assert f'value="{given}"' in answer.text
    assert '<option value="group" selected>' in answer.text
    assert re.search(r"<details open>\s*<summary>Samtale en anden dag", answer.text)
    assert stored(app, case).sessions == ()


def test_a_kind_that_does_not_exist_is_refused(app: Flask) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/samtaler", data={"kind": "telefon"})
    assert answer.status_code == 422
    assert 'id="session-kind-error"' in answer.text
    assert stored(app, case).sessions == ()


def test_a_rater_is_added_and_listed_with_whom_it_is_about(app: Flask) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/bedoemmere", data=rater(case))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}#bedoemmere")
    listed = " ".join(browser.get(address).text.split())
    assert '<strong>Klasselærer</strong> <span class="row-sub">om Maria, lærer</span>' in listed


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"alias": " "}, "alias", "Skriv noget her."),
        ({"alias": "010190-1234"}, "alias", "Det ligner et CPR-nummer."),
        ({"member_id": "nej"}, "member_id", "Vælg, hvem der svares om."),
        ({"relation": "adviser"}, "relation", "Vælg en af"),
    ],
)
def test_a_mistaken_rater_is_refused_at_its_field(
    app: Flask, changes: dict[str, str], field: str, sentence: str
) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/bedoemmere", data=rater(case, **changes))
    assert answer.status_code == 422
    assert re.search(rf'id="rater-{field}-error">{re.escape(sentence)}', answer.text)
    assert re.search(r"<details open>\s*<summary>Tilføj bedømmer", answer.text)
    assert stored(app, case).raters == ()


def test_the_family_s_own_caseworker_can_be_chosen_and_is_refused_with_the_reason(app: Flask) -> None:
    case, browser, address = a_desk(app)
    assert '<option value="caseworker">familiens egen socialrådgiver</option>' in browser.get(address).text
    answer = browser.post(f"{address}/bedoemmere", data=rater(case, relation="caseworker"))
    assert answer.status_code == 422
    assert re.search(r'id="rater-relation-error">[^<]*socialrådgiver', answer.text)
    assert stored(app, case).raters == ()


def test_a_rater_added_by_mistake_is_taken_away_from_the_list(app: Flask) -> None:
    case, browser, address = a_desk(app)
    browser.post(f"{address}/bedoemmere", data=rater(case))
    (row,) = stored(app, case).raters
    way = f"{address}/bedoemmere/{row.id}/fjern"
    assert f'action="{way}"' in browser.get(address).text
    answer = browser.post(way)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}#bedoemmere")
    assert stored(app, case).raters == ()


def test_what_was_typed_about_a_rater_is_kept(app: Flask) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/bedoemmere", data=rater(case, relation="pedagogue", alias="x" * 81))
    assert '<option value="pedagogue" selected>' in answer.text
    assert f'value="{"x" * 81}"' in answer.text


def test_nobody_of_another_family_can_be_rated(app: Flask) -> None:
    case, browser, address = a_desk(app)
    with app.app_context():
        other = a_case(somebody(a_house()))
    foreign = browser.post(f"{address}/bedoemmere", data=rater(case, member_id=str(other.member.id)))
    unknown = browser.post(f"{address}/bedoemmere", data=rater(case, member_id=str(uuid4())))
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.data == unknown.data


def test_an_episode_is_closed_with_day_and_reason(app: Flask) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/afslut", data={"closed_on": today().isoformat(), "reason": "unilateral"})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert (stored(app, case).closed_on, stored(app, case).close_reason) == (today(), "unilateral")
    assert "familien stoppede selv" in browser.get(address).text


def test_closing_without_a_reason_is_refused_at_the_choice(app: Flask) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/afslut", data={"closed_on": today().isoformat()})
    assert answer.status_code == 422
    assert '<p class="field-error" id="close-reason-error">Vælg en grund.</p>' in answer.text
    assert stored(app, case).closed_on is None


def test_closing_before_the_last_session_is_refused_and_the_reason_kept(app: Flask) -> None:
    case, browser, address = a_desk(app)
    with app.app_context():
        a_session(case)
    answer = browser.post(f"{address}/afslut", data={"closed_on": "2026-01-06", "reason": "moved_on"})
    assert answer.status_code == 422
    assert 'id="close-closed_on-error">Datoen kan tidligst være' in answer.text
    assert re.search(r'value="moved_on" required checked', answer.text)


@pytest.mark.parametrize("door", ["samtaler", "bedoemmere", "afslut"])
def test_a_closed_episode_takes_nothing_more(app: Flask, door: str) -> None:
    case, browser, address = a_desk(app)
    with app.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    given = rater(case) | {"kind": "family", "closed_on": today().isoformat(), "reason": "planned"}
    answer = browser.post(f"{address}/{door}", data=given)
    assert answer.status_code == 409
    assert "Forløbet er afsluttet" in answer.text


@pytest.mark.parametrize("door", ["", "/samtaler", "/bedoemmere", "/afslut"])
def test_another_therapists_episode_is_missing_byte_for_byte(app: Flask, door: str) -> None:
    case, _, address = a_desk(app)
    with app.app_context():
        stranger = a_browser(app, somebody(a_house()))
    given = rater(case) | {"kind": "family", "closed_on": today().isoformat(), "reason": "planned"}
    method, data = ("POST", given) if door else ("GET", None)
    foreign = stranger.open(f"{address}{door}", method=method, data=data)
    unknown = stranger.open(f"/forloeb/{uuid4()}{door}", method=method, data=data)
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.data == unknown.data


def test_the_way_from_the_caseload_opens_a_follow_up_with_the_one_in_need_chosen(app: Flask) -> None:
    case, browser, address = a_desk(app)
    html = browser.get(f"{address}?vis=opfoelgning&hvem={case.member.id}").text
    assert re.search(r"<details open>\s*<summary>Ny opfølgning", html)
    assert f'<option value="{case.member.id}" selected>' in html
    assert f'value="{next_working_day(today()).isoformat()}"' in html
