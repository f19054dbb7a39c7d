"""Tests the screen of the caseload: its order, filters, search, small lines, and who sees what."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from backend.actions import episodes, families, follow_ups
from backend.actions.caseload import caseload, team_caseload
from backend.clock import today
from backend.database import transaction
from backend.models import AuditEntry
from backend.scoring import UNSCORED_DAYS, Need
from tests.factories import Case, Person, a_browser, a_case, a_house, a_session, an_answer, somebody

FRAGMENT = {"HX-Request": "true"}
RED, YELLOW, GREEN, READY = (5000, 2000), (5000, 4900), (5000, 6200), (6300, 6900, 7500, 7600)


def a_case_with(person: Person, marks: tuple[int, ...], *, ago: int = 0) -> Case:
    """Makes a family whose member has put these marks, a week apart, the last so many days ago."""
    first = today() - timedelta(days=ago + 7 * (len(marks) - 1))
    case = a_case(person, opened_on=first)
    for week, mark in enumerate(marks):
        an_answer(case, a_session(case, first + timedelta(weeks=week)), mark=mark)
    return case


def shown(html: str) -> list[str]:
    """Gives the families in the order of the screen."""
    return re.findall(r'class="row-link"[^>]*>([^<]+)<', html)


def chips(html: str) -> list[str]:
    """Gives the filters with their counts."""
    found = re.findall(r'<a class="need".*?</a>', html, re.DOTALL)
    return [" ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", chip, flags=re.DOTALL).split()) for chip in found]


def test_families_stand_in_the_order_of_need_each_with_its_reason_and_next_step(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        cases = {
            need: a_case_with(person, marks, ago=ago)
            for need, marks, ago in (
                ("green", GREEN, 0), ("ready", READY, 0), ("yellow", YELLOW, 0), ("unscored", GREEN, UNSCORED_DAYS),
                ("first", (5000,), 0), ("red", RED, 0), ("due", GREEN, 1),
            )
        }  # fmt: skip
        alliance = a_case_with(person, GREEN)
        an_answer(alliance, alliance.sessions[-1], "srs", mark=5000)
        due = cases["due"]
        follow_ups.promise(person.actor, due.episode.id, due.member.id, "Ring om skolen", today())
        unopened = families.add_family(person.actor, "Nyby 1")
        closed = a_case_with(person, GREEN, ago=2)
        episodes.close_episode(person.actor, closed.episode.id, today(), "planned")
    html = a_browser(app, person).get("/forloeb").text
    in_order = [cases["red"], alliance, *(cases[need] for need in ("unscored", "yellow", "due", "ready"))]
    aliases = [case.family.alias for case in in_order]
    assert shown(html) == [
        *aliases, unopened.alias, cases["first"].family.alias, cases["green"].family.alias, closed.family.alias,
    ]  # fmt: skip
    assert chips(html) == [
        "Alle 10", "Rød 1", "SRS 1", "Ikke scoret 1", "Gul 1", "Opfølgning 1", "Klar 1", "Ny 2", "Grøn 1",
        "Uden forløb 1",
    ]  # fmt: skip
    for words in (
        "Rød zone: Maria er faldet 12,0 siden start",
        "Opfølgning i dag: Ring om skolen",
        "Klar til at afslutte",
    ):
        assert words in html
    assert html.count("button-primary") == 1
    assert "Ti familier. Seks har brug for noget af dig, én følger planen, to er nye, én er uden åbent forløb." in html
    assert len(re.findall(r'<svg class="spark"', html)) == 8


def test_a_filter_shows_one_need_and_says_which(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        cases = {"red": a_case_with(person, RED), "green": a_case_with(person, GREEN)}
    client = a_browser(app, person)
    for need, case in cases.items():
        html = client.get(f"/forloeb?behov={need}").text
        assert shown(html) == [case.family.alias]
        assert chips(html) == ["Alle 2", "Rød 1", "Grøn 1"]
        assert f'behov={need}" aria-current="true"' in html


def test_a_filter_that_nobody_is_behind_any_more_leads_back(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        a_case_with(person, GREEN)
    html = a_browser(app, person).get("/forloeb?behov=red").text
    assert "Ingen familier her lige nu." in html
    assert chips(html) == ["Alle 1", "Rød 0", "Grøn 1"]


def test_an_unknown_filter_or_page_is_no_filter_and_the_first_page(app: Flask) -> None:
    with app.app_context():
        case = a_case_with(somebody(a_house()), GREEN)
    client = a_browser(app, case.therapist)
    strange = (f"efter={number}_2026-11-24_2026-11-24_{uuid4()}" for number in ("-1", 99 * "9", "x"))
    for asked in ("behov=blue", "efter=x", f"efter=1_i går_2026-11-24_{uuid4()}", "efter=1_2026-11-24", *strange):
        assert shown(client.get(f"/forloeb?{asked}").text) == [case.family.alias]
    assert shown(client.get(f"/forloeb?efter=900_2026-11-24_2026-11-24_{uuid4()}").text) == []


def a_therapist_with_families(*aliases: str) -> Person:
    person = somebody(a_house())
    for alias in aliases:
        family = families.add_family(person.actor, alias)
        families.add_member(person.actor, family.id, f"{alias[:3]}-barn", "2012-04", "child")
    return person


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ÆRØ", ["Ærø 1"]), ("bir-BARN", ["Birk 2"]), ("r", ["Birk 2", "Åsen 3", "Ærø 1"]), ("%", []), ("_", []),
        ("ü", []), ("ær", ["Ærø 1"]), ("  birk ", ["Birk 2"]), ("\\", []), ("a\N{COMBINING RING ABOVE}SEN", ["Åsen 3"]),
    ],
)  # fmt: skip
def test_a_search_finds_families_and_persons_whatever_the_case(app: Flask, search: str, found: list[str]) -> None:
    with app.app_context():
        person = a_therapist_with_families("Ærø 1", "Birk 2", "Åsen 3")
        rows = caseload(person.again(), search=search).rows
    assert sorted(row.family for row in rows) == found


def test_the_same_address_gives_a_page_and_a_fragment_with_the_same_list(app: Flask) -> None:
    with app.app_context():
        person = a_therapist_with_families("Eng 1", "Eng 2")
    client = a_browser(app, person)
    page, fragment = client.get("/forloeb?q=Eng").text, client.get("/forloeb?q=Eng", headers=FRAGMENT).text
    assert "<html" in page
    assert 'value="Eng"' in page
    assert "<html" not in fragment
    assert fragment.strip() in page
    assert "q=Eng" in fragment


def test_a_search_without_a_hit_says_what_was_searched_and_escapes_it(app: Flask) -> None:
    with app.app_context():
        person = a_therapist_with_families("Eng 1")
    html = a_browser(app, person).get("/forloeb?q=<b>").text
    assert "Ingen familie eller person hedder noget med ”&lt;b&gt;”." in html


def test_somebody_without_families_is_told_how_to_begin(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    assert "Begynd med Ny familie." in a_browser(app, person).get("/forloeb").text


def test_only_ones_own_families_are_there_and_a_leader_has_the_teams(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case, other, leader = a_case(somebody(house)), somebody(house), somebody(house, "leader")
    assert case.family.alias not in a_browser(app, other).get("/forloeb").text
    assert case.family.alias in a_browser(app, leader).get("/forloeb").text


def test_reading_it_leaves_one_entry(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        for _ in range(3):
            a_case_with(person, GREEN)
        caseload(person.again())
        with transaction(person.actor.agency_id) as session:
            read = session.scalars(select(AuditEntry.verb).where(AuditEntry.verb == "caseload.read")).all()
        assert len(read) == 1


def test_a_teams_caseload_is_its_leaders_alone_and_by_need(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        therapist, leader = somebody(house), somebody(house, "leader")
        red, green = a_case_with(therapist, RED), a_case_with(therapist, GREEN)
        found = team_caseload(leader.again())
        assert [(row.need, row.family) for row in found.rows] == [
            (Need.RED, red.family.alias),
            (Need.GREEN, green.family.alias),
        ]
        assert (found.counts, found.total, found.last) == ({"red": 1, "green": 1}, 2, None)
        assert team_caseload(somebody(a_house(), "leader").again()).rows == ()


def test_the_list_of_families_leads_here_with_what_was_searched(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    answer = a_browser(app, person).get("/familier?q=Eng 1")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/forloeb?q=Eng+1")


def test_a_follow_up_that_is_due_is_about_whom_it_was_promised_to(app: Flask) -> None:
    with app.app_context():
        case = a_case_with(somebody(a_house()), GREEN)
        actor, other = (
            case.therapist.actor,
            families.add_member(case.therapist.actor, case.family.id, "Yusuf", "1988-01", "parent"),
        )
        follow_ups.promise(actor, case.episode.id, other.id, "Ring om skolen", today())
        (row,) = caseload(case.therapist.again()).rows
    assert [(ground.need, ground.key) for ground in row.grounds] == [
        (Need.FOLLOW_UP, other.id),
        (Need.GREEN, case.member.id),
    ]
    assert row.follow_up is not None
    assert (row.follow_up.words, row.follow_up.made_on, row.spark) == ("Ring om skolen", today(), None)


def test_the_database_and_the_reasons_agree_on_every_need(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        for marks, ago in ((GREEN, 27), (GREEN, 28), (YELLOW, 28), (RED, 40), ((5000,), 30), (READY, 3)):
            case = a_case_with(person, marks, ago=ago)
            follow_ups.promise(person.actor, case.episode.id, None, "Ring", today())
        found = caseload(person.again())
        counted = {need: sum(row.need == need for row in found.rows) for need in found.counts}
    assert found.counts == counted == {"red": 1, "unscored": 3, "follow_up": 2}
