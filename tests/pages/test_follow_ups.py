"""Tests the screen of follow-ups and its steps, the alert's button, the panel of an episode, and the day's list."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from backend.actions import episodes, follow_up_list, follow_ups
from backend.actions.follow_up_causes import Cause
from backend.actions.working_days import next_working_day
from backend.clock import today
from backend.database import transaction
from backend.instruments import packs
from backend.models import FollowUp
from backend.pages.follow_up_words import ask_words, cause_words, due_words
from backend.pages.formats import weekday
from backend.scoring import Flag, Point
from tests.factories import Case, a_browser, a_case, a_house, a_session, an_answer, somebody

HTMX = {"HX-Request": "true"}
STEPS = ("ringet", "justering", "flyt", "fortryd", "igen")


def a_desk(app: Flask) -> tuple[Case, FlaskClient]:
    with app.app_context():
        case = a_case(somebody(a_house()))
    return case, a_browser(app, case.therapist)


def an_alert(app: Flask) -> tuple[Case, FlaskClient, str, dict[str, str]]:
    """Gives a case whose alliance fell by 2.4 today, its session's address, and what the alert's button sends."""
    with app.app_context():
        case = a_case(somebody(a_house()))
        an_answer(case, a_session(case, today() - timedelta(weeks=1)), "srs", 9500)
        held = a_session(case)
        cause = an_answer(case, held, "srs", 8900).id
    address = f"/samtaler/{held.id}"
    given = {"member_id": str(case.member.id), "cause_id": str(cause), "back": address}
    return case, a_browser(app, case.therapist), address, given


def promised(app: Flask, case: Case, words: str = "Ring om skolen", due_on: date | None = None) -> FollowUp:
    with app.app_context():
        return follow_ups.promise(case.therapist.actor, case.episode.id, case.member.id, words, due_on)


def said(html: str) -> str:
    return " ".join(html.split())


def the_day(app: Flask) -> str:
    with app.test_request_context():
        return weekday(next_working_day(today()))


def ways(case: Case, row_id: UUID) -> list[tuple[str, dict[str, str]]]:
    """Gives every address that changes a follow-up, with what it needs."""
    by_hand = (f"/forloeb/{case.episode.id}/opfoelgninger", {"member_id": "familie", "words": "Ring"})
    return [by_hand, *((f"/opfoelgninger/{row_id}/{step}", {"due_on": today().isoformat()}) for step in STEPS)]


def test_an_alert_promises_a_talk_with_one_press_and_takes_it_back_with_another(app: Flask) -> None:
    case, browser, address, given = an_alert(app)
    page = browser.get(address).text
    assert f'name="cause_id" value="{given["cause_id"]}"' in page
    told = browser.post(f"/forloeb/{case.episode.id}/opfoelgninger", data=given, headers=HTMX).text
    assert "<html" not in told
    assert f"Ring til Maria {the_day(app)}." in told
    undo = re.search(r'action="(/opfoelgninger/[^"]+/fortryd)"', told)
    assert undo is not None
    assert 'name="cause_id"' not in browser.get(address).text
    again = browser.post(undo[1], data={"back": address}, headers=HTMX).text
    assert f'name="cause_id" value="{given["cause_id"]}"' in again
    assert "Ring om" not in browser.get("/opfoelgninger").text


def test_without_script_the_alert_leads_back_to_the_session_with_the_promise_in_it(app: Flask) -> None:
    case, browser, address, given = an_alert(app)
    for _ in range(2):
        answer = browser.post(f"/forloeb/{case.episode.id}/opfoelgninger", data=given)
        assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert f"Ring til Maria {the_day(app)}." in browser.get(address).text
    html = browser.get("/opfoelgninger").text
    assert html.count(">Ringet<span") == 1
    assert "Marias SRS faldt 2,4." in html


def test_an_alert_says_that_somebody_has_called(app: Flask) -> None:
    case, browser, address, given = an_alert(app)
    browser.post(f"/forloeb/{case.episode.id}/opfoelgninger", data=given)
    with app.app_context():
        (row,) = follow_up_list.listed(case.therapist.actor).coming
        follow_ups.call(case.therapist.actor, row.id)
    assert "Der er ringet." in browser.get(address).text


def test_a_closed_episode_offers_no_talk_in_its_alert(app: Flask) -> None:
    case, browser, address, given = an_alert(app)
    with app.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    assert 'name="cause_id"' not in browser.get(address).text
    answer = browser.post(f"/forloeb/{case.episode.id}/opfoelgninger", data=given)
    assert answer.status_code == 409
    assert "Forløbet er afsluttet" in answer.text


def test_the_button_of_an_alert_names_the_day_that_it_promises(app: Flask) -> None:
    with app.test_request_context():
        assert ask_words(today() + timedelta(days=1)) == "Ring i morgen"
        monday = today() + timedelta(days=7 - today().weekday() + 7)
        assert ask_words(monday) == "Ring mandag"
        assert [due_words(today() + timedelta(days=n)) for n in (0, 1)] == ["i dag", "i morgen"]


def test_the_list_says_who_is_due_and_how_late(app: Flask) -> None:
    case, browser = a_desk(app)
    assert "Her er ingen opfølgninger." in browser.get("/opfoelgninger").text
    promised(app, case, "Ring om skolen <b>", today())
    promised(app, case, "Ring senere")
    html = said(browser.get("/opfoelgninger").text)
    assert html.index("Ring om skolen &lt;b&gt;") < html.index("Ring senere")
    assert "Én skal ringes op i dag." in html
    assert '<span class="count">1</span>' in html
    assert html.count("button-primary") == 1


def test_a_talk_is_had_and_leads_to_a_change_in_the_words_that_were_agreed(app: Flask) -> None:
    case, browser = a_desk(app)
    row = promised(app, case, due_on=today())
    answer = browser.post(f"/opfoelgninger/{row.id}/ringet", data={"agreed": "Vi taler\nlangsommere", "back": "/i-dag"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/i-dag")
    html = browser.get("/opfoelgninger").text
    assert '<bdi dir="auto">Vi taler\nlangsommere</bdi>' in html
    assert "Ringet de seneste 14 dage" in html
    browser.post(f"/opfoelgninger/{row.id}/justering", data={"agreed": "To gange om måneden"})
    html = said(browser.get("/opfoelgninger").text)
    assert "To gange om måneden" in html
    assert "<br>aftalt justering" in html


def test_a_talk_is_moved_and_a_mistaken_call_is_taken_back(app: Flask) -> None:
    case, browser = a_desk(app)
    row, day = promised(app, case, due_on=today()), today() + timedelta(days=40)
    assert browser.post(f"/opfoelgninger/{row.id}/flyt", data={"due_on": day.isoformat()}).status_code == 303
    with app.test_request_context():
        words = weekday(day)
    assert words in browser.get("/opfoelgninger").text
    browser.post(f"/opfoelgninger/{row.id}/ringet")
    assert "Senere" not in browser.get("/opfoelgninger").text
    browser.post(f"/opfoelgninger/{row.id}/igen")
    assert words in browser.get("/opfoelgninger").text
    browser.post(f"/opfoelgninger/{row.id}/fortryd")
    assert "Her er ingen opfølgninger." in browser.get("/opfoelgninger").text


def test_the_day_to_move_to_is_never_one_that_is_over(app: Flask) -> None:
    case, browser = a_desk(app)
    promised(app, case, "I dag", today())
    promised(app, case, "Langt frem", today() + timedelta(days=40))
    days = re.findall(r'name="due_on" type="date" value="([^"]+)"', browser.get("/opfoelgninger").text)
    assert days == [next_working_day(today()).isoformat(), (today() + timedelta(days=40)).isoformat()]


@pytest.mark.parametrize(
    ("step", "given", "field", "sentence"),
    [
        ("flyt", {"due_on": "i går"}, "due_on", "Skriv en dato, for eksempel 24.11.2026."),
        ("flyt", {"due_on": "2026-01-01"}, "due_on", "Dagen er gået. Vælg i dag eller en senere dag."),
        ("ringet", {"agreed": "🙂" * 2_001}, "agreed", "Skriv højst 2000 tegn. Der er 2001."),
        ("ringet", {"agreed": "010190-1234"}, "agreed", "Det ligner et CPR-nummer."),
    ],
)
def test_a_mistaken_step_is_told_at_its_field_and_what_was_typed_stays(
    app: Flask, step: str, given: dict[str, str], field: str, sentence: str
) -> None:
    case, browser = a_desk(app)
    row = promised(app, case)
    answer = browser.post(f"/opfoelgninger/{row.id}/{step}", data=given)
    assert answer.status_code == 422
    assert re.search(rf'id="follow-up-{row.id}-{field}-error">{re.escape(sentence)}', answer.text)
    assert given[field] in answer.text


def test_a_step_out_of_turn_is_refused_in_danish(app: Flask) -> None:
    case, browser = a_desk(app)
    row = promised(app, case)
    answer = browser.post(f"/opfoelgninger/{row.id}/justering", data={"agreed": "Noget"})
    assert answer.status_code == 409
    assert "Der er ikke ringet endnu. Tryk først Ringet." in answer.text


def test_an_episode_shows_its_next_follow_up_and_takes_a_new_one_by_hand(app: Flask) -> None:
    case, browser = a_desk(app)
    address = f"/forloeb/{case.episode.id}"
    assert "Ny opfølgning" in browser.get(address).text
    given = {"member_id": "familie", "words": "نتحدث عن المدرسة", "due_on": today().isoformat()}
    answer = browser.post(f"{address}/opfoelgninger", data=given)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}#opfoelgning")
    html = said(browser.get(address).text)
    assert "Næste opfølgning" in html
    assert '<bdi dir="auto">نتحدث عن المدرسة</bdi>' in html
    assert 'aria-current="step">ny</li>' in html


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"words": " ", "member_id": "familie"}, "words", "Skriv, hvad I skal tale om."),
        ({"due_on": "2026-01-01"}, "due_on", "Dagen er gået."),
        ({"member_id": "alle"}, "member_id", "Vælg en fra listen."),
    ],
)
def test_a_mistaken_follow_up_by_hand_is_told_at_its_field_on_the_episode(
    app: Flask, changes: dict[str, str], field: str, sentence: str
) -> None:
    case, browser = a_desk(app)
    given = {"member_id": str(case.member.id), "words": "Ring", "due_on": ""} | changes
    answer = browser.post(f"/forloeb/{case.episode.id}/opfoelgninger", data=given)
    assert answer.status_code == 422
    assert re.search(rf'id="follow-up-{field}-error">{re.escape(sentence)}', answer.text)
    assert re.search(r"<details open>\s*<summary>Ny opfølgning", answer.text)


def test_the_day_shows_who_is_due_with_what_was_agreed_last(app: Flask) -> None:
    case, browser = a_desk(app)
    assert "Opfølgninger i dag" not in browser.get("/i-dag").text
    first = promised(app, case, "Først", today())
    browser.post(f"/opfoelgninger/{first.id}/ringet", data={"agreed": "Vi mødes hjemme"})
    promised(app, case, "Ring om skolen", today())
    html = said(browser.get("/i-dag").text)
    assert "Opfølgninger i dag" in html
    assert html.index("Ring om skolen") < html.index("Vi mødes hjemme")


def test_the_day_says_that_the_episode_of_a_follow_up_is_closed(app: Flask) -> None:
    case, browser = a_desk(app)
    promised(app, case, due_on=today())
    with app.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    assert "Forløbet er afsluttet." in browser.get("/i-dag").text


def test_a_way_back_to_another_site_is_not_followed(app: Flask) -> None:
    case, browser = a_desk(app)
    for back in ("https://example.org/", "//example.org", "javascript:1", ""):
        row = promised(app, case, f"Ring {back}")
        answer = browser.post(f"/opfoelgninger/{row.id}/fortryd", data={"back": back})
        assert answer.headers["Location"] == "/opfoelgninger"


def test_a_follow_up_of_somebody_else_s_is_missing_byte_for_byte(app: Flask) -> None:
    case, _ = a_desk(app)
    row = promised(app, case)
    with app.app_context():
        stranger = a_browser(app, somebody(a_house()))
        unknown = a_case(somebody(a_house()))
        unknown.episode.id = uuid4()
    for (path, given), (other, _same) in zip(ways(case, row.id), ways(unknown, uuid4()), strict=True):
        foreign, nothing = stranger.post(path, data=given), stranger.post(other, data=given)
        assert foreign.status_code == nothing.status_code == 404
        assert foreign.data == nothing.data


@pytest.mark.parametrize(
    ("instrument", "total", "change", "alerts", "words"),
    [
        ("srs", 347, -24, (Flag.ALLIANCE_FALLEN, Flag.ALLIANCE_UNDER_CUTOFF), "Marias SRS faldt 2,4"),
        ("srs", 347, -5, (Flag.ALLIANCE_UNDER_CUTOFF,), "Marias SRS var 34,7, under grænsen 36"),
        ("srs", 390, 5, (), "Marias SRS var 39,0"),
        ("ors", 171, -32, (), "Marias ORS faldt 3,2"),
        ("ors", 171, None, (), "Marias ORS var 17,1"),
    ],
)
def test_a_cause_is_told_by_what_raised_it(
    app: Flask, instrument: str, total: int, change: int | None, alerts: tuple[Flag, ...], words: str
) -> None:
    point = Point(1, today(), instrument, {}, total, n=2, change=change, alerts=alerts)
    with app.test_request_context():
        assert cause_words(Cause(uuid4(), packs()[instrument], point), "Maria") == words
        assert cause_words(None, "Maria") == ""


def test_how_late_a_talk_is_stands_in_words(app: Flask) -> None:
    case, browser = a_desk(app)
    row = promised(app, case, due_on=today())
    for days, words in ((1, "én dag over tiden"), (13, "13 dage over tiden")):
        with app.app_context(), transaction(case.therapist.actor.agency_id) as session:
            session.scalars(select(FollowUp).where(FollowUp.id == row.id)).one().due_on = today() - timedelta(days=days)
        assert words in browser.get("/opfoelgninger").text
