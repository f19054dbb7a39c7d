"""Tests the pages of the caseload: each goes on behind the last family of the one before, whoever came or went."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from flask import Flask
from sqlalchemy import select

from backend.actions import episodes, families, follow_ups
from backend.actions.caseload import PAGE, Place, caseload
from backend.clock import today
from backend.database import transaction
from backend.models import Episode, Family, FamilyTherapist
from backend.scoring import OPEN_REFERENCE, UNSCORED_DAYS
from tests.factories import Person, a_browser, a_house, somebody
from tests.pages.test_caseload import FRAGMENT, shown


def with_families(person: Person, many: int) -> None:
    """Gives somebody so many families, in the order of their aliases."""
    with transaction(person.actor.agency_id) as session:
        for number in range(many):
            family = Family(team_id=person.actor.team_id, alias=f"Eng {number:02}", created_on=today())
            session.add(family)
            session.flush()
            session.add(FamilyTherapist(family_id=family.id, staff_id=person.actor.staff_id, since=today()))
            course = {"course_id": OPEN_REFERENCE.id, "course_version": OPEN_REFERENCE.version}
            session.add(Episode(family_id=family.id, opened_on=today(), **course))


def every_page(person: Person, place: Place | None) -> list[str]:
    """Gives the families behind a place, page after page."""
    found = []
    while place is not None:
        page = caseload(person.again(), after=place)
        found += [row.family for row in page.rows]
        place = page.last
    return found


def test_a_family_that_gets_ahead_or_comes_new_lets_none_show_twice_and_none_be_passed_over(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        with_families(person, PAGE + 3)
        first = caseload(person.again())
        episode = first.rows[PAGE - 1].episode_id
        assert episode is not None
        follow_ups.promise(person.actor, episode, None, "Ring om skolen", today())
        families.add_family(person.actor, "Alm 1")
        assert every_page(person, first.last) == ["Eng 50", "Eng 51", "Eng 52"]
        for row in first.rows[:2]:
            assert row.episode_id is not None
            episodes.close_episode(person.actor, row.episode_id, today(), "planned")
        assert every_page(person, first.last)[:3] == ["Eng 50", "Eng 51", "Eng 52"]


def test_those_who_wait_longest_stay_in_order_from_page_to_page(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        with_families(person, PAGE + 3)
        with transaction(person.actor.agency_id) as session:
            for number, episode in enumerate(session.scalars(select(Episode).order_by(Episode.id))):
                episode.opened_on -= timedelta(days=UNSCORED_DAYS + number % 3)
        first = caseload(person.again())
        then = caseload(person.again(), after=first.last)
    waited = [(row.opened_on, row.family) for row in (*first.rows, *then.rows)]
    assert len(waited) == PAGE + 3
    assert waited == sorted(waited)


def test_more_families_than_a_page_holds_come_by_vis_flere_with_and_without_script(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        with_families(person, PAGE + 3)
    client = a_browser(app, person)
    first = client.get("/forloeb").text
    further, again = (unescape(address) for address in re.findall(r'"(/forloeb\?efter=[^"]+)"', first))
    assert further == again
    assert "Eng" not in further
    second, rows = client.get(further).text, client.get(further, headers=FRAGMENT).text
    assert [len(shown(html)) for html in (first, second, rows)] == [PAGE, 3, 3]
    assert sorted(shown(first) + shown(second)) == [f"Eng {number:02}" for number in range(PAGE + 3)]
    assert "Vis flere" not in second
    assert "<nav" not in rows
    assert "button-primary" not in rows
