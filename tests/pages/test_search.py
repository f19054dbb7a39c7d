"""Tests the screen of the search: the hits and their ways, days in words, and what is refused."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from flask import Flask

from backend.actions import follow_ups, goals, groups, sessions
from backend.clock import today
from backend.pages.search_days import days_of
from tests.factories import Case, a_browser, a_case, a_house, a_session, somebody

HTMX = {"HX-Request": "true"}


def a_house_with_words(app: Flask) -> Case:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        held = a_session(case)
        sessions.write_note(actor, held.id, "Om <skolen>")
        goals.write_goal(actor, case.episode.id, "Ro i skolen", "keep")
        follow_ups.promise(actor, case.episode.id, case.member.id, "Ring om skolen")
        groups.create_group(actor, "Skolegruppen", today(), [case.member.id])
    return case


def test_each_hit_is_marked_and_leads_to_where_it_is(app: Flask) -> None:
    case = a_house_with_words(app)
    browser = a_browser(app, case.therapist)
    html = browser.get("/soeg", query_string={"q": "skole"}).text
    assert html.count("<mark>") == 4
    assert "Om &lt;<mark>skole</mark>n&gt;" in html
    hrefs = re.findall(r'class="row-link hit-text" href="([^"]+)"', html)
    assert len(hrefs) == 4
    for href in hrefs:
        path, _, anchor = href.partition("#")
        page = browser.get(path)
        assert page.status_code == 200
        assert not anchor or f'id="{anchor}"' in page.text


def test_names_lead_to_the_family_and_its_people(app: Flask) -> None:
    case = a_house_with_words(app)
    html = a_browser(app, case.therapist).get("/soeg?q=maria").text
    assert f'href="/familier/{case.family.id}#medlemmer"' in html


def test_a_search_from_the_page_itself_gets_the_hits_alone(app: Flask) -> None:
    case = a_house_with_words(app)
    html = a_browser(app, case.therapist).get("/soeg?q=skole", headers=HTMX).text
    assert "<html" not in html
    assert "<mark>" in html


def test_a_day_leads_to_its_sessions(app: Flask) -> None:
    case = a_house_with_words(app)
    html = a_browser(app, case.therapist).get("/soeg", query_string={"q": "i dag"}).text
    assert f'href="/samtaler/{case.sessions[0].id}"' in html
    assert "<mark>" not in html


def test_without_words_the_screen_says_what_can_be_found_and_with_none_found_it_says_so(app: Flask) -> None:
    case = a_house_with_words(app)
    browser = a_browser(app, case.therapist)
    assert "Du finder kun det, som du selv har adgang til." in browser.get("/soeg").text
    assert "Der er ikke fundet noget med ”&lt;b&gt;”." in browser.get("/soeg?q=<b>").text


def test_a_cpr_number_is_refused_and_taken_out_of_the_address(app: Flask) -> None:
    case = a_house_with_words(app)
    browser = a_browser(app, case.therapist)
    answer = browser.get("/soeg?q=Maria 010190-1234")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/soeg?cpr=1")
    html = browser.get("/soeg?cpr=1").text
    assert "Det ligner et CPR-nummer." in html
    fragment = browser.get("/soeg?q=010190-1234", headers=HTMX)
    assert fragment.status_code == 200
    assert "Det ligner et CPR-nummer." in fragment.text
    assert "010190" not in html + fragment.text


@pytest.mark.parametrize("text", ["x", "🙂שלום" * 500])
def test_what_cannot_be_looked_for_is_told_at_the_field(app: Flask, text: str) -> None:
    case = a_house_with_words(app)
    browser = a_browser(app, case.therapist)
    answer = browser.get("/soeg", query_string={"q": text})
    assert answer.status_code == 422
    assert 'id="q-error"' in answer.text
    assert browser.get("/soeg", query_string={"q": text}, headers=HTMX).status_code == 200


def a_day(year: int, month: int, day: int) -> tuple[date, date]:
    return date(year, month, day), date(year, month, day)


@time_machine.travel("2026-11-22T10:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("24. nov", (a_day(2026, 11, 24), a_day(2025, 11, 24))),
        ("24 nov.", (a_day(2026, 11, 24), a_day(2025, 11, 24))),
        ("d. 24. November", (a_day(2026, 11, 24), a_day(2025, 11, 24))),
        ("24/11", (a_day(2026, 11, 24), a_day(2025, 11, 24))),
        ("24.11.", (a_day(2026, 11, 24), a_day(2025, 11, 24))),
        ("24-11-2026", (a_day(2026, 11, 24),)),
        ("24.11.26", (a_day(2026, 11, 24),)),
        ("2026-11-24", (a_day(2026, 11, 24),)),
        ("24. november 2026", (a_day(2026, 11, 24),)),
        ("November 24, 2026", (a_day(2026, 11, 24),)),
        ("november 2026", ((date(2026, 11, 1), date(2026, 11, 30)),)),
        ("december 2025", ((date(2025, 12, 1), date(2025, 12, 31)),)),
        ("okt", ((date(2026, 10, 1), date(2026, 10, 31)), (date(2025, 10, 1), date(2025, 10, 31)))),
        ("I GÅR", (a_day(2026, 11, 21),)),
        ("i  forgårs", (a_day(2026, 11, 20),)),
        ("i morgen", (a_day(2026, 11, 23),)),
        ("29. feb", ()),
        ("29. feb 2024", (a_day(2024, 2, 29),)),
        ("31/2", ()),
        ("24/13", ()),
        ("0/0/0000", ()),
        ("1-1-0000", ()),
        ("novelle", ()),
        ("no", ()),
        ("Maja", ()),
        ("Solsikke 12", ()),
        ("010190", ()),
        ("٢٤/١١", (a_day(2026, 11, 24), a_day(2025, 11, 24))),
        ("", ()),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, spans: tuple[tuple[date, date], ...]) -> None:
    assert days_of(text) == spans
