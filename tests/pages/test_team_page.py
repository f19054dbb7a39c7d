"""Tests the leader's screen: families by need, coverage with its definition, and no figure that compares therapists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from backend.actions import supervision
from backend.database import transaction
from backend.models import InterventionType, Staff
from tests.actions.supervising import a_team, answered, met, skip
from tests.factories import Case, House, Person, a_browser, a_case, an_answer, somebody

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
FORBIDDEN = ("rangliste", "bedst", "dårligst", "gennemsnit pr.", "placering")


@pytest.fixture
def leader(app: Flask) -> Iterator[tuple[Person, Case, FlaskClient]]:
    """A leader's browser and a case of the team that has fallen far, on 20 March 2026."""
    with time_machine.travel(NOW, tick=True):
        with app.app_context():
            person, case = a_team()
            answered(case, 7000, 6800, 6000, 2000)
        yield person, case, a_browser(app, person)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_family_stands_under_its_need_with_why_and_whom_to_ask(leader: tuple[Person, Case, FlaskClient]) -> None:
    _, case, client = leader
    html = client.get("/team").text
    fold = next(part for part in re.findall(r"<details class=\"need-fold\".*?</details>", html, re.DOTALL))
    assert '<details class="need-fold" open>' in html
    told = text_of(fold)
    assert told.startswith("Rød zone 1")
    assert told.count("Rød zone") == 1
    assert case.family.alias in told
    assert "Maria er faldet 20,0 siden start" in told
    assert told.endswith("AK")
    assert f'href="/forloeb/{case.episode.id}"' in fold
    assert "Én familie. Én har brug for noget nu." in text_of(html)


def test_every_need_is_named_in_order_also_one_that_nobody_has(leader: tuple[Person, Case, FlaskClient]) -> None:
    html = leader[2].get("/team").text

    words = [" ".join(word.split()) for word in re.findall(r'<span class="need-words">([^<]+)</span>', html)]
    assert words == [
        "Rød zone", "SRS", "Forværret", "Ikke scoret", "Gul zone", "Opfølgning", "Klar til at afslutte", "Ny familie",
        "Grøn zone",
    ]  # fmt: skip


def test_as_many_squares_as_families_stand_in_lines_of_twenty(app: Flask) -> None:
    with app.app_context():
        person, case = a_team()
        for _ in range(42):
            a_case(case.therapist)
    html = a_browser(app, person).get("/team").text
    drawn = r'<rect width="(\d+)" height="(\d+)" fill="url\(#square-unscored\)"/>\s*<rect y="(\d+)" width="(\d+)"'
    (squares,) = re.findall(drawn, html)
    assert tuple(int(number) for number in squares) == (360, 36, 36, 3 * 18)


def test_more_families_than_a_page_lead_to_all_of_them(app: Flask) -> None:
    with app.app_context():
        person, case = a_team()
        for _ in range(52):
            a_case(case.therapist)
    html = a_browser(app, person).get("/team").text
    assert "Se alle 53" in html
    assert "/forloeb?behov=unscored" in html


def test_coverage_says_its_numbers_interval_and_definition(leader: tuple[Person, Case, FlaskClient]) -> None:
    _, case, client = leader
    with client.application.app_context():
        skip(case, case.sessions[0], "srs")
        an_answer(case, case.sessions[1], "srs")
        met(case, date(2026, 3, 2))
    told = text_of(client.get("/team").text)
    assert "oktober 2025–marts 2026" in told
    assert "ORS, ved start 80 % af 5 samtaler (38–96)" in told
    assert "SRS, ved slut 20 % af 5 samtaler (4–62)" in told
    assert "jan. 100 % 3/3" in told
    for word in ("mindst én i familien har udfyldt skemaet om sig selv", "95 % interval (Wilson)"):
        assert word in told
    assert 'aria-label="1 besvaret, 0 sprunget over, 0 mangler"' in client.get("/team").text


def test_a_choice_on_the_page_fetches_the_coverage_alone(leader: tuple[Person, Case, FlaskClient]) -> None:
    html = leader[2].get("/team?periode=12", headers={"HX-Request": "true"}).text
    assert html.count("<section") == 1
    assert "<html" not in html
    assert html.count('<th scope="row">') == 24


def test_a_type_that_nobody_had_covers_no_session(leader: tuple[Person, Case, FlaskClient]) -> None:
    person, _, client = leader
    with client.application.app_context(), transaction(person.actor.agency_id) as session:
        chosen = session.scalars(select(InterventionType.id)).first()
    html = client.get(f"/team?indsats={chosen}").text
    assert text_of(html).count("ORS, ved start ingen samtaler") == 1
    assert f'<option value="{chosen}" selected>' in html


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("periode=7", 422),
        ("periode=alt", 422),
        ("periode=", 200),
        ("indsats=x", 422),
        ("indsats=00000000-0000-4000-8000-000000000000", 404),
        ("indsats=", 200),
    ],
)
def test_an_unknown_period_or_type_is_told_and_nothing_else_shown(
    leader: tuple[Person, Case, FlaskClient], query: str, status: int
) -> None:
    _, case, client = leader
    answer = client.get(f"/team?{query}")
    assert answer.status_code == status
    assert (case.family.alias in answer.text) is (status == 200)


def test_no_query_gives_a_therapist_an_outcome_a_zone_a_coverage_or_a_place(
    leader: tuple[Person, Case, FlaskClient],
) -> None:
    person, case, client = leader
    plain = client.get("/team").text
    staff = str(case.therapist.actor.staff_id)
    for name in (
        "behandler",
        "therapist",
        "staff",
        "staff_id",
        "medarbejder",
        "sorter",
        "sort",
        "order",
        "gruppe",
        "by",
    ):
        for value in (staff, "Anne Krog", "AK", "zone", "effekt"):
            assert stable(client.get("/team", query_string={name: value}).text) == stable(plain)
    for word in FORBIDDEN:
        assert word not in text_of(plain).casefold()
    assert staff not in plain
    assert person.actor.staff_id.hex not in plain


def stable(html: str) -> str:
    """Gives a page without what repeats its own address."""
    return re.sub(r'<input type="hidden" name="back"[^>]*>', "", html)


def test_a_therapists_name_stands_beside_a_count_of_open_episodes_and_nothing_else(
    leader: tuple[Person, Case, FlaskClient],
) -> None:
    html = leader[2].get("/team").text
    (loads,) = re.findall(r'<ul class="loads".*?</ul>', html, re.DOTALL)
    assert text_of(loads) == "Anne Krog 1"
    assert html.replace(loads, "").count("Anne Krog") == 1  # who is logged in
    assert "Linjen rangordner ikke behandlere" in html


def test_cases_for_supervision_stand_with_their_small_frozen_curve(leader: tuple[Person, Case, FlaskClient]) -> None:
    _, case, client = leader
    with client.application.app_context():
        found = supervision.ask(case.therapist.actor, case.episode.id, case.member.id, "Hvad nu?", date(2026, 3, 26))
    html = client.get("/team").text
    told = text_of(html)
    assert "Til supervision torsdag 26. marts" in told
    assert f"{case.family.alias} Maria ”Hvad nu?” AK, frosset 20. mar." in told
    assert f'href="/team/supervision#sag-{found.id}"' in html
    assert re.search(r'class="case-small".*?<text class="end"[^>]*>8,0</text>', html, re.DOTALL)


def test_a_leader_without_a_team_is_told_whom_to_ask(app: Flask) -> None:
    with app.app_context():
        person, case = a_team()
        with transaction(person.actor.agency_id) as session:
            session.execute(update(Staff).where(Staff.id == person.actor.staff_id).values(team_id=None))
    for query in ("", "?periode=12"):
        answer = a_browser(app, person).get(f"/team{query}", headers={"HX-Request": "true"} if query else {})
        assert answer.status_code == 200
        assert "Du hører ikke til et team" in answer.text
        assert case.family.alias not in answer.text


def test_only_a_leader_has_team_in_the_menu_and_may_open_it(app: Flask) -> None:
    with app.app_context():
        person, case = a_team()
        evaluator = somebody_of(case, "evaluator")
    assert 'href="/team"' in a_browser(app, person).get("/i-dag").text
    for other in (case.therapist, evaluator):
        client = a_browser(app, other)
        assert 'href="/team"' not in client.get("/i-dag").text
        assert client.get("/team").status_code == 403


def somebody_of(case: Case, role: str) -> Person:

    actor = case.therapist.actor
    assert actor.team_id is not None
    return somebody(House(actor.agency_id, actor.team_id), role)
