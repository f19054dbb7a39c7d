"""Tests one family's page: members, episodes, and mistakes told where they were made."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, families
from backend.clock import today
from tests.factories import Case, a_browser, a_case, a_house, somebody

MAJA = {"alias": "Maja", "birth_month": "2012-03", "place": "young", "language": "da"}


def at_work(app: Flask) -> tuple[FlaskClient, Case]:
    with app.app_context():
        case = a_case(somebody(a_house()))
    return a_browser(app, case.therapist), case


def test_a_family_shows_members_with_age_and_place_and_who_works_with_it(app: Flask) -> None:
    client, case = at_work(app)
    html = client.get(f"/familier/{case.family.id}").text
    assert "Maria" in html
    assert "forælder, 36 år" in html or "forælder, 35 år" in html
    assert "Behandles af Anne Krog" in html
    assert f"/forloeb/{case.episode.id}" in html


@pytest.mark.parametrize("month", ["2012-03", "3-2012"])
def test_a_member_is_added_also_where_the_browser_has_no_month_field(app: Flask, month: str) -> None:
    client, case = at_work(app)
    answer = client.post(f"/familier/{case.family.id}/medlemmer", data=MAJA | {"birth_month": month})
    assert answer.status_code == 303
    assert "Maja" in client.get(f"/familier/{case.family.id}").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"alias": ""}, "alias"),
        ({"alias": "x" * 81}, "alias"),
        ({"birth_month": "marts"}, "birth_month"),
        ({"birth_month": "2099-01"}, "birth_month"),
        ({"place": "nabo"}, "place"),
        ({"language": "fr"}, "language"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_stored(app: Flask, wrong: dict[str, str], field: str) -> None:
    client, case = at_work(app)
    answer = client.post(f"/familier/{case.family.id}/medlemmer", data=MAJA | wrong)
    assert answer.status_code == 422
    assert f'id="member-{field}-error"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert "Maja" not in client.get(f"/familier/{case.family.id}").text


def test_what_was_typed_is_kept_when_something_must_be_corrected(app: Flask) -> None:
    client, case = at_work(app)
    html = client.post(f"/familier/{case.family.id}/medlemmer", data=MAJA | {"birth_month": "2099-01"}).text
    for kept in ('value="Maja"', 'value="2099-01"', '<option value="young" selected>'):
        assert kept in html


def test_two_members_cannot_share_an_alias(app: Flask) -> None:
    client, case = at_work(app)
    answer = client.post(f"/familier/{case.family.id}/medlemmer", data=MAJA | {"alias": "Maria"})
    assert answer.status_code == 409
    assert "Der er allerede en med det navn i familien." in answer.text


def test_an_episode_opens_today_unless_another_day_is_given(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        family = families.add_family(person.actor, "Mos 1")
    client = a_browser(app, person)
    assert f'value="{today().isoformat()}"' in client.get(f"/familier/{family.id}").text
    answer = client.post(f"/familier/{family.id}/forloeb", data={"opened_on": "", "programme": "Familiebehandling"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/forloeb/")
    assert "Familiebehandling" in client.get(f"/familier/{family.id}").text


@pytest.mark.parametrize("typed", ["i morgen", "2026-02-30", "1999-01-01"])
def test_an_impossible_opening_day_is_told_at_its_field(app: Flask, typed: str) -> None:
    with app.app_context():
        person = somebody(a_house())
        family = families.add_family(person.actor, "Mos 1")
    answer = a_browser(app, person).post(f"/familier/{family.id}/forloeb", data={"opened_on": typed})
    assert answer.status_code == 422
    assert 'id="episode-opened_on-error"' in answer.text
    assert f'value="{typed}"' in answer.text


def test_an_opening_day_in_the_future_is_refused(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        family = families.add_family(person.actor, "Mos 1")
    tomorrow = (today() + timedelta(days=1)).isoformat()
    answer = a_browser(app, person).post(f"/familier/{family.id}/forloeb", data={"opened_on": tomorrow})
    assert answer.status_code == 422
    assert "Datoen ligger i fremtiden." in answer.text


def test_a_second_open_episode_is_a_conflict_told_on_the_page(app: Flask) -> None:
    client, case = at_work(app)
    answer = client.post(f"/familier/{case.family.id}/forloeb", data={"opened_on": "2026-02-01"})
    assert answer.status_code == 409
    assert "Familien har allerede et åbent forløb. Afslut det først." in answer.text


def test_a_closed_episode_is_shown_with_its_reason_and_a_new_one_can_be_opened(app: Flask) -> None:
    client, case = at_work(app)
    with app.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "moved_on")
    html = client.get(f"/familier/{case.family.id}").text
    assert "gået videre til anden hjælp" in html
    assert "Åbn et forløb" in html


@pytest.mark.parametrize("path", ["", "/medlemmer", "/forloeb"])
def test_another_therapists_family_answers_exactly_as_none(app: Flask, path: str) -> None:
    _, case = at_work(app)
    with app.app_context():
        other = a_browser(app, somebody(a_house()))
    method = "POST" if path else "GET"
    foreign = other.open(f"/familier/{case.family.id}{path}", method=method, data=MAJA)
    unknown = other.open(f"/familier/{uuid4()}{path}", method=method, data=MAJA)
    assert (foreign.status_code, foreign.data) == (unknown.status_code, unknown.data)
    assert foreign.status_code == 404
