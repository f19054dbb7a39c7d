"""Tests of handing an episode over: whose access ends when, whose begins, who may do it, and every refusal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from backend.actions import agencies, episodes, families, handover, sessions
from backend.actions.overview import episode_view
from backend.clock import today
from backend.database import transaction
from backend.models import Family, FamilyTherapist, Staff
from backend.problems import Problem
from tests.factories import Case, House, Person, a_case, a_house, a_session, somebody

TOMORROW = today() + timedelta(days=1)


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    with app.app_context():
        yield a_house(licensed=False)


@pytest.fixture
def case(house: House) -> Case:
    return a_case(somebody(house))


def sees(person: Person, case: Case) -> bool:
    """Says whether somebody can open the episode, by a login that was open all the time."""
    try:
        episode_view(person.again(), case.episode.id)
    except Problem as problem:
        return problem.kind != "missing"
    return True


def give(case: Case, to: Person, days: int = 0, helped: str = "") -> None:
    handover.hand_over_episode(
        case.therapist.actor, case.episode.id, to.actor.staff_id, today() + timedelta(days=days), helped
    )


def later(case: Case, days: int) -> None:
    """Lets days pass for those who have the family."""
    with transaction(case.therapist.actor.agency_id) as session:
        for row in session.scalars(select(FamilyTherapist).where(FamilyTherapist.family_id == case.family.id)):
            row.since -= timedelta(days=days)
            row.until = row.until and row.until - timedelta(days=days)


def refused(case: Case, to_id: UUID, days: int = 0, helped: str = "", by: Person | None = None) -> Problem:
    with pytest.raises(Problem) as told:
        handover.hand_over_episode(
            (by or case.therapist).actor, case.episode.id, to_id, today() + timedelta(days=days), helped
        )
    return told.value


def test_from_today_the_old_one_s_access_ends_at_once_and_the_next_has_it(house: House, case: Case) -> None:
    following = somebody(house)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)
    give(case, following, helped="At tegne familiekortet 🙂")
    assert (sees(case.therapist, case), sees(following, case)) == (False, True)
    assert families.my_families(case.therapist.again()) == []
    (told,) = handover.handover_plan(following.again(), case.episode.id).handovers
    assert (told.from_name, told.to_name, told.on, told.planned) == ("Anne Krog", "Anne Krog", today(), False)
    assert told.helped == "At tegne familiekortet 🙂"


def test_from_a_day_to_come_the_old_one_has_it_to_the_day_before(house: House, case: Case) -> None:
    following = somebody(house)
    give(case, following, days=2)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)
    later(case, 1)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)
    later(case, 1)
    assert (sees(case.therapist, case), sees(following, case)) == (False, True)


def test_the_change_of_therapist_is_on_the_time_axis(house: House, case: Case) -> None:
    following = somebody(house)
    give(case, following)
    (row,) = episode_view(following.again(), case.episode.id).events
    assert (row.kind, row.name, row.since, row.handover) == ("authority", "ny behandler", today(), True)


def test_it_can_go_back_to_whoever_had_it_before(house: House, case: Case) -> None:
    following = somebody(house)
    give(case, following)
    handover.hand_over_episode(following.again(), case.episode.id, case.therapist.actor.staff_id, TOMORROW, "")
    assert not sees(case.therapist, case)
    later(case, 1)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)


def test_a_second_therapist_of_the_family_takes_over_and_goes_on_having_it(house: House, case: Case) -> None:
    second = somebody(house)
    with transaction(house.agency_id) as session:
        session.add(FamilyTherapist(family_id=case.family.id, staff_id=second.actor.staff_id, since=today()))
    give(case, second, days=5)
    assert (sees(case.therapist, case), sees(second, case)) == (True, True)
    later(case, 5)
    assert (sees(case.therapist, case), sees(second, case)) == (False, True)


def test_the_family_follows_to_the_team_of_the_next(house: House, case: Case) -> None:
    west = agencies.add_team(house.agency_id, "Team Vest").id
    following, leader = somebody(house), somebody(house, "leader")
    assert sees(leader, case)
    with transaction(house.agency_id) as session:
        session.get_one(Staff, (house.agency_id, following.actor.staff_id)).team_id = west
    give(case, following)
    assert not sees(leader, case)
    with transaction(house.agency_id) as session:
        assert session.get_one(Family, (house.agency_id, case.family.id)).team_id == west


def test_a_leader_does_it_for_a_family_of_the_team(house: House, case: Case) -> None:
    leader, following = somebody(house, "leader"), somebody(house)
    handover.hand_over_episode(leader.actor, case.episode.id, following.actor.staff_id, today(), "")
    assert (sees(case.therapist, case), sees(following, case)) == (False, True)


def test_a_leader_says_from_whom_when_two_have_the_family(house: House, case: Case) -> None:
    leader, second, following = somebody(house, "leader"), somebody(house), somebody(house)
    with transaction(house.agency_id) as session:
        session.add(FamilyTherapist(family_id=case.family.id, staff_id=second.actor.staff_id, since=today()))
    assert set(refused(case, following.actor.staff_id, by=leader).fields) == {"from_id"}
    plan = handover.handover_plan(leader.actor, case.episode.id)
    assert {one.id for one in plan.now} == {case.therapist.actor.staff_id, second.actor.staff_id}
    handover.hand_over_episode(
        leader.actor, case.episode.id, following.actor.staff_id, today(), "", second.actor.staff_id
    )
    assert (sees(case.therapist, case), sees(second, case), sees(following, case)) == (True, False, True)


def test_a_leader_who_has_the_family_gives_it_from_that_hand(house: House) -> None:
    leader, following = somebody(house, "leader"), somebody(house)
    own = a_case(leader)
    give(own, following)
    assert sees(following, own)
    with transaction(house.agency_id) as session:
        ended = select(FamilyTherapist.until).where(FamilyTherapist.staff_id == leader.actor.staff_id)
        assert session.scalar(ended) == today() - timedelta(days=1)


def test_nobody_hands_over_to_oneself_or_to_who_cannot_have_a_family(house: House, case: Case) -> None:
    away = somebody(house)
    with transaction(house.agency_id) as session:
        session.execute(update(Staff).where(Staff.id == away.actor.staff_id).values(active=False))
    elsewhere = somebody(a_house(licensed=False))
    assert "ikke selv overtage" in refused(case, case.therapist.actor.staff_id).fields["to_id"]
    others = (away, elsewhere, somebody(house, "admin"), somebody(house, "evaluator"))
    answers = {str(refused(case, one.actor.staff_id).fields) for one in others} | {str(refused(case, uuid4()).fields)}
    assert answers == {str({"to_id": "Vælg en fra listen."})}
    assert sees(case.therapist, case)
    offered = {one.id for one in handover.handover_plan(case.therapist.actor, case.episode.id).others}
    assert not offered & {one.actor.staff_id for one in (*others, case.therapist)}


@pytest.mark.parametrize(("days", "helped", "field"), [(-1, "", "on"), (91, "", "on"), (0, "x" * 2_001, "helped")])
def test_a_day_gone_or_far_away_and_words_too_long_are_refused(
    house: House, case: Case, days: int, helped: str, field: str
) -> None:
    told = refused(case, somebody(house).actor.staff_id, days, helped)
    assert (told.kind, set(told.fields)) == ("invalid", {field})


def test_a_planned_one_is_undone_before_another_is_made(house: House, case: Case) -> None:
    following, other = somebody(house), somebody(house)
    give(case, following, days=3)
    assert refused(case, other.actor.staff_id).kind == "conflict"
    handover.undo_handover(case.therapist.actor, case.episode.id)
    assert handover.handover_plan(case.therapist.actor, case.episode.id).handovers == ()
    later(case, 3)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)
    with pytest.raises(Problem, match="conflict"):
        handover.undo_handover(case.therapist.actor, case.episode.id)


def test_undoing_leaves_a_second_therapist_as_it_was(house: House, case: Case) -> None:
    second = somebody(house)
    with transaction(house.agency_id) as session:
        session.add(FamilyTherapist(family_id=case.family.id, staff_id=second.actor.staff_id, since=today()))
    give(case, second, days=3)
    handover.undo_handover(case.therapist.actor, case.episode.id)
    assert (sees(case.therapist, case), sees(second, case)) == (True, True)


def test_the_last_note_goes_with_it(case: Case) -> None:
    assert handover.handover_plan(case.therapist.actor, case.episode.id).last_note == ""
    for note in ("Første", "Husk nøglen"):
        sessions.write_note(case.therapist.actor, a_session(case).id, note)
    assert handover.handover_plan(case.therapist.actor, case.episode.id).last_note == "Husk nøglen"


def test_a_foreign_and_a_closed_episode_are_not_handed_over(house: House, case: Case) -> None:
    stranger = somebody(a_house(licensed=False))
    assert refused(case, stranger.actor.staff_id, by=stranger).kind == "missing"
    episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    assert refused(case, somebody(house).actor.staff_id).kind == "closed"
