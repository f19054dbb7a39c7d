"""Tests of closing an episode with what is known, and of taking it up again on the same screen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, families, follow_ups, goals
from backend.clock import today
from tests.factories import Case, a_browser, a_case, a_house, a_session, an_answer, somebody

CLOSED = date(2026, 11, 2)


def a_desk(app: Flask) -> tuple[Case, FlaskClient, str]:
    """Gives a case, its therapist's browser, and the episode's address."""
    with app.app_context():
        case = a_case(somebody(a_house()), opened_on=date(2026, 5, 3))
    return case, a_browser(app, case.therapist), f"/forloeb/{case.episode.id}"


def said(html: str) -> str:
    return " ".join(html.split())


def test_the_head_leads_to_closing_unfolded_and_to_handing_over(app: Flask) -> None:
    _, browser, address = a_desk(app)
    html = browser.get(address).text
    assert f'href="{address}?vis=afslut#afslutning"' in html
    assert f'href="{address}/overdragelse"' in html
    assert not re.search(r"<details open>\s*<summary>Afslut forløbet", html)
    assert re.search(r"<details open>\s*<summary>Afslut forløbet", browser.get(f"{address}?vis=afslut").text)


def test_closing_shows_everybodys_last_zone_in_words_and_what_is_still_promised(app: Flask) -> None:
    case, browser, address = a_desk(app)
    with app.app_context():
        families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent")
        for mark in (6_000, 3_000):
            an_answer(case, a_session(case), "ors", mark)
        follow_ups.promise(case.therapist.actor, case.episode.id, case.member.id, "Spørg om skolen")
    html = said(browser.get(address).text)
    closing = html[html.index('id="afslutning"') :]
    assert "<strong>Maria:</strong> rød zone, 12,0" in closing
    assert "<strong>Jonas:</strong> ingen tal" in closing
    assert "Her er stadig lovet:" in closing
    assert "Spørg om skolen" in closing


def test_one_number_has_no_zone(app: Flask) -> None:
    case, browser, address = a_desk(app)
    with app.app_context():
        an_answer(case, a_session(case), "ors", 6_000)
    assert "<strong>Maria:</strong> ingen zone, 24,0" in said(browser.get(address).text)
    assert "Her er stadig lovet:" not in browser.get(address).text


def closed(app: Flask, case: Case) -> None:
    with app.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, CLOSED, "planned")


def test_a_closed_episode_is_opened_again_with_links_both_ways_and_its_goals(app: Flask) -> None:
    case, browser, address = a_desk(app)
    with app.app_context():
        goals.write_goal(case.therapist.actor, case.episode.id, "At vi spiser sammen", "improve")
    closed(app, case)
    assert "Tag det åbne mål med, ord for ord" in browser.get(address).text
    answer = browser.post(f"{address}/genaabn", data={"opened_on": today().isoformat(), "take_goals": "1"})
    new = answer.headers["Location"]
    assert (answer.status_code, new == address) == (303, False)
    html = said(browser.get(new).text)
    assert f'<a href="{address}">Fortsætter forløbet fra 3. maj – 2. november 2026</a>' in html
    assert "At vi spiser sammen" in html
    old = said(browser.get(address).text)
    assert f'href="{new}"' in old
    assert "Genåbn" not in old
    again = browser.post(f"{address}/genaabn", data={"opened_on": today().isoformat()})
    assert again.headers["Location"] == new


def test_a_mistaken_day_stands_at_its_field(app: Flask) -> None:
    case, browser, address = a_desk(app)
    closed(app, case)
    for day, sentence in (
        ((CLOSED - timedelta(days=1)).isoformat(), "Datoen kan tidligst være 2.11.2026."),
        ("i går", "Skriv en dato"),
    ):
        answer = browser.post(f"{address}/genaabn", data={"opened_on": day})
        assert answer.status_code == 422
        assert re.search(rf'id="reopen-opened_on-error">{re.escape(sentence)}', answer.text)
        assert f'value="{day}"' in answer.text


def test_an_open_or_foreign_episode_is_not_opened_again(app: Flask) -> None:
    case, browser, address = a_desk(app)
    assert browser.post(f"{address}/genaabn").status_code == 409
    closed(app, case)
    with app.app_context():
        stranger = a_browser(app, somebody(a_house(licensed=False)))
    foreign, unknown = stranger.post(f"{address}/genaabn"), stranger.post(f"/forloeb/{uuid4()}/genaabn")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.data == unknown.data
