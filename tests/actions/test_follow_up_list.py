"""Tests the list of follow-ups: the first of each kind, and the next, whatever came or went above them meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from backend.actions import follow_up_list, follow_ups
from backend.actions.follow_up_list import PAGE, SHOWN
from backend.clock import today
from backend.database import transaction
from backend.models import FollowUp
from tests.actions.following import a_follow_up
from tests.factories import Case, a_case, a_house, somebody

FIRST = SHOWN["due"]


def everything(case: Case, kind: str, place: follow_up_list.Place | None) -> list[UUID]:
    """Gives the follow-ups of a kind behind a place, page after page."""
    found = []
    while place is not None:
        rows, place = follow_up_list.further(case.therapist.actor, kind, place)
        found += [row.id for row in rows]
    return found


def test_a_long_list_shows_the_first_and_says_that_there_are_more(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        for number in range(PAGE + 1):
            a_follow_up(case, f"Ring {number}", due_on=today())
            a_follow_up(case, f"Ring {number}", due_on=today() + timedelta(days=3))
        found = follow_up_list.listed(case.therapist.actor)
        assert (len(found.due), found.due_in_all, len(found.coming)) == (SHOWN["due"], PAGE + 1, SHOWN["coming"])
        assert set(found.last) == {"due", "coming"}
        assert len(follow_ups.due(case.therapist.actor, 6)) == 6


def test_the_next_of_a_kind_follow_on_the_first_and_none_is_left_out(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        made = [a_follow_up(case, f"Ring {number:02}", due_on=today()).id for number in range(PAGE + SHOWN["due"] + 1)]
        first = follow_up_list.listed(actor)
        then, left = follow_up_list.further(actor, "due", first.last["due"])
        assert len(then) == PAGE
        last, none = follow_up_list.further(actor, "due", left)
        assert [row.id for row in (*first.due, *then, *last)] == made
        assert none is None


def test_what_was_called_fills_the_page_and_the_rest_follows(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        called = [a_follow_up(case, f"Ring {number}") for number in range(PAGE)]
        for row in called:
            follow_ups.call(actor, row.id)
        waiting = a_follow_up(case, "Ring senere")
        found = follow_up_list.listed(actor)
        assert [row.id for row in found.coming] == [waiting.id]
        assert set(found.last) == {"done"}
        assert [row.id for row in found.done] == [row.id for row in called[:0:-1]]
        rest, left = follow_up_list.further(actor, "done", found.last["done"])
        assert ([row.id for row in rest], left) == ([called[0].id], None)


def test_one_that_must_be_shown_is_in_its_list_however_far_down(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        rows = [a_follow_up(case, f"Ring {number:02}", due_on=today()) for number in range(SHOWN["due"] + 2)]
        later = [
            a_follow_up(case, f"Senere {n}", due_on=today() + timedelta(days=2 + n)) for n in range(SHOWN["coming"] + 1)
        ]
        found = follow_up_list.listed(actor, rows[-1].id)
        assert [row.id for row in found.due] == [rows[-1].id, *(row.id for row in rows[: SHOWN["due"]])]
        then, left = follow_up_list.further(actor, "due", found.last["due"], rows[-1].id)
        assert ([row.id for row in then], left) == ([rows[-2].id], None)
        assert follow_up_list.listed(actor, later[-1].id).coming[0].id == later[-1].id
        assert follow_up_list.listed(actor, rows[0].id).due == follow_up_list.listed(actor).due
        follow_ups.call(actor, rows[0].id)
        assert [row.id for row in follow_up_list.listed(actor, rows[0].id).done] == [rows[0].id]


def test_a_foreign_follow_up_is_not_shown_by_its_id(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        foreign = a_follow_up(a_case(somebody(house)), "Ring", due_on=today())
        found = follow_up_list.listed(somebody(house).actor, foreign.id)
    assert (found.due, found.coming, found.done) == ((), (), ())


def a_long_list(case: Case) -> list[UUID]:
    """Makes follow-ups of today for three families, two pages behind the first ones, and gives them as they stand."""
    cases = [case, a_case(case.therapist), a_case(case.therapist)]
    for number in range(FIRST + PAGE + 2):
        a_follow_up(cases[number % 3], f"Ring {number:02}", due_on=today())
    return [row.id for row in follow_ups.due(case.therapist.actor)]


def called(case: Case, made: list[UUID], place: int) -> None:
    follow_ups.call(case.therapist.actor, made[place])


def one_of_yesterday(case: Case) -> None:
    row = a_follow_up(case, "Den nye", due_on=today())
    with transaction(case.therapist.actor.agency_id) as session:
        session.get_one(FollowUp, (case.therapist.actor.agency_id, row.id)).due_on -= timedelta(days=1)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda case, made: called(case, made, 0),
        lambda case, made: called(case, made, FIRST - 1),
        lambda case, made: follow_ups.withdraw(case.therapist.actor, made[FIRST - 1]),
        lambda case, _: one_of_yesterday(case),
    ],
    ids=["the first is called", "the last is called", "the last is taken back", "one comes on top"],
)
def test_what_comes_or_goes_above_lets_none_show_twice_and_none_be_passed_over(
    app: Flask, meanwhile: Callable[[Case, list[UUID]], object]
) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        made = a_long_list(case)
        place = follow_up_list.listed(case.therapist.actor).last["due"]
        meanwhile(case, made)
        assert everything(case, "due", place) == made[FIRST:]


def test_a_call_that_is_taken_back_moves_none_of_those_called_before(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        rows = [a_follow_up(case, f"Ring {number}") for number in range(PAGE + 2)]
        for row in rows:
            follow_ups.call(case.therapist.actor, row.id)
        place = follow_up_list.listed(case.therapist.actor).last["done"]
        follow_ups.reopen(case.therapist.actor, rows[-1].id)
        assert everything(case, "done", place) == [rows[1].id, rows[0].id]


def test_the_place_of_a_family_that_one_does_not_work_with_tells_nothing_of_it(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case, foreign = a_case(somebody(house)), a_case(somebody(house))
        row, theirs = a_follow_up(case, due_on=today()), a_follow_up(foreign, due_on=today())
        for family_id in (foreign.family.id, uuid4()):
            place = follow_up_list.OpenPlace(today(), family_id, theirs.created_at, theirs.id)
            assert everything(case, "due", place) == [row.id]
