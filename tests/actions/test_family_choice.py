"""Tests which families staff can choose from: those met last, what a search finds, and what is chosen already."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from backend.actions import families, groups
from backend.actions.family_choice import LATELY, OFFERED, Candidate, Choice
from backend.actions.visit_plan import candidates
from backend.clock import today
from backend.problems import Problem
from tests.factories import Case, Person, a_case, a_house, a_session, somebody


def met(person: Person, *days_ago: int) -> list[Case]:
    """Makes a family for each number of days since it was met."""
    cases = [a_case(person) for _ in days_ago]
    for case, days in zip(cases, days_ago, strict=True):
        a_session(case, today() - timedelta(days=days))
    return cases


def aliases(found: tuple[Candidate, ...]) -> list[str]:
    return [one.alias for one in found]


def names(*cases: Case) -> list[str]:
    return [case.family.alias for case in cases]


def test_a_large_caseload_begins_with_those_met_last(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        cases = met(person, *range(OFFERED + 2))
        a_case(person)
        found = candidates(person.actor)
    assert aliases(found.offered) == names(*cases[:OFFERED])
    assert (found.chosen, found.more) == ((), True)


def test_families_met_long_ago_are_offered_where_others_fill_the_last_sessions(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        busy, person = somebody(house), somebody(house)
        often = a_case(busy)
        for _ in range(LATELY + 1):
            a_session(often)
        cases = met(person, 90, 60)
        never = a_case(person)
        found = candidates(person.actor)
    assert aliases(found.offered) == names(cases[1], cases[0], never)
    assert not found.more


def test_a_search_finds_what_is_not_offered_and_keeps_what_is_chosen(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        cases = met(person, *range(OFFERED + 2))
        families.add_member(person.actor, cases[-1].family.id, "Ægir", "2015-03", "child")
        chosen = cases[3]
        found = candidates(person.actor, "ægir", [chosen.episode.id])
        again = candidates(person.actor, "maria", [chosen.episode.id])
    assert (aliases(found.chosen), aliases(found.offered), found.more) == (names(chosen), names(cases[-1]), False)
    assert [one.alias for one in found.offered[0].people] == ["Maria", "Ægir"]
    assert aliases(again.chosen) == names(chosen)
    assert chosen.family.alias not in aliases(again.offered)
    assert (len(again.offered), again.more) == (OFFERED, True)


def test_a_leader_is_offered_her_own_families_before_the_teams(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        (teams,) = met(somebody(house), 0)
        leader = somebody(house, "leader")
        (own,) = met(leader, 30)
        found = candidates(leader.actor).offered
    assert [(one.alias, one.own) for one in found] == [(own.family.alias, True), (teams.family.alias, False)]


def test_a_family_is_offered_to_nobody_who_does_not_work_with_it_however_it_is_asked_for(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        (foreign,) = met(somebody(house), 0)
        person = somebody(house)
        nothing = Choice((), (), more=False)
        assert candidates(person.actor, "", [foreign.episode.id]) == nothing
        assert candidates(person.actor, foreign.family.alias) == nothing
        assert groups.candidates(person.actor, "", [foreign.member.id, uuid4()]) == nothing


def test_nobody_is_offered_who_is_in_the_meeting_already(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        whole, half, free = (a_case(person) for _ in range(3))
        joins = families.add_member(person.actor, half.family.id, "Karim", "1980-04", "partner")
        group = groups.create_group(person.actor, "Gruppen", today(), [whole.member.id, half.member.id])
        found = groups.candidates(person.actor, group_id=group.id)
        with pytest.raises(Problem):
            groups.candidates(somebody(a_house()).actor, group_id=group.id)
    assert {one.alias: [p.id for p in one.people] for one in found.offered} == {
        half.family.alias: [joins.id],
        free.family.alias: [free.member.id],
    }
